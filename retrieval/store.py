"""The vectors in Chroma: passages, known questions, and the ledger of which groups of them are complete.

An index is written through langchain-chroma (``retrieval.write``) and read here through Chroma's own client, which is
half the import time of the LangChain class (docs/decisions/). Both see the same collections.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.embedding.weights import Floats
from retrieval.groups import KNOWN, Entry
from retrieval.place import Place

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

PASSAGES, QUESTIONS, LEDGER = "passages", "questions", "ledger"
COLLECTION: dict[str, Any] = {"hnsw": {"space": "ip", "ef_construction": 200, "ef_search": 256, "max_neighbors": 32}}
"""Vectors are of length one, so the inner product is the cosine; the search is wide enough to be all but exact."""
GROUP, DIGEST, COUNT = "group", "digest", "count"
"""Metadata of every vector: its group. Of the ledger: digest and count of a group."""
_AT_ONCE = 5000


def settled_files(folder: Path) -> Iterator[Path]:
    """The files of a Chroma database that reading never changes: those of vectors it has filed away.

    Others it writes anew whenever it is opened.
    """
    for filed in sorted(folder.glob("*/index_metadata.pickle")):
        yield from sorted(path for path in filed.parent.iterdir() if path.is_file())


def read_ledger(client: Client, place: Place) -> dict[str, Entry]:
    """The groups an index holds whole; none where it has no ledger."""
    from chromadb.errors import NotFoundError

    try:
        ledger = client.get_collection(place.collection(LEDGER), embedding_function=None)
    except (NotFoundError, ValueError):
        return {}
    held = ledger.get(include=["metadatas"])
    rows = zip(held["ids"], held["metadatas"] or [], strict=True)
    return {name: Entry(str(told[DIGEST]), int(str(told[COUNT]))) for name, told in rows}


def read_titles(client: Client, place: Place) -> dict[str, Floats]:
    """The vector of what each group is called, as the ledger holds it."""
    held = client.get_collection(place.collection(LEDGER), embedding_function=None).get(include=["embeddings"])
    return dict(zip(held["ids"], np.asarray(held["embeddings"], dtype=np.float32), strict=True))


def ledger_of(place: Place) -> dict[str, str]:
    """The digests of the groups an index holds whole; raises whatever Chroma raises for a damaged database."""
    client = place.client()
    try:
        with place.reached():
            return {name: entry.digest for name, entry in read_ledger(client, place).items()}
    finally:
        client.close()


class _Collection:
    """One collection: asked of Chroma, or, once its vectors are resident, searched exactly in memory."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self.count = collection.count()
        # Without its vectors Chroma counts on, and answers from the few it has not filed away yet.
        collection.get(limit=1, include=["embeddings"])
        self._ids: list[str] = []
        self._vectors: Floats | None = None

    def everything(self) -> tuple[list[str], Floats]:
        ids: list[str] = []
        parts = [np.zeros((0, 0), dtype=np.float32)] if self.count == 0 else []
        for start in range(0, self.count, _AT_ONCE):
            held = self._collection.get(include=["embeddings"], limit=_AT_ONCE, offset=start)
            ids += held["ids"]
            parts.append(np.asarray(held["embeddings"], dtype=np.float32))
        return ids, np.concatenate(parts)

    def make_resident(self) -> None:
        self._ids, self._vectors = self.everything()

    def nearest(self, vector: Floats, count: int) -> list[tuple[str, float]]:
        if self.count == 0:
            return []
        if self._vectors is None:
            result = self._collection.query(query_embeddings=vector[np.newaxis], n_results=count, include=["distances"])
            distances = result["distances"] or [[]]
            return [(i, 1.0 - d) for i, d in zip(result["ids"][0], distances[0], strict=True)]
        similarities = self._vectors @ vector
        rows = np.argpartition(-similarities, min(count, len(self._ids)) - 1)[:count]
        rows = rows[np.argsort(-similarities[rows], kind="stable")]
        ids = self._ids
        return [(ids[row], near) for row, near in zip(rows.tolist(), similarities[rows].tolist(), strict=True)]


class Store:
    """Nearest neighbours in the two collections of one index, and its ledger."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client = place.client()
        try:
            with place.reached():
                self._passages = self._collection(place, PASSAGES)
                self._questions = self._collection(place, QUESTIONS)
                self.ledger = read_ledger(self._client, place)
        except BaseException:
            self.close()
            raise

    def _collection(self, place: Place, name: str) -> _Collection:
        return _Collection(self._client.get_collection(place.collection(name), embedding_function=None))

    def counts(self) -> tuple[int, int]:
        """How many passages and known questions the index holds."""
        return self._passages.count, self._questions.count

    def is_whole(self) -> bool:
        """Whether it holds as much as its ledger says."""
        known = self.ledger.get(KNOWN, Entry("", -1)).size
        passages = sum(entry.size for name, entry in self.ledger.items() if name != KNOWN)
        return self.counts() == (passages, known)

    def make_resident(self, limit: int) -> None:
        """Keep the vectors of known questions in memory where they are at most ``limit``."""
        with self._place.reached():
            if 0 < self._questions.count <= limit:
                self._questions.make_resident()

    def passages(self) -> tuple[list[str], Floats]:
        """The ids of all items, and their vectors (items, dimensions)."""
        with self._place.reached():
            return self._passages.everything()

    def titles(self) -> dict[str, Floats]:
        """The vector of each document's title (dimensions,), by document."""
        with self._place.reached():
            return read_titles(self._client, self._place)

    def questions(self, vector: Floats, count: int) -> list[tuple[str, float]]:
        """Row numbers (as text) and similarities of the nearest known questions, best first."""
        with self._place.reached():
            return self._questions.nearest(vector, count)

    def close(self) -> None:
        """Let go of the files, or of the connection."""
        self._client.close()
