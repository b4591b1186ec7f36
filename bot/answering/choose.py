"""Step 2: a number after a question that was asked back is the choice of that number."""

from __future__ import annotations

import re

from bot.answering.answer import Status
from bot.answering.choices import choices
from bot.answering.clean import plain
from bot.answering.judge import judgement_of
from bot.answering.supplied import supplied
from bot.answering.turn import Room, Turn
from documents.text import for_search, language_of

_NUMBER = re.compile(r"\W*(?:我?选?第|no\.?|number|option)?\s*(?P<number>\d{1,2})\W*(?:个|項|项)?\W*", re.I)


def choose(turn: Turn, room: Room) -> None:
    """Put the question that was chosen in the place of the number; anything else is left as it is."""
    match = _NUMBER.fullmatch(turn.text)
    if match is None or not turn.question.history:
        return
    asked = plain(turn.question.history[-1][: room.tuning.longest_question])
    found = room.searcher.search(asked)
    if judgement_of(found, room.tuning, supplied(room.library, found.prepared)).status is not Status.CLARIFY:
        return
    language = language_of(for_search(asked))
    offered = choices(found, room.knowledge, language, room.tuning.clarify.most)
    number = int(match["number"])
    if 1 <= number <= len(offered):
        turn.text = offered[number - 1]
        turn.chosen = True
    turn.trace["choose"] = {"number": number, "question": turn.text}
