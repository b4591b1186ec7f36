"""Tables without ruling lines: texts that stand in columns over several lines; and tables that run over a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice, pairwise

from documents.readers.pdf_marks import Line, Piece, Table
from documents.readers.pdf_words import is_entry, text_of

LEAST_ROWS = 3
"""Lines in two columns that make a table; with more columns one less will do."""
COLUMN_GAP = 0.9
"""Empty space between two columns, in font sizes."""
LONGEST_TABLE = 5_000
"""Lines of one table that are looked at together."""

_SAME_EDGE = 14.0  # points within which the columns of a table go on over a page
_FAR = 2.6  # of the font size: a single text this far below the last row is no longer in the table
_WIDER = 1.2  # times the closest distance between lines: the distance between two rows of wrapped cells
_MOST_COLUMNS = 24

_Columns = list[tuple[float, float]]


def _added(columns: _Columns, pieces: Sequence[Piece], gap: float) -> _Columns | None:
    """The columns with another line in them; ``None`` where a piece of it reaches into two of them."""
    spans = sorted([*columns, *((piece.left, piece.right) for piece in pieces)])
    merged: _Columns = []
    for left, right in spans:
        if merged and left < merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    if len(merged) < max(len(columns), len(pieces)) or len(merged) > _MOST_COLUMNS:
        return None
    places = [_column(merged, piece) for piece in pieces]
    return merged if len(set(places)) == len(places) else None


def _column(columns: _Columns, piece: Piece) -> int:
    middle = (piece.left + piece.right) / 2
    return next((i for i, (left, right) in enumerate(columns) if left <= middle <= right), 0)


def _distances(lines: Sequence[Line]) -> list[float | None]:
    """From each line to the one above it; ``None`` where that stands on another page or in another column."""
    return [
        None,
        *(b.baseline - a.baseline if (a.page, a.run) == (b.page, b.run) else None for a, b in pairwise(lines)),
    ]


def _extent(stream: Sequence[Line | Table], start: int) -> tuple[list[Line], _Columns]:
    """The lines from ``start`` that stand in columns, and the columns."""
    first = stream[start]
    if not isinstance(first, Line):
        return [], []
    columns: _Columns = [(piece.left, piece.right) for piece in first.pieces]
    gap = COLUMN_GAP * first.size
    lines = [first]
    last_several = 1
    for line in islice(stream, start + 1, start + LONGEST_TABLE):
        above = lines[-1]
        if not isinstance(line, Line) or line.slot != above.slot or is_entry(line.text):
            break
        together = (line.page, line.run) == (above.page, above.run)
        single = len(line.pieces) == 1
        if single and (not together or line.baseline - above.baseline > _FAR * line.size):
            break
        more = _added(columns, line.pieces, gap)
        if more is None or (single and len(more) > len(columns)):
            break
        columns = more
        lines.append(line)
        # Text below the last row is in the table only where it goes on with a cell that is not the first.
        if not single or _column(columns, line.pieces[0]) > 0:
            last_several = len(lines)
    return lines[:last_several], columns


def _starts_row(lines: Sequence[Line], columns: _Columns) -> list[bool]:
    """For each line whether it begins a row: it has a first cell, or stands apart where rows stand apart."""
    distances = _distances(lines)
    with_first = [any(_column(columns, piece) == 0 for piece in line.pieces) for line in lines]
    known = [distance for distance in distances if distance is not None]
    if not known or all(with_first):
        apart = None
        if known and max(known) > _WIDER * min(known) and any(len(line.pieces) == 1 for line in lines):
            apart = _WIDER * min(known)
    else:
        going_on = [d for d, first in zip(distances, with_first, strict=True) if d is not None and not first]
        closest = max(going_on, default=0.0)
        wide = [d for d, first in zip(distances, with_first, strict=True) if d is not None and first]
        apart = closest * 1.05 if going_on and any(d > _WIDER * closest for d in wide) else None
    starts: list[bool] = []
    for distance, first in zip(distances, with_first, strict=True):
        if not starts:
            starts.append(True)
        elif apart is not None and distance is not None:
            starts.append(distance > apart)
        else:
            starts.append(first)
    return starts


def _table(lines: Sequence[Line], columns: _Columns, known: Collection[str]) -> Table:
    found: list[list[list[str]]] = []
    pages: list[int] = []
    for line, starts in zip(lines, _starts_row(lines, columns), strict=True):
        if starts:
            found.append([[] for _ in columns])
            pages.append(line.page)
        for piece in line.pieces:
            found[-1][_column(columns, piece)].append(piece.text)
    return Table(
        tuple(tuple(text_of(cell, known) for cell in row) for row in found),
        tuple(pages),
        tuple(columns),
        lines[0].baseline,
        lines[-1].baseline,
        lines[0].size,
    )


def with_tables(stream: Sequence[Line | Table], known: Collection[str] = ()) -> list[Line | Table]:
    """Put tables in the place of the lines that make them up."""
    found: list[Line | Table] = []
    index = 0
    while index < len(stream):
        line = stream[index]
        if isinstance(line, Table) or len(line.pieces) < 2 or is_entry(line.text):
            found.append(line)
            index += 1
            continue
        lines, columns = _extent(stream, index)
        several = sum(len(entry.pieces) > 1 for entry in lines)
        if several >= LEAST_ROWS - (len(columns) > 2):
            found.append(_table(lines, columns, known))
            index += len(lines)
        else:
            found.append(line)
            index += 1
    return found


def _goes_on(first: Table, second: Table) -> bool:
    return (
        second.pages[0] != first.pages[-1]
        and len(first.columns) == len(second.columns)
        and all(
            abs(a - b) <= _SAME_EDGE
            for one, other in zip(first.columns, second.columns, strict=True)
            for a, b in zip(one, other, strict=True)
        )
    )


def _one(first: Table, second: Table, known: Collection[str]) -> Table:
    rows, pages = list(second.rows), list(second.pages)
    if rows and rows[0] == first.rows[0]:  # the header again
        rows, pages = rows[1:], pages[1:]
    before, before_pages = list(first.rows), list(first.pages)
    if rows and before and len(rows[0]) == len(before[-1]) and not rows[0][0] and before[-1][0]:
        # No first cell: the row goes on that the page cut.
        cut = zip(before[-1], rows[0], strict=True)
        before[-1] = tuple(text_of([text for text in pair if text], known) for pair in cut)
        rows, pages = rows[1:], pages[1:]
    return first._replace(rows=(*before, *rows), pages=(*before_pages, *pages), bottom=second.bottom)


def _without_repeats(table: Table) -> Table:
    """The table without its header where a new page repeats it."""
    kept = [
        index
        for index, row in enumerate(table.rows)
        if index == 0 or row != table.rows[0] or table.pages[index] == table.pages[index - 1]
    ]
    return table._replace(
        rows=tuple(table.rows[index] for index in kept), pages=tuple(table.pages[index] for index in kept)
    )


def over_pages(stream: Sequence[Line | Table], known: Collection[str] = ()) -> list[Line | Table]:
    """Join tables that go on on the next page; a header that is repeated there is left out."""
    found: list[Line | Table] = []
    for entry in stream:
        last = found[-1] if found else None
        if isinstance(entry, Table) and isinstance(last, Table) and _goes_on(last, entry):
            found[-1] = _one(last, entry, known)
        else:
            found.append(entry)
    return [_without_repeats(entry) if isinstance(entry, Table) else entry for entry in found]
