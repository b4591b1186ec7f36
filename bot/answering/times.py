"""Step 6: a time that a quote names, held against today. What has passed is said to have passed."""

from __future__ import annotations

import re
from datetime import date

from bot.answering.answer import Status
from bot.answering.turn import Room, Turn
from documents.models import Document

# A time by which, or until which, something is to happen. Each pattern gives the year, or the number of years.
_BY_YEAR = re.compile(
    r"\b(?i:by|until|till|before|not later than|no later than|to the end of|up to)\s+(?:the end of\s+)?"
    r"(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:\d{1,2},\s+)?(?P<year>(?:19|20)\d{2})\b"
    r"|(?P<han>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?(?:之?前|以前|为止|止)"
    r"|(?:到|至|截至)(?P<to>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?"
)
_IN_YEARS = re.compile(r"\b(?i:in|within)\s+(?P<count>\d{1,2})\s+years\b|(?P<han>\d{1,2})年(?:之?内|以内)")


def past_times(quote: str, issued_on: date | None, today: date) -> tuple[str, ...]:
    """The times of a quote, verbatim, that lie before today; periods count from the date of issue."""
    found: list[str] = []
    for match in _BY_YEAR.finditer(quote):
        year = next(int(value) for value in match.groups() if value)
        if year < today.year:
            found.append(match.group())
    if issued_on is not None:
        for match in _IN_YEARS.finditer(quote):
            count = next(int(value) for value in match.groups() if value)
            if issued_on.year + count < today.year:
                found.append(match.group())
    return tuple(dict.fromkeys(found))


def format_date(day: date, pattern: str) -> str:
    """A date in the form of a language's phrase ``answer.date``."""
    return pattern.format(year=day.year, month=day.month, day=day.day)


def times(turn: Turn, room: Room) -> None:
    """Add a note for each document that the answer stands on and whose quotes name a time that has passed."""
    draft = turn.draft
    if draft is None or draft.status is not Status.ANSWERED:
        return
    phrases = room.phrases(turn.language)
    named: dict[str, list[str]] = {}
    for citation in draft.citations:
        if citation.related:
            continue
        document = room.library.document(citation.document)
        found = past_times(citation.quote, document.issued_on, room.today())
        named.setdefault(citation.document, []).extend(found)
    notes = [
        _note(room.library.document(document_id), found, phrases.raw("answer.date"), phrases)
        for document_id, found in named.items()
        if found
    ]
    draft.notes = (*draft.notes, *(note for note in notes if note))
    turn.trace["times"] = {"passed": named}


def _note(document: Document, found: list[str], pattern: str, phrases: object) -> str:
    if document.issued_on is None or not callable(phrases):
        return ""
    issued_on = format_date(document.issued_on, pattern)
    return str(phrases("answer.time_passed", issued_on=issued_on, time=", ".join(dict.fromkeys(found))))
