"""The report as plain text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.evaluation.baseline import Change, Comparison
from bot.evaluation.calibration import Calibration
from bot.evaluation.result import Evaluation, Outcome
from bot.evaluation.wording import (
    CALIBRATION_HEAD,
    COLUMNS,
    calibration_line,
    calibration_rows,
    counts,
    field_name,
    group_name,
    headline,
    percent,
    sample,
    shown,
    title,
    turn,
)
from bot.evaluation.worst import reasons

_LINE = 110


def render_text(evaluation: Evaluation, worst: int = 0) -> str:
    """The whole result as text, with the ``worst`` answers at its end."""
    blocks = [f"{title(evaluation)}\n{_plain(sample(evaluation))}", _headline(evaluation)]
    blocks += [
        _table(
            [field_name(grouping.field), *(column.head for column in COLUMNS)],
            [
                [group_name(group.value), *(column.cell(group.figures) for column in COLUMNS)]
                for group in grouping.groups
            ],
        )
        for grouping in evaluation.groupings
    ]
    blocks.append("status expected (rows) and given (columns)\n" + _confusion(evaluation))
    if evaluation.calibration is not None:
        blocks.append(_calibration(evaluation.calibration))
    found = evaluation.worst(worst)
    if found:
        blocks.append("\n".join([f"the {len(found)} worst answers", *map(_outcome, found)]))
    return "\n\n".join(blocks) + "\n"


def render_comparison(comparison: Comparison) -> str:
    """What changed against a baseline, as text."""
    before, now = comparison.before.passed, comparison.now.passed
    lines = [
        f"against the baseline: {len(comparison.better)} better, {len(comparison.worse)} worse "
        f"of {comparison.compared} questions compared",
        f"passed {percent(before.value)} ({before.hit} of {before.of}) then, "
        f"{percent(now.value)} ({now.hit} of {now.of}) now",
    ]
    if comparison.chance is not None:
        lines.append(f"a split this uneven comes about by chance with a probability of {comparison.chance:.2g}")
    for name, ids in (
        ("label changed", comparison.relabelled),
        ("new", comparison.added),
        ("gone", comparison.removed),
    ):
        if ids:
            lines.append(f"{name}, not compared: {len(ids)} ({_plain(', '.join(ids), _LINE)})")
    for name, changes in (("worse", comparison.worse), ("better", comparison.better)):
        lines += [_change(name, change) for change in changes]
    return "\n".join(lines) + "\n"


def _headline(evaluation: Evaluation) -> str:
    rows = [
        [measure.name, measure.value, measure.interval, measure.sample, measure.meaning]
        for measure in headline(evaluation)
    ]
    lines = [_table(["", "", "95%", "over", ""], rows, left=(0, 3, 4))]
    lines.append("; ".join(f"{count} {name}" for name, count in counts(evaluation)))
    return "\n".join(lines)


def _confusion(evaluation: Evaluation) -> str:
    known = evaluation.confusion
    return _table(
        ["", *known.got],
        [[name, *map(str, row)] for name, row in zip(known.expected, known.counts, strict=True)],
    )


def _calibration(calibration: Calibration) -> str:
    return f"{calibration_line(calibration)}\n{_table(CALIBRATION_HEAD, calibration_rows(calibration))}"


def _outcome(outcome: Outcome) -> str:
    gold = outcome.gold
    head = f"- {_plain(gold.id)} [{gold.lang}, {gold.expect}] {_plain(gold.question, _LINE)}"
    return "\n".join([head, *(f"    {_plain(reason)}" for reason in reasons(gold, outcome.score))])


def _change(name: str, change: Change) -> str:
    head = f"{name}: {_plain(change.id)} ({_plain(turn(change.before, change.now))}) {_plain(change.question, _LINE)}"
    return "\n".join([head, *(f"    {_plain(reason)}" for reason in change.why)])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> str:
    cells = [[_plain(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            _pad(cell, width, left=place in left) for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def _pad(cell: str, width: int, *, left: bool) -> str:
    space = " " * (width - _width(cell))
    return cell + space if left else space + cell


def _width(text: str) -> int:
    """How many columns of a terminal the text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _plain(text: str, limit: int | None = None) -> str:
    """One line without anything a terminal would obey, cut to ``limit`` characters."""
    line = shown(" ".join(text.split()))
    return line if limit is None or len(line) <= limit else line[: limit - 1] + "…"
