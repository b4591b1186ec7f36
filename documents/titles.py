"""How alike two titles are, and by which titles a document is known."""

from __future__ import annotations

import re

from documents.editions import alike
from documents.models import Document
from documents.text import for_search, language_of, squeezed
from documents.words import any_of

ALIKE_TITLE = 0.6
"""How alike two titles are, from 0 to 1, from which they are of one document where something else says so too."""
_TELLING_HAN = 8
_TELLING = 20
"""Characters below which a title, such as "Application form", names many documents."""

_LESS_THAN_SAME = 0.999
_FIGURES = re.compile(r"\d+")
_OTHER_DOCUMENT = re.compile(any_of("titles.other_document"))
_JOINING = re.compile(rf"\b{any_of('titles.joining')}\b|[关關][于於]|的")


def titles_of(document: Document) -> tuple[str, ...]:
    """Its title, and the others it is known by."""
    return (document.title, *document.other_titles)


def is_telling(title: str) -> bool:
    """Whether a title is long enough to name one document."""
    return len(squeezed(title)) >= (_TELLING_HAN if language_of(title) == "zh" else _TELLING)


def folded(title: str) -> str:
    """A title without the words and signs that translations and printers use as they like."""
    return re.sub(r"[\W_]+", "", _JOINING.sub(" ", for_search(title).casefold()))


def likeness(one: str, other: str) -> float:
    """How alike two titles are: 1 where they are the same, 0 where a word makes them those of two documents."""
    if folded(one) == folded(other):
        return 1.0
    for telling in (_FIGURES, _OTHER_DOCUMENT):
        if sorted(telling.findall(for_search(one).casefold())) != sorted(telling.findall(for_search(other).casefold())):
            return 0.0
    return min(alike(one, other), _LESS_THAN_SAME)


def likest(title: str, document: Document) -> tuple[float, str]:
    """How alike a title and the nearest of a document's titles are, and which one that is."""
    return max((likeness(title, known), known) for known in titles_of(document))
