"""The library as a list: documents with their texts, those before them, and those that are only named. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.callback import Language, Open, encode
from bot.telegram.limits import ENTRY_UNITS, LISTED_DOCUMENTS, MENU_UNITS, TITLE_UNITS
from bot.telegram.menu_data import ShowLibrary, encode_menu
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, shorten
from bot.telegram.programmes import turning_row
from bot.telegram.render import Rows
from documents.library import Library
from documents.models import Document, DocumentStatus
from prompts.phrases import Phrases, phrases

_ORDER = {
    DocumentStatus.PRESENT: "sources",
    DocumentStatus.OMITTED: "sources_named",
    DocumentStatus.SUPERSEDED: "sources_superseded",
}


def sources_page(library: Library, number: int, language: Language) -> Page:
    """A page of the library, with a button to read each document; the last one where there are no more."""
    say = phrases(language)
    documents = [each for status in _ORDER for each in library.documents() if each.status is status]
    if not documents:
        return page([block(say("telegram.sources_none"))])
    pages = -(-len(documents) // LISTED_DOCUMENTS)
    number = min(number, pages - 1)
    shown = documents[number * LISTED_DOCUMENTS : (number + 1) * LISTED_DOCUMENTS]
    blocks: list[Block] = []
    for at, each in enumerate(shown):
        if at == 0 or shown[at - 1].status is not each.status:
            blocks.append(block(Run(say(f"telegram.{_ORDER[each.status]}"), Style.BOLD)))
        blocks.append(_entry(each, library, say))
    turning = turning_row(number, pages, say, lambda to: encode_menu(ShowLibrary(to, language)))
    return page(blocks, (*_reading(shown, library, say, language), *turning))


def _entry(document: Document, library: Library, say: Phrases) -> Block:
    count = len(library.paragraphs(document.id)) if document.present else 0
    parent = library.document(document.parent) if document.parent and not document.present else None
    details = [
        document.number,
        document.issued_on.isoformat() if document.issued_on else None,
        say("telegram.paragraphs", count=count) if document.present else None,
        say("telegram.named_by", name=parent.number or parent.title) if parent else None,
    ]
    return block(
        "• ",
        Run(f"{shorten(document.label, TITLE_UNITS)}: " if document.label else "", Style.BOLD),
        shorten(document.title, ENTRY_UNITS),
        "".join(f" · {shorten(each, TITLE_UNITS)}" for each in details if each),
        tight=True,
    )


def _reading(documents: Sequence[Document], library: Library, say: Phrases, language: Language) -> Rows:
    """A button for the beginning of each document that has a text."""
    rows = []
    for each in documents:
        first = next(iter(library.paragraphs(each.id)), None) if each.present else None
        if first is not None:
            label = say("telegram.sources_open", name=each.number or each.label or each.title)
            opened = Open(each.id, first.number, language, from_answer=False, apart=True)
            rows.append((Button(shorten(label, MENU_UNITS), encode(opened)),))
    return tuple(rows)
