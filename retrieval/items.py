"""What is indexed of a library: each paragraph, and each of its sentences, under its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from documents.library import Library
from documents.models import Paragraph, Role
from documents.text import for_search, sentences

SPLITTING = "paragraphs+sentences/1"
"""Named in the fingerprint of an index: change it when what is indexed changes."""

WHOLE = -1
"""The sentence number of an item that is the whole paragraph."""


class Item(NamedTuple):
    """One text of the index: a sentence of a paragraph, or the paragraph itself (``sentence`` is ``WHOLE``)."""

    document: str
    paragraph: int
    sentence: int
    text: str

    @property
    def id(self) -> str:
        """The id in the index, which holds all there is to know: ``document#paragraph#sentence``."""
        return f"{self.document}#{self.paragraph}#{self.sentence}"


def parse_id(item_id: str) -> tuple[str, int, int]:
    """Document, paragraph and sentence of an item's id."""
    document, paragraph, sentence = item_id.rsplit("#", 2)
    return document, int(paragraph), int(sentence)


def context_of(paragraph: Paragraph) -> str:
    """The headings above a paragraph, outermost first, as one line; empty where there are none."""
    return " > ".join(for_search(title) for title in paragraph.section)


def _items_of(paragraph: Paragraph) -> Iterable[Item]:
    context = context_of(paragraph)
    prefix = f"{context}\n" if context else ""
    yield Item(paragraph.document, paragraph.number, WHOLE, prefix + for_search(paragraph.text))
    spans = sentences(paragraph.text)
    if len(spans) > 1:
        for index, span in enumerate(spans):
            yield Item(paragraph.document, paragraph.number, index, prefix + for_search(span.of(paragraph.text)))


def _indexed(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    return (paragraph for paragraph in paragraphs if paragraph.role is not Role.HEADING)


def indexed_paragraphs(library: Library) -> tuple[Paragraph, ...]:
    """The paragraphs that answers may stand on. Headings are context of what follows, not evidence by themselves."""
    return tuple(p for document in library.in_force() for p in _indexed(library.paragraphs(document.id)))


def document_items(paragraphs: Iterable[Paragraph]) -> tuple[Item, ...]:
    """Every item of a document's paragraphs, in reading order."""
    return tuple(item for paragraph in _indexed(paragraphs) for item in _items_of(paragraph))


def items_of(library: Library) -> tuple[Item, ...]:
    """Every item of the library, in reading order."""
    return tuple(item for document in library.in_force() for item in document_items(library.paragraphs(document.id)))
