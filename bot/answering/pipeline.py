"""The way from a question to an answer, read from top to bottom."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from bot.answering.answer import Answer, Question, Status
from bot.answering.choose import choose
from bot.answering.clean import clean, has_words
from bot.answering.compose import compose
from bot.answering.compound import compound
from bot.answering.contextualise import contextualise
from bot.answering.force import force
from bot.answering.judge import judge
from bot.answering.locate import locate
from bot.answering.search import search
from bot.answering.times import times
from bot.answering.turn import Draft, Room, Step, Turn
from bot.answering.verify import verify
from bot.answering.wording import word


def ask_for_words(turn: Turn, room: Room) -> None:
    """A question without a letter or a digit ends here, with examples of questions."""
    if has_words(turn.text):
        return
    phrases = room.phrases(turn.language)
    examples = tuple(phrases(f"answer.example_{number}") for number in (1, 2, 3))
    lead = phrases("answer.empty")
    text = "\n\n".join([lead, *(f"• {example}" for example in examples)])
    turn.draft = Draft(Status.CONVERSATION, suggestions=examples)
    turn.answer = Answer(status=Status.CONVERSATION, language=turn.language, text=text, lead=lead, suggestions=examples)


STEPS: tuple[tuple[str, Step], ...] = (
    ("clean", clean),
    ("ask_for_words", ask_for_words),
    ("locate", locate),
    ("choose", choose),
    ("contextualise", contextualise),
    ("search", search),
    ("judge", judge),
    ("compose", compose),
    ("compound", compound),
    ("force", force),
    ("times", times),
    ("verify", verify),
    ("word", word),
)


def answer(
    question: Question, room: Room, *, explain: bool = False, steps: Sequence[tuple[str, Step]] = STEPS
) -> Answer:
    """Run the steps until one sets the answer; add how long each took (milliseconds), and the trace if asked for."""
    turn = Turn(question)
    started = time.perf_counter()
    before = started
    for name, step in steps:
        step(turn, room)
        now = time.perf_counter()
        turn.timings_ms[name] = round(1000 * (now - before), 3)
        before = now
        if turn.answer is not None:
            break
    if turn.answer is None:
        raise RuntimeError("no step has set an answer")
    turn.timings_ms["total"] = round(1000 * (before - started), 3)
    trace: dict[str, Any] | None = None
    if explain:
        trace = {name: seen() if callable(seen) else seen for name, seen in turn.trace.items()}
    return turn.answer.model_copy(update={"timings_ms": turn.timings_ms, "trace": trace})
