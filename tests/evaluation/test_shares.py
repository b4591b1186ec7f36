"""Shares, their Wilson intervals, and what stands for "nothing to judge"."""

from __future__ import annotations

import pytest

from bot.evaluation.shares import Share, mean, pooled, share_of


def test_a_share_of_nothing_has_no_value_and_lacks_nothing() -> None:
    nothing = Share(hit=0, of=0)
    assert nothing.value is None
    assert nothing.interval is None
    assert nothing.complete
    assert nothing.missing == 0


@pytest.mark.parametrize(
    ("hit", "of", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (50, 100, 0.4038, 0.5962), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)],
)
def test_the_wilson_interval_is_the_published_one(hit: int, of: int, low: float, high: float) -> None:
    interval = Share(hit=hit, of=of).interval
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=1e-4)
    assert interval[0] >= 0
    assert interval[1] <= 1


def test_pooling_weighs_things_and_the_mean_weighs_answers() -> None:
    shares = (Share(hit=1, of=1), Share(hit=0, of=3), Share(hit=0, of=0))
    assert pooled(shares).value == 0.25
    assert mean(share.value for share in shares) == 0.5
    assert mean([None]) is None
    assert share_of([True, False, True]) == Share(hit=2, of=3)
