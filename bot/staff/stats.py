"""The numbers of the desk, computed from its log of inquiries. Pure. docs/staff.md defines each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

import numpy as np

from bot.answering.answer import Status
from bot.staff.clusters import folded, matters_of
from bot.staff.inquiries import Inquiry
from bot.staff.numbers import StatsNumbers
from bot.staff.space import ComparesQuestions
from documents.models import Frozen

STATS_FORMAT = "circular-desk/stats/1"
"""Names the layout of the JSON: change it when that changes."""
OPEN = (Status.NOT_STATED.value, Status.REFERRED.value)
"""Statuses of questions that the library does not answer."""


class Feedback(Frozen):
    """How many answers were found useful, and not."""

    up: int
    down: int


class Day(Frozen):
    """One day: questions, by how they ended, and those that ended with a person."""

    day: date
    questions: int
    by_status: dict[str, int]
    with_person: int


class Matter(Frozen):
    """Questions that ask the same: the one asked most often, how many, by how many askers, and how they ended."""

    question: str
    questions: int
    askers: int
    by_status: dict[str, int]
    with_person: int
    down: int


class Stats(Frozen):
    """The numbers of some days. Shares are from 0 to 1, and ``None`` where there is nothing to share."""

    format: str = STATS_FORMAT
    first: date
    last: date
    questions: int
    inquiries: int
    """Questions but for mere conversation."""
    askers: int
    by_status: dict[str, int]
    shares: dict[str, float]
    with_person: int
    deflection: float | None
    served: float | None
    official: int
    p50_ms: float | None
    p95_ms: float | None
    languages: dict[str, int]
    channels: dict[str, int]
    feedback: Feedback
    days: tuple[Day, ...]
    top: tuple[Matter, ...]
    unanswered: tuple[Matter, ...]


def served(inquiry: Inquiry) -> bool:
    """Whether the desk itself gave an answer that nobody found wanting."""
    answered = inquiry.status == Status.ANSWERED or inquiry.curated is not None
    return answered and inquiry.case is None and inquiry.feedback >= 0


def is_open(inquiry: Inquiry) -> bool:
    """Whether the library lacks the answer: it was not given, or found wanting."""
    return inquiry.curated is None and (
        inquiry.status in OPEN or (inquiry.status == Status.ANSWERED and inquiry.feedback < 0)
    )


def stats_of(
    rows: Sequence[Inquiry],
    first: date,
    last: date,
    zone: tzinfo,
    numbers: StatsNumbers,
    space: ComparesQuestions | None = None,
) -> Stats:
    """The numbers of these inquiries, all asked from the first day to the last one.

    Without a ``space`` only questions that are word for word the same are put together.
    """
    asked = [row for row in rows if row.status != Status.CONVERSATION]
    times = [row.milliseconds for row in rows]
    statuses = _counted(row.status for row in rows)
    person = sum(row.case is not None for row in asked)
    return Stats(
        first=first,
        last=last,
        questions=len(rows),
        inquiries=len(asked),
        askers=len({row.asker for row in rows if row.asker is not None}),
        by_status=statuses,
        shares={status: count / len(rows) for status, count in statuses.items()},
        with_person=person,
        deflection=1 - person / len(asked) if asked else None,
        served=sum(map(served, asked)) / len(asked) if asked else None,
        official=sum(row.curated is not None for row in rows),
        p50_ms=float(np.percentile(times, 50)) if times else None,
        p95_ms=float(np.percentile(times, 95)) if times else None,
        languages=_counted(row.language for row in rows),
        channels=_counted(row.channel for row in rows),
        feedback=Feedback(up=sum(row.feedback > 0 for row in rows), down=sum(row.feedback < 0 for row in rows)),
        days=tuple(_days(rows, first, last, zone)),
        top=_matters(asked, numbers, space)[: numbers.top],
        unanswered=_matters([row for row in asked if is_open(row)], numbers, space)[: numbers.top],
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _days(rows: Sequence[Inquiry], first: date, last: date, zone: tzinfo) -> Iterable[Day]:
    by_day: dict[date, list[Inquiry]] = {}
    for row in rows:
        by_day.setdefault(datetime.fromtimestamp(row.at, zone).date(), []).append(row)
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        here = by_day.get(day, [])
        with_person = sum(row.case is not None for row in here)
        statuses = _counted(row.status for row in here)
        yield Day(day=day, questions=len(here), by_status=statuses, with_person=with_person)


def _matters(rows: Sequence[Inquiry], numbers: StatsNumbers, space: ComparesQuestions | None) -> tuple[Matter, ...]:
    """Matters by how many askers have them, then by how many questions: one who insists is still one."""
    known = [row for row in rows if row.question is not None]
    questions = [row.question or "" for row in known]
    if space is None:
        places: dict[str, list[int]] = {}
        for place, question in enumerate(questions):
            places.setdefault(folded(question), []).append(place)
        groups = list(places.values())
    else:
        groups = matters_of(questions, space, numbers)
    matters = [_matter([known[place] for place in group]) for group in groups]
    return tuple(sorted(matters, key=lambda m: (-m.askers, -m.questions, m.question)))


def _matter(rows: Sequence[Inquiry]) -> Matter:
    said = Counter(row.question or "" for row in rows)
    most = max(said.values())
    return Matter(
        question=min((text for text, count in said.items() if count == most), key=lambda text: (len(text), text)),
        questions=len(rows),
        # Whoever asks without a name, as at the command line, is somebody all the same.
        askers=len({row.asker for row in rows if row.asker}) + any(row.asker is None for row in rows),
        by_status=_counted(row.status for row in rows),
        with_person=sum(row.case is not None for row in rows),
        down=sum(row.feedback < 0 for row in rows),
    )
