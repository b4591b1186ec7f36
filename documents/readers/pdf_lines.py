"""Fragments on a page as lines: what stands on one baseline, with spaces where there are gaps."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from documents.readers.pdf_marks import Fragment, Piece
from documents.readers.pdf_words import WIDE, is_wide, wide_side

PIECE_GAP = 1.0
"""Gap between two pieces of a line, in font sizes."""

_SAME_LINE = 0.4  # of the font size: baselines closer than this are one line
_FULL_SPACE = "\u3000"
_BAND = 4.0  # points of height in which groups are looked up together
_SPACE_GAP = 0.17  # of the font size: a gap between letters that is a space
_WIDE_SPACE_GAP = 0.7  # the same between Chinese characters, which are spread to fill a line
_MIXED_SPACE_GAP = 0.5  # the same between a Chinese character and a letter
_OVERPRINT = 0.25  # of the font size: the same text set off by less is printed twice to look bold
_ONE_WORD = re.compile(rf"[^\s{WIDE}]+")
_LABEL = re.compile(
    r"(?:[•·●○■□◆◇▪‣–—*➢✓-]|[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)）、．]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|"
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十百零〇\d]+[编章节条款]|"
    r"(?:Article|Section|Chapter|Part|Annex|ARTICLE|SECTION|CHAPTER|PART|ANNEX)\s+[\dIVXLC]+[.:]?)"
)
_LONGEST_LABEL_GAP = 6.0  # font sizes between the number of a paragraph and its text


def rows(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Group fragments by baseline from top to bottom, each group from left to right."""
    # Large text first: small raised or lowered signs join the line that they belong to.
    by_size = sorted(fragments, key=lambda fragment: (-round(fragment.size), fragment.baseline))
    grouped: list[list[Fragment]] = []
    near: dict[int, list[list[Fragment]]] = {}  # the same groups by height, to find them quickly
    for fragment in by_size:
        reach = math.ceil(_SAME_LINE * max(by_size[0].size, fragment.size) / _BAND)
        band = int(fragment.baseline // _BAND)
        best: list[Fragment] | None = None
        best_distance = math.inf
        for row in (row for at in range(band - reach, band + reach + 1) for row in near.get(at, ())):
            distance = abs(row[0].baseline - fragment.baseline)
            if distance <= _SAME_LINE * max(row[0].size, fragment.size) and distance < best_distance:
                best, best_distance = row, distance
        if best is not None:
            best.append(fragment)
        else:
            grouped.append([fragment])
            near.setdefault(band, []).append(grouped[-1])
    grouped.sort(key=lambda row: row[0].baseline)
    return [sorted(row, key=lambda fragment: fragment.left) for row in grouped]


def _space_between(left: str, right: str, gap: float) -> bool:
    """Whether a gap, in font sizes, stands for a space."""
    if left.endswith((" ", _FULL_SPACE)) or right.startswith((" ", _FULL_SPACE)):
        return False
    wide = wide_side(left, end=True), wide_side(right, end=False)
    if all(wide):
        return gap > _WIDE_SPACE_GAP
    return gap > (_MIXED_SPACE_GAP if any(wide) else _SPACE_GAP)


def _single_wide(piece: Piece) -> bool:
    return len(piece.text) == 1 and is_wide(piece.text)


def pieces(row: Sequence[Fragment], gap: float = PIECE_GAP) -> list[Piece]:
    """The fragments of one line as pieces with no gap of ``gap`` font sizes in them.

    The number of a paragraph goes with its text however far apart they stand; a title that is set with space between
    its characters is one piece; text printed twice to look bold is there once.
    """
    found: list[Piece] = []
    for fragment in row:
        text = fragment.text
        if not text.strip():
            # A blank only tells of a space; where it ends says nothing of the text.
            if found and not found[-1].text.endswith((" ", _FULL_SPACE)):
                blank = _FULL_SPACE if _FULL_SPACE in text else " "
                found[-1] = found[-1]._replace(text=found[-1].text + blank)
            continue
        last = found[-1] if found else None
        size = max(fragment.size, last.size) if last else fragment.size
        if last and last.text.strip().endswith(text.strip()) and _overprinted(last, fragment):
            found[-1] = last._replace(weight=2)
            continue
        distance = (fragment.left - last.right) / size if last else 0.0
        if last and (last.text.endswith(_FULL_SPACE) or text.startswith(_FULL_SPACE)):
            distance -= 1.0  # a space that was written, not left
        if last is None or distance >= gap:
            found.append(
                Piece(
                    text,
                    fragment.left,
                    fragment.right,
                    fragment.baseline,
                    fragment.size,
                    fragment.weight,
                    fragment.head,
                )
            )
            continue
        main = last if len(last.text) >= len(text) else fragment
        space = " " if _space_between(last.text, text, distance) else ""
        found[-1] = Piece(
            last.text + space + text,
            min(last.left, fragment.left),
            max(last.right, fragment.right),
            main.baseline,
            main.size,
            min(last.weight, fragment.weight),
            _head(last, fragment, space),
        )
    found = [piece._replace(text=_tidy(piece.text)) for piece in found]
    if len(found) > 1 and all(map(_single_wide, found)):
        return [_one(found, "")]
    if (
        len(found) > 1
        and _LABEL.fullmatch(found[0].text)
        and found[1].left - found[0].right <= _LONGEST_LABEL_GAP * found[0].size
    ):
        return [_one(found[:2], " "), *found[2:]]
    return found


def _head(last: Piece, fragment: Fragment, space: str) -> float:
    """The width of the first word, which may go on in the next fragment."""
    if space or not _ONE_WORD.fullmatch(last.text) or wide_side(fragment.text, end=False):
        return last.head
    return fragment.left + fragment.head - last.left


def _overprinted(last: Piece, fragment: Fragment) -> bool:
    near = _OVERPRINT * fragment.size
    return abs(last.right - fragment.right) <= near and fragment.left >= last.left - near


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


def _tidy(text: str) -> str:
    """White space at the ends and runs of spaces are layout; a full-width space within is text."""
    return re.sub(r" {2,}", " ", text).strip(" \u3000")
