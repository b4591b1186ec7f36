"""Reads every vector of a Chroma database: ``python -m retrieval.probe FOLDER``.

Run apart, as Chroma's native code can bring down the process that opens a broken one. Exit status 0 where all can be
read and searched.
"""

from __future__ import annotations

import sys
from pathlib import Path

from retrieval.place import Place
from retrieval.store import PASSAGES, QUESTIONS

_AT_ONCE = 5000


def main() -> None:
    """Read the database in the folder of the arguments."""
    place = Place(Path(sys.argv[1]).parent)
    client = place.client()
    for name in (PASSAGES, QUESTIONS):
        collection = client.get_collection(place.collection(name), embedding_function=None)
        for start in range(0, collection.count(), _AT_ONCE):
            held = collection.get(include=["embeddings", "documents"], limit=_AT_ONCE, offset=start)
            if held["embeddings"] is None or len(held["embeddings"]) != len(held["ids"]):
                raise SystemExit(1)
            collection.query(query_embeddings=held["embeddings"][:1], n_results=5)


if __name__ == "__main__":
    main()
