"""Paragraphs out of lines: which line goes on with the one before it.

What tells is, in this order: the face, the distance to the line above, indentation, the number a line begins with, and
whether the line before was full, that is had no room for the first word of this one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from documents.readers.pdf_edges import (
    ALIGNED,
    CLOSING,
    NEVER_FIRST,
    adjoin,
    ends_sentence,
    fills,
    is_centred,
    is_flush_right,
    is_full,
    same_size,
    set_in,
)  # fmt: skip
from documents.readers.pdf_facts import INDENT, Facts, has_room
from documents.readers.pdf_marks import Line, Table
from documents.readers.pdf_words import is_entry, is_note, is_wide, text_of
from documents.structure import is_date, label_of

_DEEPEST_HANG = 8.0  # font sizes by which the lines of a numbered paragraph may hang behind its number
_MOSTLY_FILLED = 0.6  # share of the column that a line fills which goes on in small letters
_LARGER = 1.08  # times the size of the text: larger lines are titles
_NOTE = 0.89  # times the size of the text: smaller lines at the foot of a page are notes
_BULLET = re.compile(r"^(?:[•·●○■□◆◇▪‣–—*➢✓-])\s*(?=\S)")
_OF_SENTENCES = re.compile(r"[。；;：:]|[)）]$")
_APPENDIX = re.compile(r"^(?:附件|附表|附录|附[:：]|(?:Annex|Appendix|Attachment|Schedule)(?:es)?\b[^.]{0,30}[:：])")


class Paragraph(NamedTuple):
    """Lines of one paragraph, and the place of the first of them in the document."""

    lines: tuple[Line, ...]
    place: int

    def text(self, known: Collection[str] = ()) -> str:
        """The lines as one text."""
        return text_of([line.text for line in self.lines], known)


# One line and the next


def _numbered(text: str) -> bool:
    return label_of(text) is not None or bool(_BULLET.match(text))


def _indentation_allows(lines: Sequence[Line], line: Line, facts: Facts, *, unfinished: bool) -> bool:
    """Whether a line begins where the next line of the paragraph has to begin.

    Two lines set in by as much are two paragraphs, or one that is set in as a whole: then the first is ``unfinished``.
    """
    offset = set_in(line)
    if len(lines) > 1:
        return abs(offset - set_in(lines[1])) <= ALIGNED
    further = offset - set_in(lines[0])
    if further > ALIGNED:
        return further <= _DEEPEST_HANG and _numbered(lines[0].text) and not _numbered(line.text)
    if further >= -ALIGNED:
        return unfinished or not (facts.indents and offset >= INDENT)
    return True


def _same_voice(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line in another weight goes on with a sentence, of which a part is stressed."""
    return line.text[0].islower() or any(earlier.weight == line.weight for earlier in lines)


def _is_heading(line: Line) -> bool:
    """Whether a numbered line is a heading by itself: it stays short and ends without a mark."""
    short = line.right - line.left < _MOSTLY_FILLED * (line.end - line.start)
    return short and line.text[-1] not in CLOSING


