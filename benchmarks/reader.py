"""Learns the reader (``retrieval.reading``), writes ``model.npz`` and prints what it is worth on unseen documents.

Learned from the questions on the policies, but for the documents set aside, and on the appendices of the part ``dev``.
Every answered or referred question is asked a second time of its document without the paragraphs that answer it, as a
question left open, at ``_CUT`` of the weight; and of its document with a few paragraphs only, with and without those,
at ``_SMALL`` of the weight, so that short documents are read as well as long ones. All figures are of
cross-validation, split by document; those of the models a question passes through first as well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.fitting import conditional, multinomial
from benchmarks.labelled import STATUSES, Labelled, labelled
from benchmarks.shared import table
from retrieval.embedding.embedder import E5Embedder, load_embedder
from retrieval.embedding.weights import Floats
from retrieval.reading import values
from retrieval.reading.coverage import PieceSpace
from retrieval.reading.features import Options
from retrieval.reading.model import ReaderModel
from retrieval.reading.reader import Reader, scaled
from retrieval.reading.told import sentence_inputs, told
from retrieval.reading.view import DocumentView
from retrieval.search import READ
from retrieval.shares import softmax
from retrieval.spaces import unit

_FOLDS = 8
_CUT = 0.1
_SMALL = 0.05
_FEW = 5
_RIDGES = {"kinds": 3e-4, "leaving": 1e-3, "telling": 3e-3, "options": 1e-2}
_PIECE_DIRECTIONS = 128
_EVENED = -0.25
_ANSWERED, _REFERRED, _OPEN = range(3)


@dataclass(frozen=True)
class Case:
    """A question asked of a document, as it is or cut, with its options and which of them are right."""

    row: int
    cut: bool
    weight: float
    status: int
    options: Options
    right_answers: Floats
    right_referrals: Floats


def piece_space(embedder: E5Embedder, asked: Sequence[Labelled]) -> PieceSpace:
    """The mean of the pieces of all paragraphs, and their principal directions scaled to be more even."""
    texts = {s.paragraph.text for question in asked for s in question.view.paragraphs}
    pieces = unit(np.concatenate([embedder.pieces(text).vectors for text in sorted(texts)[::2]]))
    mean = pieces.mean(axis=0)
    size, directions = np.linalg.eigh(np.cov((pieces - mean).T))
    best = np.argsort(-size)[:_PIECE_DIRECTIONS]
    return PieceSpace(mean, (directions[:, best] * size[best] ** _EVENED).astype(np.float32))


def folds_of(asked: Sequence[Labelled]) -> Floats:
    """The fold of each question, by its document."""
    names = sorted({question.document for question in asked})
    np.random.default_rng(0).shuffle(names)
    fold = {name: number % _FOLDS for number, name in enumerate(names)}
    return np.array([fold[question.document] for question in asked])


def value_tables(asked: Sequence[Labelled], kinds: Sequence[str]) -> tuple[Floats, Floats]:
    """What a value's presence and absence in a paragraph say for each kind of question (log ratios)."""
    paragraphs = {
        (q.document, s.paragraph.number): values.values_in(s.paragraph.text) for q in asked for s in q.view.paragraphs
    }
    usual = (np.sum(list(paragraphs.values()), axis=0) + 1) / (len(paragraphs) + 2)
    held = np.tile(2 * usual, (len(kinds), 1)) + 0.5
    count = np.full(len(kinds), 3.0)
    for question in asked:
        if question.status == _ANSWERED:
            for number in sorted(question.evidence)[:1]:
                if (question.document, number) in paragraphs:
                    held[kinds.index(question.kind)] += paragraphs[question.document, number]
                    count[kinds.index(question.kind)] += 1
    share = np.clip(held / count[:, None], 0.01, 0.99)
    return np.log(share / usual), np.log((1 - share + 0.02) / (1 - usual + 0.02))


def sentences_that_answer(
    asked: Sequence[Labelled], embedder: E5Embedder, space: PieceSpace
) -> tuple[Floats, list[int]]:
    """The inputs of the best sentence of each paragraph that answers, and the question's row."""
    inputs, rows = [], []
    for row, question in enumerate(asked):
        if question.status != _ANSWERED:
            continue
        for seen in question.view.paragraphs:
            if seen.paragraph.number in question.evidence:
                best = int(np.argmax(seen.sentences))
                inputs.append(sentence_inputs(seen, question.view.mean, told(seen, embedder, space))[best])
                rows.append(row)
    return np.array(inputs), rows


def _first(view: DocumentView) -> DocumentView:
    return replace(view, paragraphs=view.paragraphs[:READ])


