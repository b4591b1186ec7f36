"""Cells of a table that stand in several rows: each row is read by itself, so each repeats them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

Cell = TypeVar("Cell")

LONGEST_REPEATED = 200
"""Characters of a cell that is repeated in each row it stands in; a longer one would make much of little."""

Spans = Mapping[tuple[int, int], tuple[int, int]]
"""How many rows and columns a cell takes, by its row and its place among the cells written in that row."""


def repeated(rows: Sequence[Sequence[Cell]], spans: Spans) -> list[list[Cell]]:
    """The rows with every cell that reaches down into them, in its column; cells over several columns stand once."""
    found: list[list[Cell]] = []
    hanging: dict[int, tuple[Cell, int, int]] = {}
    for at, row in enumerate(rows):
        out: list[Cell] = []
        below: dict[int, tuple[Cell, int, int]] = {}
        waiting = list(enumerate(row))
        column = 0
        while waiting or any(place >= column for place in hanging):
            if column in hanging:
                cell, left, wide = hanging[column]
                # A row without a cell of its own holds nothing that is not said above it.
                out += [cell] if row else []
                down = left - 1
            elif waiting:
                place, cell = waiting.pop(0)
                down, wide = spans.get((at, place), (1, 1))
                down -= 1
                out.append(cell)
            else:
                column += 1
                continue
            if down > 0:
                below[column] = (cell, down, wide)
            column += max(wide, 1)
        hanging = below
        found.append(out)
    return found
