"""Does a document answer a question, hand it to another document, or leave it open? One model over all its options.

Every paragraph near the question may be the one that answers it, every one that points elsewhere the one that refers
it, or there is none: a conditional logit model (McFadden 1974) gives each of these options its share. It was learned
from questions on documents of many kinds, each asked twice: of the document as it is, and of the document without the
paragraph that answers, which is the same question left open. So it cannot do with knowing what is usually left open
(docs/decisions/0009).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from documents.models import Paragraph
from retrieval.embedding.pieces import PieceReader
from retrieval.embedding.weights import Floats
from retrieval.reading.features import Asked, Options, Tables, options
from retrieval.reading.model import ReaderModel
from retrieval.reading.told import Told, sentence_inputs, told
from retrieval.reading.view import DocumentView, SeenParagraph
from retrieval.shares import softmax

_REMEMBERED = 8192


class Reading(NamedTuple):
    """What one document makes of a question: shares that sum to 1.

    ``answers`` and ``referrals`` are by paragraph number, ``pointing`` the sentence that refers by paragraph number,
    ``none`` the share of there being nothing.
    """

    answers: Mapping[int, float]
    referrals: Mapping[int, float]
    pointing: Mapping[int, int]
    none: float

    @property
    def answered(self) -> float:
        """How likely the document answers."""
        return sum(self.answers.values())

    @property
    def referred(self) -> float:
        """How likely it hands the question to another document."""
        return sum(self.referrals.values())


def scaled(inputs: Floats, scale: Floats) -> Floats:
    """Inputs less their mean, over their spread; ``scale`` has shape (2, inputs)."""
    result: Floats = (inputs - scale[0]) / scale[1]
    return result


class Reader:
    """Reads documents with a learned model. Safe to use from several threads."""

    def __init__(self, model: ReaderModel, pieces: PieceReader) -> None:
        self._model = model
        self._pieces = pieces
        self._tables = Tables(model.likely, model.unlikely)
        self._remembered: dict[tuple[str, int], tuple[Paragraph, Told, Floats]] = {}

    def kinds_of(self, vector: Floats) -> Floats:
        """What a question asks for, from its centred vector; shape (kinds,), sums to 1."""
        return softmax(vector, self._model.asking)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of what questions ask for."""
        return self._model.kinds

    def asking(self, vector: Floats, text: str, language: str) -> Asked:
        """A question as the reader sees it; ``vector`` is centred, of length one."""
        model = self._model
        habit = softmax(vector, model.leaving)
        return Asked.of(language, self.kinds_of(vector), habit, self._pieces.pieces(text), model.pieces)

    def options(self, asked: Asked, view: DocumentView) -> Options | None:
        """What the document offers, before it is weighed; ``None`` where it has no paragraph."""
        return options(asked, view, [self._told(seen, view) for seen in view.paragraphs], self._tables)

    def read(self, asked: Asked, view: DocumentView) -> Reading | None:
        """What a document makes of a question; ``None`` where it has no paragraph."""
        found = self.options(asked, view)
        return None if found is None else self.weigh(found)

    def weigh(self, found: Options) -> Reading:
        """The share of each option."""
        model = self._model
        of_question = scaled(found.question, model.scales["question"]) @ model.question + model.bias
        answers = scaled(found.answers, model.scales["answer"]) @ model.answer
        referrals = scaled(found.referrals, model.scales["referral"]) @ model.referral + of_question[0]
        z = np.concatenate([answers, referrals, of_question[1:]])
        z = np.exp(z - z.max())
        shares = (z / z.sum()).tolist()
        count = len(answers)
        return Reading(
            {seen.paragraph.number: share for seen, share in zip(found.answering, shares[:count], strict=True)},
            {seen.paragraph.number: share for seen, share in zip(found.referring, shares[count:-1], strict=True)},
            {seen.paragraph.number: n for seen, n in zip(found.referring, found.pointing, strict=True)},
            shares[-1],
        )

    def _told(self, seen: SeenParagraph, view: DocumentView) -> tuple[Told, Floats]:
        key = (seen.paragraph.document, seen.paragraph.number)
        held = self._remembered.get(key)
        # A newer edition may say something else under the same number.
        if held is None or held[0] is not seen.paragraph:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            read = told(seen, self._pieces, self._model.pieces)
            likelier = softmax(sentence_inputs(seen, view.mean, read), self._model.telling) / self._model.usual
            held = self._remembered[key] = (seen.paragraph, read, likelier)
        return held[1], held[2]
