"""Which embedder there is: multilingual e5, English MiniLM, or one of LangChain's providers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from retrieval.embedding.pieces import WordPieces
from retrieval.embedding.weights import SHA256, Floats, WeightsError, find_weights

QUERY, PASSAGE = "query: ", "passage: "
"""The prefixes e5 was trained with (arXiv:2402.05672, section 4)."""


class Embedder(Protocol):
    """Turns texts into unit vectors, questions and passages each their way."""

    @property
    def key(self) -> str:
        """What identifies the vectors: another key, another index."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it was made for; empty where not known."""

    def questions(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of questions, shape (texts, dimensions)."""

    def passages(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of passages, shape (texts, dimensions)."""


class E5Embedder:
    """multilingual-e5-small in the shipped engine."""

    languages: tuple[str, ...] = ()

    def __init__(self, path: Path, *, threads: int = 2) -> None:
        from retrieval.embedding.model import E5Model

        self._model = E5Model(path, threads=threads)

    @property
    def key(self) -> str:
        return e5_key(self._model.engine)

    def questions(self, texts: Sequence[str]) -> Floats:
        return self._model.encode(texts, QUERY)

    def passages(self, texts: Sequence[str]) -> Floats:
        return self._model.encode(texts, PASSAGE)

    def pieces(self, text: str) -> WordPieces:
        """The word pieces of a text, in order."""
        return self._model.pieces(text)


def e5_key(engine: str) -> str:
    """The key of the e5 vectors of an engine."""
    return f"e5-small-{SHA256[:12]}-{engine}"


def load_embedder(
    choice: str = "auto", *, weights: Path | None = None, threads: int = 2
) -> tuple[Embedder, str | None]:
    """The embedder of a setting, and a notice where it is not the best there could be.

    ``auto`` is e5, or MiniLM where e5's weights cannot be had; ``e5`` and ``minilm`` insist;
    ``provider:model`` goes to LangChain's ``init_embeddings``. Raises ``WeightsError``.
    """
    if choice in ("auto", "e5"):
        try:
            found = find_weights(weights)
        except WeightsError as error:
            if choice == "e5" or weights is not None:
                raise
            missing = f"{error}; until then questions and documents are read as English"
        else:
            # What is there must be right: only where there are no weights may English stand in.
            return E5Embedder(found, threads=threads), None
        from retrieval.embedding.minilm import MiniLMEmbedder

        return MiniLMEmbedder(threads=threads), missing
    if choice == "minilm":
        from retrieval.embedding.minilm import MiniLMEmbedder

        return MiniLMEmbedder(threads=threads), None
    if ":" in choice:
        from retrieval.embedding.provider import ProviderEmbedder

        return ProviderEmbedder(choice), None
    raise WeightsError(
        f"CIRCULAR_EMBEDDER={choice}: must be auto, e5, minilm, or provider:model such as openai:text-embedding-3-small"
    )
