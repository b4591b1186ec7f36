"""The report as one HTML file that needs nothing else: styles and plots are inside it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from importlib import resources

from bot.evaluation.baseline import Change, Comparison
from bot.evaluation.plots import Plot, plots
from bot.evaluation.result import Evaluation, Grouping, Outcome
from bot.evaluation.wording import (
    COLUMNS,
    Measure,
    counts,
    field_name,
    group_name,
    headline,
    percent,
    sample,
    shown,
    title,
    turn,
    where,
)
from bot.evaluation.worst import reasons


def render_html(evaluation: Evaluation, comparison: Comparison | None = None) -> str:
    """The whole result as an HTML page, with what changed against a baseline where that is given."""
    heading = escape(title(evaluation))
    sections = [
        f"<header><p class='kicker'>Circular Desk · evaluation</p><h1>{heading}</h1>"
        f"<p class='sample'>{_safe(sample(evaluation))}</p></header>",
        _headline(evaluation),
        f"<section class='figures'>{''.join(_figure(plot) for plot in plots(evaluation))}</section>",
        "".join(_groups(grouping) for grouping in evaluation.groupings),
        _comparison(comparison) if comparison is not None else "",
        _failures(evaluation),
    ]
    return (
        "<!doctype html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        # The page shows what strangers typed: even if an escape were forgotten, nothing may run or be fetched.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        f"<title>{heading}</title>\n<style>\n{_styles()}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(section for section in sections if section)
        + "\n</main>\n</body>\n</html>\n"
    )


def _styles() -> str:
    return resources.files("bot.evaluation").joinpath("report.css").read_text(encoding="utf-8")


def _headline(evaluation: Evaluation) -> str:
    cards = "".join(_card(measure) for measure in headline(evaluation))
    faults = "".join(
        f"<li class='{'bad' if count else 'none'}'><b>{count}</b> {escape(name)}</li>"
        for name, count in counts(evaluation)
    )
    return (
        f"<section><div class='cards'>{cards}</div><ul class='faults'>{faults}</ul>"
        "<p class='note'>Ranges are 95 % Wilson intervals. There is none for citations, facts and quotes, of which "
        "one answer holds several, nor for means.</p></section>"
    )


def _card(measure: Measure) -> str:
    reach = f"<span class='range'>{escape(measure.interval)}</span>" if measure.interval else ""
    return (
        f"<div class='card'><h3>{escape(measure.name)}</h3><p class='value'>{escape(measure.value)}{reach}</p>"
        f"<p class='over'>{escape(measure.sample)}</p><p class='meaning'>{escape(measure.meaning)}</p></div>"
    )


def _figure(plot: Plot) -> str:
    picture = base64.b64encode(plot.render("svg")).decode("ascii")
    return (
        f"<figure><h2>{escape(plot.title)}</h2>"
        f"<img alt='{escape(plot.title)}' src='data:image/svg+xml;base64,{picture}'>"
        f"<figcaption>{escape(plot.note)}</figcaption></figure>"
    )


def _groups(grouping: Grouping) -> str:
    heads = "".join(
        f"<th scope='col' title='{escape(column.meaning)}'>{escape(column.head)}</th>" for column in COLUMNS
    )
    rows = "".join(
        f"<tr><th scope='row'>{_text(group_name(group.value))}</th>"
        + "".join(f"<td>{escape(column.cell(group.figures))}</td>" for column in COLUMNS)
        + "</tr>"
        for group in grouping.groups
    )
    name = escape(field_name(grouping.field))
    return (
        f"<section><h2>All measures by {name}</h2><div class='scroll'><table>"
        f"<thead><tr><th scope='col'>{name}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _comparison(comparison: Comparison) -> str:
    before, now = comparison.before.passed, comparison.now.passed
    chance = (
        ""
        if comparison.chance is None
        else f" A split this uneven comes about by chance with a probability of {comparison.chance:.2g}."
    )
    left_out = [
        f"{len(ids)} {name}"
        for name, ids in (
            ("with another label", comparison.relabelled),
            ("new", comparison.added),
            ("gone", comparison.removed),
        )
        if ids
    ]
    apart = f" Not compared: {', '.join(left_out)}." if left_out else ""
    return (
        f"<section><h2>{len(comparison.better)} questions better and {len(comparison.worse)} worse than the baseline"
        f"</h2><p>Passed {percent(before.value)} ({before.hit} of {before.of}) then, {percent(now.value)} "
        f"({now.hit} of {now.of}) now; {comparison.compared} questions compared.{chance}{apart}</p>"
        f"{_changes('worse', comparison.worse)}{_changes('better', comparison.better)}</section>"
    )


def _changes(name: str, changes: Iterable[Change]) -> str:
    items = "".join(
        f"<li><b class='{name}'>{name}</b> <code>{_safe(change.id)}</code> {_text(change.question)} "
        f"<span class='turn'>{_safe(turn(change.before, change.now))}</span>"
        + "".join(f"<br><span class='why'>{_text(reason)}</span>" for reason in change.why)
        + "</li>"
        for change in changes
    )
    return f"<ul class='changes'>{items}</ul>" if items else ""


def _failures(evaluation: Evaluation) -> str:
    failures = evaluation.failures()
    if not failures:
        return f"<section><h2>None of {evaluation.total.n} answers failed</h2></section>"
    return (
        f"<section class='failures'><h2>{len(failures)} of {evaluation.total.n} answers failed</h2>"
        "<p class='note'>The worst first.</p>" + "".join(_failure(outcome) for outcome in failures) + "</section>"
    )


def _failure(outcome: Outcome) -> str:
    gold, said, row = outcome.gold, outcome.prediction, outcome.score
    earlier = "".join(f"<p class='earlier' dir='auto'>{_safe(text)}</p>" for text in gold.history)
    fair = " or ".join([gold.expect, *gold.expect_also])
    why = "".join(f"<li>{_text(reason)}</li>" for reason in reasons(gold, row))
    answer = (
        "<p class='answer none'>No answer.</p>"
        if said is None
        else f"<p class='answer' dir='auto'>{_safe(said.answer) or '(empty)'}</p>"
    )
    return (
        f"<article><p class='id'><code>{_safe(gold.id)}</code> {escape(gold.lang)}</p>{earlier}"
        f"<h3 dir='auto'>{_safe(gold.question)}</h3>"
        f"<p class='verdict'><span class='tag'>expected {escape(fair)}</span> "
        f"<span class='tag {'right' if row.fair else 'wrong'}'>got {_safe(row.got)}</span></p>"
        f"<ul class='reasons'>{why}</ul>{answer}{_citations(outcome)}</article>"
    )


def _citations(outcome: Outcome) -> str:
    said = outcome.prediction
    if said is None or not said.citations:
        return "<p class='over'>No citations.</p>"
    useful = outcome.score.citations_useful or (None,) * len(said.citations)
    marks = {True: ("right", "of use"), False: ("wrong", "of no use"), None: ("", "")}
    items = "".join(
        f"<li><span class='place'>{_text(where(cited))}</span> <span class='mark {marks[use][0]}'>{marks[use][1]}"
        f"</span><blockquote dir='auto'>{_safe(cited.quote or cited.text)}</blockquote></li>"
        for cited, use in zip(said.citations, useful, strict=True)
    )
    return f"<ol class='citations'>{items}</ol>"


def _text(text: str) -> str:
    """Text of foreign origin amid ours: escaped, and its writing direction kept to itself."""
    return f"<bdi>{_safe(text)}</bdi>"


def _safe(text: str) -> str:
    return escape(shown(text))
