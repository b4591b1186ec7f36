"""The passages an answer came from: those it cites, and those that were found and are not cited. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.answer import Answer, Citation, Status
from bot.answering.cite import citation_of
from documents.errors import DeskError
from documents.library import Library

Key = tuple[str, int]
"""A paragraph: document id and number."""

_ON_SUBJECT = (Status.ANSWERED, Status.REFERRED, Status.NOT_STATED)


def further_keys(answer: Answer) -> tuple[Key, ...]:
    """What the search found beside what the answer cites, best first.

    It stands in the answer's trace, so there is none where no trace was asked for; nor where the answer is about no
    document, as what is nearest is not near then.
    """
    if answer.status not in _ON_SUBJECT:
        return ()
    found = (answer.trace or {}).get("search", {}).get("passages", ())
    cited = {(each.document, each.paragraph) for each in answer.citations}
    keys = [_key(str(each.get("paragraph"))) for each in found]
    return tuple(key for key in dict.fromkeys(keys) if key and key not in cited)


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


def _key(text: str) -> Key | None:
    """From the key of a paragraph, ``document#number``."""
    document, mark, number = text.rpartition("#")
    return (document, int(number)) if mark and number.isdecimal() else None
