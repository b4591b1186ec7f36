"""Bins, expected calibration error and Brier score, worked out by hand; and nothing where no answer tells its share."""

from __future__ import annotations

import pytest

from bot.evaluation.calibration import calibration
from bot.evaluation.shares import Share

from .rows import evaluation, gold, said

ANSWERS = [(0.92, True), (0.98, False), (1.0, True), (0.55, True), (0.6, True)]


def test_answers_fall_into_tenths_and_only_those_that_hold_some_are_told() -> None:
    found = calibration(ANSWERS)
    assert found is not None
    assert [(each.low, each.high, each.n) for each in found.bins] == [(0.5, 0.6, 1), (0.6, 0.7, 1), (0.9, 1.0, 3)]
    assert [each.fair for each in found.bins] == [Share(hit=1, of=1), Share(hit=1, of=1), Share(hit=2, of=3)]
    assert [each.mean_share for each in found.bins] == pytest.approx([0.55, 0.6, 2.9 / 3])
    assert found.n == 5


@pytest.mark.parametrize("tenth", range(10))
def test_a_share_on_the_border_of_two_bins_belongs_to_the_upper_one(tenth: int) -> None:
    found = calibration([(tenth / 10, True)])
    assert found is not None
    assert found.bins[0].low == tenth / 10


def test_the_error_weighs_answers_and_not_bins() -> None:
    found = calibration(ANSWERS)
    assert found is not None
    # Of the last bin three answers, each 0.3 away: 2.9 / 3 against 2 / 3.
    assert found.error == pytest.approx((3 * 0.3 + 0.45 + 0.4) / 5)


def test_the_brier_score_is_of_each_answer() -> None:
    found = calibration(ANSWERS)
    assert found is not None
    assert found.brier == pytest.approx((0.08**2 + 0.98**2 + 0 + 0.45**2 + 0.4**2) / 5)


def test_sure_and_right_is_no_error_and_sure_and_wrong_is_all_of_it() -> None:
    right, wrong = calibration([(1.0, True)]), calibration([(1.0, False)])
    assert right is not None
    assert wrong is not None
    assert (right.error, right.brier) == (0, 0)
    assert (wrong.error, wrong.brier) == (1, 1)


def test_it_is_over_the_answers_that_tell_their_share_and_any_fair_status_is_right() -> None:
    questions = [gold(id="a", expect_also=["referred"]), gold(id="b"), gold(id="c"), gold(id="unasked")]
    predictions = [
        said(id="a", status="referred", share=0.8),
        said(id="b", status="off_topic", share=0.0),
        said(id="c"),
    ]
    found = evaluation(questions, predictions).calibration
    assert found is not None
    assert [(each.mean_share, each.fair) for each in found.bins] == [
        (0.0, Share(hit=0, of=1)),
        (0.8, Share(hit=1, of=1)),
    ]


def test_without_shares_there_is_none() -> None:
    assert calibration([]) is None
    assert evaluation([gold()], [said()]).calibration is None
    assert evaluation([gold()], []).calibration is None
    assert evaluation([], []).calibration is None
