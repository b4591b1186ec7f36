"""Sums the verdicts on many answers up into figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.answering.answer import Status
from bot.evaluation.scoring import RowScore
from bot.evaluation.shares import Share, mean, pooled, share_of
from documents.models import Frozen


class Figures(Frozen):
    """The measures over ``n`` answers; ``passed`` to ``evidence_all`` count answers, the other shares count things.

    ``faithful`` is over quotes. ``forbidden``, ``stray`` and ``numbers`` are answers, ``oversized`` is citations.
    """

    n: int
    passed: Share
    status: Share
    strict: Share
    evidence_all: Share
    evidence_mean: float | None
    citation_precision: Share
    facts: Share
    faithful: Share
    forbidden: int
    stray: int
    oversized: int
    numbers: int


def figures(rows: Iterable[RowScore]) -> Figures:
    """The measures over these rows."""
    known = tuple(rows)
    with_evidence = [row.evidence for row in known if row.evidence.of]
    return Figures(
        n=len(known),
        passed=share_of(row.passed for row in known),
        status=share_of(row.fair for row in known),
        strict=share_of(row.strict for row in known),
        evidence_all=share_of(share.complete for share in with_evidence),
        evidence_mean=mean(share.value for share in with_evidence),
        citation_precision=pooled(row.citations for row in known),
        facts=pooled(row.facts for row in known),
        faithful=pooled(row.faithful for row in known),
        forbidden=sum(bool(row.forbidden) for row in known),
        stray=sum(row.stray for row in known),
        oversized=sum(row.oversized for row in known),
        numbers=sum(bool(row.numbers) for row in known),
    )


def balanced(rows: Sequence[RowScore]) -> float | None:
    """The mean, over the expected statuses, of the share of fair answers: each status weighs the same."""
    return mean(share_of(row.fair for row in rows if row.expected == status).value for status in Status)


def wrongly_withheld(rows: Iterable[RowScore]) -> Share:
    """Of the questions the documents answer, those the desk unfairly said they do not state or refer elsewhere."""
    return share_of(
        not row.fair and row.got in (Status.NOT_STATED, Status.REFERRED)
        for row in rows
        if row.expected == Status.ANSWERED
    )


def wrongly_answered(rows: Iterable[RowScore]) -> Share:
    """Of the questions the desk answered, those it should not have."""
    return share_of(not row.fair for row in rows if row.got == Status.ANSWERED)


class Confusion(Frozen):
    """How often each expected status (a row) ended as each status given (a column)."""

    expected: tuple[str, ...]
    got: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def confusion(rows: Iterable[RowScore]) -> Confusion:
    """Count the rows by expected and given status; statuses that do not occur are left out."""
    pairs = Counter((row.expected.value, row.got) for row in rows)
    expected = _in_order({wanted for wanted, _ in pairs})
    got = _in_order({given for _, given in pairs} | set(expected))
    return Confusion(
        expected=expected,
        got=got,
        counts=tuple(tuple(pairs[wanted, given] for given in got) for wanted in expected),
    )


def _in_order(statuses: set[str]) -> tuple[str, ...]:
    known = [status.value for status in Status]
    return tuple([status for status in known if status in statuses] + sorted(statuses.difference(known)))


class Latency(Frozen):
    """How long answers took, in milliseconds of wall time; the 50th and 95th percentile by nearest rank."""

    samples_ms: tuple[float, ...]
    p50_ms: float
    p95_ms: float
    slowest_ms: float


def latency(samples_ms: Sequence[float]) -> Latency | None:
    """The percentiles of the samples, or nothing where there are none."""
    if not samples_ms:
        return None
    ordered = sorted(samples_ms)
    return Latency(
        samples_ms=tuple(samples_ms),
        p50_ms=_nearest_rank(ordered, 50),
        p95_ms=_nearest_rank(ordered, 95),
        slowest_ms=ordered[-1],
    )


def _nearest_rank(ordered: Sequence[float], percent: int) -> float:
    return ordered[math.ceil(percent * len(ordered) / 100) - 1]
