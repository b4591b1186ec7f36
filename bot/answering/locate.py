"""Step: a question that names a paragraph and asks nothing else gets that paragraph."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from bot.answering.answer import Status
from bot.answering.cite import citation_of
from bot.answering.turn import Draft, Room, Turn
from bot.answering.wording import word
from documents.library import UnknownParagraph

_AROUND = " \t?？.。!！"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    text = resources.files("bot.answering").joinpath("locate.toml").read_text(encoding="utf-8")
    return tuple(re.compile(pattern, re.I) for pattern in tomllib.loads(text)["patterns"])


def paragraph_asked_for(text: str) -> int | None:
    """The number of the paragraph that is all a question asks for; ``None`` for any other question."""
    stripped = text.strip(_AROUND)
    return next((int(match.group(1)) for pattern in _patterns() if (match := pattern.match(stripped))), None)


def locate(turn: Turn, room: Room) -> None:
    """Set the answer to the paragraph asked for, of the first document; without one the turn goes on."""
    number = paragraph_asked_for(turn.text)
    documents = room.library.in_force()
    if number is None or not documents:
        return
    try:
        paragraph = room.library.paragraph(documents[0].id, number)
    except UnknownParagraph:
        return
    turn.draft = Draft(Status.ANSWERED, citations=(citation_of(paragraph, paragraph.text, room.library),))
    turn.trace["locate"] = {"paragraph": paragraph.key}
    word(turn, room)
