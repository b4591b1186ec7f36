"""Tables as paragraphs hold them: a row is a paragraph, its cells divided; the first row often names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from documents.models import Paragraph, Role
from documents.readers.clean import CELLS

_FIGURE = re.compile(r"[\W\d_]+")


def cells(text: str) -> tuple[str, ...]:
    """The cells of a row; a text that is no row is its only one."""
    return tuple(cell.strip() for cell in text.split(CELLS))


def is_row(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a row of a table of several columns."""
    return paragraph.role is Role.BODY and CELLS in paragraph.text


def _may_name_columns(row: Paragraph) -> bool:
    """No cell is a bare figure."""
    return not any(_FIGURE.fullmatch(cell) for cell in cells(row.text) if cell)


def first_rows(paragraphs: Iterable[Paragraph]) -> dict[int, Paragraph]:
    """For each row below the first of its table that row, where it may name the columns; by paragraph number.

    Rows one after the other are a table, one with more cells than the first begins another; readers drop empty cells
    at the ends of rows, so they may have fewer. ``paragraphs`` are in reading order.
    """
    found: dict[int, Paragraph] = {}
    first: Paragraph | None = None
    for paragraph in paragraphs:
        if not is_row(paragraph):
            first = None
        elif first is None or len(cells(paragraph.text)) > len(cells(first.text)):
            first = paragraph
        elif _may_name_columns(first):
            found[paragraph.number] = first
    return found
