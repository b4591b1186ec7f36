"""The cells of a table without ruling lines: which lines make one cell, and which cells one row.

Where rows stand further apart than the lines of a cell, the distances tell, and cells may stand at the top or in the
middle of their row. Where they do not, a line with a first cell begins a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from documents.readers.pdf_marks import Line, Piece

WIDER = 1.15
"""Times the distance between the lines of a cell: the distance between two rows, at least."""

_WIDER = 1.2  # times the closest distance between lines: the distance between two rows of wrapped cells
_BESIDE = 0.35  # of the distance between the lines of a cell: how far off its lines another cell of the row may stand
_LEAST_KEYS = 2

Columns = list[tuple[float, float]]
"""The left and right edges of the columns of a table."""


class Row(NamedTuple):
    """A row: the page it begins on, and the lines of text in each column."""

    page: int
    cells: list[list[str]]


class _Entry(NamedTuple):
    """A piece of a line in a column; ``run`` is the page and the run that the line stands in."""

    column: int
    run: tuple[int, int]
    baseline: float
    text: str


def column_of(columns: Columns, piece: Piece) -> int:
    """Which column a piece stands in."""
    middle = (piece.left + piece.right) / 2
    return next((i for i, (left, right) in enumerate(columns) if left <= middle <= right), 0)


def _entries(lines: Sequence[Line], columns: Columns) -> list[_Entry]:
    return [
        _Entry(column_of(columns, piece), (line.page, line.run), line.baseline, piece.text)
        for line in lines
        for piece in line.pieces
    ]


def _steps(entries: Sequence[_Entry], column: int) -> list[float]:
    """The distances between lines that stand one under another in a column."""
    own = [entry for entry in entries if entry.column == column]
    return [b.baseline - a.baseline for a, b in pairwise(own) if a.run == b.run]


def pitch_of_cells(lines: Sequence[Line], columns: Columns) -> float | None:
    """The distance between the lines of a cell, where rows stand further apart; ``None`` where they do not.

    Some column must have one line a row; there no two lines are as close.
    """
    entries = _entries(lines, columns)
    steps = {column: _steps(entries, column) for column in range(len(columns))}
    closest = min((step for found in steps.values() for step in found), default=0.0)
    if closest <= 0.0:
        return None
    keys = [found for found in steps.values() if found and min(found) > WIDER * closest]
    return closest if any(len(found) >= _LEAST_KEYS for found in keys) else None


def _cells(entries: Sequence[_Entry], pitch: float) -> list[list[_Entry]]:
    found: list[list[_Entry]] = []
    last: dict[int, list[_Entry]] = {}
    for entry in entries:
        cell = last.get(entry.column)
        if cell and cell[-1].run == entry.run and entry.baseline - cell[-1].baseline <= WIDER * pitch:
            cell.append(entry)
        else:
            last[entry.column] = [entry]
            found.append(last[entry.column])
    return found


def _by_distance(lines: Sequence[Line], columns: Columns, pitch: float) -> list[Row]:
    order = {(line.page, line.run): at for at, line in reversed(list(enumerate(lines)))}
    cells = _cells(_entries(lines, columns), pitch)
    cells.sort(key=lambda cell: (order[cell[0].run], cell[0].baseline, cell[0].column))
    rows: list[Row] = []
    run, bottom = (0, 0), 0.0
    for cell in cells:
        top, column = cell[0].baseline, cell[0].column
        if not rows or cell[0].run != run or top - bottom > 2 * _BESIDE * pitch:
            rows.append(Row(cell[0].run[0], [[] for _ in columns]))
            run, bottom = cell[0].run, cell[-1].baseline
        bottom = max(bottom, cell[-1].baseline)
        rows[-1].cells[column].extend(entry.text for entry in cell)
    return rows


def _distances(lines: Sequence[Line]) -> list[float | None]:
    """From each line to the one above it; ``None`` where that stands on another page or in another column."""
    return [
        None,
        *(b.baseline - a.baseline if (a.page, a.run) == (b.page, b.run) else None for a, b in pairwise(lines)),
    ]


def _starts_row(lines: Sequence[Line], columns: Columns) -> list[bool]:
    """For each line whether it begins a row: it has a first cell, or stands apart where rows stand apart."""
    distances = _distances(lines)
    with_first = [any(column_of(columns, piece) == 0 for piece in line.pieces) for line in lines]
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


def rows_of(lines: Sequence[Line], columns: Columns, pitch: float | None) -> list[Row]:
    """The rows of a table in lines whose pieces stand in these columns; for ``pitch`` see ``pitch_of_cells``."""
    if pitch is not None:
        return _by_distance(lines, columns, pitch)
    rows: list[Row] = []
    for line, starts in zip(lines, _starts_row(lines, columns), strict=True):
        if starts:
            rows.append(Row(line.page, [[] for _ in columns]))
        for piece in line.pieces:
            rows[-1].cells[column_of(columns, piece)].append(piece.text)
    return rows
