"""Office hours: when staff are there, and how much of their time lies between two moments. Pure.

Written as ``Mon-Fri 09:00-12:00 14:00-17:30; Sat 09:00-12:00; Asia/Shanghai``: days with their hours, and a time zone,
separated by semicolons. Moments are seconds since 1970.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.staff.numbers import OfficeNumbers
from documents.errors import DeskError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)")
_DAY_MINUTES = 24 * 60
_SETTING = "CIRCULAR_OFFICE_HOURS"
_AHEAD_DAYS = 400
"""Nobody is told of an opening later than this."""

Minutes = tuple[int, int]
"""Beginning and end in minutes of the day."""


class OfficeError(DeskError, ValueError):
    """Office hours that cannot be read; one line with an example."""


@dataclass(frozen=True, slots=True)
class Office:
    """Hours by day of the week (0 is Monday), days on which it is closed all the same, and the time zone."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[Minutes, ...]]
    closed: frozenset[date] = frozenset()

    def is_open(self, moment: float) -> bool:
        """Whether staff are there."""
        return any(begin <= moment < end for begin, end in self._spans(self._day(moment)))

    def opens(self, moment: float) -> float | None:
        """The next moment from this one on at which staff are there; ``None`` where there is none in a year."""
        for begin, end in self._from(moment):
            if end > moment:
                return max(begin, moment)
        return None

    def between(self, begin: float, end: float) -> float:
        """Seconds of office hours between two moments."""
        total = 0.0
        day, last = self._day(begin), self._day(end)
        while day <= last:
            total += sum(max(0.0, min(end, e) - max(begin, b)) for b, e in self._spans(day))
            day += timedelta(days=1)
        return total

    def after(self, moment: float, seconds: float) -> float | None:
        """The moment at which so many seconds of office hours have passed; ``None`` where not in a year."""
        left = seconds
        for begin, end in self._from(moment):
            here = end - max(begin, moment)
            if here <= 0:
                continue
            if here >= left:
                return max(begin, moment) + left
            left -= here
        return None

    def local(self, moment: float) -> datetime:
        """A moment by the clock of the office."""
        return datetime.fromtimestamp(moment, self.zone)

    def _day(self, moment: float) -> date:
        return self.local(moment).date()

    def _from(self, moment: float) -> Iterator[tuple[float, float]]:
        day = self._day(moment)
        for ahead in range(_AHEAD_DAYS):
            yield from self._spans(day + timedelta(days=ahead))

    def _spans(self, day: date) -> Iterator[tuple[float, float]]:
        if day in self.closed:
            return
        for begin, end in self.hours.get(day.weekday(), ()):
            yield self._moment(day, begin), self._moment(day, end)

    def _moment(self, day: date, minutes: int) -> float:
        days, rest = divmod(minutes, _DAY_MINUTES)
        wall = datetime.combine(day + timedelta(days=days), time(*divmod(rest, 60)), self.zone)
        return wall.astimezone(UTC).timestamp()


def read_office(text: str | None, numbers: OfficeNumbers) -> Office:
    """The office of a setting, or of the shipped numbers where there is none; raises ``OfficeError``."""
    zone = numbers.zone
    hours: dict[int, tuple[Minutes, ...]] = {}
    for part in (text or numbers.hours).split(";"):
        words = part.replace(", ", " ").split()
        if len(words) == 1 and not words[0][0].isdigit():
            zone = words[0]
        elif words:
            spans = tuple(sorted(_span(word) for word in words[1:]))
            if any(before[1] > after[0] for before, after in pairwise(spans)):
                raise _wrong(f"hours overlap in {part.strip()!r}")
            hours |= dict.fromkeys(_days(words[0]), spans)
    if not hours:
        raise _wrong("no days with hours")
    return Office(_zone(zone), hours, frozenset(numbers.closed))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        raise _wrong(f"there is no time zone {name!r}") from None
    except LookupError:
        raise _wrong(f"there is no time zone {name!r}") from None


def _days(word: str) -> list[int]:
    found: list[int] = []
    for piece in word.lower().split(","):
        first, _, last = piece.partition("-")
        if first not in _DAYS or (last or first) not in _DAYS:
            raise _wrong(f"{word!r} names no days")
        begin, end = _DAYS.index(first), _DAYS.index(last or first)
        found += range(begin, end + 1) if begin <= end else [*range(begin, len(_DAYS)), *range(end + 1)]
    return found


def _span(word: str) -> Minutes:
    match = _HOURS.fullmatch(word.strip(","))
    if match is None:
        raise _wrong(f"{word!r} is no time such as 09:00-12:00")
    begin_hour, begin_minute, end_hour, end_minute = map(int, match.groups())
    begin, end = 60 * begin_hour + begin_minute, 60 * end_hour + end_minute
    if not begin < end <= _DAY_MINUTES:
        raise _wrong(f"{word!r} does not end after it begins, on the same day")
    return begin, end


def _wrong(what: str) -> OfficeError:
    return OfficeError(f"{_SETTING}: {what}; write it as 'Mon-Fri 09:00-12:00 14:00-17:30; Asia/Shanghai'")
