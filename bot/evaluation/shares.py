"""Counts out of counts, and how sure one can be of them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from documents.models import Frozen

_NORMAL_95 = 1.96


class Share(Frozen):
    """``hit`` of ``of``; ``of`` is 0 where there was nothing to judge."""

    hit: int
    of: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, or nothing."""
        return self.hit / self.of if self.of else None

    @property
    def complete(self) -> bool:
        """Whether nothing is lacking; true where nothing was asked."""
        return self.hit == self.of

    @property
    def missing(self) -> float:
        """The part that is lacking, from 0 to 1; 0 where nothing was asked."""
        return 0.0 if self.value is None else 1 - self.value

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson score interval, for counts that are independent of each other."""
        if self.value is None:
            return None
        shrink = 1 + _NORMAL_95**2 / self.of
        centre = self.value + _NORMAL_95**2 / (2 * self.of)
        reach = _NORMAL_95 * math.sqrt(self.value * (1 - self.value) / self.of + (_NORMAL_95 / (2 * self.of)) ** 2)
        return max(0.0, (centre - reach) / shrink), min(1.0, (centre + reach) / shrink)


def share_of(verdicts: Iterable[bool]) -> Share:
    """How many of the verdicts are true."""
    known = tuple(verdicts)
    return Share(hit=sum(known), of=len(known))


def pooled(shares: Iterable[Share]) -> Share:
    """All counts together, each single thing weighing the same."""
    known = tuple(shares)
    return Share(hit=sum(share.hit for share in known), of=sum(share.of for share in known))


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values there are."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
