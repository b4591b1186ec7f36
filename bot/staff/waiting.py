"""How long an asker will wait, told from how long others did; nothing is promised that past cases do not bear out.

A case that still waits is evidence too: leaving it out would make a slow desk look fast. The median is therefore that
of the Kaplan-Meier curve (Kaplan and Meier 1958), in which a case counts as unanswered for as long as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.staff.numbers import EstimateNumbers
from bot.staff.office import Office
from prompts.phrases import phrases

_HOUR = 3600.0
_DAY = 24 * _HOUR
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Waited:
    """When a case was opened, first answered (or not), and closed (or not); seconds since 1970."""

    opened_at: float
    answered_at: float | None = None
    closed_at: float | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What can be told: whether the office is open, when it opens, and the seconds of office hours within which half
    of past cases were answered (``None`` where too few were, or less than half)."""

    open_now: bool
    opens_at: float | None
    within: float | None
    by: float | None
    """The moment at which those seconds will have passed."""


def median_wait(durations: Sequence[tuple[float, bool]]) -> float | None:
    """The duration by which half were answered, from pairs of duration and whether it ended with an answer.

    ``None`` where the curve does not come down to half.
    """
    left, staying = len(durations), 1.0
    # At the same time, answers come before those that were only watched so long.
    for duration, answered in sorted(durations, key=lambda pair: (pair[0], not pair[1])):
        if answered:
            staying *= 1 - 1 / left
            if staying <= _HALF + 1e-9:
                return duration
        left -= 1
    return None


def notice_of(past: Sequence[Waited], office: Office, now: float, numbers: EstimateNumbers) -> Notice:
    """What an asker who opens a case now can be told."""
    recent = [case for case in past if case.opened_at >= now - numbers.past_days * _DAY]
    pairs = []
    for case in recent:
        until = case.answered_at if case.answered_at is not None else case.closed_at or now
        pairs.append((office.between(case.opened_at, until), case.answered_at is not None))
    median = median_wait(pairs) if sum(answered for _, answered in pairs) >= numbers.least_cases else None
    steps = (step * _HOUR for step in sorted(numbers.steps_hours))
    within = None if median is None else next((step for step in steps if median <= step), None)
    by = None if within is None else office.after(now, within)
    return Notice(office.is_open(now), office.opens(now), within, by)


def notice_text(notice: Notice, office: Office, language: str) -> str:
    """The notice in words, at most three lines."""
    say = phrases(language)
    told = [say("staff.case_opened")]
    if notice.within is not None and notice.by is not None:
        hours = f"{notice.within / _HOUR:g}"
        told.append(say("staff.answered_within", hours=hours, by=_moment(office, notice.by, language)))
    else:
        told.append(say("staff.answered_unknown"))
    if not notice.open_now and notice.opens_at is not None:
        told.append(say("staff.office_closed", opens=_moment(office, notice.opens_at, language)))
    return "\n".join(told)


def _moment(office: Office, moment: float, language: str) -> str:
    at = office.local(moment)
    say = phrases(language)
    day = say(f"staff.weekday_{at.weekday()}")
    return say("staff.moment", day=day, date=at.strftime("%Y-%m-%d"), time=at.strftime("%H:%M"))
