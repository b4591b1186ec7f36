"""What is indexed of a library: each paragraph, and each of its sentences, under its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from documents.library import Library
from documents.models import Paragraph, Role
from documents.tables import first_rows
from documents.text import for_search, sentences

SPLITTING = "paragraphs+sentences/3"
"""Named in the fingerprint of an index: change it when what is indexed changes."""

LONGEST_OPENING = 200
"""Characters of a paragraph up to which all of it stands above the list it opens."""

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


def openings(paragraphs: Iterable[Paragraph]) -> dict[int, Paragraph]:
    """For each item of a list the paragraph that opens the list ("shall meet the following requirements:"), by number.

    An item says little without it. The last name in an item's section path is the label of what holds it.
    """
    held_by: dict[tuple[str, ...], Paragraph] = {}
    found: dict[int, Paragraph] = {}
    for paragraph in paragraphs:
        if paragraph.section in held_by:
            found[paragraph.number] = held_by[paragraph.section]
        if paragraph.label and paragraph.role is Role.BODY:
            held_by[(*paragraph.section, paragraph.label)] = paragraph
    return found


def _opening_words(paragraph: Paragraph) -> str:
    """What a paragraph says right before its list: all of a short one, else its last sentence."""
    text = for_search(paragraph.text)
    return text if len(text) <= LONGEST_OPENING else for_search(sentences(paragraph.text)[-1].of(paragraph.text))


def contexts(paragraphs: Iterable[Paragraph]) -> dict[int, str]:
    """What stands above each paragraph as one line, outermost first: headings, and what opens its list or table."""
    held = list(paragraphs)
    opened, rows = openings(held), first_rows(held)
    found = {}
    for paragraph in held:
        opener = opened.get(paragraph.number)
        names = [for_search(title) for title in paragraph.section]
        if opener is not None:
            names[-1] = _opening_words(opener)
        if paragraph.number in rows:
            names.append(for_search(rows[paragraph.number].text))
        found[paragraph.number] = " > ".join(names)
    return found


def _items_of(paragraph: Paragraph, context: str) -> Iterable[Item]:
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
    held = list(paragraphs)
    above = contexts(held)
    return tuple(item for paragraph in _indexed(held) for item in _items_of(paragraph, above[paragraph.number]))


def items_of(library: Library) -> tuple[Item, ...]:
    """Every item of the library, in reading order."""
    return tuple(item for document in library.in_force() for item in document_items(library.paragraphs(document.id)))
