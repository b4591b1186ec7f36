"""Footnotes of a PDF: the small raised number in the text, and the one before the note at the foot of the page.

Both are written ``[1]``, as the other readers write them: left as it is, a mark would run into the word or the number
before it ("500" with note 1 is not 5001). Other raised figures, as in m² and 10⁶, stay raised.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from documents.readers.clean import raised
from documents.readers.pdf_lines import is_raised, rows
from documents.readers.pdf_marks import Fragment, Sheet

MOST_MARKS = 500
"""Small figures on one page above which they are a table or a formula, and none is taken for a mark."""

_NUMBER = re.compile(r"\s*[\[(（〔]?(\d{1,3})[\])）〕]?[.．]?\s*")
_NUMBER_FIRST = re.compile(r"\s*(\d{1,3})[.．)）]?\s+(?=\S)")
_UNIT = re.compile(r"(?:\d\s?(?:[kcdm]?m|ft|in|s)|(?:^|[\s(（/·])[kcd]?m)\s*$")
_SMALL_PRINT = 0.89  # times the size of the text: the print of notes
_BESIDE = 1.5  # font sizes between the number of a note and its text


class _Mark(NamedTuple):
    """A figure that may be the mark of a note: the fragment, what it says, and the text it stands beside."""

    fragment: Fragment
    number: str
    beside: Fragment
    first: bool


def _usual_size(sheets: Sequence[Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for fragment in sheet.fragments:
            sizes[round(fragment.size * 2) / 2] += len(fragment.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _marks(row: Sequence[Fragment], usual: float) -> list[_Mark]:
    """The figures of a line that may be marks: raised ones, and the number before small print."""
    found = []
    shown = [fragment for fragment in row if fragment.text.strip()]
    for at, fragment in enumerate(shown):
        match = _NUMBER.fullmatch(fragment.text)
        if not match:
            continue
        before = shown[at - 1] if at else None
        behind = shown[at + 1] if at + 1 < len(shown) else None
        apart = before is None or fragment.left - before.right > before.size  # the first of its column
        if before and not apart and is_raised(fragment, before):
            found.append(_Mark(fragment, match[1], before, first=False))
        elif apart and behind and _opens_note(fragment, behind, usual):
            found.append(_Mark(fragment, match[1], behind, first=True))
    return found


def _opens_note(number: Fragment, text: Fragment, usual: float) -> bool:
    near = text.left - number.right <= _BESIDE * text.size
    return near and (is_raised(number, text) or text.size <= _SMALL_PRINT * usual)


def _opening(row: Sequence[Fragment], usual: float) -> tuple[Fragment, str] | None:
    """The first fragment of a line of small print that begins with a number in the same face."""
    first = next((fragment for fragment in row if fragment.text.strip()), None)
    match = _NUMBER_FIRST.match(first.text) if first and first.size <= _SMALL_PRINT * usual else None
    return (first, match[1]) if first and match else None


def _is_note(mark: _Mark, notes: frozenset[str]) -> bool:
    return mark.number in notes and not (_UNIT.search(mark.beside.text) and mark.number in {"2", "3"})


def _written(mark: _Mark, notes: frozenset[str]) -> Fragment:
    """The fragment with its mark in brackets, or with raised figures, on the line and in the size of what is beside."""
    fragment, _, beside, first = mark
    text = raised(fragment.text)
    if first or _is_note(mark, notes) or text == fragment.text:
        text = f"[{mark.number}]{' ' if first else ''}"
    return fragment._replace(text=text, baseline=beside.baseline, size=beside.size, weight=beside.weight)


def _marked(sheet: Sheet, usual: float) -> Sheet:
    lines = rows(sheet.fragments)
    marks = [mark for row in lines for mark in _marks(row, usual)]
    if not marks or len(marks) > MOST_MARKS:
        return sheet
    pointed = {mark.number for mark in marks if not mark.first}
    opened = {mark.number for mark in marks if mark.first}
    changed: dict[int, Fragment] = {}
    for row in lines:
        opening = _opening(row, usual)
        if opening and opening[1] in pointed - opened:
            fragment, number = opening
            opened.add(number)
            changed[id(fragment)] = fragment._replace(text=_NUMBER_FIRST.sub(f"[{number}] ", fragment.text, count=1))
    notes = frozenset(opened)
    for mark in marks:
        if not mark.first or mark.number in pointed or is_raised(mark.fragment, mark.beside):
            changed[id(mark.fragment)] = _written(mark, notes)
    return sheet._replace(fragments=tuple(changed.get(id(fragment), fragment) for fragment in sheet.fragments))


def marked(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages with the marks of their notes in brackets."""
    usual = _usual_size(sheets)
    return [
        _marked(sheet, usual) if any(_NUMBER.fullmatch(fragment.text) for fragment in sheet.fragments) else sheet
        for sheet in sheets
    ]
