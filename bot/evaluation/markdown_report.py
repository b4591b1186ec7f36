"""The report as Markdown; its plots are files beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.evaluation.baseline import Comparison
from bot.evaluation.plots import Plot
from bot.evaluation.result import Evaluation, Outcome
from bot.evaluation.text_report import render_comparison
from bot.evaluation.wording import (
    CALIBRATION_HEAD,
    COLUMNS,
    calibration_line,
    calibration_rows,
    counts,
    field_name,
    group_name,
    headline,
    sample,
    shown,
    title,
    where,
)
from bot.evaluation.worst import reasons

# What Markdown takes for more than text within a line; bare addresses become links, too.
_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]|~$>]|(?<=www)\.|:(?=//)", re.IGNORECASE)


def render_markdown(
    evaluation: Evaluation, pictures: Mapping[str, Plot] | None = None, comparison: Comparison | None = None
) -> str:
    """The whole result as Markdown. ``pictures`` are the plots by the name of the file they are in."""
    blocks = [f"# {_plain(title(evaluation))}", _plain(sample(evaluation)), _headline(evaluation)]
    blocks.append("\n".join(f"- {count} {name}" for name, count in counts(evaluation)))
    if comparison is not None:
        blocks += [
            "## Against the baseline",
            "\n".join(f"    {line}" for line in render_comparison(comparison).split("\n")),
        ]
    for file_name, plot in (pictures or {}).items():
        blocks += [f"## {plot.title}", f"![{plot.title}]({file_name})", plot.note]
    for grouping in evaluation.groupings:
        blocks += [f"## By {_plain(field_name(grouping.field))}", _groups(evaluation, grouping.field)]
    blocks += ["## Status expected (rows) and given (columns)", _confusion(evaluation)]
    if evaluation.calibration is not None:
        blocks += [
            "## How sure the desk was, and how often right",
            calibration_line(evaluation.calibration),
            _table(CALIBRATION_HEAD, calibration_rows(evaluation.calibration)),
        ]
    failures = evaluation.failures()
    blocks.append(f"## {len(failures)} of {evaluation.total.n} answers failed")
    blocks += [_failure(outcome) for outcome in failures]
    return "\n\n".join(blocks) + "\n"


def _headline(evaluation: Evaluation) -> str:
    return _table(
        ["measure", "value", "95 % interval", "over", "meaning"],
        [[m.name, m.value, m.interval, m.sample, m.meaning] for m in headline(evaluation)],
        numbers=False,
    )


def _groups(evaluation: Evaluation, field: str) -> str:
    grouping = evaluation.grouping(field)
    rows = (
        []
        if grouping is None
        else [
            [group_name(group.value), *(column.cell(group.figures) for column in COLUMNS)] for group in grouping.groups
        ]
    )
    return _table([field_name(field), *(column.head for column in COLUMNS)], rows)


def _confusion(evaluation: Evaluation) -> str:
    known = evaluation.confusion
    return _table(
        ["expected", *known.got],
        [[name, *map(str, row)] for name, row in zip(known.expected, known.counts, strict=True)],
    )


def _failure(outcome: Outcome) -> str:
    gold, said = outcome.gold, outcome.prediction
    lines = [f"### {_plain(gold.id)}", ""]
    lines += [f"> earlier: {_plain(earlier)}  " for earlier in gold.history]
    lines += [f"> **{_plain(gold.question)}**", ""]
    lines.append(f"- expected {gold.expect}, got {_plain(outcome.score.got)}")
    lines += [f"- {_plain(reason)}" for reason in reasons(gold, outcome.score)]
    if said is not None:
        lines.append(f"- answer: {_plain(said.answer) or '(empty)'}")
        lines += [f"- cites {_plain(where(cited))}: {_plain(cited.quote or cited.text)}" for cited in said.citations]
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = True) -> str:
    """A table; all columns but the first are set right where they hold ``numbers``."""
    rule = ["---", *("---:" if numbers else "---" for _ in head[1:])]
    lines = [list(map(_plain, head)), rule, *(list(map(_plain, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    """Text on one line that Markdown takes for nothing but text."""
    line = shown(" ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
    return _MEANS_SOMETHING.sub(r"\\\g<0>", line)
