"""Finds what staff confirmed of a question: question is compared with question.

From one threshold on it is given, from a lower one on it is offered ("did you mean"). Where a second one is about as
near, both are offered: which is meant is for the asker to say.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from bot.staff.curated import Kept, Standing
from bot.staff.numbers import LookupNumbers
from bot.staff.space import ComparesQuestions
from retrieval.embedding.weights import Floats


class Sureness(StrEnum):
    """Whether it is given or only offered."""

    SURE = "sure"
    UNSURE = "unsure"


class Near(NamedTuple):
    """What was confirmed, and the cosine of the wording nearest to the question."""

    kept: Kept
    similarity: float


class Found(NamedTuple):
    """What was found, the nearest first; a single one where it is ``SURE``."""

    sureness: Sureness
    near: tuple[Near, ...]


class Lookup:
    """Compares questions with confirmed ones; the vectors of wordings are kept. Safe for threads."""

    def __init__(self, space: ComparesQuestions, numbers: LookupNumbers) -> None:
        self._space, self._numbers = space, numbers
        self._lock = threading.Lock()
        self._vectors: dict[str, Floats] = {}

    def find(self, question: str, confirmed: Sequence[Kept], today: date) -> Found | None:
        """What was confirmed of a question, or the official answers that may be meant; ``None`` where none is near.

        What has no official answer, or one that has expired, is never offered: it is no more than a status.
        """
        live = [kept for kept in confirmed if kept.standing is Standing.LIVE]
        if not live or not question.strip():
            return None
        asked = self._space.vectors([question])[0]
        near = sorted(
            (Near(kept, float(np.max(self._of(kept) @ asked))) for kept in live), key=lambda each: -each.similarity
        )
        numbers = self._numbers
        best, second = near[0].similarity, near[1].similarity if len(near) > 1 else -1.0
        if best >= numbers.sure and best - second >= numbers.margin:
            return Found(Sureness.SURE, (near[0],))
        official = (each for each in near if each.kept.curated.is_official(today))
        offered = tuple(each for each in official if each.similarity >= numbers.unsure)[: numbers.offered]
        return Found(Sureness.UNSURE, offered) if offered else None

    def _of(self, kept: Kept) -> Floats:
        texts = [wording.text for wording in kept.curated.asked()]
        with self._lock:
            lacking = [text for text in texts if text not in self._vectors]
        if lacking:
            made = self._space.vectors(lacking)
            with self._lock:
                self._vectors.update(zip(lacking, made, strict=True))
        with self._lock:
            return np.stack([self._vectors[text] for text in texts])