def _wraps(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line set against the right edge goes on with others that are."""
    if any(earlier.end - earlier.right > ALIGNED * earlier.size for earlier in lines):
        return False
    if not is_flush_right(lines[0]) and _OF_SENTENCES.search(lines[0].text):
        return False
    behind_first = all(map(is_flush_right, lines[1:]))
    return behind_first and adjoin(lines[-1], line) and is_full(lines[-1], line, centred=True)


def goes_on(lines: Sequence[Line], line: Line, facts: Facts) -> bool:
    """Whether a line belongs to the paragraph that the ``lines`` before it have begun."""
    last = lines[-1]
    if not same_size(last.size, line.size) or is_entry(last.text) or is_entry(line.text):
        return False
    together = adjoin(last, line)
    if together and facts.are_apart(last, line):
        return False
    ended = ends_sentence(last)
    full = is_full(last, line) and not (ended and not (together and facts.gaps) and has_room(last, line, facts))
    if last.weight != line.weight and not (full and not ended and _same_voice(lines, line)):
        return False
    if line.text[0] in NEVER_FIRST:
        return True
    begins = bool(label_of(line.text) or _APPENDIX.match(line.text) or is_date(line.text))
    if is_note(line.text):
        return False
    if is_date(line.text) and line.text[-1] not in ".。":
        return False
    if is_flush_right(line) and abs(line.left - last.left) > ALIGNED * line.size:
        return _wraps(lines, line) and not ended and not begins
    if line.size > _LARGER * facts.size and together and not ended and is_full(last, line, centred=True):
        return not _numbered(line.text)
    if line.size > _LARGER * facts.size and (is_centred(line) or (is_centred(last) and fills(line))):
        return together and not _numbered(line.text) and (is_centred(last) or full or is_full(last, line, centred=True))
    if is_centred(line) and abs(line.left - last.left) > ALIGNED * line.size and not ended and not begins:
        spread = is_centred(last) or last.left - last.start <= line.size
        if together and spread and is_full(last, line, centred=True):
            return True
    # Chinese text is not set in as a whole: there the second of two such lines is a paragraph of its own.
    unfinished = not ended and not begins and not is_wide(line.text[0]) and (full or line.text[0].islower())
    if not _indentation_allows(lines, line, facts, unfinished=unfinished) or _BULLET.match(line.text):
        return False
    shown_by_layout = (facts.indents and set_in(line) < INDENT) or (facts.gaps and together)
    if begins:
        # "in accordance with / Article 5 of": a number at the beginning of a line by chance.
        by_chance = not ended or (shown_by_layout and not _is_heading(line))
        return full and by_chance and line.weight <= facts.weight
    if full and ended and not together and facts.gaps and not facts.indents and facts.ends_full:
        return False
    if full and (facts.breaks or not ended):
        return True
    filled = last.right - last.left >= _MOSTLY_FILLED * (last.end - last.start)
    return filled and not ended and line.text[:1].islower()


# The whole document


def _notes(lines: Sequence[tuple[int, Line]], facts: Facts) -> set[int]:
    """Places of the small lines at the foot of a page or column, below text of the usual size."""
    found: set[int] = set()
    for at, (_, line) in enumerate(lines):
        is_last = at + 1 == len(lines) or not adjoin(line, lines[at + 1][1])
        if not is_last:
            continue
        back = at
        while back >= 0 and adjoin(lines[back][1], line) and lines[back][1].size <= _NOTE * facts.size:
            back -= 1
        if 0 <= back < at and adjoin(lines[back][1], line):
            found |= {lines[i][0] for i in range(back + 1, at + 1)}
    return found


def _grouped(entries: Iterable[tuple[int, Line | None]], facts: Facts) -> list[Paragraph]:
    found: list[tuple[int, list[Line]]] = []
    going_on = False
    for index, line in entries:
        if line is None:  # a table
            going_on = False
        elif going_on and goes_on(found[-1][1], line, facts):
            found[-1][1].append(line)
        else:
            found.append((index, [line]))
            going_on = True
    return [Paragraph(tuple(lines), index) for index, lines in found]


def paragraphs(stream: Sequence[Line | Table], facts: Facts) -> list[Paragraph | tuple[int, Table]]:
    """Paragraphs and tables (with their place) in reading order.

    Notes at the foot of a page do not part the paragraph that goes on on the next page; they come after it.
    """
    lines = [(index, entry) for index, entry in enumerate(stream) if isinstance(entry, Line)]
    notes = _notes(lines, facts)
    texts = [(i, e if isinstance(e, Line) else None) for i, e in enumerate(stream) if i not in notes]
    found: list[Paragraph | tuple[int, Table]] = [
        *_grouped(texts, facts),
        *_grouped(((i, line) for i, line in lines if i in notes), facts),
        *((i, entry) for i, entry in enumerate(stream) if isinstance(entry, Table)),
    ]
    return sorted(found, key=lambda entry: entry.place if isinstance(entry, Paragraph) else entry[0])
