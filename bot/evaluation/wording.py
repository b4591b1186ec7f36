"""What every form of the report says: the headline measures, the columns of its tables, and how numbers look."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from bot.evaluation.calibration import Calibration
from bot.evaluation.figures import Figures, Latency
from bot.evaluation.prediction import CitedPassage
from bot.evaluation.result import Evaluation
from bot.evaluation.shares import Share

# Control and formatting characters, unpaired surrogates, private use.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_LAYOUT = frozenset("\n\r\t")

NOT_JUDGED = "–"

FIELD_NAMES = {"status": "expected status", "lang": "language", "kind": "what is asked for"}
"""Names of grouping fields that read better than the field itself."""


class Measure(NamedTuple):
    """One headline figure: its value, the sample it is over, its 95 % interval where one holds, its meaning."""

    name: str
    value: str
    sample: str
    interval: str
    meaning: str


class Column(NamedTuple):
    """One column of the tables by group."""

    head: str
    meaning: str
    cell: Callable[[Figures], str]


def percent(value: float | None) -> str:
    """A share from 0 to 1 as per cent."""
    return NOT_JUDGED if value is None else f"{100 * value:.1f}%"


def interval(share: Share) -> str:
    """The 95 % Wilson interval in per cent, empty where nothing was judged."""
    return "" if share.interval is None else f"{100 * share.interval[0]:.0f}–{100 * share.interval[1]:.0f}%"


def milliseconds(value: float) -> str:
    """A duration with as many digits as are worth reading."""
    return f"{value / 1000:.1f} s" if value >= 1000 else f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"


def field_name(field: str) -> str:
    """What a grouping field is called in a report."""
    return FIELD_NAMES.get(field, field)


def group_name(value: str) -> str:
    """What a group is called in a report."""
    return value or "(none)"


def shown(text: str) -> str:
    """Foreign text with what cannot be seen made visible, as in "[U+202E]", lest a screen obey it."""
    return "".join(
        f"[U+{ord(character):04X}]"
        if unicodedata.category(character) in _UNSEEN and character not in _LAYOUT
        else character
        for character in text
    )


def where(cited: CitedPassage) -> str:
    """The document and paragraph of a citation, as far as it tells them."""
    place = cited.title or cited.document or "unnamed document"
    return place if cited.paragraph is None else f"{place}, ¶{cited.paragraph}"


def title(evaluation: Evaluation) -> str:
    """The report's title, which says the result."""
    passed = evaluation.total.passed
    return f"{passed.hit} of {passed.of} questions passed ({percent(passed.value)})"


def sample(evaluation: Evaluation) -> str:
    """What was asked, how many questions in which languages, and when."""
    languages = evaluation.grouping("lang")
    parts = [evaluation.name] if evaluation.name else []
    parts.append(f"{evaluation.total.n} questions")
    if languages is not None:
        parts += [f"{group.figures.n} {group_name(group.value)}" for group in languages.groups]
    if evaluation.unmatched:
        parts.append(f"{len(evaluation.unmatched)} answers to unknown questions left out")
    if evaluation.finished_at is not None:
        parts.append(f"{evaluation.finished_at:%Y-%m-%d %H:%M} UTC")
    return " · ".join(parts)


def headline(evaluation: Evaluation) -> tuple[Measure, ...]:
    """The measures over all questions, the most telling first; the last is the pace, where it was measured."""
    total = evaluation.total
    statuses = len(evaluation.confusion.expected)
    return (
        _of_answers("Passed", total.passed, "fair status, all evidence, all facts, nothing forbidden"),
        _of_answers("Fair status", total.status, "the expected status or another fair one"),
        _of_answers("Strict status", total.strict, "exactly the expected status"),
        Measure(
            "Balanced status",
            percent(evaluation.balanced),
            f"{statuses} statuses",
            "",
            "fair status, each expected status weighing the same",
        ),
        _of_answers(
            "All evidence",
            total.evidence_all,
            f"every required passage is among the first {evaluation.limits.citations} citations",
        ),
        Measure(
            "Mean evidence",
            percent(total.evidence_mean),
            f"{total.evidence_all.of} answers",
            "",
            "required passages cited, averaged over answers",
        ),
        _of_things("Citation precision", total.citation_precision, "cited passages", "cited passages that are of use"),
        _of_things("Facts", total.facts, "facts", "required facts in the answer's own text"),
        _of_things("Faithful quotes", total.faithful, "quotes", "quotes that stand word for word in the documents"),
        _of_answers(
            "Wrongly withheld", evaluation.wrongly_withheld, "answerable, yet said to be not stated or elsewhere"
        ),
        _of_answers("Wrongly answered", evaluation.wrongly_answered, "answered, though another status was due"),
        *(() if evaluation.latency is None else (_pace(evaluation.latency),)),
    )