def cases_of(row: int, question: Labelled, model: ReaderModel, reader: Reader, embedder: E5Embedder) -> list[Case]:
    """The question asked of the document, and of the document cut."""
    asked = reader.asking(question.vector, question.text, question.language)
    numbers = [seen.paragraph.number for seen in question.view.paragraphs]
    random = np.random.default_rng(row)
    few = {int(n) for n in random.choice(numbers, min(len(numbers), int(random.integers(1, _FEW + 1))), replace=False)}
    found = []
    for weight, cut, view in (
        (1.0, False, question.view),
        (_CUT, True, question.view.without(question.evidence)),
        (_SMALL, False, question.view.only(few | question.evidence)),
        (_SMALL, True, question.view.only(few - question.evidence)),
    ):
        if cut and not question.evidence and weight == _CUT:
            continue
        # What a sentence tells depends on its document, so the few are read by a reader that remembers nothing.
        reads = Reader(model, embedder) if weight == _SMALL else reader
        options = reads.options(asked, _first(view))
        if options is not None:
            status = _OPEN if cut else question.status
            answers, referrals = (
                np.array([seen.paragraph.number in question.evidence for seen in chosen], dtype=bool)
                for chosen in (options.answering, options.referring)
            )
            # Evidence that is not among the best paragraphs leaves its status right, whichever paragraph it stands in.
            answers = (answers if answers.any() else ~answers) & (status == _ANSWERED)
            referrals = (referrals if referrals.any() else ~referrals) & (status == _REFERRED)
            if status != _OPEN and not answers.any() and not referrals.any():
                continue
            found.append(Case(row, cut, weight, status, options, answers, referrals))
    return found


def scales_of(cases: Sequence[Case]) -> dict[str, Floats]:
    """Mean and spread of every input."""

    def scale(rows: Floats) -> Floats:
        return np.stack([rows.mean(axis=0), rows.std(axis=0) + 1e-6])

    return {
        "answer": scale(np.concatenate([case.options.answers for case in cases])),
        "referral": scale(np.concatenate([case.options.referrals for case in cases])),
        "question": scale(np.stack([case.options.question for case in cases])),
    }


def fit_options(cases: Sequence[Case], scales: dict[str, Floats]) -> dict[str, Floats]:
    """The weights of the options, as ``ReaderModel`` holds them."""
    sizes = [scales[name].shape[1] for name in ("answer", "referral", "question")]
    answer, referral, question = sizes
    options, right = [], []
    for case in cases:
        seen = scaled(case.options.question, scales["question"])
        a, r = len(case.options.answers), len(case.options.referrals)
        rows = np.zeros((a + r + 1, answer + referral + 2 * question + 2))
        rows[:a, :answer] = scaled(case.options.answers, scales["answer"])
        rows[a:-1, answer : answer + referral] = scaled(case.options.referrals, scales["referral"])
        rows[a:-1, answer + referral : answer + referral + question + 1] = [*seen, 1.0]
        rows[-1, answer + referral + question + 1 :] = [*seen, 1.0]
        options.append(rows)
        right.append(np.r_[case.right_answers, case.right_referrals, case.status == _OPEN])
    weights = np.array([case.weight for case in cases])
    beta = conditional(options, right, weights, _RIDGES["options"])
    of_referrals, of_none = np.split(beta[answer + referral :], 2)
    return {
        "answer": beta[:answer],
        "referral": beta[answer : answer + referral],
        "question": np.stack([of_referrals[:-1], of_none[:-1]], axis=1),
        "bias": np.array([of_referrals[-1], of_none[-1]]),
    }


def _area(scores: Floats, truth: Floats) -> float:
    """The chance that a true one scores above a false one."""
    ranks = np.argsort(np.argsort(scores)) + 1
    true = truth.sum()
    return float((ranks[truth].sum() - true * (true + 1) / 2) / (true * (~truth).sum()))


