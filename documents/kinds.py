"""The kind of a document by its title."""

from __future__ import annotations

import re

from documents.models import DocumentKind
from documents.text import for_search, is_chinese
from documents.words import any_of

_KINDS = (
    (DocumentKind.CIRCULAR, "kinds.circular"),
    (DocumentKind.MEASURE, "kinds.measure"),
    (DocumentKind.OTHER, "kinds.other"),
)
_AFTER = r"(?:[（(][^（）()]{0,12}[）)])?$"
_LAST_ZH = tuple((kind, re.compile(f"{any_of(names)}{_AFTER}")) for kind, names in _KINDS)
_NOUN_EN = tuple((kind, re.compile(rf"\b{any_of(names)}\b")) for kind, names in _KINDS)
_GOVERNS = re.compile(r"\b(?:on|for|concerning|regarding|about|under|to)\b")


def kind_of(title: str) -> DocumentKind:
    """The kind a title tells: the noun a Chinese title ends with, the first noun of a document in an English one.

    Nouns of plans, guidance and the like, and titles without one, are ``OTHER``. That a document is an appendix no
    title tells.
    """
    line = for_search(title)
    if is_chinese(line):
        return next((kind for kind, pattern in _LAST_ZH if pattern.search(line)), DocumentKind.OTHER)
    # "Guidance on the Order on Fees" is guidance: what follows "on" is what it is about.
    parts = _GOVERNS.split(line)
    for part in parts:
        begins = ((match.start(), kind) for kind, pattern in _NOUN_EN if (match := pattern.search(part)))
        found = min(begins, default=None)
        if found:
            return found[1]
    return DocumentKind.OTHER
