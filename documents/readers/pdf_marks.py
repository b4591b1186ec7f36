"""What stands on the pages of a PDF, before anything is made of it.

All lengths are points, measured from the left and the top edge of the page as it is read upright.
"""

from __future__ import annotations

from typing import NamedTuple


class Fragment(NamedTuple):
    """Characters that one instruction put down side by side.

    ``left`` and ``right`` leave out white space at the ends, the text keeps it. ``weight`` is 0 for a plain face,
    1 for one that is heavy by design (the Chinese Hei faces), 2 for a bold one. ``margin`` marks what the file itself
    calls a header, footer or page number. ``head`` is the width of the first word, or of the first Chinese character.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    weight: int = 0
    margin: bool = False
    head: float = 0.0


class Rule(NamedTuple):
    """A drawn straight line, level or upright."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether the line runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


class Sheet(NamedTuple):
    """A page: its fragments and lines, the share of it that pictures cover, and how many characters have no text."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    unreadable: int = 0


class Piece(NamedTuple):
    """A run of text on one line without a wide gap in it; ``head`` as in ``Fragment``."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    weight: int = 0
    head: float = 0.0


class Line(NamedTuple):
    """The pieces that stand on one baseline within one column of a page.

    ``slot`` names the column: empty across the whole page, else a path of ``L`` and ``R``. ``run`` counts the
    stretches of the page that are read from top to bottom, so lines of one run stand right under each other.
    ``start`` and ``end`` are the edges of the column where they are known.
    """

    pieces: tuple[Piece, ...]
    page: int
    slot: str = ""
    run: int = 0
    start: float = 0.0
    end: float = 0.0

    @property
    def left(self) -> float:
        """Where the first piece begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where the last piece ends."""
        return max(piece.right for piece in self.pieces)

    @property
    def baseline(self) -> float:
        """The baseline of the longest piece."""
        return self._main.baseline

    @property
    def size(self) -> float:
        """The font size of the longest piece."""
        return self._main.size

    @property
    def weight(self) -> int:
        """The weight that every piece has at least."""
        return min(piece.weight for piece in self.pieces)

    @property
    def text(self) -> str:
        """The pieces with single spaces between them."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def _main(self) -> Piece:
        return max(self.pieces, key=lambda piece: len(piece.text))


class Table(NamedTuple):
    """Rows of cells, each with its page; ``columns`` are the edges of the columns from left to right."""

    rows: tuple[tuple[str, ...], ...]
    pages: tuple[int, ...]
    columns: tuple[tuple[float, float], ...]
    top: float
    bottom: float
    size: float
