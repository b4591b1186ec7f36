"""What staff confirmed as every channel shows answers: the office's words, then what they stand on. Pure.

Without an official answer, or once it has expired, the fixed phrase of the confirmed status leads, as in any answer.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from bot.answering.answer import Answer, Citation, Language, Status
from bot.answering.cite import citation_of, pointer_to
from bot.answering.wording import lead_of
from bot.staff.curated import Basis, Kept
from documents.library import Library
from prompts.phrases import phrases


def confirmed_answer(kept: Kept, language: Language, library: Library, zone: tzinfo, today: date) -> Answer:
    """The answer to somebody who asked in a language.

    Its paragraphs must stand as they did when it was approved. Raises ``UnknownDocument`` or ``UnknownParagraph``.
    """
    say, curated = phrases(language), kept.curated
    status = Status(curated.status.value)
    citations = tuple(_citation(basis, library) for basis in curated.basis)
    pointers = (pointer_to(library.document(curated.pointer)),) if curated.pointer else ()
    approved = datetime.fromtimestamp(curated.approved_at, zone).date()
    notes = [say("staff.official_approved", date=approved.isoformat())]
    if curated.is_official(today):
        written_in, text = curated.text(language)
        lead = f"{say('staff.official_lead')}\n{text}"
        if written_in != language:
            notes.append(say("staff.official_other_language"))
    else:
        lead = lead_of(status, citations, pointers, library, say)
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


def _citation(basis: Basis, library: Library) -> Citation:
    paragraph = library.paragraph(basis.document, basis.paragraph)
    return citation_of(paragraph, basis.quote or paragraph.text, library)
