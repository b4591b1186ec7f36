"""The result of an evaluation: every outcome, and the figures over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.answering.answer import Status
from bot.evaluation.calibration import Calibration, calibration
from bot.evaluation.errors import EvaluationError
from bot.evaluation.figures import (
    Confusion,
    Figures,
    Latency,
    balanced,
    confusion,
    figures,
    latency,
    wrongly_answered,
    wrongly_withheld,
)
from bot.evaluation.gold import GoldQuestion
from bot.evaluation.prediction import Prediction
from bot.evaluation.scoring import Limits, RowScore
from bot.evaluation.shares import Share
from bot.evaluation.worst import badness
from documents.models import Frozen

STATUS_GROUPING = "status"
"""The grouping every evaluation has: by expected status."""
DEFAULT_GROUPINGS = ("lang", "persona")


class Outcome(Frozen):
    """One question with what was said and the verdicts; ``prediction`` is absent where nothing was said."""

    gold: GoldQuestion
    prediction: Prediction | None
    score: RowScore


class Group(Frozen):
    """The figures of the questions that share a value."""

    value: str
    figures: Figures


class Grouping(Frozen):
    """The questions grouped by one of their fields."""

    field: str
    groups: tuple[Group, ...]


class Evaluation(Frozen):
    """Everything an evaluation found. ``unmatched`` are predictions for questions that were not asked.

    ``calibration`` is over the answers that tell the share of their status; absent where none does.
    """

    name: str
    limits: Limits
    finished_at: datetime | None
    outcomes: tuple[Outcome, ...]
    total: Figures
    balanced: float | None
    wrongly_withheld: Share
    wrongly_answered: Share
    groupings: tuple[Grouping, ...]
    confusion: Confusion
    latency: Latency | None
    calibration: Calibration | None
    unmatched: tuple[str, ...] = ()

    def grouping(self, field: str) -> Grouping | None:
        """The grouping by this field, where there is one."""
        return next((grouping for grouping in self.groupings if grouping.field == field), None)

    def failures(self) -> tuple[Outcome, ...]:
        """The answers that did not pass, the worst first."""
        return tuple(outcome for outcome in self._by_badness() if not outcome.score.passed)

    def worst(self, count: int) -> tuple[Outcome, ...]:
        """At most ``count`` answers with something amiss, the worst first; some of them may have passed."""
        return tuple(outcome for outcome in self._by_badness() if badness(outcome.score) > 0)[:count]

    def _by_badness(self) -> list[Outcome]:
        return sorted(self.outcomes, key=lambda outcome: (-badness(outcome.score), outcome.gold.id))


def summarise(
    outcomes: Sequence[Outcome],
    *,
    name: str = "",
    finished_at: datetime | None = None,
    limits: Limits | None = None,
    by: Sequence[str] | None = None,
    samples_ms: Sequence[float] = (),
    unmatched: Sequence[str] = (),
) -> Evaluation:
    """Sum the outcomes up.

    ``by`` names the fields to group by beside the expected status; without it those of
    ``DEFAULT_GROUPINGS`` that the questions carry. Raises ``EvaluationError`` for a named field that no
    question carries.
    """
    rows = [outcome.score for outcome in outcomes]
    return Evaluation(
        name=name,
        limits=limits or Limits(),
        finished_at=finished_at,
        outcomes=tuple(outcomes),
        total=figures(rows),
        balanced=balanced(rows),
        wrongly_withheld=wrongly_withheld(rows),
        wrongly_answered=wrongly_answered(rows),
        groupings=(_by_status(rows), *(_by_field(outcomes, field) for field in _fields(outcomes, by))),
        confusion=confusion(rows),
        latency=latency(samples_ms),
        calibration=calibration(
            (outcome.prediction.share, outcome.score.fair)
            for outcome in outcomes
            if outcome.prediction is not None and outcome.prediction.share is not None
        ),
        unmatched=tuple(unmatched),
    )


def _by_status(rows: Sequence[RowScore]) -> Grouping:
    expected = {row.expected for row in rows}
    return Grouping(
        field=STATUS_GROUPING,
        groups=tuple(
            Group(value=status.value, figures=figures(row for row in rows if row.expected == status))
            for status in Status
            if status in expected
        ),
    )


def _by_field(outcomes: Sequence[Outcome], field: str) -> Grouping:
    values = sorted({outcome.gold.value_of(field) for outcome in outcomes})
    return Grouping(
        field=field,
        groups=tuple(
            Group(
                value=value,
                figures=figures(outcome.score for outcome in outcomes if outcome.gold.value_of(field) == value),
            )
            for value in values
        ),
    )


def _fields(outcomes: Sequence[Outcome], by: Sequence[str] | None) -> list[str]:
    wanted = dict.fromkeys(DEFAULT_GROUPINGS if by is None else by)
    wanted.pop(STATUS_GROUPING, None)
    carried = [field for field in wanted if any(outcome.gold.has_field(field) for outcome in outcomes)]
    unknown = [field for field in wanted if field not in carried]
    if by is not None and unknown and outcomes:
        raise EvaluationError(f"no question has a field {unknown[0]!r} to group by")
    return carried
