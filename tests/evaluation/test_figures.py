"""Figures over many rows: what is averaged over answers, what over things, what is left out."""

from __future__ import annotations

import pytest

from bot.evaluation.errors import EvaluationError
from bot.evaluation.figures import latency
from bot.evaluation.shares import Share

from .rows import EVIDENCE, OTHER, evaluation, gold, said

QUESTIONS = [
    gold(id="a1", evidence=[[EVIDENCE], [OTHER], ["no"]], facts=[["300"]], persona="staff", style="terse"),
    gold(id="a2", lang="zh", evidence=[[EVIDENCE]], facts=[["300"], ["yuan"]], persona="staff"),
    gold(id="a3", evidence=[[EVIDENCE]]),
    gold(id="n1", expect="not_stated", must_not=["300"]),
    gold(id="o1", expect="off_topic"),
]
PREDICTIONS = [
    said(EVIDENCE, "Invented.", id="a1", answer="300"),
    said(EVIDENCE, id="a2", answer="300 yuan"),
    said(id="a3", status="not_stated"),
    said(id="n1", status="answered", answer="300 and 77"),
    said(EVIDENCE, id="o1", status="off_topic"),
    said(id="unknown"),
]


def test_the_totals() -> None:
    total = evaluation(QUESTIONS, PREDICTIONS).total
    assert total.n == 5
    assert total.passed == Share(hit=2, of=5)
    assert total.status == total.strict == Share(hit=3, of=5)
    assert total.evidence_all == Share(hit=1, of=3)
    assert total.evidence_mean == pytest.approx((1 / 3 + 1 + 0) / 3)
    assert total.citation_precision == Share(hit=2, of=3)
    assert total.facts == Share(hit=3, of=3)
    assert total.faithful == Share(hit=3, of=4)
    assert (total.forbidden, total.stray, total.oversized, total.numbers) == (1, 1, 0, 1)


def test_balanced_weighs_each_expected_status_the_same() -> None:
    assert evaluation(QUESTIONS, PREDICTIONS).balanced == pytest.approx((2 / 3 + 0 + 1) / 3)


def test_wrong_refusals_and_wrong_answers() -> None:
    result = evaluation(QUESTIONS, PREDICTIONS)
    assert result.wrongly_withheld == Share(hit=1, of=3)
    assert result.wrongly_answered == Share(hit=1, of=3)
    assert evaluation(QUESTIONS[3:4], PREDICTIONS[3:4]).wrongly_answered == Share(hit=1, of=1)
    fair = evaluation([gold(expect_also=["referred"])], [said(status="referred")])
    assert fair.wrongly_withheld == Share(hit=0, of=1)


def test_the_confusion_counts_expected_against_given_statuses() -> None:
    result = evaluation([*QUESTIONS, gold(id="x1"), gold(id="x2")], [*PREDICTIONS, said(id="x1", status="guessed")])
    assert result.confusion.expected == ("answered", "not_stated", "off_topic")
    assert result.confusion.got == ("answered", "not_stated", "off_topic", "guessed", "missing")
    assert result.confusion.counts == ((2, 1, 0, 1, 1), (1, 0, 0, 0, 0), (0, 0, 1, 0, 0))


def test_groups_by_status_by_the_usual_fields_and_by_any_field_asked_for() -> None:
    usual = evaluation(QUESTIONS, PREDICTIONS)
    assert [grouping.field for grouping in usual.groupings] == ["status", "lang", "persona"]
    assert [(group.value, group.figures.n) for group in usual.groupings[0].groups] == [
        ("answered", 3),
        ("not_stated", 1),
        ("off_topic", 1),
    ]
    assert [(group.value, group.figures.passed) for group in usual.groupings[1].groups] == [
        ("en", Share(hit=1, of=4)),
        ("zh", Share(hit=1, of=1)),
    ]
    assert [(group.value, group.figures.n) for group in usual.groupings[2].groups] == [("", 3), ("staff", 2)]
    asked = evaluation(QUESTIONS, PREDICTIONS, by=["style"])
    assert [grouping.field for grouping in asked.groupings] == ["status", "style"]


def test_a_field_no_question_has_is_an_error_only_if_asked_for() -> None:
    assert [grouping.field for grouping in evaluation([gold()], []).groupings] == ["status", "lang"]
    with pytest.raises(EvaluationError, match="'langg'"):
        evaluation(QUESTIONS, PREDICTIONS, by=["langg"])


def test_answers_to_unknown_questions_are_named_and_not_counted() -> None:
    assert evaluation(QUESTIONS, PREDICTIONS).unmatched == ("unknown",)


def test_percentiles_are_by_nearest_rank() -> None:
    found = latency([float(value) for value in range(100, 0, -1)])
    assert found is not None
    assert (found.p50_ms, found.p95_ms, found.slowest_ms) == (50, 95, 100)
    one = latency([7.0])
    assert one is not None
    assert (one.p50_ms, one.p95_ms) == (7, 7)
    assert latency([]) is None
