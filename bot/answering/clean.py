"""Step 1: the question as plain text of bounded length, and the language to answer in."""

from __future__ import annotations

import unicodedata

from bot.answering.turn import Room, Turn
from documents.text import language_of


def plain(text: str) -> str:
    """Text without control characters and lone surrogates, white space collapsed to single blanks."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cs", "Cf", "Cn", "Co")).split())


def has_words(text: str) -> bool:
    """Whether there is anything to search for: a letter or a digit."""
    return any(c.isalnum() for c in text)


def clean(turn: Turn, room: Room) -> None:
    """Set ``text`` and ``language``; what is beyond the longest question is cut off, with a note."""
    longest = room.tuning.longest_question
    # Cut first: what is never read must cost nothing.
    raw = turn.question.text[: 2 * longest]
    text = plain(raw)
    cut = len(turn.question.text) > len(raw) or len(text) > longest
    turn.text = text[:longest]
    turn.language = turn.question.language or language_of(turn.text)
    if cut:
        turn.notes.append(room.phrases(turn.language)("answer.cut_short", count=longest))
    turn.trace["clean"] = {"text": turn.text, "language": turn.language, "cut": cut}
