"""The vectors in Chroma: two collections, one of passages and one of known questions.

An index is written through langchain-chroma (``retrieval.build``) and read here through Chroma's own client, which is
half the import time of the LangChain class (docs/decisions/). Both see the same collections.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.embedding.weights import Floats

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

PASSAGES, QUESTIONS = "passages", "questions"
COLLECTION: dict[str, Any] = {"hnsw": {"space": "ip", "ef_construction": 200, "ef_search": 256, "max_neighbors": 32}}
"""Vectors are of length one, so the inner product is the cosine; the search is wide enough to be all but exact."""


def client_at(folder: Path) -> ClientAPI:
    """A client of the Chroma database in a folder, created where there is none. It sends no telemetry."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


class Store:
    """Nearest neighbours in the two collections of one index folder."""

    def __init__(self, folder: Path) -> None:
        self._client = client_at(folder)
        self._passages = self._client.get_collection(PASSAGES, embedding_function=None)
        self._questions = self._client.get_collection(QUESTIONS, embedding_function=None)

    def counts(self) -> tuple[int, int]:
        """How many passages and known questions the index holds."""
        return self._passages.count(), self._questions.count()

    @staticmethod
    def _query(collection: Any, vector: Floats, count: int) -> list[tuple[str, float]]:
        result = collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
        return [(i, 1.0 - d) for i, d in zip(result["ids"][0], result["distances"][0], strict=True)]

    def passages(self, vector: Floats, count: int) -> list[tuple[str, float]]:
        """Ids and similarities of the nearest items, best first."""
        return self._query(self._passages, vector, count)

    def questions(self, vector: Floats, count: int) -> list[tuple[str, float]]:
        """Row numbers (as text) and similarities of the nearest known questions, best first."""
        return self._query(self._questions, vector, count) if self._questions.count() else []

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()
