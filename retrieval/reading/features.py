"""What is seen of a question and of each paragraph near it, as numbers for the reader to weigh.

The same code serves learning and reading, so that both see the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from retrieval.embedding.pieces import WordPieces
from retrieval.embedding.weights import Floats
from retrieval.reading import values
from retrieval.reading.coverage import PieceSpace, met, missed, nearest, weights_of
from retrieval.reading.told import Told
from retrieval.reading.view import DocumentView, SeenParagraph

ANSWERS, REFERRALS = 8, 4
"""How many paragraphs may answer, and how many may refer; more are never right."""
OF_REFERRALS = 17
"""How many numbers are seen of a paragraph that may refer."""
_FIFTH = 4
_FEW = 3
_TINY = 1e-6


class Asked(NamedTuple):
    """A question: what it asks for (kinds,), the habit of documents towards it (3,), and its pieces with weights."""

    language: str
    kinds: Floats
    habit: Floats
    pieces: Floats
    weights: Floats

    @classmethod
    def of(cls, language: str, kinds: Floats, habit: Floats, pieces: WordPieces, space: PieceSpace) -> Asked:
        """From the pieces of a question as the embedder gives them."""
        return cls(language, kinds, habit, space.of(pieces.vectors), weights_of(pieces.rarity))


class Tables(NamedTuple):
    """What the presence and the absence of each value say for each kind of question; (kinds, kinds of values) both."""

    likely: Floats
    unlikely: Floats


@dataclass(frozen=True)
class Options:
    """The paragraphs that may answer and those that may refer, each with its numbers, and those of the question.

    ``pointing`` is, for each that may refer, the number of the sentence that does.
    """

    answering: tuple[SeenParagraph, ...]
    referring: tuple[SeenParagraph, ...]
    pointing: tuple[int, ...]
    answers: Floats
    referrals: Floats
    question: Floats


class _Seen(NamedTuple):
    """A paragraph with what it tells: for the question, how well each sentence answers its kind (log ratio)."""

    seen: SeenParagraph
    told: Told
    kinds: Floats


def _pointing(seen: SeenParagraph, told: Told) -> int | None:
    """The sentence nearest to the question of those that may point elsewhere."""
    points = [number for number, pointing in enumerate(told.points) if pointing]
    return max(points, key=lambda number: seen.sentences[number]) if points else None


class _Fitting(NamedTuple):
    """What the presence and the absence of each value say for what one question asks for."""

    present: Floats
    absent: Floats

    def of(self, held: Floats) -> float:
        """How well what a text holds fits (a log ratio); ``held`` (values,) is 1 where it has the value, else 0."""
        return float(self.present @ held + self.absent @ (1 - held))


def _answer(item: _Seen, asked: Asked, view: DocumentView, scores: Sequence[float], fits: _Fitting) -> list[float]:
    seen, told = item.seen, item.told
    best = int(np.argmax(seen.sentences))
    near = (seen.sentences - view.usual.similarity) / (view.usual.spread + _TINY)
    whole = dict(zip(values.names(), told.whole, strict=True))
    sentence = dict(zip(values.names(), told.values[best], strict=True))
    return [
        seen.score,
        seen.score - scores[0],
        seen.score - scores[min(1, len(scores) - 1)],
        seen.score - scores[min(_FIFTH, len(scores) - 1)],
        (seen.score - view.usual.score) / (view.usual.spread_score + _TINY),
        seen.similarity,
        float(seen.sentences[best]),
        float(near.max()),
        fits.of(told.whole),
        fits.of(told.values[best]),
        float(item.kinds[best]),
        float(item.kinds.max()),
        float((0.5 * near + item.kinds).max()),
        float(np.log(len(seen.paragraph.text) + 1)),
        float(len(seen.sentences) > 1),
        float(bool(seen.paragraph.pointers)),
        float(told.points[best]),
        float(asked.language == view.language),
        float(seen.score == scores[0]),
        *(float(whole[name]) for name in ("opens", "list")),
        *(float(sentence[name]) for name in ("negation", "number", "later")),
    ]


def _referral(item: _Seen, pointing: int, asked: Asked, view: DocumentView, scores: Sequence[float]) -> list[float]:
    seen, told = item.seen, item.told
    similar = float(seen.sentences[pointing])
    sentence = told.texts[pointing]
    return [
        seen.score,
        seen.score - scores[0],
        (seen.score - view.usual.score) / (view.usual.spread_score + _TINY),
        similar,
        (similar - view.usual.similarity) / (view.usual.spread + _TINY),
        similar - float(seen.sentences.max()),
        float(seen.score == scores[0]),
        float(bool(seen.paragraph.pointers)),
        *map(float, values.pointing_words(sentence)),
        float(len(seen.sentences)),
        float(item.kinds[pointing]),
        float(np.log(len(sentence) + 1)),
        float(asked.language == view.language),
    ]


def options(
    asked: Asked, view: DocumentView, tellings: Sequence[tuple[Told, Floats]], tables: Tables
) -> Options | None:
    """The options of a document, ``None`` where it has no paragraph.

    ``tellings`` are, for the paragraphs of the view in order, what each tells, and for each of its sentences how much
    likelier than usual it is to answer each kind of question (sentences, kinds).
    """
    if not view.paragraphs:
        return None
    scores = [seen.score for seen in view.paragraphs]
    fits = _Fitting(asked.kinds @ tables.likely, asked.kinds @ tables.unlikely)
    pointers: list[tuple[float, int, int]] = []
    for row, (seen, (told, _)) in enumerate(zip(view.paragraphs, tellings, strict=True)):
        number = _pointing(seen, told)
        if number is not None:
            pointers.append((-(float(seen.sentences[number]) + seen.score), row, number))
    chosen = sorted(pointers)[:REFERRALS]
    rows = dict.fromkeys([*range(min(ANSWERS, len(scores))), *(row for _, row, _ in chosen)])
    near = nearest(asked.pieces, [tellings[row][0].pieces for row in rows])
    covered = met(near, asked.weights)
    place = {row: number for number, row in enumerate(rows)}
    items = {
        row: _Seen(view.paragraphs[row], tellings[row][0], np.log(tellings[row][1] @ asked.kinds + _TINY))
        for row in rows
    }
    somewhere = near.max(axis=0)
    first = near[: min(_FEW, len(scores))].max(axis=0)
    lacking = missed(near, somewhere, asked.weights)
    answering = [items[row] for row in rows if row < ANSWERS]
    return Options(
        tuple(item.seen for item in answering),
        tuple(items[row].seen for _, row, _ in chosen),
        tuple(number for *_, number in chosen),
        np.array(
            [
                [
                    *_answer(item, asked, view, scores, fits),
                    *covered[number],
                    lacking[number],
                ]
                for number, item in enumerate(answering)
            ],
            dtype=np.float32,
        ),
        np.array(
            [
                [*_referral(items[row], number, asked, view, scores), *covered[place[row]][:2]]
                for _, row, number in chosen
            ],
            dtype=np.float32,
        ).reshape(len(chosen), OF_REFERRALS),
        np.array(
            [
                *np.log(asked.habit + 1e-3),
                *asked.kinds,
                *met(somewhere, asked.weights),
                *met(first, asked.weights),
                missed(first, somewhere, asked.weights),
                float(np.log(len(asked.weights) + 1)),
            ],
            dtype=np.float32,
        ),
    )
