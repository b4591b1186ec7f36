"""From what stands on the pages of a PDF to blocks of text in reading order. Nothing here knows of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from documents.blocks import Block
from documents.readers.pdf_columns import Item, gutters, in_order, start_of_right
from documents.readers.pdf_edges import framed
from documents.readers.pdf_facts import facts_of
from documents.readers.pdf_furniture import PageLines, furniture
from documents.readers.pdf_grids import grids, table_of
from documents.readers.pdf_lines import pieces, rows
from documents.readers.pdf_marks import Fragment, Line, Piece, Sheet, Table
from documents.readers.pdf_notes import marked
from documents.readers.pdf_paragraphs import paragraphs
from documents.readers.pdf_styles import styled
from documents.readers.pdf_tables import over_pages, with_tables
from documents.readers.pdf_words import vocabulary

_LEAST_CELLS = 4  # lines in which a cell begins at the same place
_SAME_START = 1.5  # points within which lines begin where their column begins
_HALF_EMPTY_BEFORE, _HALF_EMPTY_BEHIND = "（《「『【〔〈", "，。；：、！？）》」』】〕〉"


class _Page(NamedTuple):
    """A page with its tables taken out and the rest in rows of pieces."""

    sheet: Sheet
    rows: list[list[Piece]]
    tables: list[Table]


def _without_margins(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Leave out what the file itself calls headers and footers, unless it calls everything so."""
    if all(fragment.margin for sheet in sheets for fragment in sheet.fragments):
        return list(sheets)
    return [sheet._replace(fragments=tuple(f for f in sheet.fragments if not f.margin)) for sheet in sheets]


class _Starts(NamedTuple):
    """Where columns of text and cells of tables begin, as far as that is known."""

    columns: tuple[float, ...] = ()
    cells: tuple[float, ...] = ()


def _pieces(row: Sequence[Fragment], starts: _Starts) -> list[Piece]:
    found = pieces(row, starts=starts.columns)
    # Only a line that stands in cells anyway can have a cell that fills its column.
    return pieces(row, starts=(*starts.columns, *starts.cells)) if len(found) > 1 and starts.cells else found


def _page(sheet: Sheet, known: Collection[str], starts: _Starts) -> _Page:
    tables = []
    left: list[Fragment] = list(sheet.fragments)
    for grid in grids(sheet.rules):
        inside = [fragment for fragment in left if grid.holds(fragment)]
        table = table_of(grid, inside, sheet.number, known)
        if table:
            tables.append(table)
            left = [fragment for fragment in left if not grid.holds(fragment)]
    found = [row for fragments in rows(left) if (row := _pieces(fragments, starts))]
    return _Page(sheet, found, tables)


def _page_lines(page: _Page) -> PageLines:
    """The page as the search for headers and footers sees it: a table has two edges and is certainly text."""
    lines = [(index, row[0].baseline, " ".join(p.text for p in row)) for index, row in enumerate(page.rows)]
    fixed = range(len(page.rows), len(page.rows) + len(page.tables))
    for index, table in zip(fixed, page.tables, strict=True):
        lines += [(index, table.top, ""), (index, table.bottom, "")]
    lines.sort(key=lambda line: line[1])
    return PageLines(page.sheet.number, page.sheet.height, tuple(lines), frozenset(fixed))


class _Items(NamedTuple):
    """What is left of a page without headers and footers, as items to be put in order, and what the items are."""

    page: int
    items: list[Item]
    content: list[tuple[int, Piece] | Table]


