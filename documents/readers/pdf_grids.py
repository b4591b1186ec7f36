"""Tables with ruling lines: the grid that drawn lines make, and the text in its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from documents.readers.pdf_lines import pieces, rows
from documents.readers.pdf_marks import Fragment, Rule, Table
from documents.readers.pdf_words import text_of

MOST_CELLS = 4_000
"""Cells of one grid above which it is graph paper."""

_TOUCH = 3.0  # points within which lines touch or lie on one another
_SHORTEST = 4.0  # points: shorter lines are decoration
_MOST_LINES = 3_000  # lines of a page beyond which it is a drawing
_LEAST_FILLED = 2  # cells with text, in different columns, that make a grid a table
_LEAST_LINES_TO_SPLIT = 3  # lines of text in every cell of a row without rules below them that are rows of their own
_WIDE_GAP = 1e9  # within a cell no gap divides a line


class Grid(NamedTuple):
    """A grid of lines: the positions of its upright and level lines, and the lines themselves."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, fragment: Fragment) -> bool:
        """Whether a fragment stands within the grid."""
        middle = (fragment.left + fragment.right) / 2
        height = fragment.baseline - fragment.size / 3
        return self.xs[0] <= middle <= self.xs[-1] and self.ys[0] <= height <= self.ys[-1]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines that lie on one another or end to end as one line; all are level."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.top / _TOUCH), rule.left)):
        last = found[-1] if found else None
        if last and abs(last.top - rule.top) <= _TOUCH and rule.left <= last.right + _TOUCH:
            found[-1] = last._replace(right=max(last.right, rule.right))
        else:
            found.append(rule)
    return found


def _flipped(rule: Rule) -> Rule:
    return Rule(rule.top, rule.left, rule.bottom, rule.right)


def _touch(level: Rule, upright: Rule) -> bool:
    return (
        level.left - _TOUCH <= upright.left <= level.right + _TOUCH
        and upright.top - _TOUCH <= level.top <= upright.bottom + _TOUCH
    )


def _positions(values: Collection[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return tuple(found)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Grids of at least two columns, from top to bottom; a grid within another is part of it."""
    long = [rule for rule in rules if max(rule.right - rule.left, rule.bottom - rule.top) >= _SHORTEST]
    if len(long) > _MOST_LINES:
        return []
    level = _merged([rule for rule in long if rule.level])
    upright = [_flipped(rule) for rule in _merged([_flipped(rule) for rule in long if not rule.level])]
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, one in enumerate(level):
        for j, other in enumerate(upright):
            if _touch(one, other):
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*level, *upright]):
        groups.setdefault(root(i), ([], []))[i >= len(level)].append(rule)
    found = []
    for levels, uprights in groups.values():
        if not levels or not uprights:
            continue
        xs = _positions([r.left for r in uprights] + [edge for r in levels for edge in (r.left, r.right)])
        ys = _positions([r.top for r in levels] + [edge for r in uprights for edge in (r.top, r.bottom)])
        if len(xs) > 2 and len(ys) > 1 and (len(xs) - 1) * (len(ys) - 1) <= MOST_CELLS:
            found.append(Grid(xs, ys, tuple(uprights), tuple(levels)))
    found.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return [grid for grid in found if not any(_within(grid, other) for other in found if other is not grid)]


def _within(inner: Grid, outer: Grid) -> bool:
    return (
        outer.xs[0] - _TOUCH <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1] + _TOUCH
        and outer.ys[0] - _TOUCH <= inner.ys[0]
        and inner.ys[-1] <= outer.ys[-1] + _TOUCH
        and (inner.xs, inner.ys) != (outer.xs, outer.ys)
    )


def _cells(grid: Grid) -> list[list[tuple[int, int]]]:
    """For each row and column of the grid, the row and column in which its cell begins."""
    columns, lines = len(grid.xs) - 1, len(grid.ys) - 1
    begin = [[(row, column) for column in range(columns)] for row in range(lines)]
    for row in range(lines):
        for column in range(columns):
            x = (grid.xs[column] + grid.xs[column + 1]) / 2
            y = (grid.ys[row] + grid.ys[row + 1]) / 2
            open_left = column > 0 and not any(
                abs(r.left - grid.xs[column]) <= _TOUCH and r.top - _TOUCH <= y <= r.bottom + _TOUCH
                for r in grid.upright
            )
            open_above = row > 0 and not any(
                abs(r.top - grid.ys[row]) <= _TOUCH and r.left - _TOUCH <= x <= r.right + _TOUCH for r in grid.level
            )
            if open_left:
                begin[row][column] = begin[row][column - 1]
            elif open_above:
                begin[row][column] = begin[row - 1][column]
    return begin


def _text(fragments: Sequence[Fragment], known: Collection[str]) -> list[tuple[float, str]]:
    lines = [(row[0].baseline, pieces(row, _WIDE_GAP)) for row in rows(fragments)]
    return [(baseline, found[0].text) for baseline, found in lines if found]


def _split(cells: Sequence[Sequence[tuple[float, str]]]) -> list[list[str]] | None:
    """The rows within a row of the grid that no rules divide; ``None`` where its cells are single texts.

    Where every cell has the same number of lines, each level with its neighbours, the lines are rows.
    """
    first = cells[0]
    if len(first) < _LEAST_LINES_TO_SPLIT or len(cells) < 2 or any(len(cell) != len(first) for cell in cells):
        return None
    for cell in cells[1:]:
        if any(abs(a - b) > _TOUCH for (a, _), (b, _) in zip(first, cell, strict=True)):
            return None
    return [[cell[i][1] for cell in cells] for i in range(len(first))]


def table_of(grid: Grid, fragments: Sequence[Fragment], page: int, known: Collection[str] = ()) -> Table | None:
    """The table in a grid, ``None`` where the grid holds no text in two columns (a frame, a diagram).

    A cell over several rows stands in each of them, so that every row says all that it says on paper; a cell over
    several columns stands once.
    """
    begin = _cells(grid)
    content: dict[tuple[int, int], list[Fragment]] = {}
    for fragment in fragments:
        column = bisect_right(grid.xs, (fragment.left + fragment.right) / 2) - 1
        row = bisect_right(grid.ys, fragment.baseline - fragment.size / 3) - 1
        column, row = min(max(column, 0), len(grid.xs) - 2), min(max(row, 0), len(grid.ys) - 2)
        content.setdefault(begin[row][column], []).append(fragment)
    texts = {place: _text(inside, known) for place, inside in content.items()}
    filled = {place for place, lines in texts.items() if lines}
    if len({column for _, column in filled}) < _LEAST_FILLED:
        return None
    found: list[tuple[str, ...]] = []
    for starts in begin:
        cells = [start for i, start in enumerate(starts) if i == 0 or start != starts[i - 1]]
        lines = [texts.get(cell, []) for cell in cells]
        split = _split(lines)
        for row_texts in split or [[text_of([text for _, text in cell], known) for cell in lines]]:
            if any(row_texts):
                found.append(tuple(row_texts))
    sizes = sorted(fragment.size for fragment in fragments)
    return Table(
        tuple(found),
        (page,) * len(found),
        tuple(pairwise(grid.xs)),
        grid.ys[0],
        grid.ys[-1],
        sizes[len(sizes) // 2],
    )
