"""Step 5: the parts of the answer, chosen for its status. Quotes first; a fixed phrase says what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering.answer import Citation, PointerTo, Status
from bot.answering.choices import choices
from bot.answering.cite import (
    chosen,
    citation_of,
    elsewhere,
    further,
    paragraphs_each,
    pointer_to,
    quote_of,
    with_lists,
)
from bot.answering.supplied import supplied
from bot.answering.turn import Draft, Room, Turn
from documents.knowledge import KnownStatus
from documents.models import Document, Pointer
from retrieval.evidence import PassageHit

_EXAMPLES = ("answer.example_1", "answer.example_2", "answer.example_3")


def _cited(hits: Sequence[PassageHit], room: Room, *, related: bool = False, brief: bool = False) -> Draft:
    tuning = room.tuning.citations
    citations = tuple(
        citation_of(hit.paragraph, quote_of(hit, tuning, brief=brief), room.library, related=related) for hit in hits
    )
    return Draft(Status.ANSWERED, citations=citations)


def _best(hits: Sequence[PassageHit], room: Room) -> tuple[PassageHit, ...]:
    tuning = room.tuning.citations
    return chosen(hits, most=tuning.most, ratio=tuning.ratio)


def _as_known(hits: Sequence[PassageHit], turn: Turn, room: Room, status: KnownStatus) -> tuple[PassageHit, ...]:
    """As many passages as the known questions of this status around stand on each."""
    tuning = room.tuning.citations
    usual = paragraphs_each(turn.found.known[: tuning.counted], status)
    if usual is None:
        return _best(hits, room)
    ratio = tuning.ratio_single if usual < tuning.single else tuning.ratio
    return chosen(hits, most=max(tuning.most, round(usual)), ratio=ratio)


def _others(turn: Turn, cited: Sequence[PassageHit], room: Room) -> tuple[PassageHit, ...]:
    """What a document that the memory does not know says on the matter."""
    ratio = room.tuning.citations.ratio_elsewhere
    return elsewhere(turn.found.passages, cited, turn.found.prepared, ratio=ratio)


def _not_cited(hits: Sequence[PassageHit], draft: Draft) -> list[PassageHit]:
    cited = {(citation.document, citation.paragraph) for citation in draft.citations}
    return [hit for hit in hits if (hit.paragraph.document, hit.paragraph.number) not in cited]


def _beside_memory(turn: Turn, room: Room, draft: Draft) -> tuple[Citation, ...]:
    """What stands nearest elsewhere, beside what the memory names: it may be about its documents, and it may not be.

    Of documents that were supplied for it whatever may answer: what a circular states in a line or leaves to them, they
    may state in full. Of others where the question is at all likely to be about one of them.
    """
    tuning, found, judged = room.tuning.citations, turn.found, turn.judgement
    came = supplied(room.library, found.prepared) & found.readings.keys()
    wanted = set(came)
    if judged is not None and judged.unprepared >= tuning.least_unprepared:
        wanted |= found.documents.keys() - found.prepared
    hits = found.read(wanted, referring=False, weight=tuning.reading) if wanted else ()
    most = tuning.most_further - len(draft.citations)
    near = further(_not_cited(hits, draft), (), most=most, least=tuning.least_further)
    return _cited(near, room, related=True, brief=True).citations


def _known_document(document_id: str | None, room: Room) -> Document | None:
    return next((document for document in room.library.documents() if document.id == document_id), None)


def _pointing(pointer: Pointer, room: Room) -> PointerTo:
    """A pointer as a paragraph gives it, with what the library knows of its document."""
    document = _known_document(pointer.target, room)
    if document is not None:
        return pointer_to(document)
    return PointerTo(label=pointer.label, title=pointer.title, number=pointer.number)


def _read(turn: Turn, room: Room, *, referring: bool) -> tuple[PassageHit, ...]:
    """The passages of the documents the judgement is on, as they were read."""
    found, judged = turn.found, turn.judgement
    documents = judged.documents if judged and judged.documents else found.documents.keys() - found.prepared
    return found.read(documents, referring=referring, weight=room.tuning.citations.reading)


def _answered(turn: Turn, room: Room) -> Draft:
    judged, tuning = turn.judgement, room.tuning.citations
    most, least = tuning.most_further, tuning.least_further
    if judged is None or judged.from_memory:
        best = _as_known(turn.found.heard(KnownStatus.ANSWERED), turn, room, KnownStatus.ANSWERED)
        draft = _cited([*best, *_others(turn, best, room)], room)
        draft.citations += _beside_memory(turn, room, draft)
        return draft
    # Where the memory holds nothing on the document, its votes for other documents must not be heard.
    hits = _read(turn, room, referring=False)
    best = _best(hits, room)
    best = with_lists(best, room.library, most=tuning.most_items)
    draft = _cited(best, room)
    beside = judged.documents or judged.remembered >= tuning.least_remembered
    heard = turn.found.heard(KnownStatus.ANSWERED, KnownStatus.REFERRED) if beside else ()
    known = [hit for hit in heard if hit.paragraph.document in turn.found.prepared][:1]
    more = [*further(hits, best, most=most - len(known), least=least), *known]
    draft.citations += _cited(more, room, related=True, brief=True).citations
    return draft


def _referred(turn: Turn, room: Room) -> Draft:
    judged = turn.judgement
    if judged is not None and not judged.from_memory:
        return _handed_on(turn, room)
    hits = turn.found.heard(KnownStatus.REFERRED)
    document = _known_document(turn.found.pointed_to(), room)
    if document is not None:
        pointing = [hit for hit in hits if any(p.target == document.id for p in hit.paragraph.pointers)]
    else:
        pointing = [hit for hit in hits if hit.paragraph.pointers]
    best = _as_known(pointing or hits, turn, room, KnownStatus.REFERRED)
    draft = _cited(best, room)
    draft.citations += _cited(_others(turn, best, room), room, related=True, brief=True).citations
    draft.citations += _beside_memory(turn, room, draft)
    draft.status = Status.REFERRED
    if document is not None:
        draft.pointers = (pointer_to(document),)
    elif pointing:
        draft.pointers = (_pointing(pointing[0].paragraph.pointers[0], room),)
    return draft


def _handed_on(turn: Turn, room: Room) -> Draft:
    """What a document without known questions hands to another, and what else it says nearby."""
    tuning = room.tuning.citations
    hits = _read(turn, room, referring=True)
    best = _best(hits, room)
    draft = _cited(best, room)
    nearby = further(_read(turn, room, referring=False), best, most=tuning.most_further, least=tuning.least_further)
    draft.citations += _cited(nearby, room, related=True, brief=True).citations
    draft.status = Status.REFERRED
    quoted = " ".join(citation.quote for citation in draft.citations[: len(best)])
    pointers = [pointer for hit in best for pointer in hit.paragraph.pointers]
    named = [pointer for pointer in pointers if pointer.text and pointer.text in quoted] or pointers
    draft.pointers = tuple(_pointing(pointer, room) for pointer in named[:1])
    return draft


def _not_stated(turn: Turn, room: Room) -> Draft:
    tuning, judged = room.tuning.citations, turn.judgement
    if judged is not None and not judged.from_memory:
        # Read, not known by heart: what is nearest may hold it after all, so as much is shown as for an answer.
        hits = _read(turn, room, referring=False)
        best = chosen(hits, most=tuning.most_related, ratio=tuning.ratio_related)
        draft = _cited(best, room, related=True)
        more = further(hits, best, most=tuning.most_further, least=tuning.least_further)
        draft.citations += _cited(more, room, related=True, brief=True).citations
    else:
        hits = chosen(turn.found.passages, most=tuning.most_related, ratio=tuning.ratio_related)
        draft = _cited([*hits, *_others(turn, hits, room)], room, related=True)
        draft.citations += _beside_memory(turn, room, draft)
    draft.status = Status.NOT_STATED
    return draft


def _off_topic(turn: Turn, room: Room) -> Draft:
    """Nothing, unless it may be about a document without known questions after all: then what is nearest there."""
    tuning, judged = room.tuning.citations, turn.judgement
    if judged is None or judged.unprepared < tuning.least_unprepared:
        return Draft(Status.OFF_TOPIC)
    near = further(_read(turn, room, referring=False), (), most=tuning.most_further, least=tuning.least_further)
    return replace(_cited(near, room, related=True, brief=True), status=Status.OFF_TOPIC)


def _clarify(turn: Turn, room: Room) -> Draft:
    most = room.tuning.clarify.most
    return Draft(Status.CLARIFY, suggestions=choices(turn.found, room.knowledge, turn.language, most))


def _conversation(turn: Turn, room: Room) -> Draft:
    phrases = room.phrases(turn.language)
    return Draft(Status.CONVERSATION, suggestions=tuple(phrases(key) for key in _EXAMPLES))


_BY_STATUS: dict[Status, Callable[[Turn, Room], Draft]] = {
    Status.ANSWERED: _answered,
    Status.REFERRED: _referred,
    Status.NOT_STATED: _not_stated,
    Status.OFF_TOPIC: _off_topic,
    Status.CONVERSATION: _conversation,
    Status.CLARIFY: _clarify,
}


def compose(turn: Turn, room: Room) -> None:
    """Set ``draft``."""
    if turn.judgement is None:
        raise RuntimeError("nothing has been judged in this turn")
    turn.draft = draft = _BY_STATUS[turn.judgement.status](turn, room)
    draft.notes = tuple(turn.notes)
    turn.trace["compose"] = {
        "citations": [f"{c.document}#{c.paragraph}" for c in draft.citations],
        "pointers": [p.label or p.title for p in draft.pointers],
    }
