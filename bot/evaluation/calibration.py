"""How well the desk's own sureness is calibrated: the shares it gave its statuses against how often these were fair.

Answers fall into bins of equal width by their share.

* *expected calibration error*: the mean, over answers, of the distance between the mean share and the share of fair
  statuses in their bin (Naeini, Cooper & Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
  Binning", AAAI 2015).
* *Brier score*: the mean squared distance between the share of an answer and 1 for a fair status, 0 for another
  (Brier, "Verification of Forecasts Expressed in Terms of Probability", Monthly Weather Review 78, 1950).
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.evaluation.shares import Share, share_of
from documents.models import Frozen

_BINS = 10


class Bin(Frozen):
    """The answers whose share is from ``low`` to below ``high``, or to 1 in the last bin."""

    low: float
    high: float
    mean_share: float
    fair: Share

    @property
    def n(self) -> int:
        """How many answers there are."""
        return self.fair.of

    @property
    def distance(self) -> float:
        """How far the mean share is from the share of fair statuses, from 0 to 1."""
        return abs(self.mean_share - self.fair.hit / self.fair.of)


class Calibration(Frozen):
    """The bins that hold answers, the least sure first; expected calibration error and Brier score, 0 at best."""

    bins: tuple[Bin, ...]
    error: float
    brier: float

    @property
    def n(self) -> int:
        """How many answers it is over."""
        return sum(found.n for found in self.bins)


def calibration(answers: Iterable[tuple[float, bool]]) -> Calibration | None:
    """The calibration of answers, each the share of its status (0 to 1) and whether that is fair; none of none."""
    known = tuple(answers)
    if not known:
        return None
    held: dict[int, list[tuple[float, bool]]] = {}
    for share, fair in known:
        held.setdefault(min(int(share * _BINS), _BINS - 1), []).append((share, fair))
    bins = tuple(_bin(place, held[place]) for place in sorted(held))
    return Calibration(
        bins=bins,
        error=sum(found.n * found.distance for found in bins) / len(known),
        brier=sum((share - fair) ** 2 for share, fair in known) / len(known),
    )


def _bin(place: int, answers: list[tuple[float, bool]]) -> Bin:
    return Bin(
        low=place / _BINS,
        high=(place + 1) / _BINS,
        mean_share=sum(share for share, _ in answers) / len(answers),
        fair=share_of(fair for _, fair in answers),
    )
