"""Writes the network of multilingual-e5-small as an ONNX graph without its weights.

The graph takes word vectors, not token ids: the table of 250,000 words stays memory-mapped in the weight file, and
the few rows a text needs are widened outside. Its constants are declared as external data and handed over when a
session starts (``packing.pack``), so the graph is a small file that ships with the package. ``onnx`` is needed only
here, to write it:

    python -m retrieval.embedding.graph
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.embedding.packing import Arrays, Engine, pack
from retrieval.embedding.weights import BLOCK, Shape, WeightFile, find_weights

if TYPE_CHECKING:
    from onnx import NodeProto

_MICROSOFT = "com.microsoft"
_OPSET, _IR = 17, 9
SHIPPED_ENGINE: Engine = "int8"


def graph_path(engine: Engine = SHIPPED_ENGINE) -> Path:
    """Where the graph of an engine ships."""
    return Path(__file__).with_name(f"e5-{engine}.onnx")


class _Builder:
    """Collects the nodes of the graph; each method returns the name of its output."""

    def __init__(self, shape: Shape, engine: Engine) -> None:
        from onnx import helper

        self._make = helper.make_node
        self.shape, self.engine = shape, engine
        self.nodes: list[NodeProto] = []

    def add(self, op: str, inputs: list[str], output: str, *, domain: str | None = None, **attributes: Any) -> str:
        self.nodes.append(self._make(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def split(self, value: str, outputs: list[str]) -> list[str]:
        self.nodes.append(self._make("Split", [value, "thirds"], outputs, name=outputs[0], axis=-1))
        return outputs

    def linear(self, value: str, name: str, rows: int, columns: int) -> str:
        if self.engine == "int8":
            inputs = [value, f"{name}.matrix", f"{name}.scales", "", f"{name}.bias"]
            return self.add("DynamicQuantizeMatMul", inputs, f"{name}.sum", domain=_MICROSOFT)
        if self.engine == "fp32":
            product = self.add("MatMul", [value, f"{name}.matrix"], f"{name}.product")
        else:
            product = self.add(
                "MatMulNBits",
                [value, f"{name}.packed", f"{name}.scales"],
                f"{name}.product",
                domain=_MICROSOFT,
                N=rows,
                K=columns,
                bits=4,
                block_size=BLOCK,
                accuracy_level=4 if self.engine == "q4-int8" else 0,
            )
        return self.add("Add", [product, f"{name}.bias"], f"{name}.sum")

    def add_and_norm(self, value: str, residual: str, name: str) -> str:
        inputs = [value, residual, f"{name}.weight", f"{name}.shift"]
        return self.add("SkipLayerNormalization", inputs, name, domain=_MICROSOFT, epsilon=self.shape.epsilon)

    def layer(self, value: str, layer: int) -> str:
        name, shape = f"l{layer}", self.shape
        joined = self.linear(value, f"{name}.qkv", 3 * shape.hidden, shape.hidden)
        query, key, content = self.split(joined, [f"{name}.query", f"{name}.key", f"{name}.value"])
        attended = self.add(
            "MultiHeadAttention",
            [query, key, content, "", "mask32"],
            f"{name}.attention",
            domain=_MICROSOFT,
            num_heads=shape.heads,
        )
        projected = self.linear(attended, f"{name}.out", shape.hidden, shape.hidden)
        value = self.add_and_norm(value, projected, f"{name}.attention.norm")
        wide = self.linear(value, f"{name}.up", shape.feed_forward, shape.hidden)
        active = self.add("Gelu", [wide], f"{name}.gelu", domain=_MICROSOFT)
        narrow = self.linear(active, f"{name}.down", shape.hidden, shape.feed_forward)
        return self.add_and_norm(value, narrow, f"{name}.output.norm")

    def build(self) -> None:
        shape = self.shape
        self.add("Shape", ["vectors"], "extent")
        self.add("Slice", ["extent", "one", "two"], "length")
        self.add("Slice", ["positions", "zero", "length"], "places")
        self.add("Add", ["vectors", "places"], "placed")
        value = self.add(
            "LayerNormalization",
            ["placed", "embedding.norm.weight", "embedding.norm.shift"],
            "embedded",
            axis=-1,
            epsilon=shape.epsilon,
        )
        self.add("Cast", ["mask"], "mask32", to=6)
        for layer in range(shape.layers):
            value = self.layer(value, layer)
        # Mean over the tokens that are not padding, then unit length, as the model was trained to be read.
        self.add("Cast", ["mask"], "weight", to=1)
        self.add("Unsqueeze", ["weight", "two"], "weights")
        self.add("Mul", [value, "weights"], "weighted")
        self.add("ReduceSum", ["weighted", "one"], "total", keepdims=0)
        self.add("ReduceSum", ["weight", "one"], "count", keepdims=1)
        self.add("Div", ["total", "count"], "mean")
        self.add("LpNormalization", ["mean"], "unit", axis=-1, p=2)


def _external(name: str, array: Any) -> Any:
    from onnx import TensorProto, helper

    tensor = TensorProto(name=name, dims=array.shape, data_type=helper.np_dtype_to_tensor_dtype(array.dtype))
    tensor.data_location = TensorProto.EXTERNAL
    # The place is never read: the session is handed the array under this name.
    tensor.external_data.add(key="location", value="weights")
    return tensor


def write_graph(shape: Shape, arrays: Arrays, engine: Engine) -> bytes:
    """The graph of ``engine`` as serialised ONNX; ``arrays`` gives names, types and sizes of its constants."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    builder = _Builder(shape, engine)
    builder.build()
    small = {"zero": [0], "one": [1], "two": [2], "thirds": [shape.hidden] * 3}
    initializers = [numpy_helper.from_array(np.array(v, dtype=np.int64), k) for k, v in small.items()]
    initializers += [_external(name, array) for name, array in arrays.items()]
    graph = helper.make_graph(
        builder.nodes,
        "multilingual-e5-small",
        [
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", "tokens", shape.hidden]),
            helper.make_tensor_value_info("mask", TensorProto.INT64, ["texts", "tokens"]),
        ],
        [helper.make_tensor_value_info("unit", TensorProto.FLOAT, ["texts", shape.hidden])],
        initializers,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="circular-desk")
    return bytes(model.SerializeToString(deterministic=True))


def main() -> None:
    """Write the graph that ships."""
    weights = WeightFile(find_weights())
    graph_path().write_bytes(write_graph(weights.shape, pack(weights, SHIPPED_ENGINE), SHIPPED_ENGINE))


if __name__ == "__main__":
    main()
