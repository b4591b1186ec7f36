"""The index as LangChain sees it: embeddings, vector stores, and a retriever.

Imported only where LangChain is: when an index is written, and by programs that use the desk's retrieval in a chain.

>>> retriever = CircularRetriever(searcher=open_searcher(...), count=3)  # doctest: +SKIP
>>> retriever.invoke("Which bank can lend to our company?")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from documents.text import language_of
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.weights import Floats
from retrieval.search import Searcher


class DeskEmbeddings(Embeddings):
    """The desk's embedder as LangChain ``Embeddings``: passages as they are, questions as ``prepare`` makes them.

    ``prepare`` takes and gives vectors of shape (texts, dimensions); with its languages, e.g. to centre them.
    """

    def __init__(self, embedder: Embedder, prepare: Callable[[Floats, Sequence[str]], Floats] | None = None) -> None:
        self._embedder = embedder
        self._prepare = prepare

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        vectors: list[list[float]] = self._embedder.passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vectors = self._embedder.questions([text])
        if self._prepare is not None:
            vectors = self._prepare(vectors, [language_of(text)])
        prepared: list[float] = vectors[0].tolist()
        return prepared


class ReadyVectors(Embeddings):
    """Embeddings of texts whose vectors have been computed already, for writing them through a vector store."""

    def __init__(self, vectors: Floats) -> None:
        self._vectors = vectors
        self._at = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The next vectors in order; texts must be handed over in the order of the vectors."""
        taken = self._vectors[self._at : self._at + len(texts)]
        self._at += len(texts)
        rows: list[list[float]] = taken.tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Not for questions."""
        raise NotImplementedError("these vectors are for writing an index")


class CircularRetriever(BaseRetriever):
    """The desk's search, memory of questions included, as a LangChain retriever.

    Each document is a paragraph; its metadata names document, paragraph number, section, label, page and score.
    """

    searcher: Searcher
    count: int = 4

    model_config = ConfigDict(arbitrary_types_allowed=True)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        evidence = self.searcher.search(query)
        return [
            LangChainDocument(
                page_content=hit.paragraph.text,
                id=hit.paragraph.key,
                metadata={
                    "document": hit.paragraph.document,
                    "paragraph": hit.paragraph.number,
                    "section": " > ".join(hit.paragraph.section),
                    "label": hit.paragraph.label or "",
                    "page": hit.paragraph.page or 0,
                    "score": hit.score,
                },
            )
            for hit in evidence.passages[: self.count]
        ]
