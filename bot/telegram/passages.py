"""Passages that were found beside those an answer cites, as citations. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.answer import Citation
from bot.answering.cite import citation_of
from documents.errors import DeskError
from documents.library import Library

Key = tuple[str, int]
"""A paragraph: document id and number."""


def whole_paragraphs(keys: Iterable[Key], library: Library) -> tuple[Citation, ...]:
    """Citations of whole paragraphs; those the library no longer has are left out."""
    found = []
    for document, number in keys:
        try:
            paragraph = library.paragraph(document, number)
        except DeskError:
            continue
        found.append(citation_of(paragraph, paragraph.text, library, related=True))
    return tuple(found)
