"""Any embeddings provider of LangChain, by a setting such as ``openai:text-embedding-3-small``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.embedding.weights import Floats, WeightsError


def _unit(vectors: Sequence[Sequence[float]]) -> Floats:
    array = np.asarray(vectors, dtype=np.float32)
    unit: Floats = array / np.maximum(np.linalg.norm(array, axis=-1, keepdims=True), 1e-12)
    return unit


class ProviderEmbedder:
    """Wraps what ``langchain.embeddings.init_embeddings`` gives for ``provider:model``."""

    languages: tuple[str, ...] = ()

    def __init__(self, choice: str) -> None:
        from langchain.embeddings import init_embeddings

        try:
            self._embeddings = init_embeddings(choice)
        except (ImportError, ValueError) as error:
            raise WeightsError(f"CIRCULAR_EMBEDDER={choice}: {str(error).splitlines()[0]}") from None
        self._choice = choice

    @property
    def key(self) -> str:
        return f"provider-{self._choice}"

    def questions(self, texts: Sequence[str]) -> Floats:
        # embed_query may prefix or truncate otherwise than embed_documents, so questions go one by one.
        return _unit([self._embeddings.embed_query(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> Floats:
        return _unit(self._embeddings.embed_documents(list(texts)))
