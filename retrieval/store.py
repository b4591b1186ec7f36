"""The vectors in Chroma: two collections, one of passages and one of known questions.

An index is written through langchain-chroma (``retrieval.build``) and read here through Chroma's own client, which is
half the import time of the LangChain class (docs/decisions/). Both see the same collections.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from retrieval.embedding.weights import Floats

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

CHROMA, ARRAYS = "chroma", "spaces.npz"
"""Where in an index folder the database is, and the arrays that questions are prepared with."""
PASSAGES, QUESTIONS = "passages", "questions"
COLLECTION: dict[str, Any] = {"hnsw": {"space": "ip", "ef_construction": 200, "ef_search": 256, "max_neighbors": 32}}
"""Vectors are of length one, so the inner product is the cosine; the search is wide enough to be all but exact."""


def client_at(folder: Path) -> Client:
    """A client of the Chroma database in a folder, created where there is none. It sends no telemetry."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)


def settled_files(folder: Path) -> Iterator[Path]:
    """The files of a Chroma database that reading never changes: those of vectors it has filed away.

    Others it writes anew whenever it is opened.
    """
    for filed in sorted(folder.glob("*/index_metadata.pickle")):
        yield from sorted(path for path in filed.parent.iterdir() if path.is_file())


class _Collection:
    """One collection: asked of Chroma, or, once its vectors are resident, searched exactly in memory."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self.count = collection.count()
        # Without its vectors Chroma counts on, and answers from the few it has not filed away yet.
        collection.get(limit=1, include=["embeddings"])
        self._ids: list[str] = []
        self._vectors: Floats | None = None

    def make_resident(self) -> None:
        held = self._collection.get(include=["embeddings"])
        self._ids, self._vectors = held["ids"], np.asarray(held["embeddings"], dtype=np.float32)

    def nearest(self, vector: Floats, count: int) -> list[tuple[str, float]]:
        if self.count == 0:
            return []
        if self._vectors is None:
            result = self._collection.query(query_embeddings=vector[np.newaxis], n_results=count, include=["distances"])
            distances = result["distances"] or [[]]
            return [(i, 1.0 - d) for i, d in zip(result["ids"][0], distances[0], strict=True)]
        similarities = self._vectors @ vector
        rows = np.argpartition(-similarities, min(count, self.count) - 1)[:count]
        rows = rows[np.argsort(-similarities[rows], kind="stable")]
        return [(self._ids[row], float(similarities[row])) for row in rows]


class Store:
    """Nearest neighbours in the two collections of one index folder."""

    def __init__(self, folder: Path) -> None:
        self._client = client_at(folder)
        try:
            self._passages = _Collection(self._client.get_collection(PASSAGES, embedding_function=None))
            self._questions = _Collection(self._client.get_collection(QUESTIONS, embedding_function=None))
        except BaseException:
            self._client.close()
            raise

    def counts(self) -> tuple[int, int]:
        """How many passages and known questions the index holds."""
        return self._passages.count, self._questions.count

    def make_resident(self, limit: int) -> None:
        """Keep the vectors of each collection of at most ``limit`` in memory: faster for many questions."""
        for collection in (self._passages, self._questions):
            if 0 < collection.count <= limit:
                collection.make_resident()

    def passages(self, vector: Floats, count: int) -> list[tuple[str, float]]:
        """Ids and similarities of the nearest items, best first."""
        return self._passages.nearest(vector, count)

    def questions(self, vector: Floats, count: int) -> list[tuple[str, float]]:
        """Row numbers (as text) and similarities of the nearest known questions, best first."""
        return self._questions.nearest(vector, count)

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()
