"""The parts of an answer as plain text: the lead, the quotes, the notes; and how the place of a quote is named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.answer import ON_SUBJECT, Answer, Citation, PointerTo, Status
from bot.answering.naming import label_in, pointer_name, title_in
from bot.answering.turn import Draft, Room, Turn
from documents.library import Library
from documents.models import DocumentStatus
from prompts.phrases import Phrases

_SHORT_TITLE = 60
_MOST_NAMED = 5


def short_title(citation: Citation, phrases: Phrases) -> str:
    """The label and number of a document where it has them, else the beginning of its title."""
    label = label_in(citation.document_label, phrases) if citation.document_label else None
    names = [name for name in (label, citation.number) if name]
    if names:
        return ", ".join(names)
    return citation.title if len(citation.title) <= _SHORT_TITLE else citation.title[: _SHORT_TITLE - 1] + "…"


def several_documents(citations: Sequence[Citation]) -> bool:
    """Whether quotes stand in more than one document, so that the date of each says which is the later."""
    return len({citation.document for citation in citations}) > 1


def place(citation: Citation, phrases: Phrases, *, dated: bool = False) -> str:
    """Where a quote stands: paragraph, section, page, document, and the date of that where it is wanted and known."""
    section = phrases("answer.place_section", section=citation.section[-1]) if citation.section else ""
    page = phrases("answer.place_page", page=citation.page) if citation.page else ""
    named = phrases(
        "answer.place",
        paragraph=citation.paragraph,
        section=section,
        page=page,
        document=short_title(citation, phrases),
    )
    if not dated or citation.issued_on is None:
        return named
    return phrases("answer.place_dated", place=named, date=citation.issued_on.isoformat())


def quoted(citation: Citation, phrases: Phrases) -> str:
    """A quote in quotation marks; that of a row of a table under the first row."""
    quote = phrases("answer.quote", quote=citation.quote)
    return quote if citation.first_row is None else phrases("answer.row", first=citation.first_row, quote=quote)


def documents_named(library: Library, phrases: Phrases, most: int = _MOST_NAMED) -> str:
    """The documents in force, by title, number and date, in one line: the first ``most``, and how many others."""
    parts = []
    for document in library.documents():
        if document.status is DocumentStatus.PRESENT:
            facts = [fact for fact in (document.number, document.issued_on and document.issued_on.isoformat()) if fact]
            title = title_in(document.title, document.other_titles, phrases.language)
            parts.append(title + (f" ({', '.join(facts)})" if facts else ""))
    named = "; ".join(parts[:most])
    others = len(parts) - most
    return named if others <= 0 else phrases("answer.and_others", documents=named, count=others)


def related_key(status: Status) -> str:
    """The key of the phrase over related passages."""
    return {
        Status.NOT_STATED: "answer.not_stated_related",
        Status.OFF_TOPIC: "answer.off_topic_near",
    }.get(status, "answer.further")


def lead_of(
    status: Status, citations: Sequence[Citation], pointers: Sequence[PointerTo], library: Library, phrases: Phrases
) -> str:
    """The fixed phrase that an answer begins with."""
    if status is Status.ANSWERED:
        several = several_documents([citation for citation in citations if not citation.related])
        return phrases("answer.answered_several" if several else "answer.answered")
    if status is Status.REFERRED and pointers:
        key = "answer.referred_present" if pointers[0].present else "answer.referred_absent"
        return phrases(key, pointer=pointer_name(pointers[0], phrases))
    if status is Status.CLARIFY:
        return phrases("answer.clarify")
    if status in (Status.OFF_TOPIC, Status.CONVERSATION):
        unsure = "_unsure" if status is Status.OFF_TOPIC and citations else ""
        return phrases(f"answer.{status.value}{unsure}", documents=documents_named(library, phrases))
    return phrases("answer.not_stated")


def _further(turn: Turn, draft: Draft, most: int) -> tuple[tuple[str, int], ...]:
    if turn.evidence is None or draft.status not in ON_SUBJECT:
        return ()
    cited = {(citation.document, citation.paragraph) for citation in draft.citations}
    found = ((hit.paragraph.document, hit.paragraph.number) for hit in turn.evidence.passages[:most])
    return tuple(key for key in found if key not in cited)


def _share(turn: Turn, status: Status) -> float | None:
    """The judge's share of the status finally given, whichever it decided."""
    share = turn.judgement.shares.get(status.value) if turn.judgement is not None else None
    # The sum over several offers may be above 1 by rounding.
    return None if share is None else min(share, 1.0)


def word(turn: Turn, room: Room) -> None:
    """Set ``answer`` from the draft."""
    draft = turn.draft
    if draft is None:
        raise RuntimeError("nothing has been composed in this turn")
    phrases = room.phrases(turn.language)
    lead = lead_of(draft.status, draft.citations, draft.pointers, room.library, phrases)
    lines = [lead]
    if draft.citations and draft.status is Status.REFERRED:
        lines.append(phrases("answer.referred_where"))
    stands_on = [citation for citation in draft.citations if not citation.related]
    near = [citation for citation in draft.citations if citation.related]
    lines += [quoted(citation, phrases) for citation in stands_on]
    if near:
        lines.append(phrases(related_key(draft.status)))
    lines += [quoted(citation, phrases) for citation in near]
    lines += [f"• {suggestion}" for suggestion in draft.suggestions]
    lines += draft.notes
    turn.answer = Answer(
        status=draft.status,
        language=turn.language,
        text="\n\n".join(lines),
        lead=lead,
        notes=draft.notes,
        citations=draft.citations,
        pointers=draft.pointers,
        suggestions=draft.suggestions,
        further=_further(turn, draft, room.tuning.citations.most_found),
        share=_share(turn, draft.status),
    )
