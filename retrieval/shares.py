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
