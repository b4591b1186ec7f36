"""Keeps the result of a run, and tells what a later one does better and worse."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from bot.evaluation.errors import EvaluationError
from bot.evaluation.figures import Figures
from bot.evaluation.gold import GoldQuestion
from bot.evaluation.jsonl import describe, read_text
from bot.evaluation.result import Evaluation
from bot.evaluation.worst import reasons
from documents.models import Frozen


class BaselineRow(Frozen):
    """How one question fared. ``label`` is a digest of the labelled question, to notice that it was changed."""

    passed: bool
    got: str
    label: str


class Baseline(Frozen):
    """The totals of a run, and each question by its id."""

    format: Literal[1] = 1
    name: str
    total: Figures
    balanced: float | None
    rows: dict[str, BaselineRow]


class Change(Frozen):
    """A question that passed in one of two runs only; ``why`` says what is amiss now."""

    id: str
    question: str
    before: str
    now: str
    why: tuple[str, ...] = ()


class Comparison(Frozen):
    """What changed between a baseline and a run, over the questions both know with the same label.

    ``relabelled``, ``added`` and ``removed`` are ids that cannot be compared. ``before`` and ``now`` are the
    totals of the whole runs.
    """

    before: Figures
    now: Figures
    compared: int
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    relabelled: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def chance(self) -> float | None:
        """How likely a split at least as uneven is by chance alone (exact two-sided sign test)."""
        changed, fewer = len(self.better) + len(self.worse), min(len(self.better), len(self.worse))
        if not changed:
            return None
        tail = sum(math.comb(changed, hits) for hits in range(fewer + 1)) / (1 << changed)
        return min(1.0, 2 * tail)


def baseline_of(evaluation: Evaluation) -> Baseline:
    """What is kept of an evaluation."""
    return Baseline(
        name=evaluation.name,
        total=evaluation.total,
        balanced=evaluation.balanced,
        rows={
            outcome.gold.id: BaselineRow(passed=outcome.score.passed, got=outcome.score.got, label=_label(outcome.gold))
            for outcome in evaluation.outcomes
        },
    )


def save_baseline(evaluation: Evaluation, path: Path) -> None:
    """Write the baseline as JSON, making its folder; raises ``EvaluationError`` where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(baseline_of(evaluation).model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be written: {error.strerror or error}") from error


def load_baseline(path: Path) -> Baseline:
    """Read a baseline; raises ``EvaluationError`` for a file that is none."""
    try:
        return Baseline.model_validate_json(read_text(path))
    except ValidationError as error:
        raise EvaluationError(f"{path}: is no baseline: {describe(error)}") from error


def compare(evaluation: Evaluation, baseline: Baseline) -> Comparison:
    """Tell which questions pass now that did not before, and the reverse."""
    better: list[Change] = []
    worse: list[Change] = []
    relabelled: list[str] = []
    added: list[str] = []
    for outcome in evaluation.outcomes:
        gold, row = outcome.gold, outcome.score
        before = baseline.rows.get(gold.id)
        if before is None:
            added.append(gold.id)
        elif before.label != _label(gold):
            relabelled.append(gold.id)
        elif before.passed != row.passed:
            (better if row.passed else worse).append(
                Change(
                    id=gold.id,
                    question=gold.question,
                    before=before.got,
                    now=row.got,
                    why=() if row.passed else reasons(gold, row),
                )
            )
    return Comparison(
        before=baseline.total,
        now=evaluation.total,
        compared=len(evaluation.outcomes) - len(added) - len(relabelled),
        better=tuple(better),
        worse=tuple(worse),
        relabelled=tuple(relabelled),
        added=tuple(added),
        removed=tuple(sorted(baseline.rows.keys() - {outcome.gold.id for outcome in evaluation.outcomes})),
    )


def _label(gold: GoldQuestion) -> str:
    """A digest of everything the verdict depends on; fields that only serve grouping may change freely."""
    judged = gold.model_dump_json(include=set(GoldQuestion.model_fields))
    return hashlib.sha256(judged.encode()).hexdigest()[:16]
