"""Headers, footers and page numbers: lines that stand at the edge of page after page and say the same but for digits.

They are taken away from the edge inwards: a line goes only if all beyond it goes, so that nothing within the text is
lost because it happens to be repeated.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from documents.readers.pdf_words import is_note

EDGE = 0.14
"""Share of the height of a page, at the top and at the bottom, in which headers and footers stand."""
LEAST_PAGES = 3
"""Pages on which a line must be repeated; both pages of a document of two."""
LEAST_SHARE = 0.4
"""Share of all pages that a line must be repeated on, or of all pages of its side (left or right) in a book."""

_DEEPEST = 4  # lines at either edge that may be headers or footers
_SAME_PLACE = 4.0  # points of height within which two lines stand at the same place
_HAN = "一二三四五六七八九十百零〇"
_APART = 18.0  # points between a running title and the text
_LEAST_RUNNING = 0.3  # share of pages with a running title that changes
_DIGITS = re.compile(rf"\d+|(?<=第)[{_HAN}]+(?=页)")
_BLANKS = re.compile(r"\s+")
_DASH = r"[-–—－―~·•]{1,3}"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}\d{{1,4}}{_DASH}|第[{_HAN}\d]{{1,5}}页(?:[,，/／;；]?共[{_HAN}\d]{{1,5}}页)?|"
    rf"共\d{{1,4}}页[,，/／]?第\d{{1,4}}页|(?:Page|PAGE|page|p\.|P\.)\d{{1,4}}(?:(?:of|/)\d{{1,4}})?|\d{{1,4}}of\d{{1,4}}"
)
_BARE_NUMBER = re.compile(r"(\d{1,4})(?:[/／](\d{1,4}))?|([ivxlc]{1,7})")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Edge(NamedTuple):
    """A line near the edge of a page: which page, which line of it, how high, what it says, and the space within."""

    page: int
    row: int
    baseline: float
    text: str
    space: float


class PageLines(NamedTuple):
    """The lines of a page from top to bottom: number and height of the page, and row, baseline and text of each.

    ``fixed`` names rows that are certainly text: those of tables.
    """

    page: int
    height: float
    lines: tuple[tuple[int, float, str], ...]
    fixed: frozenset[int] = frozenset()


def _key(text: str) -> str:
    return _DIGITS.sub("#", _BLANKS.sub("", text))


def is_page_number(text: str) -> bool:
    """Whether a line says that it is the number of a page."""
    return bool(_PAGE_NUMBER.fullmatch(_BLANKS.sub("", text)))


def _value(text: str) -> int | None:
    match = _BARE_NUMBER.fullmatch(_BLANKS.sub("", text))
    if not match:
        return None
    if match[1]:
        return int(match[1])
    digits = [_ROMAN[letter] for letter in match[3]]
    return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))


def _edges(pages: Sequence[PageLines], *, bottom: bool) -> list[list[Edge]]:
    """For each page its lines near one edge, from the edge inwards."""
    found = []
    for page in pages:
        lines = list(reversed(page.lines)) if bottom else list(page.lines)
        edges: list[Edge] = []
        for (row, baseline, text), within in zip_longest(lines, lines[1:]):
            inside = baseline > (1 - EDGE) * page.height if bottom else baseline < EDGE * page.height
            if not inside or row in page.fixed or is_note(text) or len(edges) == _DEEPEST:
                break
            space = abs(within[1] - baseline) if within else page.height
            edges.append(Edge(page.page, row, baseline, text, space))
        found.append(edges)
    return found


def _at_one_place(edges: Sequence[Edge]) -> Iterator[tuple[Edge, tuple[int, int]]]:
    """Each line, with how many even and how many odd pages have one of them at its place."""
    ordered = sorted(edges, key=lambda edge: edge.baseline)
    pages: Counter[int] = Counter()
    sides = [0, 0]
    first = last = 0
    # The lines at one place are a stretch of those in order, whose ends only ever move down.
    for edge in ordered:
        while last < len(ordered) and ordered[last].baseline - edge.baseline <= _SAME_PLACE:
            page = ordered[last].page
            sides[page % 2] += not pages[page]
            pages[page] += 1
            last += 1
        while edge.baseline - ordered[first].baseline > _SAME_PLACE:
            page = ordered[first].page
            pages[page] -= 1
            sides[page % 2] -= not pages[page]
            first += 1
        yield edge, (sides[0], sides[1])


def _repeated(edges: Sequence[Sequence[Edge]], pages: int) -> set[tuple[int, int]]:
    """Page and row of lines that are repeated at the same place."""
    places: dict[str, list[Edge]] = defaultdict(list)
    for edge in (edge for page in edges for edge in page):
        if _value(edge.text) is None:  # numbers alone must count the pages
            places[_key(edge.text)].append(edge)
    found = set()
    for same in places.values():
        for edge, sides in _at_one_place(same):
            count, side = sum(sides), sides[edge.page % 2]
            of_side = (pages + edge.page % 2) // 2
            often = count >= LEAST_PAGES and (count >= LEAST_SHARE * pages or side >= 2 * LEAST_SHARE * of_side)
            if often or (count == pages == 2):
                found.add((edge.page, edge.row))
    return found


def _running(edges: Sequence[Sequence[Edge]], pages: int) -> set[tuple[int, int]]:
    """Page and row of lines that change from chapter to chapter, but begin or end with the number of the page."""
    offsets: dict[int, list[Edge]] = defaultdict(list)
    for page in edges:
        for edge in page[:1]:
            words = edge.text.split()
            if edge.space >= _APART and len(words) > 1:
                for value in {int(word) for word in (words[0], words[-1]) if word.isdecimal() and len(word) <= 4}:
                    offsets[value - edge.page].append(edge)
    found = set()
    for same in offsets.values():
        for edge, sides in _at_one_place(same):
            if sum(sides) >= max(LEAST_PAGES, _LEAST_RUNNING * pages):
                found.add((edge.page, edge.row))
    return found


def _numbered(edges: Sequence[Sequence[Edge]], pages: int) -> set[tuple[int, int]]:
    """Page and row of bare numbers at the edge that grow by one from page to page."""
    offsets: dict[int, list[Edge]] = defaultdict(list)
    for edge in (edge for page in edges for edge in page):
        value = _value(edge.text)
        if value is not None:
            offsets[value - edge.page].append(edge)
    found = set()
    for same in offsets.values():
        often = len({edge.page for edge in same}) >= 2 or (pages == 1 and _value(same[0].text) == 1)
        if often:
            found |= {(edge.page, edge.row) for edge in same}
    return found


def furniture(pages: Sequence[PageLines], *, measured: bool = True) -> set[tuple[int, int]]:
    """Page and row of every header, footer and page number.

    ``measured`` says that the heights are true: then space tells a title that changes from chapter to chapter.
    """
    dropped: set[tuple[int, int]] = set()
    for bottom in (False, True):
        edges = _edges(pages, bottom=bottom)
        count = len(pages)
        known = _repeated(edges, count) | _numbered(edges, count)
        known |= _running(edges, count) if measured else set()
        for page in edges:
            for edge in page:
                if (edge.page, edge.row) not in known and not is_page_number(edge.text):
                    break
                dropped.add((edge.page, edge.row))
    return dropped