def counts(evaluation: Evaluation) -> tuple[tuple[str, int], ...]:
    """What should not happen at all, and how often it did."""
    total = evaluation.total
    return (
        ("answers that say something forbidden", total.forbidden),
        ("answers that cite where there is nothing to cite for", total.stray),
        ("answers with a number found in no document", total.numbers),
        (f"citations longer than {evaluation.limits.passage_characters} characters", total.oversized),
    )


def calibration_line(calibration: Calibration) -> str:
    """How far the desk's sureness is from how often it is right, in one line."""
    return (
        f"Expected calibration error {percent(calibration.error)}, Brier score {calibration.brier:.3f}, "
        f"over {calibration.n} answers that tell the share of their status"
    )


def calibration_rows(calibration: Calibration) -> list[list[str]]:
    """The cells under ``CALIBRATION_HEAD``, one row for each bin that holds answers."""
    return [
        [
            f"{100 * found.low:.0f}–{100 * found.high:.0f}%",
            str(found.n),
            percent(found.mean_share),
            percent(found.fair.value),
            interval(found.fair),
        ]
        for found in calibration.bins
    ]


def turn(before: str, now: str) -> str:
    """How a status changed between two runs."""
    return f"still {now}" if before == now else f"{before} → {now}"


CALIBRATION_HEAD = ("share of the status", "n", "mean share", "fair status", "95%")

COLUMNS = (
    Column("n", "questions", lambda f: str(f.n)),
    Column("passed", "fair status, all evidence, all facts, nothing forbidden", lambda f: percent(f.passed.value)),
    Column("95%", "Wilson interval of passed", lambda f: interval(f.passed)),
    Column("status", "the expected status or another fair one", lambda f: percent(f.status.value)),
    Column("strict", "exactly the expected status", lambda f: percent(f.strict.value)),
    Column("ev. all", "every required passage cited", lambda f: percent(f.evidence_all.value)),
    Column("ev. mean", "required passages cited, averaged", lambda f: percent(f.evidence_mean)),
    Column("cit. pr.", "cited passages that are of use", lambda f: percent(f.citation_precision.value)),
    Column("facts", "required facts said", lambda f: percent(f.facts.value)),
    Column("forbidden", "answers that say something forbidden", lambda f: str(f.forbidden)),
    Column("stray", "answers that cite where there is nothing to cite for", lambda f: str(f.stray)),
    Column("numbers", "answers with a number found in no document", lambda f: str(f.numbers)),
)


def _of_answers(name: str, share: Share, meaning: str) -> Measure:
    return Measure(name, percent(share.value), f"{share.hit} of {share.of} answers", interval(share), meaning)


def _of_things(name: str, share: Share, things: str, meaning: str) -> Measure:
    # No interval: the citations and facts of one answer are not independent of each other.
    return Measure(name, percent(share.value), f"{share.hit} of {share.of} {things}", "", meaning)


def _pace(latency: Latency) -> Measure:
    p95, slowest = milliseconds(latency.p95_ms), milliseconds(latency.slowest_ms)
    return Measure(
        "Median time",
        milliseconds(latency.p50_ms),
        f"{len(latency.samples_ms)} answers",
        "",
        f"from question to answer; 95th percentile {p95}, slowest {slowest}",
    )
