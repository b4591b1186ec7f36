"""The weights in the form an engine computes with.

An engine is a way to multiply: ``fp32`` in full precision, ``int8`` with one scale per output channel
(``DynamicQuantizeMatMul``), ``q4`` with the file's own 4-bit blocks (``MatMulNBits``), ``q4-int8`` the same with
activations in 8 bits. docs/decisions/ has what each costs and is worth.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from retrieval.embedding.weights import WeightFile, nibbles_in_order, widen

Engine = Literal["fp32", "int8", "q4", "q4-int8"]
ENGINES: tuple[Engine, ...] = ("fp32", "int8", "q4", "q4-int8")
Arrays = dict[str, npt.NDArray[Any]]

_INT8_MAX = 127
_LINEAR = (
    # name in the graph, tensors in the file (stacked), their biases, rows, columns (h: hidden, f: feed-forward)
    ("qkv", ("q.w", "k.w", "v.w"), ("q.b", "k.b", "v.b"), "h", "h"),
    ("out", ("ao.w",), ("ao.b",), "h", "h"),
    ("up", ("fi.w",), ("fi.b",), "f", "h"),
    ("down", ("fo.w",), ("fo.b",), "h", "f"),
)


def _linear(weights: WeightFile, layer: int, engine: Engine) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    size = {"h": weights.shape.hidden, "f": weights.shape.feed_forward}
    for name, tensors, biases, rows, columns in _LINEAR:
        prefix = f"l{layer}.{name}"
        stacked = np.concatenate([weights.blocks(f"l{layer}.{t}", size[rows], size[columns]) for t in tensors])
        yield f"{prefix}.bias", np.concatenate([weights.floats(f"l{layer}.{b}") for b in biases])
        if engine in ("q4", "q4-int8"):
            packed, scales = nibbles_in_order(stacked)
            yield f"{prefix}.packed", packed
            yield f"{prefix}.scales", scales.reshape(-1)
            continue
        matrix = np.ascontiguousarray(widen(stacked).T)
        if engine == "fp32":
            yield f"{prefix}.matrix", matrix
            continue
        scales = (np.abs(matrix).max(axis=0) / _INT8_MAX).astype(np.float32)
        yield f"{prefix}.matrix", np.rint(matrix / scales).astype(np.int8)
        yield f"{prefix}.scales", scales


def _norm(weights: WeightFile, source: str, name: str) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    yield f"{name}.weight", weights.floats(f"{source}.w")
    yield f"{name}.shift", weights.floats(f"{source}.b")


def pack(weights: WeightFile, engine: Engine) -> Arrays:
    """Every constant of the graph by name; the embedding table is not among them, it stays in the file."""
    hidden = weights.shape.hidden
    positions = weights.floats("emb.pos", -1, hidden)
    arrays: Arrays = {"positions": (positions + weights.floats("emb.type", -1, hidden)[0]).astype(np.float32)}
    arrays |= _norm(weights, "emb.ln", "embedding.norm")
    for layer in range(weights.shape.layers):
        arrays |= _linear(weights, layer, engine)
        arrays |= _norm(weights, f"l{layer}.aln", f"l{layer}.attention.norm")
        arrays |= _norm(weights, f"l{layer}.oln", f"l{layer}.output.norm")
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}
