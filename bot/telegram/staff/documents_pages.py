"""What is shown of a file on its way into the library, as pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.shelf import Added, Seen
from bot.telegram.callback import Language
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, shorten
from bot.telegram.staff.documents_data import Add, Cancel, ShowCases, encode_document, reference
from bot.telegram.staff.limits import (
    FACT_UNITS,
    LINE_UNITS,
    OMITTED_OFFERED,
    OMITTED_UNITS,
    TITLE_UNITS,
    WARNINGS_SHOWN,
)
from documents.models import Document
from prompts.phrases import Phrases, phrases

_MARK = "✔ "


def line(key: str, language: Language, **fields: object) -> Page:
    """One line of ``staff_documents``."""
    return page([block(shorten(phrases(language)(f"staff_documents.{key}", **fields), LINE_UNITS))])


def fault_page(reason: str) -> Page:
    """Why a file was not read or added, in the words of whoever read it."""
    return page([block(shorten(reason, LINE_UNITS))])


def seen_page(seen: Seen, key: str, name: str, language: Language, fault: str = "") -> Page:
    """What a file was read as, with the buttons by which it is decided on; ``fault`` is why a choice did not do."""
    say = phrases(language)
    document = seen.document
    blocks = [
        *([block(shorten(fault, LINE_UNITS))] if fault else []),
        block(say("staff_documents.read", file=shorten(name, FACT_UNITS))),
        block(Run(shorten(document.title, TITLE_UNITS), Style.BOLD)),
        *_facts(document, seen.paragraphs, say),
        *_warnings(seen.warnings, say),
    ]
    if seen.held is not None:
        blocks.append(block(say("staff_documents.held", id=seen.held.id, title=_named(seen.held))))
        return page(blocks, (_cases_row(seen.held, say, language),))
    if seen.recognised is not None:
        found = seen.recognised
        blocks.append(block(say("staff_documents.may_stand_for", label=found.label or found.id, title=_named(found))))
    elif seen.omitted:
        blocks.append(block(say("staff_documents.stands_for_none")))
    return page(blocks, _choices(seen, key, say, language))


def added_page(added: Added, language: Language, notes: Iterable[str]) -> Page:
    """What became of a file; ``notes`` are further lines."""
    say = phrases(language)
    document = added.document
    name = "held" if added.already else "added_as" if document.label else "added"
    lead = say(f"staff_documents.{name}", id=document.id, label=document.label, title=_named(document))
    return page(
        [
            block(Run(shorten(lead, LINE_UNITS), Style.BOLD)),
            *_facts(document, added.paragraphs, say),
            *_warnings(added.warnings, say),
            *(block(shorten(note, LINE_UNITS)) for note in notes),
        ],
    )


def _facts(document: Document, paragraphs: int, say: Phrases) -> Iterable[Block]:
    unknown = say("staff_documents.unknown")
    yield block(say("staff_documents.number", number=shorten(document.number or unknown, FACT_UNITS)), tight=True)
    issued = document.issued_on.isoformat() if document.issued_on else unknown
    yield block(say("staff_documents.issued_on", day=issued), tight=True)
    if document.issuer:
        yield block(say("staff_documents.issuer", issuer=shorten(document.issuer, FACT_UNITS)), tight=True)
    yield block(say("staff_documents.paragraphs", count=paragraphs), tight=True)


def _warnings(warnings: tuple[str, ...], say: Phrases) -> Iterable[Block]:
    for at, warning in enumerate(warnings[:WARNINGS_SHOWN]):
        told = shorten(warning, LINE_UNITS // WARNINGS_SHOWN)
        yield block(say("staff_documents.warning", warning=told), tight=at > 0)
    if len(warnings) > WARNINGS_SHOWN:
        yield block(say("staff_documents.more_warnings", count=len(warnings) - WARNINGS_SHOWN), tight=True)


def _choices(seen: Seen, key: str, say: Phrases, language: Language) -> tuple[tuple[Button, ...], ...]:
    first = [seen.recognised] if seen.recognised is not None else []
    omitted = [*first, *(each for each in seen.omitted if each != seen.recognised)][:OMITTED_OFFERED]
    rows = []
    for each in omitted:
        label = say("staff_documents.add_as", name=shorten(each.label or each.title, OMITTED_UNITS))
        mark = _MARK if each == seen.recognised else ""
        rows.append((Button(mark + label, encode_document(Add(key, reference(each.id), language))),))
    new = Button(say("staff_documents.add_new"), encode_document(Add(key, None, language)))
    return (*rows, (new, Button(say("staff_documents.cancel"), encode_document(Cancel(key, language)))))


def _cases_row(document: Document, say: Phrases, language: Language) -> tuple[Button, ...]:
    asks = ShowCases(reference(document.id), 0, language)
    return (Button(say("staff_documents.look_for_cases"), encode_document(asks)),)


def _named(document: Document) -> str:
    return shorten(document.title, TITLE_UNITS)
