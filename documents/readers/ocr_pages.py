"""Which pages of a PDF are pictures of text, and the document with those pages as they were recognised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from documents.readers.ocr_sheets import evened
from documents.readers.pdf_marks import Sheet

_SCANNED = 0.25  # share of a page that pictures cover, if there is no text on it
_STAMPED, _STAMP = 0.5, 30  # the same for a page with so few characters: a stamp or a number on a scan
_COVERED, _SPARSE = 0.9, 150  # the same for a page that may hold no more than a line printed over the scan
_FEW_TIMES = 2  # times the text of such a page that a picture must show to stand for it
_UNREADABLE = 0.3  # share of characters without text above which a page cannot be used
_DIGITS = re.compile(r"[\d\s]+")


class Standing(NamedTuple):
    """The numbers of pages: pictures, those whose fonts do not say what they show, and those that can be read.

    ``sparse`` are those of the last that are covered by a picture and hold little text.
    """

    scanned: tuple[int, ...]
    unreadable: tuple[int, ...]
    usable: tuple[int, ...]
    sparse: tuple[int, ...]


def characters(sheet: Sheet) -> int:
    """The number of characters on a page."""
    return sum(len(fragment.text.strip()) for fragment in sheet.fragments)


def _is_scanned(sheet: Sheet) -> bool:
    count = characters(sheet)
    return sheet.pictured >= (_STAMPED if count else _SCANNED) and count < _STAMP


def _is_sparse(sheet: Sheet) -> bool:
    return sheet.pictured >= _COVERED and 0 < characters(sheet) < _SPARSE


def _is_unreadable(sheet: Sheet) -> bool:
    return sheet.unreadable > _UNREADABLE * max(characters(sheet), 1)


def _overprint(sheet: Sheet) -> str:
    """What a page says but for its numbers, which is alike where a library prints a line over every scan."""
    return _DIGITS.sub("", "".join(fragment.text for fragment in sheet.fragments))


def standing(sheets: Sequence[Sheet]) -> Standing:
    """Which pages can be read as they are."""
    unreadable = [sheet.number for sheet in sheets if _is_unreadable(sheet)]
    sparse = [sheet for sheet in sheets if _is_sparse(sheet)]
    said = Counter(_overprint(sheet) for sheet in sparse)
    overprinted = {sheet.number for sheet in sparse if said[_overprint(sheet)] > 1}
    scanned = [sheet.number for sheet in sheets if _is_scanned(sheet) or sheet.number in overprinted]
    unusable = {*unreadable, *scanned}
    usable = [sheet.number for sheet in sheets if sheet.fragments and sheet.number not in unusable]
    doubtful = [sheet.number for sheet in sparse if sheet.number not in unusable]
    return Standing(tuple(scanned), tuple(unreadable), tuple(usable), tuple(doubtful))


def _usual_size(sheets: Iterable[Sheet]) -> float | None:
    """The font size of most text."""
    weights: dict[float, int] = {}
    for fragment in (fragment for sheet in sheets for fragment in sheet.fragments):
        weights[fragment.size] = weights.get(fragment.size, 0) + len(fragment.text)
    return max(weights, key=lambda size: weights[size], default=None)


def with_recognised(
    sheets: Sequence[Sheet], recognised: Sequence[Sheet], found: Standing
) -> tuple[tuple[Sheet, ...], tuple[int, ...]]:
    """The pages, each that was recognised in its place, and the numbers of those.

    A page keeps its own text where the recognition sees hardly more: then it is a drawing with a few words.
    """
    own_text = {sheet.number: characters(sheet) for sheet in sheets if sheet.number not in found.unreadable}

    def says_more(sheet: Sheet) -> bool:
        times = _FEW_TIMES if sheet.number in found.sparse else 1
        return characters(sheet) > times * own_text.get(sheet.number, 0)

    better = [sheet for sheet in recognised if says_more(sheet)]
    numbers = {sheet.number for sheet in better}
    own = [sheet for sheet in sheets if sheet.number not in numbers]
    usual = _usual_size(sheet for sheet in own if sheet.number not in found.unreadable)
    merged = sorted([*own, *evened(better, usual)], key=lambda sheet: sheet.number)
    return tuple(merged), tuple(sorted(numbers))
