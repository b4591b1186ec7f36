"""Known questions asked as if they were not known, for what is learned from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from documents.knowledge import Knowledge, KnownQuestion
from retrieval.known import class_of, texts_of
from retrieval.search import Searcher

_COPY = 0.97
_WITHOUT_CELL = 0.6
_OF_DOCUMENTS = 0.35
"""Share of the questions on documents that is learned from: there are many, and each costs a search."""


class Judged(NamedTuple):
    """A known question as it is embedded, and how near the other ones are: those on documents, and those on none."""

    known: KnownQuestion
    text: str
    on: float
    off: float


def judged_by_others(searcher: Searcher, knowledge: Knowledge, random: np.random.Generator) -> Iterator[Judged]:
    """All known questions on no document, and a share of those on one; the searcher holds its vectors in memory.

    Of the other questions those of the same cell are left out for most (an asker's question seldom has its twin in
    memory), and near copies always.
    """
    held = searcher._store._questions
    order = np.argsort([int(row) for row in held._ids])
    vectors = np.asarray(held._vectors)[order]
    on_topic = np.array([known.document is not None for known in knowledge.questions])
    classes = np.array([class_of(known) if known.document else known.id for known in knowledge.questions])
    for row, (known, text) in enumerate(zip(knowledge.questions, texts_of(knowledge), strict=True)):
        if on_topic[row] and random.random() > _OF_DOCUMENTS:
            continue
        similar = vectors @ vectors[row]
        allowed = similar < _COPY
        if on_topic[row] and random.random() < _WITHOUT_CELL:
            allowed &= classes != classes[row]
        yield Judged(known, text, float(similar[allowed & on_topic].max()), float(similar[allowed & ~on_topic].max()))
