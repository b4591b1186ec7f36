"""Maximum likelihood for the models that are learned from labelled questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize

from retrieval.embedding.weights import Floats

_STEPS = 300


def _minimum(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    result: Floats = found.x
    return result


def multinomial(inputs: Floats, classes: Floats, count: int, ridge: float) -> Floats:
    """Weights (inputs + 1, classes) of multinomial logistic regression; the last row is the bias and not shrunk."""
    held = np.c_[inputs, np.ones(len(inputs))].astype(np.float64)
    rows = np.arange(len(held))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(-1, count)
        z = held @ weights
        z = np.exp(z - z.max(axis=1, keepdims=True))
        shares = z / z.sum(axis=1, keepdims=True)
        value = -np.log(shares[rows, classes] + 1e-12).mean() + ridge * (weights[:-1] ** 2).sum() / 2
        shares[rows, classes] -= 1
        slope = held.T @ shares / len(held)
        slope[:-1] += ridge * weights[:-1]
        return value, slope.ravel()

    return _minimum(loss, held.shape[1] * count).reshape(-1, count)


def conditional(options: Sequence[Floats], right: Sequence[Floats], weights: Floats, ridge: float) -> Floats:
    """Weights (inputs,) of a conditional logit: ``options`` (options, inputs) of each case, ``right`` (options,) bool.

    A case may have several right options; its likelihood is that of any of them.
    """
    inputs = np.concatenate(options).astype(np.float64)
    starts = np.cumsum([0, *(len(case) for case in options)])[:-1]
    case = np.repeat(np.arange(len(options)), [len(held) for held in options])
    wanted = np.concatenate(right).astype(bool)
    total = weights.sum()

    def loss(beta: Floats) -> tuple[float, Floats]:
        z = inputs @ beta
        z = np.exp(z - np.maximum.reduceat(z, starts)[case])
        among = np.where(wanted, z, 0.0)
        everything, good = np.add.reduceat(z, starts), np.add.reduceat(among, starts)
        value = -(weights * np.log(good / everything + 1e-12)).sum() / total + ridge * (beta**2).sum() / 2
        pull = (z / everything[case] - among / np.maximum(good, 1e-12)[case]) * weights[case] / total
        return value, inputs.T @ pull + ridge * beta

    return _minimum(loss, inputs.shape[1])
