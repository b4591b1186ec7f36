"""How likely each offer is: a conditional logit model (McFadden 1974) with the weights of ``weights.toml``.

The weights are learned by ``python -m benchmarks voices``; nothing in that file is written by hand.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from bot.answering.offers import Offer

FILE = "weights.toml"


@cache
def learned() -> dict[str, float]:
    """The weights that ship, by the names of what is heard."""
    text = resources.files("bot.answering").joinpath(FILE).read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text).items()}


def weigh(offers: Sequence[Offer], weights: Mapping[str, float]) -> list[float]:
    """The share of each offer; they sum to 1. Raises ``KeyError`` for what has no weight."""
    sums = [sum(weights[name] * value for name, value in offer.heard.items()) for offer in offers]
    top = max(sums, default=0.0)
    powers = [math.exp(value - top) for value in sums]
    total = sum(powers)
    return [power / total for power in powers]
