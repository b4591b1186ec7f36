"""The embedding model, run by onnxruntime: texts to unit vectors."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from retrieval.embedding.graph import SHIPPED_ENGINE, graph_path
from retrieval.embedding.packing import Engine, pack
from retrieval.embedding.pieces import WordPieces
from retrieval.embedding.tokenizer import Tokenizer
from retrieval.embedding.weights import Floats, WeightFile, check_weights, widen

_ERRORS_ONLY = 3


class E5Model:
    """multilingual-e5-small. ``encode`` is safe to call from several threads."""

    def __init__(
        self, path: Path, *, threads: int = 2, engine: Engine = SHIPPED_ENGINE, graph: bytes | None = None
    ) -> None:
        check_weights(path)
        self.engine = engine
        self._weights = WeightFile(path)
        self._tokenizer = Tokenizer(self._weights)
        shape = self._weights.shape
        self._words = self._weights.blocks("emb.word", shape.vocabulary, shape.hidden)
        arrays = pack(self._weights, engine)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = _ERRORS_ONLY
        # Threads that wait by spinning would take a core from everything else the desk does.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in arrays.values()]
        options.add_external_initializers(list(arrays), values)
        # More runs at once than there are cores for are no faster, and each takes memory that is never given back.
        self._turns = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) // threads))
        self._session = onnxruntime.InferenceSession(
            graph or graph_path(engine).read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._weights.shape.hidden

    def encode(self, texts: Sequence[str], prefix: str) -> Floats:
        """Unit vectors of shape (texts, dimensions), each text read as ``prefix + text``.

        One text at a time: the engine scales its activations over all it is given at once, so a vector would
        otherwise depend on its neighbours; and without padding it is no slower (benchmarks/engines.py).
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._run(self._tokenizer.ids(prefix + text))
        return vectors

    def pieces(self, text: str) -> WordPieces:
        """The word pieces of a text, without its beginning and end: the vectors they enter the model with."""
        tokens = np.asarray(self._tokenizer.ids(text)[1:-1], dtype=np.intp)
        vectors = widen(self._words[tokens]) if len(tokens) else np.zeros((0, self.dimensions), dtype=np.float32)
        return WordPieces(vectors, -self._weights.pieces.scores[tokens])

    def _run(self, tokens: Sequence[int]) -> Floats:
        vectors = widen(self._words[np.asarray(tokens)])[np.newaxis]
        mask = np.ones((1, len(tokens)), dtype=np.int64)
        with self._turns:
            result: Floats = self._session.run(None, {"vectors": vectors, "mask": mask})[0][0]
        return result
