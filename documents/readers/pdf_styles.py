"""Styles by the face: which paragraph is the title of a document, which is a heading, and how deep it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from documents.blocks import Block, Style
from documents.readers.clean import CELLS
from documents.readers.pdf_facts import Facts
from documents.readers.pdf_marks import Table
from documents.readers.pdf_paragraphs import Paragraph
from documents.readers.pdf_words import is_wide

LONGEST_HEADING = 240
"""Characters above which a paragraph is text whatever its face; a Chinese character counts as three."""
DEEPEST_LEVEL = 6

_LARGER = 1.08  # times the size of the text: larger faces are headings
_TITLE = 1.12  # times the size of the text: the face of a title
_TITLE_WITHIN = 8  # blocks from the beginning among which the title is looked for
_SENTENCE = re.compile(r"[。；;，,]$|[a-z]{3}\.$")
_LETTERHEAD = re.compile(r"文件$|[（(].{1,12}[）)]$")
_SAYS_NOTHING = re.compile(r"[\W_]*")

_Face = tuple[float, int]


def _face(paragraph: Paragraph) -> _Face:
    main = max(paragraph.lines, key=lambda line: len(line.text))
    return round(main.size * 2) / 2, min(line.weight for line in paragraph.lines)


def _length(text: str) -> int:
    return sum(3 if is_wide(character) else 1 for character in text)


def _is_heading(text: str, face: _Face, facts: Facts) -> bool:
    if _length(text) > LONGEST_HEADING:
        return False
    size, weight = face
    if size >= _LARGER * facts.size:
        return True
    return weight > facts.weight and size >= facts.size - 1 and not _SENTENCE.search(text)


def _title(paragraphs: Sequence[tuple[int, str, _Face]], facts: Facts) -> int | None:
    """Place of the title: the largest of the first headings; a letterhead only where nothing else is as large."""
    large = [entry for entry in paragraphs if entry[2][0] >= _TITLE * facts.size]
    named = [entry for entry in large if not _LETTERHEAD.search(entry[1])]
    candidates = named or large
    return max(candidates, key=lambda entry: (entry[2][0], -entry[0]))[0] if candidates else None


def styled(
    entries: Sequence[Paragraph | tuple[int, Table]], facts: Facts, known: Collection[str] = ()
) -> tuple[Block, ...]:
    """Blocks with their styles; what holds no letter and no digit is left out."""
    texts: list[tuple[Paragraph, str, _Face]] = []
    for entry in entries:
        if isinstance(entry, Paragraph):
            texts.append((entry, entry.text(known), _face(entry)))
    headings = {
        paragraph.place: (text, face)
        for paragraph, text, face in texts
        if not _SAYS_NOTHING.fullmatch(text) and _is_heading(text, face, facts)
    }
    first = [(p.place, text, face) for p, text, face in texts[:_TITLE_WITHIN] if p.place in headings]
    first_page = [entry for entry in first if entry[0] <= (first[0][0] + _TITLE_WITHIN)] if first else []
    title = _title(first_page, facts)
    faces = sorted({face for index, (_, face) in headings.items() if index != title}, reverse=True)
    blocks = []
    by_place = {paragraph.place: (paragraph, text) for paragraph, text, _ in texts}
    for entry in entries:
        if isinstance(entry, Paragraph):
            paragraph, text = by_place[entry.place]
            page = paragraph.lines[0].page
            if _SAYS_NOTHING.fullmatch(text):
                continue
            if paragraph.place == title:
                blocks.append(Block(text, page, Style.TITLE))
            elif paragraph.place in headings:
                level = min(faces.index(headings[paragraph.place][1]) + 1, DEEPEST_LEVEL)
                blocks.append(Block(text, page, Style.HEADING, level))
            else:
                blocks.append(Block(text, page))
            continue
        table = entry[1]
        blocks += [
            Block(CELLS.join(row), page, Style.TABLE_ROW)
            for row, page in zip(table.rows, table.pages, strict=True)
            if any(not _SAYS_NOTHING.fullmatch(cell) for cell in row)
        ]
    return tuple(blocks)
