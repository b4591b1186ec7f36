"""Whether the words of a question are met by a text: each word piece of the one against the nearest of the other.

A vector of a whole text says what it is about and hides the one word that is missing. Pieces are compared by the
vectors the embedding model begins with, before any piece has seen its neighbours: cheap, the same for every text, and
across languages (maximum similarity by token: Khattab and Zaharia 2020, there over finished vectors).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retrieval.embedding.weights import Floats
from retrieval.spaces import unit

_COMMON, _LEAST, _MOST = 5.0, 0.2, 10.0
"""The rarity (minus the logarithm of its probability) up to which a piece counts least, and the bounds of a weight."""
_FEW = 3
MET = 4
"""How many numbers ``met`` gives."""


class PieceSpace(NamedTuple):
    """What pieces are compared in: their mean (dimensions,), and a matrix (dimensions, fewer) that evens them out."""

    mean: Floats
    directions: Floats

    def of(self, vectors: Floats) -> Floats:
        """Vectors of pieces (pieces, dimensions) in this space, of length one."""
        moved: Floats = ((unit(vectors) - self.mean) @ self.directions).astype(np.float32)
        return unit(moved)


def weights_of(rarity: Floats) -> Floats:
    """How much each piece of a question counts: the rarer, the more."""
    weights: Floats = np.clip(rarity - np.float32(_COMMON), _LEAST, _MOST)
    return weights


def nearest(question: Floats, text: Floats) -> Floats:
    """For each piece of a question the cosine of the nearest piece of a text."""
    if not len(text):
        return np.zeros(len(question), dtype=np.float32)
    best: Floats = (question @ text.T).max(axis=1)
    return best


def met(similar: Floats, weights: Floats) -> Sequence[float]:
    """How well pieces are met: their weighted mean, the worst gap, the mean of the worst few, and the sum of all gaps.

    The sum is over the root of the number of pieces, so that long questions do not stand out by their length alone.
    """
    gaps = np.sort(weights * (1 - similar))[::-1]
    if not len(gaps):
        return [0.0] * MET
    return [
        float((weights * similar).sum() / weights.sum()),
        float(gaps[0]),
        float(gaps[:_FEW].mean()),
        float(gaps.sum() / np.sqrt(len(gaps))),
    ]


def missed(similar: Floats, somewhere: Floats, weights: Floats) -> float:
    """How much of what is met somewhere is not met here."""
    return float((weights * np.maximum(0, somewhere - similar)).sum() / weights.sum()) if len(weights) else 0.0
