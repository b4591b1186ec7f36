"""From lines of text recognised on a picture to a page as the PDF reader sees it. Nothing here knows of pictures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from documents.readers.pdf_marks import Fragment, Sheet
from documents.readers.pdf_words import WIDE, is_wide

_SIZE = 0.86  # of the height of the box that is found around a line: its font size
_WIDE, _NARROW = 1.0, 0.45  # of the font size: how wide a Chinese character is, and a letter in the middle of many
_LONG = 20  # letters of a line by which the width of letters on its page is told
_BASE = 0.35  # of the font size: how far the baseline lies below the middle of a line
_SLANTED_FROM = 5.0  # times its height: a line this wide shows how far the page is turned
_UPRIGHT = 1.5  # times its width: text this high runs from top to bottom
_SAME_SIZE = 1.14  # two sizes that differ by less are one, measured twice
_MOST_SLANTED = math.radians(15)
_PAIR = re.compile(r"[（(]([^（）()]*)[）)]")
# One that its partner on another line belongs to.
_SINGLE = re.compile(rf"(?<=[{WIDE}])(?:\((?=[^）)]*$)|\)(?=[{WIDE}]|$))")

_LOOSE = re.compile(rf"(?<=）)\s+(?=[{WIDE}])")
_STUCK = re.compile(r"^([A-Z][a-z]+ \d+)(?=[A-Z][a-z])")


class Seen(NamedTuple):
    """A line of text as it was recognised: its corners in pixels, clockwise from where the text begins at the top.

    ``score`` is how sure the recognition is of it, from 0 to 1.
    """

    text: str
    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    score: float

    @property
    def width(self) -> float:
        """Length of the upper edge."""
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        """Length of the edge before the text."""
        return math.dist(self.corners[0], self.corners[3])

    @property
    def upright(self) -> bool:
        """Whether the text seems to run from top to bottom."""
        return len(self.text) > 1 and self.height > _UPRIGHT * self.width


def sureness(seen: Iterable[Seen]) -> float:
    """How sure the recognition is of a page, from 0 to 1, every character counting the same."""
    weighted = [(line.score * len(line.text), len(line.text)) for line in seen]
    characters = sum(count for _, count in weighted)
    return sum(score for score, _ in weighted) / characters if characters else 0.0


def _slant(seen: Sequence[Seen]) -> float:
    """The angle, in radians, by which the lines of a page go down to the right."""
    angles = []
    for line in seen:
        if line.width >= _SLANTED_FROM * line.height:
            (x0, y0), (x1, y1) = line.corners[0], line.corners[1]
            (x3, y3), (x2, y2) = line.corners[3], line.corners[2]
            angle = math.atan2(y1 + y2 - y0 - y3, x1 + x2 - x0 - x3)
            if abs(angle) <= _MOST_SLANTED:
                angles.append(angle)
    return median(angles) if angles else 0.0


def _ems(text: str) -> float:
    """How wide a text is in font sizes, about."""
    return sum(_WIDE if is_wide(character) else _NARROW for character in text)


def _stretch(lines: Iterable[Seen]) -> float:
    """How much narrower the letters of a page are than letters are thought to be."""
    known = [
        line.height * _SIZE * _ems(line.text) / line.width
        for line in lines
        if len(line.text) >= _LONG and line.width and not any(map(is_wide, line.text))
    ]
    return median(known) if known else 1.0


def _size(line: Seen, stretch: float) -> float:
    """The font size of a line, in pixels.

    The height of the box around a line varies with its neighbours, and its width with its letters; what both allow
    is the size, so that no line becomes a heading by one of the two alone.
    """
    by_width = line.width / _ems(line.text)
    return max(1.0, min(line.height * _SIZE, by_width if any(map(is_wide, line.text)) else by_width * stretch))


def mended(text: str) -> str:
    """A line as it was written, where a picture does not tell.

    Brackets of one kind around and beside Chinese characters, without a space after them, as the two kinds look alike;
    and a space between the number at the beginning of a line and the word after it.
    """

    def pair(match: re.Match[str]) -> str:
        around = match.string[max(0, match.start() - 1) : match.end() + 1]
        wide = any(is_wide(character) for character in around)
        return f"（{match[1]}）" if wide else f"({match[1]})"

    one_kind = _SINGLE.sub(lambda match: "（" if match[0] == "(" else "）", _PAIR.sub(pair, text))
    return _STUCK.sub(r"\1 ", _LOOSE.sub("", one_kind))


def _head(text: str, width: float) -> float:
    """The width of the first word, or of the first Chinese character, as far as the whole width tells."""
    first = text[:1] if is_wide(text[0]) else text.split(maxsplit=1)[0]
    return width * _ems(first) / _ems(text)


def sheet_of(number: int, seen: Iterable[Seen], width: float, height: float, scale: float) -> Sheet:
    """A page of lines that were recognised on a picture of ``width`` by ``height`` pixels.

    ``scale`` is how many points a pixel is wide. A page that lies askew is set straight; text that runs from top to
    bottom is left out, as it is on other pages.
    """
    lines = [line for line in seen if line.text.strip() and not line.upright]
    slant, stretch = _slant(lines), _stretch(lines)
    cosine, sine = math.cos(slant), math.sin(slant)
    fragments = []
    for line in lines:
        straight = [
            (
                (x - width / 2) * cosine + (y - height / 2) * sine + width / 2,
                (y - height / 2) * cosine - (x - width / 2) * sine + height / 2,
            )
            for x, y in line.corners
        ]
        left, right = (straight[0][0] + straight[3][0]) / 2, (straight[1][0] + straight[2][0]) / 2
        middle = sum(y for _, y in straight) / 4
        size = _size(line, stretch)
        text = mended(line.text.strip())
        fragments.append(
            Fragment(
                text,
                left * scale,
                right * scale,
                (middle + _BASE * size) * scale,
                size * scale,
                head=_head(text, (right - left) * scale),
            )
        )
    return Sheet(number, width * scale, height * scale, tuple(fragments))


def evened(sheets: Sequence[Sheet], usual: float | None = None) -> tuple[Sheet, ...]:
    """The same pages with few font sizes: those that are alike become one, as they were before they were measured.

    ``usual`` is the size of most text on the other pages of the document, which that of most text here becomes where
    the two are alike.
    """
    weights: dict[float, int] = {}
    for fragment in (fragment for sheet in sheets for fragment in sheet.fragments):
        weights[fragment.size] = weights.get(fragment.size, 0) + len(fragment.text)
    named: dict[float, float] = {}
    left = dict(sorted(weights.items()))
    while left:
        # The size around which most text is, then of what is left the same.
        centre = max(left, key=lambda size: sum(n for s, n in left.items() if _alike(s, size)))
        near = [size for size in left if _alike(size, centre)]
        one = _middle({size: left[size] for size in near})
        if usual is not None and not named and _alike(one, usual):
            one = usual
        for size in near:
            named[size] = one
            del left[size]
    return tuple(
        sheet._replace(fragments=tuple(f._replace(size=named[f.size]) for f in sheet.fragments)) for sheet in sheets
    )


def _alike(first: float, second: float) -> bool:
    return max(first, second) <= _SAME_SIZE * min(first, second)


def _middle(weights: dict[float, int]) -> float:
    """The size in the middle of all characters; ``weights`` are in the order of their sizes."""
    half, count = sum(weights.values()) / 2, 0
    for size, weight in weights.items():
        count += weight
        if count >= half:
            return size
    return max(weights)
