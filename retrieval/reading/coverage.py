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


def nearest(question: Floats, texts: Sequence[Floats]) -> Floats:
    """For each text, and each piece of a question, the cosine of the nearest piece of the text; (texts, pieces).

    Nothing of an empty text is near. The texts are compared all at once: one call costs more than its arithmetic.
    """
    found = np.zeros((len(texts), len(question)), dtype=np.float32)
    held = [row for row, text in enumerate(texts) if len(text)]
    if held and len(question):
        starts = np.cumsum([0, *(len(texts[row]) for row in held)])[:-1]
        similar = np.concatenate([texts[row] for row in held]) @ question.T
        found[held] = np.maximum.reduceat(similar, starts, axis=0)
    return found


def met(similar: Floats, weights: Floats) -> Floats:
    """How well pieces are met: their weighted mean, the worst gap, the mean of the worst few, and the sum of all gaps.

    ``similar`` (..., pieces), the result (..., ``MET``). The sum is over the root of the number of pieces, so that long
    questions do not stand out by their length alone.
    """
    if not len(weights):
        return np.zeros((*similar.shape[:-1], MET), dtype=np.float32)
    gaps = np.sort(weights * (1 - similar), axis=-1)[..., ::-1]
    told: Floats = np.stack(
        [
            similar @ weights / weights.sum(),
            gaps[..., 0],
            gaps[..., :_FEW].mean(axis=-1),
            gaps.sum(axis=-1) / np.sqrt(len(weights)),
        ],
        axis=-1,
    )
    return told


def missed(similar: Floats, somewhere: Floats, weights: Floats) -> Floats:
    """How much of what is met somewhere is not met here; ``similar`` (..., pieces), the result (...)."""
    if not len(weights):
        return np.zeros(similar.shape[:-1], dtype=np.float32)
    lacking: Floats = np.maximum(0, somewhere - similar) @ weights / weights.sum()
    return lacking
