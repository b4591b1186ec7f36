"""Step 2: a question that continues an earlier one becomes a question that stands alone."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from bot.answering.turn import Room, Turn
from documents.text import language_of

_WORD = re.compile(r"[a-z']+|[0-9]+|[\u4e00-\u9fff]")
_SUBJECT_WORDS = 5
"""Words from which a question without a word that points back says itself what it is about."""


@cache
def _markers() -> dict[str, dict[str, list[str]]]:
    text = resources.files("bot.answering").joinpath("follow_up.toml").read_text(encoding="utf-8")
    markers: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return markers


def continues(text: str, longest: int) -> bool:
    """Whether a question leans on the one before it: it is short, and points back or lacks a subject."""
    language = language_of(text)
    words = _WORD.findall(text.casefold())
    length = len(words) if language == "en" else (len(words) + 1) // 2
    if length > longest:
        return False
    markers = _markers()[language]
    folded = " ".join(words) if language == "en" else text
    if language == "en":
        if any(folded == m or folded.startswith(f"{m} ") for m in markers["begins"]):
            return True
        if any(word in markers["holds"] for word in words):
            return True
        return length < _SUBJECT_WORDS
    if any(folded.startswith(m) for m in markers["begins"]) or any(m in folded for m in markers["holds"]):
        return True
    return length < _SUBJECT_WORDS - 1


def contextualise(turn: Turn, room: Room) -> None:
    """Set ``standalone``: the question, preceded by the asker's last one where it continues it."""
    history = [text for text in turn.question.history if text.strip()]
    leans = bool(history) and continues(turn.text, room.tuning.longest_follow_up)
    turn.standalone = f"{history[-1][: room.tuning.longest_question]} {turn.text}" if leans else turn.text
    turn.trace["contextualise"] = {"continues": leans, "standalone": turn.standalone}
