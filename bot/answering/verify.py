"""Step 7: nothing leaves the house that the documents do not say.

Every quote must stand, piece by piece and in order, in the paragraph it is cited from, and that one in the library.
A citation that fails is dropped; an answer left without any is not sent as an answer. Around the quotes the text is
fixed phrases, filled with what the library knows of its documents, so there are no other numbers or names to check.
"""

from __future__ import annotations

from bot.answering.answer import Citation, Status
from bot.answering.cite import ELLIPSIS
from bot.answering.turn import Room, Turn
from documents.library import Library, UnknownDocument, UnknownParagraph


def stands(citation: Citation, library: Library) -> bool:
    """Whether the paragraph is in the library, word for word, and every piece of the quote in it, in order."""
    try:
        paragraph = library.paragraph(citation.document, citation.paragraph)
    except (UnknownDocument, UnknownParagraph):
        return False
    if paragraph.text != citation.text or not citation.quote.strip():
        return False
    at = 0
    for piece in citation.quote.split(ELLIPSIS):
        found = citation.text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def verify(turn: Turn, room: Room) -> None:
    """Drop what does not stand; an answer without a quote left becomes *not stated*."""
    draft = turn.draft
    if draft is None:
        return
    kept = tuple(citation for citation in draft.citations if stands(citation, room.library))
    dropped = len(draft.citations) - len(kept)
    draft.citations = kept
    if not kept and draft.status in (Status.ANSWERED, Status.REFERRED):
        draft.status, draft.pointers, draft.notes = Status.NOT_STATED, (), tuple(turn.notes)
    turn.trace["verify"] = {"quotes": len(kept), "dropped": dropped}
