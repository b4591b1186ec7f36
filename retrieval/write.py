"""Writes groups into an index and takes them out: deterministic ids, the ledger last, so that whatever is cut short is
done again in full and nothing is ever there twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.embedding.weights import Floats
from retrieval.groups import Entry
from retrieval.place import Place
from retrieval.store import COLLECTION, COUNT, DIGEST, GROUP, LEDGER, PASSAGES, QUESTIONS, read_ledger

if TYPE_CHECKING:
    from chromadb import Collection

_AT_ONCE = 1000


class Writer:
    """The collections of one index, to be written."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client = place.client()
        self._stores: dict[str, Any] = {}
        self._ledger: Collection = self._client.get_or_create_collection(
            place.collection(LEDGER), embedding_function=None, metadata={"hnsw:space": "ip"}
        )
        for name in (PASSAGES, QUESTIONS):
            self._client.get_or_create_collection(
                place.collection(name),
                embedding_function=None,
                configuration=COLLECTION,  # type: ignore[arg-type]
            )

    def held(self) -> dict[str, Entry]:
        """The groups that are whole."""
        return read_ledger(self._client, self._place)

    def put(
        self, collection: str, group: str, digest: str, texts: Mapping[str, str], vectors: Floats, title: Floats
    ) -> None:
        """Write a group: ``texts`` by id, their vectors (texts, dimensions), and the vector of what it is called."""
        self.drop(collection, group)
        ids, bodies = list(texts), list(texts.values())
        store = self._store(collection, vectors)
        for start in range(0, len(ids), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            store.add_texts(texts=bodies[part], ids=ids[part], metadatas=[{GROUP: group}] * len(ids[part]))
        self._ledger.upsert(
            ids=[group],
            embeddings=title[np.newaxis].astype(np.float32),
            documents=[group],
            metadatas=[{DIGEST: digest, COUNT: len(ids)}],
        )

    def drop(self, collection: str, group: str) -> None:
        """Take a group out; what is not there is not missed."""
        self._ledger.delete(ids=[group])
        self._client.get_collection(self._place.collection(collection), embedding_function=None).delete(
            where={GROUP: group}
        )

    def _store(self, collection: str, vectors: Floats) -> Any:
        # The class of langchain-chroma: what it writes is what LangChain's users read.
        from langchain_chroma import Chroma

        from retrieval.langchain import ReadyVectors

        return Chroma(
            collection_name=self._place.collection(collection),
            embedding_function=ReadyVectors(vectors),
            client=self._client,
            collection_configuration=COLLECTION,  # type: ignore[arg-type]
        )

    def close(self) -> None:
        """Let go of the files, or of the connection."""
        self._client.close()
