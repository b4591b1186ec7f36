"""How well each passage of a library answers to a question, by its vectors and its words.

A paragraph's score is a sum: how near the paragraph and its best sentence are, what the title of its document says
(``retrieval.subject``), and the words shared with the paragraph, the document and the title (``retrieval.words``).
The words of a long question count less each: their sum grows with its length, a cosine does not.
Everything about a document is the same for all its paragraphs, so the sum chooses the document and the paragraph in
one step, and where the question names no document the paragraphs decide alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.dictionaries import dictionary
from retrieval.embedding.weights import Floats
from retrieval.ranking_tuning import RankingTuning, ranking_tuning
from retrieval.shares import shares
from retrieval.subject import Subjects
from retrieval.terms import terms
from retrieval.words import LookUp, Rows, Words

_HAN = ("\u3400", "\u9fff")


@dataclass(frozen=True)
class Passages:
    """What is ranked: the items of an index, their paragraphs and documents, each counted from 0.

    Vectors are those of the index: centred and of length one. Every paragraph has one item that is the whole of it,
    and may have others for its sentences; items come in any order.
    """

    vectors: Floats
    """(items, dimensions)"""
    paragraphs: Rows
    """Each item's paragraph."""
    whole: npt.NDArray[np.bool_]
    """Whether an item is its whole paragraph."""
    texts: Sequence[str]
    """Each paragraph under its headings."""
    documents: Rows
    """Each paragraph's document."""
    titles: Sequence[str]
    """Each document's; empty where there is none."""
    title_vectors: Floats
    """(documents, dimensions); zero where there is no title."""
    languages: Sequence[str]
    """Each document's."""


@dataclass(frozen=True)
class Ranked:
    """Every passage as one question sees it.

    ``scores`` are by paragraph, best is highest; ``similarities`` are the cosines of the items, in their order.
    """

    scores: Floats
    similarities: Floats

    def best(self, count: int) -> Rows:
        """The paragraphs of the highest scores, best first."""
        count = min(count, len(self.scores))
        if count == 0:
            return np.zeros(0, dtype=np.intp)
        rows = np.argpartition(-self.scores, count - 1)[:count]
        best: Rows = rows[np.argsort(-self.scores[rows], kind="stable")]
        return best


def weight_of(text: str) -> float:
    """The length of a text in English characters; a Chinese character says as much as two and a half."""
    return len(text) + 1.5 * sum(_HAN[0] <= character <= _HAN[1] for character in text)


class Ranker:
    """Ranks the passages of one library. Safe to use from several threads."""

    def __init__(
        self,
        passages: Passages,
        numbers: RankingTuning | None = None,
        look_up: LookUp = dictionary,
    ) -> None:
        self._passages = passages
        self._numbers = numbers or ranking_tuning()
        owners = np.asarray(passages.documents, dtype=np.intp)
        count = len(passages.texts)
        self._whole = np.zeros(count, dtype=np.intp)
        self._whole[passages.paragraphs[passages.whole]] = np.flatnonzero(passages.whole)
        # Items by paragraph, sentences alone; a paragraph of one sentence is its own.
        cut = np.bincount(passages.paragraphs, minlength=count) > 1
        parts = np.flatnonzero(~passages.whole | ~cut[passages.paragraphs])
        self._parts = parts[np.argsort(passages.paragraphs[parts], kind="stable")]
        self._starts = np.searchsorted(passages.paragraphs[self._parts], np.arange(count))
        self._subjects = Subjects(passages.title_vectors, passages.vectors[self._whole], owners, self._numbers.subject)
        self._words = Words(
            passages.texts, owners.tolist(), passages.titles, passages.languages, look_up, self._numbers.words
        )
        self._owners = owners
        self._languages = np.asarray(passages.languages, dtype=str)[owners]
        sizes = np.array([weight_of(text) for text in passages.texts], dtype=np.float32)
        self._long = np.float32(self._numbers.long) * np.log(np.maximum(sizes, 1.0))

    def rank(self, vectors: Floats, text: str, language: str) -> Ranked:
        """Rank all passages by a question: its centred vectors, the whole question's first, and its text."""
        similarities: Floats = (vectors @ self._passages.vectors.T).max(axis=0)
        if not len(self._whole):
            return Ranked(np.zeros(0, np.float32), similarities)
        # What a story's last sentence asks is general; its circumstances tell which paragraph it is asked of.
        by_whole = vectors[0] @ self._passages.vectors.T
        near = by_whole[self._whole] + np.maximum.reduceat(by_whole[self._parts], self._starts)
        shared = self._words.shared(text, language)
        many = self._numbers.words.many
        told = (many / max(many, len(set(terms(text))))) ** 0.5
        same, across = self._numbers.same, self._numbers.across
        spoken = self._languages == language
        words = told * np.where(
            spoken,
            same.paragraph * shared.paragraphs
            + (same.document * shared.documents + same.title * shared.titles)[self._owners],
            across.paragraph * shared.paragraphs
            + (across.document * shared.documents + across.title * shared.titles)[self._owners],
        )
        scores = self._numbers.near * near + self._subjects.scores(vectors[0]) + words + self._long
        return Ranked(scores.astype(np.float32), similarities)

    def shares(self, scores: Floats) -> Floats:
        """Scores as shares that sum to 1, each as likely as its passage is to answer the question."""
        return shares(scores, self._numbers.temperature)
