"""Where questions are compared as the known questions of the index are (``retrieval.spaces``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from documents.knowledge import Knowledge
from documents.text import language_of
from retrieval.background import background
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.weights import Floats
from retrieval.known import asked_text, class_of, texts_of
from retrieval.spaces import Spaces, background_means, centred, unit, whitening
from retrieval.tuning import tuning


class ComparesQuestions(Protocol):
    """Turns questions into vectors whose inner product says how alike they are."""

    def vectors(self, questions: Sequence[str]) -> Floats:
        """Unit vectors, shape (questions, dimensions)."""


class QuestionSpace:
    """The space of known questions: without the mean of their language, and with what varies within a cell shrunk."""

    def __init__(self, embedder: Embedder, spaces: Spaces) -> None:
        self._embedder, self._spaces = embedder, spaces

    def vectors(self, questions: Sequence[str]) -> Floats:
        """Unit vectors, shape (questions, dimensions)."""
        texts = [asked_text(question) for question in questions]
        if not texts:
            return np.zeros((0, self._spaces.whitening.shape[0]), dtype=np.float32)
        share = tuning().question.centring
        moved = centred(self._embedder.questions(texts), [language_of(t) for t in texts], self._spaces.asked, share)
        return unit(moved @ self._spaces.whitening)


def space_of(embedder: Embedder, knowledge: Knowledge, known: Embedder | None = None) -> QuestionSpace:
    """The space that the known questions of documents make; 1.5 s where their vectors are at hand.

    ``known`` may give the vectors of known questions instead, such as one that remembers them; what askers type is
    embedded by ``embedder``, and remembered nowhere.
    """
    numbers = tuning().question
    known = known or embedder
    means = background_means(known.questions, background())
    dimensions = next(iter(means.values())).shape[0]
    matrix: Floats = np.eye(dimensions, dtype=np.float32)
    on_topic = tuple(each for each in knowledge.questions if each.document is not None)
    if on_topic:
        vectors = known.questions(texts_of(Knowledge(questions=on_topic)))
        moved = centred(vectors, [each.language for each in on_topic], means, numbers.centring)
        matrix = whitening(moved, [class_of(each) for each in on_topic], numbers.shrinkage)
    return QuestionSpace(embedder, Spaces(means, {}, matrix))
