"""Vectors that ship: those of the corpus and its prepared knowledge, so that a first start need not compute them.

The file is named after the embedder, and each vector is found by the text it was computed from, so another embedder,
or a changed text, is computed afresh and never served a stale vector. A test computes a sample anew.

"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.embedding.embedder import PASSAGE, QUERY, Embedder
from retrieval.embedding.weights import Floats

FOLDER = Path(__file__).with_name("vectors")


def digest_of(prefix: str, text: str) -> bytes:
    """What a vector is found by: eight bytes of a hash of its text and how it was embedded."""
    return hashlib.blake2b((prefix + text).encode("utf-8", "replace"), digest_size=8).digest()


def _file(key: str, folder: Path) -> Path:
    return folder / f"{key}.npz"


class ShippedVectors:
    """An embedder that looks a text up before it computes."""

    def __init__(self, embedder: Embedder, folder: Path = FOLDER) -> None:
        self._embedder = embedder
        self._rows: dict[bytes, int] = {}
        self._vectors: npt.NDArray[np.float16] = np.zeros((0, 0), dtype=np.float16)
        path = _file(embedder.key, folder)
        if path.is_file():
            with np.load(path) as held:
                digests, self._vectors = held["digests"], held["vectors"]
            self._rows = {digest.tobytes(): row for row, digest in enumerate(digests)}

    @property
    def key(self) -> str:
        return self._embedder.key

    @property
    def languages(self) -> tuple[str, ...]:
        return self._embedder.languages

    def __contains__(self, prefixed: tuple[str, str]) -> bool:
        return digest_of(*prefixed) in self._rows

    def _get(self, prefix: str, texts: Sequence[str]) -> Floats:
        rows = [self._rows.get(digest_of(prefix, text)) for text in texts]
        missing = [index for index, row in enumerate(rows) if row is None]
        compute = self._embedder.questions if prefix == QUERY else self._embedder.passages
        computed = compute([texts[index] for index in missing]) if missing else None
        width = computed.shape[1] if computed is not None else self._vectors.shape[1]
        vectors = np.zeros((len(texts), width), dtype=np.float32)
        for index, row in enumerate(rows):
            if row is not None:
                vectors[index] = self._vectors[row]
        if computed is not None:
            vectors[missing] = computed
        return vectors

    def questions(self, texts: Sequence[str]) -> Floats:
        return self._get(QUERY, texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        return self._get(PASSAGE, texts)


def write(embedder: Embedder, questions: Sequence[str], passages: Sequence[str], folder: Path = FOLDER) -> Path:
    """Compute and write the vectors of these texts; returns the file."""
    texts = {(QUERY, text): None for text in questions} | {(PASSAGE, text): None for text in passages}
    digests = np.array([list(digest_of(*key)) for key in texts], dtype=np.uint8)
    asked = [text for prefix, text in texts if prefix == QUERY]
    told = [text for prefix, text in texts if prefix == PASSAGE]
    vectors = np.concatenate([embedder.questions(asked), embedder.passages(told)]).astype(np.float16)
    folder.mkdir(exist_ok=True)
    path = _file(embedder.key, folder)
    np.savez_compressed(path, digests=digests, vectors=vectors)
    return path
