"""The order in which a page is read: columns are found by the empty gutter between them.

What is read are items with a place: lines, and tables as a whole. An item across the gutter ends the columns above it
and is read on its own; below it they begin anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

LEAST_LINES = 4
"""Lines that either side of a gutter must have."""
NARROWEST_COLUMN = 11.0
"""Width in font sizes below which two texts side by side are cells of a table, not columns."""
NARROWEST_GUTTER = 0.8
"""The same for the empty space between them."""

MOST_ITEMS = 3_000
"""Items of one page above which it is a drawing, and no columns are looked for."""

_Cut = tuple[int, int, int]
_Score = tuple[int, float]
_DEEPEST = 3  # columns are halved this often at most
_STEP = 3.0  # points between two places where a gutter is looked for
_INNER = (0.15, 0.85)  # share of the width of the text within which a gutter lies
_FILLED = 0.62  # of the width of a column that its lines fill on average
_WHOLE_LINES = 0.8  # share of the lines of a column that have no wide gap in them
_FAR_IN = 0.4  # of the width of a column: lines that begin further in do not begin at its edge
_LEAST_FITTING, _FITTING = 2, 0.5  # lines, and share of the column they fill, that show a gutter known from elsewhere
_MOST_ENDS = 0.95  # share of the lines of a column that end before the gutter; the others stand out into it
_SAME_GUTTER = 24.0  # points within which pages are divided at the same place
_LONG, _STANDS_OUT = (
    4.0,
    1.0,
)  # font sizes of a line from its column's side, and by which it may stand out over a gutter
_CROSSING = 2.0  # points by which an item must reach over a gutter to cross it


class Item(NamedTuple):
    """Something on a page: its place, the number of its line on the page, its font size, and the number
    of what it is.

    A table is an item too, with ``table`` set; it takes its place in the order, but tells nothing about columns.
    """

    left: float
    right: float
    baseline: float
    row: int
    size: float
    content: int
    table: bool = False


class Stretch(NamedTuple):
    """Items read from top to bottom, and the column that they stand in (see ``Line.slot``)."""

    slot: str
    items: tuple[Item, ...]


def _by_row(items: Sequence[Item]) -> list[list[Item]]:
    found: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.row, item.left)):
        found.setdefault(item.row, []).append(item)
    return sorted(found.values(), key=lambda row: min(item.baseline for item in row))


def _crosses(item: Item, x: float) -> bool:
    # A line of text may stand out over the edge of its column; a short one between the columns does not.
    out = _STANDS_OUT * item.size if item.left < x - _LONG * item.size else _CROSSING
    return item.left < x - _CROSSING and item.right > x + out


def _bands(by_row: Sequence[Sequence[Item]], x: float) -> list[tuple[bool, list[Sequence[Item]]]]:
    """Rows in turn: whether they keep clear of ``x``, and the rows."""
    bands: list[tuple[bool, list[Sequence[Item]]]] = []
    for row in by_row:
        clear = not any(_crosses(item, x) for item in row)
        if bands and bands[-1][0] == clear:
            bands[-1][1].append(row)
        else:
            bands.append((clear, [row]))
    return bands


def _halves(band: Sequence[Sequence[Item]], x: float) -> tuple[list[Item], list[Item]]:
    items = [item for row in band for item in row]
    left = [item for item in items if (item.left + item.right) / 2 < x]
    return left, [item for item in items if (item.left + item.right) / 2 >= x]


def _is_column(items: Sequence[Item], depth: int) -> bool:
    """Whether items are lines of text that fill a column, or columns themselves."""
    lines = _by_row([item for item in items if not item.table])
    if len(lines) < LEAST_LINES:
        return False
    size = sorted(item.size for item in items)[len(items) // 2]
    start, end = min(item.left for item in items), max(item.right for item in items)
    if end - start < NARROWEST_COLUMN * size:
        return False
    whole = sum(len(line) == 1 for line in lines)
    filled = sum(line[-1].right - start for line in lines) / len(lines) / (end - start)
    if whole >= _WHOLE_LINES * len(lines):
        # Single cells of a table may stand anywhere, lines of text begin at the edge.
        at_edge = sum(line[0].left - start <= _FAR_IN * (end - start) for line in lines)
        return filled >= _FILLED and at_edge >= _WHOLE_LINES * len(lines)
    return depth < _DEEPEST and _gutter(items, depth + 1) is not None


def _divided(by_row: Sequence[Sequence[Item]], x: float, depth: int, known: dict[_Cut, _Score]) -> _Score:
    """How many lines stand in columns if the page is divided at ``x``, and how wide the gutter is."""
    lines, clearance, row = 0, 0.0, 0
    for clear, band in _bands(by_row, x):
        row += len(band)
        if not clear or len(band) < LEAST_LINES:
            continue
        left, right = _halves(band, x)
        if min(len(left), len(right)) < LEAST_LINES:
            continue
        cut = row, len(band), len(left)  # neighbouring places divide the page in the same way
        if cut not in known:
            known[cut] = 0, 0.0
            space = min(item.left for item in right) - max(item.right for item in left)
            size = sorted(item.size for item in left)[len(left) // 2]
            if space >= NARROWEST_GUTTER * size and _is_column(left, depth) and _is_column(right, depth):
                known[cut] = len(left) + len(right), space
        lines += known[cut][0]
        clearance = max(clearance, known[cut][1])
    return lines, clearance


def _gutter(items: Sequence[Item], depth: int) -> float | None:
    """Where the page is divided into columns, ``None`` where it is not."""
    texts = [item for item in items if not item.table]
    if not 2 * LEAST_LINES <= len(texts) <= MOST_ITEMS:
        return None
    start, end = min(item.left for item in texts), max(item.right for item in texts)
    by_row = _by_row(texts)
    known: dict[_Cut, _Score] = {}
    best: _Score = (0, 0.0)
    places: list[float] = []
    x = start + _INNER[0] * (end - start)
    while x <= start + _INNER[1] * (end - start):
        score = _divided(by_row, x, depth, known)
        if score > best:
            best, places = score, [x]
        elif places and score == best and x - places[-1] <= _STEP * 1.5:
            places.append(x)
        x += _STEP
    return _within_gutter(texts, places[len(places) // 2]) if places else None


def _within_gutter(items: Sequence[Item], x: float) -> float:
    """The middle of the gutter around ``x``: there a short line between the columns, the end of a title, crosses it."""
    begins = start_of_right(items, x)
    ends = sorted(item.right for item in items if (item.left + item.right) / 2 < x)
    if begins is None or not ends:
        return x
    before = [end for end in ends[: 1 + int(_MOST_ENDS * (len(ends) - 1))] if end <= begins]
    return (before[-1] + begins) / 2 if before else x


def start_of_right(items: Sequence[Item], x: float) -> float | None:
    """Where the lines of the column to the right of a gutter begin, if several begin at the same place."""
    lefts = Counter(round(item.left) for item in items if (item.left + item.right) / 2 >= x and not item.table)
    common, count = max(lefts.items(), key=lambda entry: (entry[1], -entry[0]), default=(0, 0))
    if count < LEAST_LINES:
        return None
    return min(item.left for item in items if round(item.left) == common)


def gutters(items: Sequence[Item], slot: str = "", depth: int = 0) -> dict[str, float]:
    """Where a page is divided into columns, by the column that is divided."""
    gutter = _gutter(items, depth) if depth < _DEEPEST else None
    if gutter is None:
        return {}
    found = {slot: gutter}
    halves: tuple[list[Item], list[Item]] = ([], [])
    for clear, band in _bands(_by_row(items), gutter):
        if clear:
            for half, part in zip(halves, _halves(band, gutter), strict=True):
                half += part
    for name, half in zip("LR", halves, strict=True):
        found |= gutters(half, slot + name, depth + 1)
    return found


def _fits(items: Sequence[Item], x: float) -> bool:
    """Whether a gutter of other pages divides this one too: its last lines keep clear of it and fill a column."""
    clear, band = _bands(_by_row([item for item in items if not item.table]), x)[-1]
    left = [item for row in band for item in row if item.right <= x + _CROSSING]
    if not clear or len(left) < _LEAST_FITTING:
        return False
    start = min(item.left for item in left)
    filled = sum(item.right - start for item in left) / len(left) / (x - start) if x > start else 0.0
    return filled >= _FITTING


def in_order(
    items: Sequence[Item], elsewhere: Mapping[str, float] | None = None, slot: str = "", depth: int = 0
) -> list[Stretch]:
    """Items in the order in which they are read.

    ``elsewhere`` tells where other pages are divided (see ``gutters``): the last page of a document often has too
    little on it to see that it is.
    """
    gutter = _gutter(items, depth) if depth < _DEEPEST else None
    usual = elsewhere.get(slot) if elsewhere else None
    if usual is not None:
        if gutter is None and any(not item.table for item in items):
            gutter = usual if _fits(items, usual) else None
        elif gutter is not None and abs(gutter - usual) <= _SAME_GUTTER:
            gutter = usual  # one page alone may show less well where its columns part
    if gutter is None:
        ordered = tuple(item for row in _by_row(items) for item in row)
        return [Stretch(slot, ordered)] if ordered else []
    stretches: list[Stretch] = []
    across: list[Item] = []

    def read_across() -> None:
        if across:
            stretches.append(Stretch(slot, tuple(across)))
            across.clear()

    for clear, band in _bands(_by_row(items), gutter):
        left, right = _halves(band, gutter)
        if clear and (len(band) >= LEAST_LINES or (left and right and len(band) > 1)):
            read_across()
            for name, half in (("L", left), ("R", right)):
                stretches += in_order(half, elsewhere, slot + name, depth + 1) if half else []
        else:
            across += [item for row in band for item in row]
    read_across()
    return stretches
