"""The reader for an embedder, where there is one."""

from __future__ import annotations

from retrieval.embedding.embedder import Embedder
from retrieval.embedding.pieces import PieceReader
from retrieval.reading.model import FILE, load
from retrieval.reading.reader import Reader


def reader_for(embedder: Embedder) -> Reader | None:
    """The reader that was learned with this embedder; ``None`` for others, whose vectors it could not understand."""
    if not isinstance(embedder, PieceReader) or not FILE.is_file():
        return None
    model = load()
    return Reader(model, embedder) if model.embedder == embedder.key else None
