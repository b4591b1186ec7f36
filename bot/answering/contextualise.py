"""Step 2: which earlier questions does this one continue?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from bot.answering.clean import has_words, plain
from bot.answering.tuning import FollowUpTuning
from bot.answering.turn import Room, Turn
from documents.text import language_of

_WORD = re.compile(r"[a-z']+|[0-9]+|[\u4e00-\u9fff]")


@cache
def _markers() -> dict[str, dict[str, list[str]]]:
    text = resources.files("bot.answering").joinpath("follow_up.toml").read_text(encoding="utf-8")
    markers: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return markers


def continues(text: str, tuning: FollowUpTuning) -> bool:
    """Whether a question leans on the one before it: it begins as one that goes on, or is short and points back."""
    language = language_of(text)
    words = _WORD.findall(text.casefold())
    length = len(words) if language == "en" else (len(words) + 1) // 2
    markers = _markers()[language]
    if language == "en":
        folded = " ".join(words)
        begins = any(folded == m or folded.startswith(f"{m} ") for m in markers["begins"])
        holds = any(word in markers["holds"] for word in words)
        says_enough = length >= tuning.least_words
    else:
        begins = any(text.startswith(m) for m in markers["begins"])
        holds = any(m in text for m in markers["holds"])
        says_enough = length >= tuning.least_words - 1
    if begins:
        return length <= tuning.longest_going_on
    return length <= tuning.longest and (holds or not says_enough)


def earlier(history: Sequence[str], tuning: FollowUpTuning) -> list[str]:
    """The earlier questions that one which continues them leans on, oldest first.

    The last one; and where that one leaned on another itself, the one before, back to one that stood alone.
    """
    taken: list[str] = []
    for text in reversed(history):
        taken.insert(0, text)
        if not continues(text, tuning):
            break
    return taken


def contextualise(turn: Turn, room: Room) -> None:
    """Set ``before``: the earlier questions that this one leans on, empty where it stands alone."""
    tuning = room.tuning
    latest = turn.question.history[-tuning.follow_up.longest_history :]
    cleaned = (plain(text[: tuning.longest_question]) for text in latest)
    history = [text for text in cleaned if has_words(text)]
    leans = bool(history) and not turn.chosen and continues(turn.text, tuning.follow_up)
    before = earlier(history, tuning.follow_up) if leans else []
    turn.before = " ".join(before)
    turn.trace["contextualise"] = {"continues": leans, "before": turn.before}
