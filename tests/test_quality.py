"""The answers are as good as the README says they are, on questions that the memory does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.desk import Desk, open_desk
from bot.evaluation.gold import read_gold
from bot.evaluation.result import Evaluation
from bot.evaluation.run import evaluate, sources_of
from bot.evaluation.shares import Share
from bot.settings import Settings

GOLD = Path(__file__).parent / "gold"
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def desk(home: Path, settings_of: Callable[..., Settings]) -> Iterator[Desk]:
    opened = open_desk(settings_of(home), today=lambda: TODAY)
    opened.stay()
    yield opened
    opened.close()


def _value(share: Share) -> float:
    assert share.value is not None
    return share.value


def _scored(desk: Desk, name: str) -> Evaluation:
    return evaluate(desk, read_gold(GOLD / name), sources_of(desk.library), name=name, by=("lang",))


def test_the_development_questions_are_answered_as_promised(desk: Desk) -> None:
    result = _scored(desk, "questions.jsonl")
    assert _value(result.total.passed) >= 0.77
    assert _value(result.total.status) >= 0.85
    assert _value(result.total.citation_precision) >= 0.75
    assert _value(result.total.faithful) == 1.0
    assert result.total.forbidden == 0
    for group in result.grouping("lang").groups:
        assert _value(group.figures.evidence_all) >= 0.94, group


def test_questions_never_tuned_on_are_answered_nearly_as_well(desk: Desk) -> None:
    result = _scored(desk, "fresh.jsonl")
    assert _value(result.total.passed) >= 0.80
    assert _value(result.total.faithful) == 1.0
    assert result.total.forbidden == 0
