"""The index as programs built on LangChain use it."""

from __future__ import annotations

import numpy as np
import pytest
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.embedding.embedder import E5Embedder
from retrieval.embedding.weights import Floats
from retrieval.items import items_of
from retrieval.langchain import CircularRetriever, DeskEmbeddings, ReadyVectors
from retrieval.place import ARRAYS, Place
from retrieval.search import Searcher
from retrieval.spaces import centred
from retrieval.store import PASSAGES, QUESTIONS, Store
from retrieval.tuning import tuning

LENDING = "Which bank can lend to our company?"


def test_the_retriever_gives_the_paragraph_on_lending(searcher: Searcher) -> None:
    retriever = CircularRetriever(searcher=searcher, count=3)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke(LENDING)
    assert len(found) == 3
    assert all(isinstance(document, Document) for document in found)
    best = found[0]
    assert "China Development Bank will" in best.page_content
    assert best.id == "circular-2006-556#15"
    assert (best.metadata["document"], best.metadata["paragraph"]) == ("circular-2006-556", 15)
    assert best.metadata["section"] == "Support the Service Outsourcing Enterprises to Expand and Upgrade"
    assert best.metadata["score"] > found[1].metadata["score"] > found[2].metadata["score"]


def test_the_retriever_stands_in_a_chain(searcher: Searcher) -> None:
    chain = CircularRetriever(searcher=searcher, count=1) | RunnableLambda(lambda found: found[0].id)
    assert chain.batch([LENDING, "哪家银行可以给我们公司贷款？"]) == ["circular-2006-556#15"] * 2


def test_embeddings_are_the_desks_vectors(embedder: E5Embedder) -> None:
    embeddings = DeskEmbeddings(embedder)
    assert isinstance(embeddings, Embeddings)
    assert embeddings.embed_query(LENDING) == pytest.approx(embedder.questions([LENDING])[0].tolist())
    told = embeddings.embed_documents(["one", "two"])
    assert np.array(told) == pytest.approx(embedder.passages(["one", "two"]))
    assert isinstance(told[0][0], float)


def test_questions_are_prepared_in_their_language(embedder: E5Embedder) -> None:
    seen: list[object] = []

    def prepare(vectors: Floats, languages: object) -> Floats:
        seen.append(languages)
        return vectors * 2

    embeddings = DeskEmbeddings(embedder, prepare)
    assert embeddings.embed_query("贷款") == pytest.approx((embedder.questions(["贷款"])[0] * 2).tolist())
    assert embeddings.embed_documents(["贷款"])[0] == pytest.approx(embedder.passages(["贷款"])[0].tolist())
    assert seen == [["zh"]]


def test_ready_vectors_are_handed_out_in_order_and_answer_no_question() -> None:
    vectors = np.arange(6, dtype=np.float32).reshape(3, 2)
    ready = ReadyVectors(vectors)
    assert ready.embed_documents(["a", "b"]) + ready.embed_documents(["c"]) == vectors.tolist()
    with pytest.raises(NotImplementedError):
        ready.embed_query("a question")


def test_the_collections_are_open_to_langchain_chroma(
    index: Place, corpus: tuple[Library, Knowledge], embedder: E5Embedder
) -> None:
    """And it finds there what the desk finds."""
    with np.load(index.folder / ARRAYS) as arrays:
        means = {name.removeprefix("mean_"): arrays[name] for name in arrays.files if name.startswith("mean_")}

    def prepare(vectors: Floats, languages: object) -> Floats:
        return centred(vectors, list(languages), means, tuning().question.centring)  # type: ignore[call-overload]

    embeddings = DeskEmbeddings(embedder, prepare)
    client = index.client()
    passages = Chroma(collection_name=PASSAGES, client=client, embedding_function=embeddings)
    questions = Chroma(collection_name=QUESTIONS, client=client, embedding_function=embeddings)

    found = passages.similarity_search_with_score(LENDING, k=5)
    store = Store(index)
    ids, vectors = store.passages()
    similarities = vectors @ np.array(embeddings.embed_query(LENDING), dtype=np.float32)
    expected = [(ids[row], similarities[row]) for row in np.argsort(-similarities)[:5]]
    assert [document.id for document, _ in found] == [item_id for item_id, _ in expected]
    assert [1 - distance for _, distance in found] == pytest.approx([s for _, s in expected], abs=1e-5)
    texts = {item.id: item.text for item in items_of(corpus[0])}
    assert all(document.page_content == texts[document.id or ""] for document, _ in found)
    assert "China Development Bank" in found[0][0].page_content

    row = next(i for i, known in enumerate(corpus[1].questions) if not known.history)
    held = questions.get(ids=[str(row)])
    assert held["documents"] == [corpus[1].questions[row].question]
    store.close()
    client.close()
