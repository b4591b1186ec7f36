"""The word pieces of a text, as an embedding model takes them in."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable

from retrieval.embedding.weights import Floats


class WordPieces(NamedTuple):
    """The word pieces of a text: their vectors (pieces, dimensions), and how rare each is (minus log probability)."""

    vectors: Floats
    rarity: Floats


@runtime_checkable
class PieceReader(Protocol):
    """An embedder that gives the word pieces of a text."""

    def pieces(self, text: str) -> WordPieces:
        """The word pieces of a text, in order."""
