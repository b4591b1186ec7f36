"""Step 2: which earlier questions does this one continue?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from bot.answering.clean import has_words, plain
from bot.answering.turn import Room, Turn
from documents.text import language_of

_WORD = re.compile(r"[a-z']+|[0-9]+|[\u4e00-\u9fff]")


@cache
def _markers() -> dict[str, dict[str, list[str]]]:
    text = resources.files("bot.answering").joinpath("follow_up.toml").read_text(encoding="utf-8")
    markers: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return markers


def continues(text: str, longest: int, least: int) -> bool:
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
        return length < least
    if any(folded.startswith(m) for m in markers["begins"]) or any(m in folded for m in markers["holds"]):
        return True
    return length < least - 1


def earlier(history: Sequence[str], longest: int, least: int) -> list[str]:
    """The earlier questions that one which continues them leans on, oldest first.

    The last one; and where that one leaned on another itself, the one before, back to one that stood alone.
    """
    taken: list[str] = []
    for text in reversed(history):
        taken.insert(0, text)
        if not continues(text, longest, least):
            break
    return taken


def contextualise(turn: Turn, room: Room) -> None:
    """Set ``before``: the earlier questions that this one leans on, empty where it stands alone."""
    tuning = room.tuning
    cleaned = (plain(text[: tuning.longest_question]) for text in turn.question.history[-tuning.longest_history :])
    history = [text for text in cleaned if has_words(text)]
    leans = bool(history) and continues(turn.text, tuning.longest_follow_up, tuning.least_words)
    before = earlier(history, tuning.longest_follow_up, tuning.least_words) if leans else []
    turn.before = " ".join(before)
    turn.trace["contextualise"] = {"continues": leans, "before": turn.before}
