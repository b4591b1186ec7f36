"""Values as shares of a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.embedding.weights import Floats


def shares(values: Sequence[float] | Floats, temperature: float) -> Floats:
    """Values as shares that sum to 1, each in proportion to exp(temperature x value)."""
    array = np.asarray(values, dtype=np.float32)
    if not array.size:
        return array
    powers = np.exp(temperature * (array - array.max()))
    result: Floats = powers / powers.sum()
    return result


def softmax(inputs: Floats, weights: Floats) -> Floats:
    """Probabilities (rows, classes) of a multinomial logistic model whose last row of weights is the bias."""
    z = inputs @ weights[:-1] + weights[-1]
    z = np.exp(z - z.max(axis=-1, keepdims=True))
    probabilities: Floats = z / z.sum(axis=-1, keepdims=True)
    return probabilities
