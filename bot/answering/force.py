"""Whether a document is still in force: no document says so of itself, so what the library knows is told beside.

Asked in the memory's words: known questions of the cell ``in_force`` have most of its voice.
"""

from __future__ import annotations

from bot.answering.answer import Status
from bot.answering.times import format_date
from bot.answering.turn import Room, Turn
from retrieval.evidence import Evidence

_CELL = "in_force"


def asked_of(evidence: Evidence, least: float) -> frozenset[str]:
    """The documents of which it is asked whether they are in force; none where something else is asked."""
    asks = [hit for hit in evidence.known if hit.known.cell == _CELL and hit.known.document]
    if sum(hit.share for hit in asks) < least:
        return frozenset()
    return frozenset(hit.known.document for hit in asks if hit.known.document)


def force(turn: Turn, room: Room) -> None:
    """Add a note on each document of which it is asked: its date, and that the library knows of nothing later."""
    draft, judged = turn.draft, turn.judgement
    if draft is None or judged is None or not judged.from_memory or draft.status is not Status.NOT_STATED:
        return
    wanted = asked_of(turn.found, room.tuning.least_force)
    phrases = room.phrases(turn.language)
    for document in room.library.in_force():
        if document.id in wanted and document.issued_on is not None:
            note = phrases(
                "answer.in_force" if document.issuer else "answer.in_force_unsigned",
                title=document.number or document.title,
                date=format_date(document.issued_on, phrases.raw("answer.date")),
                issuer=document.issuer or "",
            )
            draft.notes = (*draft.notes, note)
    turn.trace["force"] = {"asked_of": sorted(wanted)}
