"""What an index holds, in groups that come and go as one: the passages of a document, and the known questions.

A group is complete in the index when the ledger names it with its digest; the ledger is written last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from documents.knowledge import Knowledge
from documents.library import Library
from documents.models import Document
from documents.text import for_search
from retrieval.items import Item, document_items
from retrieval.known import texts_of

KNOWN = "/known"
"""The group of known questions. No document has an id with a stroke."""


class Entry(NamedTuple):
    """A line of the ledger: a group as the index holds it."""

    digest: str
    size: int


class Passages(NamedTuple):
    """The passages of one document, read when they are needed."""

    document: Document
    digest: str
    items: Callable[[], tuple[Item, ...]]


class Wanted(NamedTuple):
    """What an index should hold; ``questions`` are the embedded texts of the known questions."""

    passages: Mapping[str, Passages]
    questions: tuple[str, ...]

    def digests(self) -> dict[str, str]:
        """The ledger of an index that holds it, without the counts."""
        return {name: group.digest for name, group in self.passages.items()} | {KNOWN: str(len(self.questions))}


def title_of(document: Document) -> str:
    """What a document is called, as it is embedded."""
    return for_search(f"{document.label}: {document.title}" if document.label else document.title)


def wanted_of(library: Library, knowledge: Knowledge) -> Wanted:
    """What an index of this should hold. Nothing of an added document is read but its digest."""

    def reader(document_id: str) -> Callable[[], tuple[Item, ...]]:
        return lambda: document_items(library.paragraphs(document_id))

    passages = {d.id: Passages(d, library.digest(d.id), reader(d.id)) for d in library.in_force()}
    return Wanted(passages, tuple(texts_of(knowledge)))
