"""Labelled questions on single documents, as the reader sees them; what the reader is learned from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.appendices import APPENDICES, as_corpus, folders
from benchmarks.policies import ASIDE, POLICIES, joint_corpus
from bot.answering.answer import Status
from bot.evaluation.gold import GoldQuestion, read_gold
from documents.library import Library
from documents.loading import load_corpus
from documents.text import for_search, language_of
from retrieval.embedding.embedder import E5Embedder
from retrieval.embedding.weights import Floats
from retrieval.items import parse_id
from retrieval.open import IndexAccess, IndexSettings, remembering
from retrieval.passages import LibraryPassages
from retrieval.reading.view import DocumentView
from retrieval.search import READ, Searcher

STATUSES = (Status.ANSWERED, Status.REFERRED, Status.NOT_STATED)
_SPARE = 8


@dataclass(frozen=True)
class Labelled:
    """A question on one document: its centred vector, the document as it sees it, and the paragraphs that answer it.

    ``status`` is its number in ``STATUSES``, ``aside`` whether nothing may be learned from it.
    """

    gold: GoldQuestion
    document: str
    kind: str
    status: int
    text: str
    language: str
    vector: Floats
    view: DocumentView
    evidence: frozenset[int]
    aside: bool


def questions() -> Iterator[tuple[str, GoldQuestion]]:
    """The questions on a document, with its id."""
    for gold in read_gold(POLICIES / "questions.jsonl"):
        yield gold.id.split("-")[0], gold
    for source in folders("dev"):
        for gold in read_gold(APPENDICES / "dev" / source.name / "questions.jsonl"):
            if gold.value_of("asks_document") == source.name:
                yield source.name, gold


def labelled(embedder: E5Embedder, home: Path) -> list[Labelled]:
    """All of them; ``home`` is a folder for an index."""
    corpus = home / "corpus"
    if not corpus.exists():
        corpus.mkdir(parents=True)
        joint_corpus(corpus)
        for source in folders("dev"):
            as_corpus(source, corpus)
    library, knowledge = load_corpus(corpus)
    searcher = IndexAccess(IndexSettings(home), library, knowledge, embedder=remembering(embedder, home)).searcher()
    try:
        passages = _apart(searcher, library)
        return [_seen(searcher, passages[name], name, gold) for name, gold in questions() if gold.expect in STATUSES]
    finally:
        searcher.close()


def _apart(searcher: Searcher, library: Library) -> Mapping[str, LibraryPassages]:
    """Each document as a library of its own."""
    ids, vectors = searcher._store.passages()
    titles = searcher._store.titles()
    owners = np.array([parse_id(item)[0] for item in ids])
    held = {}
    for document in library.in_force():
        mine = owners == document.id
        part = Library({document: library.paragraphs(document.id)})
        held[document.id] = LibraryPassages(
            part, [i for i, m in zip(ids, mine, strict=True) if m], vectors[mine], titles
        )
    return held


def _seen(searcher: Searcher, passages: LibraryPassages, name: str, gold: GoldQuestion) -> Labelled:
    question = searcher.asked(gold.question, " ".join(gold.history))
    ranked = passages.ranked(question.vectors, question.text, question.language)
    texts = {number: for_search(p.text) for (_, number), p in passages.paragraphs.items()}
    wanted = {for_search(snippet) for item in gold.evidence for snippet in item}
    return Labelled(
        gold,
        name,
        gold.value_of("kind"),
        STATUSES.index(gold.expect),
        question.text,
        language_of(question.text),
        question.vectors[0],
        passages.view(ranked, name, READ + _SPARE),
        frozenset(number for number, text in texts.items() if any(snippet in text for snippet in wanted)),
        name in ASIDE,
    )
