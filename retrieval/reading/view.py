"""One document as one question sees it: its paragraphs with their scores and the similarity of each sentence."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from documents.models import Paragraph
from retrieval.embedding.weights import Floats


@dataclass(frozen=True, slots=True)
class SeenParagraph:
    """A paragraph: what stands above it, its score in the ranking, the cosine of its best item, and of each sentence.

    ``sentences`` has shape (sentences,), ``vectors`` (sentences, dimensions); a paragraph of one sentence has its own
    vector there.
    """

    paragraph: Paragraph
    context: str
    score: float
    similarity: float
    sentences: Floats
    vectors: Floats


class Usual(NamedTuple):
    """Mean and spread of the cosines of a document's items, and of the scores of its paragraphs."""

    similarity: float = 0.0
    spread: float = 1.0
    score: float = 0.0
    spread_score: float = 1.0


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Paragraphs of a document, best first; the mean of its vectors (dimensions,), and what is usual in it."""

    document: str
    language: str
    paragraphs: tuple[SeenParagraph, ...]
    mean: Floats
    usual: Usual

    def only(self, numbers: Set[int]) -> DocumentView:
        """The same document as if it had no other paragraphs than these."""
        kept = tuple(s for s in self.paragraphs if s.paragraph.number in numbers)
        if not kept:
            return replace(self, paragraphs=(), usual=Usual())
        similar = np.concatenate([s.sentences for s in kept])
        scores = np.array([s.score for s in kept])
        usual = Usual(*(float(value) for value in (similar.mean(), similar.std(), scores.mean(), scores.std())))
        mean: Floats = np.concatenate([s.vectors for s in kept]).mean(axis=0)
        return replace(self, paragraphs=kept, usual=usual, mean=mean)

    def without(self, numbers: Set[int]) -> DocumentView:
        """The same document as if these paragraphs did not stand in it."""
        return replace(self, paragraphs=tuple(s for s in self.paragraphs if s.paragraph.number not in numbers))