def _items(page: _Page, dropped: Collection[tuple[int, int]]) -> _Items:
    found = _Items(page.sheet.number, [], [])
    for index, row in enumerate(page.rows):
        if (page.sheet.number, index) in dropped:
            continue
        for piece in row:
            # Half of a full-width mark is empty, and that half may stand out into the gutter.
            left = piece.left + (piece.size / 2 if piece.text[0] in _HALF_EMPTY_BEFORE else 0.0)
            right = piece.right - (piece.size / 2 if piece.text[-1] in _HALF_EMPTY_BEHIND else 0.0)
            found.items.append(Item(left, right, row[0].baseline, index, piece.size, len(found.content)))
            found.content.append((index, piece))
    for index, table in enumerate(page.tables, len(page.rows)):
        left, right = table.columns[0][0], table.columns[-1][1]
        found.items.append(Item(left, right, table.top, index, table.size, len(found.content), table=True))
        found.content.append(table)
    return found


def _read(page: _Items, elsewhere: Mapping[str, float], run: int) -> tuple[list[Line | Table], int]:
    """Lines and tables of a page in reading order, and the number of the last run."""
    found: list[Line | Table] = []
    for stretch in in_order(page.items, elsewhere):
        run += 1
        row: int | None = None
        for item in stretch.items:
            content = page.content[item.content]
            if isinstance(content, Table):
                found.append(content)
                run, row = run + 1, None  # the lines below a table do not stand right under those above it
                continue
            index, piece = content
            last = found[-1] if found else None
            if row == index and isinstance(last, Line):
                found[-1] = last._replace(pieces=(*last.pieces, piece))
            else:
                found.append(Line((piece,), page.page, stretch.slot, run))
            row = index
    return found, run


def _usual_gutters(pages: Sequence[_Items]) -> dict[str, float]:
    """Where most pages of a document are divided into columns, by the column that is divided."""
    every: dict[str, list[float]] = {}
    for page in pages:
        for slot, gutter in gutters(page.items).items():
            every.setdefault(slot, []).append(gutter)
    texts = sum(bool(page.items) for page in pages)
    return {slot: sorted(values)[len(values) // 2] for slot, values in every.items() if 2 * len(values) >= texts}


def _starts(pages: Sequence[_Items]) -> _Starts:
    """Where the right one of two columns begins, and the cells of tables behind the first, on all pages."""
    columns: list[float] = []
    cells: Counter[int] = Counter()
    for page in pages:
        for gutter in gutters(page.items).values():
            start = start_of_right(page.items, gutter)
            if start is not None and not any(abs(start - other) <= _SAME_START for other in columns):
                columns.append(start)
        for item, following in pairwise(page.items):
            if item.row == following.row:
                cells[round(following.left)] += 1
    often = (float(left) for left, count in cells.items() if count >= _LEAST_CELLS)
    return _Starts(tuple(columns), tuple(often))


def _divided(sheets: Sequence[Sheet], known: Collection[str]) -> list[_Items]:
    """The pages without headers and footers, as items to be put in order.

    A line that stands out into the gutter, or a cell that fills its column, may come so near to the next that both
    seem to be one. Once columns are found, text that begins where they begin is divided from it.
    """

    def read(starts: _Starts) -> list[_Items]:
        pages = [_page(sheet, known, starts) for sheet in sheets]
        dropped = furniture([_page_lines(page) for page in pages])
        return [_items(page, dropped) for page in pages]

    items = read(_Starts())
    starts = _starts(items)
    return read(starts) if any(starts) else items


def blocks_of(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """The text of a document as blocks in reading order."""
    sheets = marked(_without_margins(sheets))
    known = vocabulary(fragment.text for sheet in sheets for fragment in sheet.fragments)
    items = _divided(sheets, known)
    elsewhere = _usual_gutters(items)
    stream: list[Line | Table] = []
    run = 0
    for of_page in items:
        more, run = _read(of_page, elsewhere, run)
        stream += more
    stream = over_pages(with_tables(stream, known), known)
    lines = framed(
        [entry for entry in stream if isinstance(entry, Line)], {sheet.number: sheet.width for sheet in sheets}
    )
    with_edges = iter(lines)
    stream = [next(with_edges) if isinstance(entry, Line) else entry for entry in stream]
    facts = facts_of(lines)
    return styled(paragraphs(stream, facts), facts, known)