class _Learner:
    """Learns all the parts; ``model`` of some questions, so that it can be held against others."""

    def __init__(self, embedder: E5Embedder, asked: Sequence[Labelled]) -> None:
        self.asked, self.embedder = asked, embedder
        self.kinds = sorted({question.kind for question in asked})
        self.vectors = np.stack([question.vector for question in asked])
        self.space = piece_space(embedder, asked)
        self.sentences, rows = sentences_that_answer(asked, embedder, self.space)
        self.sentence_rows = np.array(rows)

    def first(self, chosen: Floats) -> ReaderModel:
        """What a question passes through before its options are weighed, learned from the questions ``chosen``."""
        kind = np.array([self.kinds.index(question.kind) for question in self.asked])
        status = np.array([question.status for question in self.asked])
        mine = chosen[self.sentence_rows]
        likely, unlikely = value_tables([q for q, yes in zip(self.asked, chosen, strict=True) if yes], self.kinds)
        of_sentences = kind[self.sentence_rows]
        nothing = np.zeros(0, dtype=np.float32)
        return ReaderModel(
            embedder=self.embedder.key,
            kinds=tuple(self.kinds),
            asking=multinomial(self.vectors[chosen], kind[chosen], len(self.kinds), _RIDGES["kinds"]),
            telling=multinomial(self.sentences[mine], of_sentences[mine], len(self.kinds), _RIDGES["telling"]),
            usual=np.bincount(of_sentences[mine], minlength=len(self.kinds)) / mine.sum() + 1e-3,
            leaving=multinomial(self.vectors[chosen], status[chosen], len(STATUSES), _RIDGES["leaving"]),
            likely=likely,
            unlikely=unlikely,
            pieces=self.space,
            answer=nothing,
            referral=nothing,
            question=nothing,
            bias=nothing,
            scales={},
        )


def report(
    asked: Sequence[Labelled], cases: Sequence[Case], models: Sequence[ReaderModel], folds: Floats, reader_of
) -> None:
    """What is right of documents not seen."""
    rows = []
    shares = []
    for case in cases:
        reading = reader_of(models[folds[case.row]], case)
        shares.append(reading)
    shares = np.array(shares)
    status = np.array([case.status for case in cases])
    whole = np.array([case.weight == 1.0 for case in cases])
    cut = np.array([case.weight == _CUT for case in cases])
    habit = np.array([np.argmax(softmax(asked[case.row].vector, models[folds[case.row]].leaving)) for case in cases])
    appendix = np.array([asked[case.row].document.startswith("a") for case in cases])
    for name, chosen in (("policies", ~appendix), ("appendices", appendix)):
        full = chosen & whole
        decided = shares[full].argmax(axis=1)
        open_or_answered = status[full] != _REFERRED
        rows.append(
            (
                name,
                full.sum(),
                f"{100 * (decided == status[full]).mean():.1f}",
                f"{100 * (habit[full] == status[full]).mean():.1f}",
                f"{_area(-shares[full][open_or_answered][:, _OPEN], status[full][open_or_answered] == _ANSWERED):.3f}",
                f"{_area(shares[full][:, _REFERRED], status[full] == _REFERRED):.3f}",
                *(f"{100 * (decided[status[full] == s] == s).mean():.0f}" for s in range(3)),
                f"{100 * (shares[chosen & cut].argmax(axis=1) == _OPEN).mean():.0f}",
            )
        )
    head = (
        "documents not learned from",
        "questions",
        "status, %",
        "by the question alone",
        "area answered",
        "area referred",
    )
    table((*head, "answered, %", "referred", "open", "cut, seen as open"), rows)


def main() -> None:
    embedder, _ = load_embedder("e5")
    if not isinstance(embedder, E5Embedder):
        raise SystemExit("benchmarks reader: needs the e5 embedder")
    with tempfile.TemporaryDirectory() as home:
        asked = [question for question in labelled(embedder, Path(home)) if not question.aside]
    learner, folds = _Learner(embedder, asked), folds_of(asked)
    everything = np.ones(len(asked), dtype=bool)
    firsts = [learner.first(folds != fold) for fold in range(_FOLDS)]
    readers = [Reader(first, embedder) for first in firsts]
    cases = [
        case
        for row, q in enumerate(asked)
        for case in cases_of(row, q, firsts[folds[row]], readers[folds[row]], embedder)
    ]
    scales = scales_of(cases)
    models = [
        replace(first, scales=scales, **fit_options([c for c in cases if folds[c.row] != fold], scales))
        for fold, first in enumerate(firsts)
    ]

    def read(model: ReaderModel, case: Case) -> tuple[float, float, float]:
        reading = Reader(model, embedder).weigh(case.options)
        return reading.answered, reading.referred, reading.none

    report(asked, cases, models, folds, read)
    kinds = np.array([np.argmax(softmax(q.vector, firsts[folds[row]].asking)) for row, q in enumerate(asked)])
    right = np.mean([learner.kinds[kind] == q.kind for kind, q in zip(kinds, asked, strict=True)])
    print(f"what is asked for: {100 * right:.1f} % of {len(asked)} right, of {len(learner.kinds)} kinds")
    replace(learner.first(everything), scales=scales, **fit_options(cases, scales)).save()


if __name__ == "__main__":
    main()
