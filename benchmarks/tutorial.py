"""What a tutorial on retrieval builds: the file in chunks, an embedding model, Chroma, the four nearest chunks.

A language model would then word an answer. There is none here: the chunks stand as the answer, which holds every
fact that is in them, and the status is always *answered*, as nothing in this design decides otherwise.
"""

from __future__ import annotations

from pathlib import Path

from bot.evaluation.gold import GoldQuestion
from bot.evaluation.prediction import CitedPassage, Prediction
from documents.loading import SHIPPED
from retrieval.known import asked_text

DOCUMENT = SHIPPED / "circular-2006-556" / "document.txt"
_CHUNK, _OVERLAP, _CHUNKS_SHOWN = 1000, 200, 4


class Tutorial:
    """Chunks of 1,000 characters that overlap by 200, with the vectors of ``model`` (``minilm`` or ``e5``)."""

    languages = ("en", "zh")

    def __init__(self, folder: Path, model: str) -> None:
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        from retrieval.embedding.embedder import load_embedder
        from retrieval.langchain import DeskEmbeddings
        from retrieval.store import client_at

        splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
        embedder, _ = load_embedder(model)
        self._client = client_at(folder)
        self._store = Chroma("tutorial", embedding_function=DeskEmbeddings(embedder), client=self._client)
        self._store.add_texts(splitter.split_text(DOCUMENT.read_text(encoding="utf-8")))

    def ask(self, gold: GoldQuestion) -> Prediction:
        found = self._store.similarity_search(asked_text(gold.question, gold.history), k=_CHUNKS_SHOWN)
        chunks = tuple(document.page_content for document in found)
        return Prediction(
            id=gold.id,
            status="answered",
            answer="\n\n".join(chunks),
            citations=tuple(CitedPassage(quote=chunk, text=chunk) for chunk in chunks),
        )

    def close(self) -> None:
        self._client.close()
