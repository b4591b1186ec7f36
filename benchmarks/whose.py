"""Learns whose a question is and whether it is on topic there; prints the numbers of ``[whose]`` and ``[alone]``.

Asked are the known questions, each judged by the others, and the questions on the policies, but for those set aside;
in libraries of one document, of the circular and one other, and of all 49. The models are logistic regressions over
what ``bot.answering.judge`` looks at. Nothing else of tests/gold is used.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.about import regression
from benchmarks.known import judged_by_others
from benchmarks.policies import ASIDE, POLICIES, joint_corpus
from benchmarks.shared import table
from bot.answering.answer import Status
from bot.evaluation.gold import read_gold
from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import load_corpus
from documents.text import for_search, language_of
from retrieval.embedding.embedder import load_embedder
from retrieval.evidence import DocumentHit
from retrieval.items import parse_id
from retrieval.open import IndexAccess, IndexSettings, remembering
from retrieval.passages import LibraryPassages
from retrieval.search import Searcher
from retrieval.spaces import centred

_OFF_TOPIC_EACH = 25
_SURE = 1e-3
_ON_TOPIC = (Status.ANSWERED, Status.REFERRED, Status.NOT_STATED)


class Asked(NamedTuple):
    """A question: on which document (none where off topic), how near known questions on documents and on none are."""

    text: str
    document: str | None
    on: float
    off: float


def asked(searcher: Searcher, knowledge: Knowledge, random: np.random.Generator) -> Iterator[Asked]:
    """The known questions that stand alone, and those on the policies that nothing is to be reported on."""
    for judged in judged_by_others(searcher, knowledge, random):
        if not judged.known.history:
            yield Asked(judged.text, judged.known.document, judged.on, judged.off)
    for gold in read_gold(POLICIES / "questions.jsonl"):
        name = gold.id.split("-")[0]
        if gold.history or name in ASIDE:
            continue
        found = searcher.search(gold.question)
        document = name if gold.expect in _ON_TOPIC else None
        yield Asked(gold.question, document, found.best_known(on_topic=True), found.best_known(on_topic=False))


def main() -> None:
    random = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as home:
        corpus = Path(home) / "corpus"
        corpus.mkdir()
        library, knowledge = load_corpus(joint_corpus(corpus))
        embedder, _ = load_embedder()
        settings = IndexSettings(Path(home))
        access = IndexAccess(settings, library, knowledge, embedder=remembering(embedder, Path(home)))
        searcher = access.searcher()
        searcher.stay()
        questions = list(asked(searcher, knowledge, random))
        ids, vectors = searcher._store.passages()
        titles = searcher._store.titles()
        owners = np.array([parse_id(item)[0] for item in ids])
        cells = {known.document for known in knowledge.questions if known.document}

        def held(*names: str) -> LibraryPassages:
            mine = np.isin(owners, names)
            part = Library({library.document(name): library.paragraphs(name) for name in names})
            return LibraryPassages(part, [i for i, m in zip(ids, mine, strict=True) if m], vectors[mine], titles)

        def seen(passages: LibraryPassages, question: Asked) -> dict[str, DocumentHit]:
            text = for_search(question.text)
            language = language_of(text)
            asking = searcher._asked(text)
            share = searcher._numbers.question.centring
            asking = centred(asking, [language] * len(asking), searcher._spaces.asked, share)
            return dict(passages.rank(asking, text, language, 0).documents)

        whose: list[tuple[list[float], bool]] = []
        alone: list[tuple[list[float], bool]] = []

        def note(passages: LibraryPassages, question: Asked) -> dict[str, DocumentHit]:
            hits = seen(passages, question)
            alone.append(([max(hit.score for hit in hits.values()), -question.off], question.document is not None))
            return hits

        everything = held(*(document.id for document in library.in_force()))
        for question in questions:
            hits = note(everything, question)
            if question.document is not None:
                share = sum(hit.share for name, hit in hits.items() if name not in cells)
                share = min(max(share, _SURE), 1 - _SURE)
                whose.append(([np.log(share / (1 - share)), -question.on], question.document not in cells))
        nothing = [question for question in questions if question.document is None]
        for document in sorted({q.document for q in questions if q.document} - cells):
            for names in ((document,), (*sorted(cells), document)):
                passages = held(*names)
                for question in questions:
                    if question.document == document:
                        note(passages, question)
                for row in random.choice(len(nothing), _OFF_TOPIC_EACH, replace=False):
                    note(passages, nothing[row])
        circular = held(*sorted(cells))
        for question in questions[::2]:
            if question.document in (*cells, None):
                note(circular, question)
        searcher.close()
    _learn("[whose]", whose, ("share", "known"), 0.5)
    _learn("[alone]", alone, ("score", "elsewhere"), 0.2)


def _learn(title: str, rows: list[tuple[list[float], bool]], names: tuple[str, ...], least: float) -> None:
    inputs, truth = np.array([row for row, _ in rows]), np.array([label for _, label in rows])
    folds = np.random.default_rng(1).integers(0, 5, len(truth))
    taken = np.zeros(len(truth), dtype=bool)
    for fold in range(5):
        fitted = regression(inputs[folds != fold], truth[folds != fold])
        taken[folds == fold] = inputs[folds == fold] @ fitted[:-1] + fitted[-1] > np.log(least / (1 - least))
    learned = zip((*names, "bias"), regression(inputs, truth), strict=True)
    table([title, "learned"], [[name, f"{value:.2f}"] for name, value in learned])
    print(f"over {least} in cross-validation: {taken[truth].mean():.3f} of {truth.sum()} that should be, ", end="")
    print(f"{taken[~truth].mean():.3f} of {(~truth).sum()} that should not")


if __name__ == "__main__":
    main()
