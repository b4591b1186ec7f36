"""Tables without ruling lines: texts that stand in columns over several lines; and tables that run over a page."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import islice

from documents.readers.pdf_cells import WIDER, Columns, column_of, pitch_of_cells, rows_of
from documents.readers.pdf_marks import Line, Piece, Table
from documents.readers.pdf_words import is_entry, is_note, text_of

LEAST_ROWS = 3
"""Lines in two columns that make a table; with more columns one less will do."""
COLUMN_GAP = 0.25
"""Empty space between two columns, in font sizes."""
LONGEST_TABLE = 5_000
"""Lines of one table that are looked at together."""

_SAME_EDGE = 14.0  # points within which the columns of a table go on over a page
_FAR = 2.6  # of the font size: a single text this far below the last row is no longer in the table
_HALF = 0.75  # of the distance between the lines of a cell: how far a first cell begins above the rest of its row
_SAME_SIZE, _LONGEST_NOTE = 0.3, 12  # points; lines
_MOST_COLUMNS = 24


def _added(columns: Columns, pieces: Sequence[Piece], gap: float) -> Columns | None:
    """The columns with another line in them; ``None`` where a piece of it reaches into two of them."""
    spans = sorted([*columns, *((piece.left, piece.right) for piece in pieces)])
    merged: Columns = []
    for left, right in spans:
        if merged and left < merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    if len(merged) < max(len(columns), len(pieces)) or len(merged) > _MOST_COLUMNS:
        return None
    places = [column_of(merged, piece) for piece in pieces]
    return merged if len(set(places)) == len(places) else None


def _extent(stream: Sequence[Line | Table], start: int) -> tuple[list[Line], Columns]:
    """The lines from ``start`` that stand in columns, and the columns."""
    first = stream[start]
    if not isinstance(first, Line):
        return [], []
    columns: Columns = [(piece.left, piece.right) for piece in first.pieces]
    gap = COLUMN_GAP * first.size
    lines = [first]
    last_several = 1
    for line in islice(stream, start + 1, start + LONGEST_TABLE):
        above = lines[-1]
        if not isinstance(line, Line) or line.slot != above.slot or is_entry(line.text) or is_note(line.text):
            break
        together = (line.page, line.run) == (above.page, above.run)
        single = len(line.pieces) == 1
        if single and (not together or line.baseline - above.baseline > _FAR * line.size):
            break
        more = _added(columns, line.pieces, gap)
        if more is None or (single and len(more) > len(columns) and not _beside(above, line)):
            break
        columns = more
        lines.append(line)
        # Text below the last row is in the table only where it goes on with a cell that is not the first.
        if not single or column_of(columns, line.pieces[0]) > 0 or _beside(above, line):
            last_several = len(lines)
    return _with_rest(lines, last_several, columns), columns


def _beside(above: Line, line: Line) -> bool:
    """Whether two lines are so close that they can only stand side by side, as lines of different cells do."""
    return _below(above, line) < line.size


def _below(first: Line, second: Line) -> float:
    """How far a line stands below another; endlessly where they stand on different pages."""
    return second.baseline - first.baseline if (first.page, first.run) == (second.page, second.run) else math.inf


def _with_beginning(before: Sequence[Line | Table], lines: list[Line], columns: Columns) -> tuple[list[Line], Columns]:
    """The lines of a table with those above that are the beginning of cells in the middle of whose row others stand,
    and the columns of all."""
    found = list(lines)
    for line in reversed(before):
        if not isinstance(line, Line) or len(line.pieces) > 1 or line.slot != found[0].slot:
            break
        more = _added(columns, line.pieces, COLUMN_GAP * line.size)
        if more is None or (len(more) > len(columns) and not _beside(line, found[0])):
            break
        pitch = pitch_of_cells([line, *found], more)
        nearest = _HALF if column_of(more, line.pieces[0]) == 0 else WIDER
        if not _beside(line, found[0]) and (pitch is None or _below(line, found[0]) > nearest * pitch):
            break
        columns = more
        found.insert(0, line)
    return found, columns


def _with_rest(lines: list[Line], end: int, columns: Columns) -> list[Line]:
    """The lines up to the last with several pieces, and the rest of a first cell below it.

    Single lines below may be the next paragraph: they have to follow as close as the lines of a cell do.
    """
    pitch = pitch_of_cells(lines[:end], columns)
    if pitch is None:
        return lines[:end]
    while end > 1 and len(lines[end - 1].pieces) == 1 and _below(lines[end - 2], lines[end - 1]) > WIDER * pitch:
        end -= 1
    while end < len(lines):
        if _below(lines[end - 1], lines[end]) > WIDER * pitch:
            break
        end += 1
    return lines[:end]


def _table(lines: Sequence[Line], columns: Columns, known: Collection[str], pitch: float | None) -> Table:
    rows = rows_of(lines, columns, pitch)
    return Table(
        tuple(tuple(text_of(cell, known) for cell in row.cells) for row in rows),
        tuple(row.page for row in rows),
        tuple(columns),
        lines[0].baseline,
        lines[-1].baseline,
        lines[0].size,
    )


def _headers(stream: Sequence[Line | Table]) -> frozenset[tuple[str, ...]]:
    """The texts of lines in columns that are repeated from page to page: headers of tables."""
    pages: dict[tuple[str, ...], set[int]] = {}
    for line in stream:
        if isinstance(line, Line) and len(line.pieces) > 1:
            pages.setdefault(tuple(piece.text for piece in line.pieces), set()).add(line.page)
    return frozenset(texts for texts, found in pages.items() if len(found) > 1)


def with_tables(stream: Sequence[Line | Table], known: Collection[str] = ()) -> list[Line | Table]:
    """Put tables in the place of the lines that make them up."""
    found: list[Line | Table] = []
    headers = _headers(stream)
    pitch: float | None = None
    index = 0
    while index < len(stream):
        line = stream[index]
        if isinstance(line, Table) or len(line.pieces) < 2 or is_entry(line.text):
            found.append(line)
            index += 1
            continue
        lines, columns = _extent(stream, index)
        several = sum(len(entry.pieces) > 1 for entry in lines)
        header = tuple(piece.text for piece in line.pieces) in headers
        if several >= (1 if header else LEAST_ROWS - (len(columns) > 2)):
            index += len(lines)
            whole, columns = _with_beginning(found, lines, columns)
            del found[len(found) - (len(whole) - len(lines)) :]
            # What goes on on the next page may be too short to show how far its lines stand apart.
            pitch = pitch_of_cells(whole, columns) or (pitch if header else None)
            found.append(_table(whole, columns, known, pitch))
        else:
            found.append(line)
            index += 1
    return found


def _goes_on(first: Table, second: Table) -> bool:
    if second.pages[0] == first.pages[-1] or len(first.columns) != len(second.columns):
        return False
    edges = [
        all(abs(a[side] - b[side]) <= _SAME_EDGE for a, b in zip(first.columns, second.columns, strict=True))
        for side in (0, 1)
    ]
    # Without rules, columns are as wide as what is in them; the header again tells as much as their other edge.
    return any(edges) if first.rows[0] == second.rows[0] else all(edges)


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


def _above_notes(stream: Sequence[Line | Table]) -> int | None:
    """The place of the last entry that is no footnote."""
    at = len(stream) - 1
    page = None
    for at in range(len(stream) - 1, -1, -1):
        entry = stream[at]
        if isinstance(entry, Table):
            return at
        if page not in {None, entry.page}:
            return None
        page = entry.page
        # The first line of a note says that it is one; those below it are as small.
        if not is_note(entry.text) and not any(
            isinstance(one, Line) and is_note(one.text) and abs(one.size - entry.size) < _SAME_SIZE
            for one in stream[max(0, at - _LONGEST_NOTE) : at]
        ):
            return None
    return None


def over_pages(stream: Sequence[Line | Table], known: Collection[str] = ()) -> list[Line | Table]:
    """Join tables that go on on the next page; a header that is repeated there is left out."""
    found: list[Line | Table] = []
    for entry in stream:
        at = _above_notes(found) if isinstance(entry, Table) else None
        above = found[at] if at is not None else None
        if isinstance(entry, Table) and isinstance(above, Table) and at is not None and _goes_on(above, entry):
            found[at] = _one(above, entry, known)
        else:
            found.append(entry)
    return [_without_repeats(entry) if isinstance(entry, Table) else entry for entry in found]
