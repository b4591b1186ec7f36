"""What staff confirmed as every channel shows answers: the office's words, then what they stand on. Pure.

Without an official answer, or once it has expired, the fixed phrase of the confirmed status leads, as in any answer.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from bot.answering.answer import Answer, Citation, Language, PointerTo, Status
from bot.answering.wording import documents_named, pointer_name, several_documents
from bot.staff.curated import Basis, Kept
from documents.library import Library
from prompts.phrases import Phrases, phrases


def confirmed_answer(kept: Kept, language: Language, library: Library, zone: tzinfo, today: date) -> Answer:
    """The answer to somebody who asked in a language.

    Its paragraphs must stand as they did when it was approved. Raises ``UnknownDocument`` or ``UnknownParagraph``.
    """
    say, curated = phrases(language), kept.curated
    status = Status(curated.status.value)
    citations = tuple(_citation(basis, library) for basis in curated.basis)
    pointers = (_pointer(curated.pointer, library),) if curated.pointer else ()
    approved = datetime.fromtimestamp(curated.approved_at, zone).date()
    notes = [say("staff.official_approved", date=approved.isoformat())]
    if curated.is_official(today):
        written_in, text = curated.text(language)
        lead = f"{say('staff.official_lead')}\n{text}"
        if written_in != language:
            notes.append(say("staff.official_other_language"))
    else:
        lead = _lead(status, citations, pointers, library, say)
    quotes = [f"¶{citation.paragraph} {citation.quote}" for citation in citations]
    return Answer(
        status=status,
        language=language,
        text="\n\n".join([lead, *quotes, *notes]),
        lead=lead,
        notes=tuple(notes),
        citations=citations,
        pointers=pointers,
    )


def _lead(
    status: Status, citations: tuple[Citation, ...], pointers: tuple[PointerTo, ...], library: Library, say: Phrases
) -> str:
    if status is Status.ANSWERED:
        return say("answer.answered_several" if several_documents(citations) else "answer.answered")
    if status is Status.REFERRED and pointers:
        key = "answer.referred_present" if pointers[0].present else "answer.referred_absent"
        return say(key, pointer=pointer_name(pointers[0], say))
    if status in (Status.OFF_TOPIC, Status.CONVERSATION):
        return say(f"answer.{status.value}", documents=documents_named(library))
    return say("answer.not_stated")


def _pointer(document_id: str, library: Library) -> PointerTo:
    document = library.document(document_id)
    return PointerTo(
        document=document.id,
        label=document.label,
        title=document.title,
        number=document.number,
        present=document.present,
    )


def _citation(basis: Basis, library: Library) -> Citation:
    document = library.document(basis.document)
    paragraph = library.paragraph(basis.document, basis.paragraph)
    return Citation(
        document=document.id,
        title=document.title,
        number=document.number,
        issued_on=document.issued_on,
        document_label=document.label,
        paragraph=paragraph.number,
        label=paragraph.label,
        section=paragraph.section,
        page=paragraph.page,
        quote=basis.quote or paragraph.text,
        text=paragraph.text,
    )
