"""Lines within their column: where it begins and ends, how a line is set in it, and whether it is full."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from documents.readers.pdf_marks import Line
from documents.readers.pdf_words import is_wide, wide_side

ALIGNED = 0.6
"""Font sizes within which lines begin at the same place."""
NEVER_FIRST = "，。；：、！？）》」』】〕"
"""Marks of Chinese type that no line begins with."""
CLOSING = NEVER_FIRST + "”’…％,.;:!?)"
"""Marks that belong to the word before them."""

_OTHER_SIZE = 0.08  # share by which font sizes differ that are not the same
_SPACE, _SLACK, _WIDE_SLACK = 0.25, 0.1, 0.9  # font sizes: a space, and what a full line may leave over
_CENTRED = 1.2  # font sizes within which the middle of a line is the middle of its column
_LEAST_ENDS = 3  # lines that end at the same point where text is set flush
_OUTLIERS = 0.02  # share of lines that may stand out over the edges of their column
_FLUSH = 0.2  # share of lines that end at the same point where text is set flush
_LEAST_FOR_SIDE = 12  # lines on left and right pages each, for edges of their own
_SAME_WIDTH = 20.0  # points: pages whose widths differ by less are alike
_FAR_IN = 0.3  # of the width of the column: lines that begin further in and reach its end are set against it
_OPENED = re.compile(r"([（《「『【〔〈]+)([A-Za-z\d]*)")
_LETTER = 0.5  # font sizes of a letter or a digit beside Chinese type
# The full stop of a number ("；5.") or of a shortened word ends nothing.
_ENDED = re.compile(
    r"(?:[。;；:：!！?？]|(?<!\d)(?<!\bNo)(?<!\bNos)(?<!\bArt)\.|(?<=\d\d\d)\.|(?<=[A-Za-z%] \d)\.|"
    r"(?<=[A-Za-z%] \d\d)\.)[\"”’」』)）】\]]*$"
)


def _right_edge(lines: Sequence[Line]) -> float:
    """Where lines end: where many of them do to the point, or else the furthest, but for a few that stand out.

    Lines that end with a full-width mark tell nothing: the mark may hang over the edge.
    """
    rights = [line.right for line in lines if line.text[-1] not in NEVER_FIRST] or [line.right for line in lines]
    common, count = Counter(map(round, rights)).most_common(1)[0]
    furthest = sorted(rights)[-1 - int(len(rights) * _OUTLIERS)]
    if count >= max(_LEAST_ENDS, _FLUSH * len(rights)):
        return max(right for right in rights if round(right) == common)
    return furthest


def framed(lines: Sequence[Line], widths: dict[int, float]) -> list[Line]:
    """Lines with the edges of their columns, which all pages of one width share; books may have two margins."""

    def key(line: Line, side: int | None) -> tuple[str, int, int | None]:
        return line.slot, round(widths.get(line.page, 0.0) / _SAME_WIDTH), side

    groups: dict[tuple[str, int, int | None], list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line, None)].append(line)
        groups[key(line, line.page % 2)].append(line)
    edges = {}
    for name, members in groups.items():
        lefts = sorted(line.left for line in members)
        edges[name] = lefts[int(len(members) * _OUTLIERS)], _right_edge(members)
    found = []
    for line in lines:
        sides = [groups.get(key(line, side), []) for side in (0, 1)]
        own = min(map(len, sides)) >= _LEAST_FOR_SIDE
        start, end = edges[key(line, line.page % 2 if own else None)]
        found.append(line._replace(start=start, end=end))
    return found


def same_size(a: float, b: float) -> bool:
    """Whether two font sizes are the same but for rounding."""
    return abs(a - b) <= _OTHER_SIZE * max(a, b)


def room_for(line: Line) -> float:
    """Points that the first word of a line would have needed on the line before it."""
    piece = line.pieces[0]
    if opened := _OPENED.match(piece.text):
        # An opening mark may not end a line, so it goes with what it opens.
        return piece.size * (opened.end(1) + (_LETTER * len(opened[2]) if opened[2] else 1.0))
    rest = piece.text[1:2]
    if is_wide(piece.text[:1]) and rest and rest in CLOSING:
        # A closing mark may not begin a line, so it takes the character before it along.
        return piece.head + piece.size
    return piece.head


def is_full(line: Line, following: Line, *, centred: bool = False) -> bool:
    """Whether a line had no room for the first word of the one that follows; a centred line leaves it on both sides."""
    wide = wide_side(line.text, end=True) or wide_side(following.text, end=False)
    space = (_WIDE_SLACK if wide else _SPACE + _SLACK) * line.size
    behind = line.end - line.right + (line.left - line.start if centred else 0.0)
    return behind < room_for(following) + space


def set_in(line: Line) -> float:
    """How far a line is set in, in font sizes."""
    return (line.left - line.start) / line.size


def is_centred(line: Line) -> bool:
    """Whether a line stands in the middle of its column, with space on both sides."""
    before, behind = line.left - line.start, line.end - line.right
    return min(before, behind) > line.size and abs(before - behind) <= 2 * _CENTRED * line.size


def fills(line: Line) -> bool:
    """Whether a line reaches from one edge of its column to the other."""
    return max(line.left - line.start, line.end - line.right) <= line.size


def is_flush_right(line: Line) -> bool:
    """Whether a line is set against the right edge, as who signs a document and when."""
    return line.end - line.right <= ALIGNED * line.size and line.left - line.start > _FAR_IN * (line.end - line.start)


def adjoin(first: Line, second: Line) -> bool:
    """Whether the second of two lines stands right under the first, on the same page and in the same column."""
    return (first.page, first.run) == (second.page, second.run)


def ends_sentence(line: Line) -> bool:
    """Whether a line ends with the mark that ends a sentence or introduces a list."""
    return bool(_ENDED.search(line.text))
