"""Fragments on a page as lines: what stands on one baseline, with spaces where there are gaps."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from documents.readers.pdf_marks import Fragment, Piece
from documents.readers.pdf_words import WIDE, is_wide, wide_side

PIECE_GAP = 1.0
"""Gap between two pieces of a line, in font sizes."""

_COLUMN_GAP, _AT_START = 0.25, 1.5  # font sizes between two columns at least; points within which lines begin alike
_SAME_LINE = 0.4  # of the font size: baselines closer than this are one line
_SMALL, _RAISED = 0.8, 0.62  # times the size of the text beside it: a small sign, and how far it may be raised
_LEAST_RAISED = 0.15  # times the size of the text beside it: a small text less raised stands on the same line
_BESIDE = 1.0  # of the larger font size: the gap within which two texts of different size stand side by side
_LEAST_EVEN = 3  # gaps in a row that are as wide as each other where spaces were widened to fill the line
_EVEN = 0.08  # font sizes by which such gaps may differ
_WIDEST_EVEN = 3.0  # font sizes: wider gaps stand between columns, however even they are
_OF_NUMBERS = ("%", "‰", "℃", "∶")  # signs that stand behind a number without a space
_FULL_SPACE = "\u3000"
_BAND = 4.0  # points of height in which groups are looked up together
_SPACE_GAP = 0.17  # of the font size: a gap between letters that is a space
_WIDE_SPACE_GAP = 0.7  # the same between Chinese characters, which are spread to fill a line
_MIXED_SPACE_GAP = 0.5  # the same between a Chinese character and a letter
_WIDEST_SPREAD = 6.0  # font sizes between the characters of a title
_WIDENED = 0.8  # font sizes by which a space may be widened besides
_LETTER, _LEAST_LETTERS = 2, 4  # characters of a fragment, and gaps between such, that make a spread word
_LEAST_SPREAD, _WIDEST_LETTER_SPACE = 0.08, 1.5  # font sizes put between its letters, and between two words of them
_OVERPRINT = 0.25  # of the font size: the same text set off by less is printed twice to look bold
_ONE_WORD = re.compile(rf"[^\s{WIDE}]+")
_OVERPRINT_WIDTH = 0.4  # of the width of the text: the same, for narrow letters that are merely doubled
_LABEL = re.compile(
    r"(?:[•·●○■□◆◇▪‣–—*➢✓-]|[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)）、．]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|"
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十百零〇\d]+[编章节条款]|"
    r"(?:Article|Section|Chapter|Part|Annex|ARTICLE|SECTION|CHAPTER|PART|ANNEX)\s+[\dIVXLC]+[.:]?)"
)
_LONGEST_LABEL_GAP = 6.0  # font sizes between the number of a paragraph and its text


def _beside(row: Iterable[Fragment], small: Fragment) -> bool:
    """Whether a small text stands right beside larger text of a line."""
    return any(
        small.size <= _SMALL * other.size
        and other.left - _BESIDE * other.size <= small.right
        and small.left <= other.right + _BESIDE * other.size
        for other in row
    )


def is_raised(small: Fragment, other: Fragment) -> bool:
    """Whether a text is set small and raised beside another."""
    above = other.baseline - small.baseline
    return small.size <= _SMALL * other.size and _LEAST_RAISED * other.size <= above <= _RAISED * other.size


def _in_line(row: Sequence[Fragment], fragment: Fragment) -> bool:
    """Whether a fragment stands on the line that begins with the first of a row, the largest of it."""
    above, smaller = row[0].baseline - fragment.baseline, min(row[0].size, fragment.size)
    if abs(above) <= _SAME_LINE * smaller:
        return True
    # Text in another column may stand between two lines of larger text; a sign stands beside what it belongs to.
    reach = _RAISED if above > 0 and fragment.size <= _SMALL * row[0].size else _SAME_LINE
    return abs(above) <= reach * max(row[0].size, fragment.size) and _beside(row, fragment)


def rows(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Group fragments by baseline from top to bottom, each group from left to right."""
    # Large text first: small raised or lowered signs join the line that they belong to.
    by_size = sorted(fragments, key=lambda fragment: (-round(fragment.size), fragment.baseline))
    grouped: list[list[Fragment]] = []
    near: dict[int, list[list[Fragment]]] = {}  # the same groups by height, to find them quickly
    for fragment in by_size:
        reach = math.ceil(_RAISED * max(by_size[0].size, fragment.size) / _BAND)
        band = int(fragment.baseline // _BAND)
        # A raised sign may stand level with a line of another column: what it stands beside goes first.
        best: tuple[bool, float, list[Fragment]] | None = None
        for row in (row for at in range(band - reach, band + reach + 1) for row in near.get(at, ())):
            if not _in_line(row, fragment):
                continue
            apart = fragment.size > _SMALL * row[0].size or not _beside(row, fragment)
            found = apart, abs(row[0].baseline - fragment.baseline), row
            if best is None or found[:2] < best[:2]:
                best = found
        if best is not None:
            best[2].append(fragment)
        else:
            grouped.append([fragment])
            near.setdefault(band, []).append(grouped[-1])
    grouped.sort(key=lambda row: row[0].baseline)
    return [sorted(row, key=lambda fragment: fragment.left) for row in grouped]


def _space_between(left: str, right: str, gap: float) -> bool:
    """Whether a gap, in font sizes, stands for a space."""
    if left.endswith((" ", _FULL_SPACE)) or right.startswith((" ", _FULL_SPACE, *_OF_NUMBERS)):
        return False
    wide = wide_side(left, end=True), wide_side(right, end=False)
    if all(wide):
        return gap > _WIDE_SPACE_GAP
    return gap > (_MIXED_SPACE_GAP if any(wide) else _SPACE_GAP)


def _is_spread(found: Sequence[Piece]) -> bool:
    """Whether pieces are the characters of a title that is set with space between them."""
    near = all(b.left - a.right <= _WIDEST_SPREAD * b.size for a, b in pairwise(found))
    return len(found) > 1 and near and all(map(_single_wide, found))


def _single_wide(piece: Piece) -> bool:
    return len(piece.text) == 1 and is_wide(piece.text)


class _Run:
    """A piece in the making."""

    def __init__(self, fragment: Fragment) -> None:
        self.text = fragment.text
        self.left, self.right, self.head = fragment.left, fragment.right, fragment.head
        self.weight = fragment.weight
        self._characters: Counter[tuple[float, float]] = Counter()
        self._most, self.size, self._baseline = 0, 0.0, 0.0  # of most of the text
        self._count(fragment)

    def _count(self, fragment: Fragment) -> None:
        face = fragment.size, fragment.baseline
        self._characters[face] += len(fragment.text)
        if self._characters[face] >= self._most:
            self._most, (self.size, self._baseline) = self._characters[face], face

    def distance(self, fragment: Fragment, spread: float = 0.0) -> float:
        """The gap before the next fragment in font sizes, less what is put between any two letters (in points)."""
        gap = (fragment.left - self.right - spread) / max(fragment.size, self.size)
        if self.text.endswith(_FULL_SPACE) or fragment.text.startswith(_FULL_SPACE):
            return gap - 1.0
        if (self.text.endswith(" ") or fragment.text.startswith(" ")) and gap > _SPACE_GAP:
            return max(gap - _WIDENED, _SPACE_GAP)  # a space that was widened to fill the line
        return gap

    def is_printed_over(self, fragment: Fragment) -> bool:
        """Whether a fragment is the end of this text once more, set off by a little to look bold."""
        near = min(_OVERPRINT * fragment.size, _OVERPRINT_WIDTH * (fragment.right - fragment.left))
        return (
            self.text.strip().endswith(fragment.text.strip())
            and abs(self.right - fragment.right) <= near
            and fragment.left >= self.left - near
        )

    def add(self, fragment: Fragment, spread: float = 0.0) -> None:
        """Put a fragment behind what is there."""
        space = " " if _space_between(self.text, fragment.text, self.distance(fragment, spread)) else ""
        if not space and _ONE_WORD.fullmatch(self.text) and not wide_side(fragment.text, end=False):
            self.head = fragment.left + fragment.head - self.left  # the first word goes on
        self.text += space + fragment.text
        self.left, self.right = min(self.left, fragment.left), max(self.right, fragment.right)
        self.weight = min(self.weight, fragment.weight)
        self._count(fragment)

    def add_blank(self, text: str) -> None:
        """A blank only tells of a space; where it ends says nothing of the text."""
        if not self.text.endswith((" ", _FULL_SPACE)):
            self.text += _FULL_SPACE if _FULL_SPACE in text else " "

    def piece(self) -> Piece:
        """What was put together. White space at the ends and runs of spaces are layout."""
        text = re.sub(r" {2,}", " ", self.text).strip(" " + _FULL_SPACE)
        return Piece(text, self.left, self.right, self._baseline, self.size, self.weight, self.head)


def _even_gaps(row: Sequence[Fragment]) -> set[int]:
    """Of the fragments of a line, those before which a space was widened so that the line is filled.

    Several gaps in turn are then as wide as each other, and the file holds the spaces.
    """
    found: set[int] = set()
    turn: list[int] = []
    for at in range(1, len(row) + 1):
        width = _widened(row[at - 1], row[at]) if at < len(row) else None
        begun = _widened(row[turn[-1] - 1], row[turn[-1]]) if turn else None
        if width is not None and (begun is None or abs(width - begun) <= _EVEN):
            turn.append(at)
            continue
        if len(turn) >= _LEAST_EVEN:
            found.update(turn)
        turn = [at] if width is not None else []
    return found


def _widened(left: Fragment, right: Fragment) -> float | None:
    """The gap between two fragments in font sizes, where it may be a widened space."""
    width = (right.left - left.right) / right.size
    spaced = left.text.endswith(" ") or right.text.startswith(" ")
    return width if spaced and left.size == right.size and 0 < width <= _WIDEST_EVEN else None


def _letter_spaces(row: Sequence[Fragment]) -> dict[int, float]:
    """The space in points that is put between letters, of fragments that are letters of a spread word but its first."""
    found: dict[int, float] = {}
    turn: list[int] = []

    def finished() -> None:
        gaps = sorted(row[b].left - row[a].right for a, b in pairwise(turn))
        usual = gaps[len(gaps) // 2] if len(gaps) >= _LEAST_LETTERS else 0.0
        if usual >= _LEAST_SPREAD * row[turn[0]].size and any(row[at].text.strip().isalpha() for at in turn):
            found.update(dict.fromkeys(turn[1:], usual))

    for at, fragment in enumerate(row):
        text = fragment.text.strip()
        if not text:
            continue
        letter = len(text) <= _LETTER and not (len(text) > 1 and is_wide(text[0]))
        near = bool(turn) and fragment.left - row[turn[-1]].right <= _WIDEST_LETTER_SPACE * fragment.size
        if turn and not (letter and near):
            finished()
            turn = []
        turn += [at] if letter else []
    if turn:
        finished()
    return found


def _begins_column(last: _Run, fragment: Fragment, starts: Collection[float]) -> bool:
    """Whether a fragment stands apart from the one before it and begins where a column begins."""
    apart = last.distance(fragment) >= _COLUMN_GAP
    return apart and any(abs(fragment.left - start) <= _AT_START for start in starts)


def pieces(row: Sequence[Fragment], gap: float = PIECE_GAP, starts: Collection[float] = ()) -> list[Piece]:
    """The fragments of one line as pieces with no gap of ``gap`` font sizes in them.

    Where a column is known to begin, at one of ``starts``, a smaller gap will do.

    The number of a paragraph goes with its text however far apart they stand; a title that is set with space between
    its characters is one piece; text printed twice to look bold is there once.
    """
    runs: list[_Run] = []
    even, spread = _even_gaps(row), _letter_spaces(row)
    for at, fragment in enumerate(row):
        last = runs[-1] if runs else None
        if not fragment.text.strip():
            if last:
                last.add_blank(fragment.text)
        elif last is None:
            runs.append(_Run(fragment))
        elif last.is_printed_over(fragment):
            last.weight = max(last.weight, 2)
        elif (last.distance(fragment, spread.get(at, 0.0)) >= gap and at not in even) or _begins_column(
            last, fragment, starts
        ):
            runs.append(_Run(fragment))
        else:
            last.add(fragment, spread.get(at, 0.0))
    found = [run.piece() for run in runs]
    if _is_spread(found):
        return [_one(found, "")]
    if (
        len(found) > 1
        and _LABEL.fullmatch(found[0].text)
        and found[1].left - found[0].right <= _LONGEST_LABEL_GAP * found[0].size
    ):
        return [_one(found[:2], " "), *found[2:]]
    return found


def _one(several: Sequence[Piece], between: str) -> Piece:
    main = max(several, key=lambda piece: len(piece.text))
    return Piece(
        between.join(piece.text for piece in several),
        several[0].left,
        several[-1].right,
        main.baseline,
        main.size,
        min(piece.weight for piece in several),
        several[0].head,
    )
