"""Paragraphs out of lines: which line goes on with the one before it.

What tells is, in this order: the face, the distance to the line above, indentation, the number a line begins with, and
whether the line before was full, that is had no room for the first word of this one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from documents.readers.pdf_marks import Line, Table
from documents.readers.pdf_words import is_entry, is_wide, text_of, wide_side
from documents.structure import is_date, label_of

_OTHER_SIZE = 0.08  # share by which font sizes differ that are not the same
_APART = 1.28  # times the usual distance between lines: the distance between paragraphs
_SOMEWHAT_APART, _FEW = 1.04, 0.1  # the same at least, where nearly all show it; share of lines that do not
_USUAL_PITCH = 1.7  # font sizes from line to line, at most, where a document has too few lines to tell
_INDENT = 1.2  # font sizes by which a line that begins a paragraph is set in, at least
_ALIGNED = 0.6  # font sizes within which lines begin at the same place
_DEEPEST_HANG = 8.0  # font sizes by which the lines of a numbered paragraph may hang behind its number
_SPACE, _SLACK, _WIDE_SLACK = 0.25, 0.1, 0.9  # font sizes: a space, and what a full line may leave over
_MOSTLY_FILLED = 0.6  # share of the column that a line fills which goes on in small letters
_CENTRED = 1.2  # font sizes within which the middle of a line is the middle of its column
_LARGER = 1.08  # times the size of the text: larger lines are titles
_CONVENTION, _LEAST_SIGNS = 0.7, 3  # share of paragraphs, and number of them, that make a habit of the document
_OUTLIERS = 0.02  # share of lines that may stand out over the edges of their column
_TO_THE_POINT = 1.5  # points
_ALL_FLUSH = 0.9  # share of full lines that reach the edge where text is set flush throughout
_FLUSH_SLACK = 0.12  # font sizes that the last line of a paragraph must stay short there
_FLUSH_SLACK_WIDE = 0.6  # the same in Chinese type, where half of a mark at the end of a line is empty
_SLACK_WIDE = 0.3  # font sizes that a line of Chinese type leaves over besides the next character, where it goes on
_FLUSH = 0.2  # share of lines that end at the same point where text is set flush
_LEAST_FOR_SIDE = 12  # lines on left and right pages each, for edges of their own
_SAME_WIDTH = 20.0  # points: pages whose widths differ by less are alike
_FAR_IN = 0.3  # of the width of the column: lines that begin further in and reach its end are set against it
_NOTE = 0.89  # times the size of the text: smaller lines at the foot of a page are notes

_BULLET = re.compile(r"^(?:[•·●○■□◆◇▪‣–—*➢✓-])\s*(?=\S)")
_NOTE_MARK = re.compile(r"^\[\d{1,3}\] ")
_APPENDIX = re.compile(r"^(?:附件|附表|附录|附[:：]|(?:Annex|Appendix|Attachment|Schedule)(?:es)?\b[^.]{0,30}[:：])")
# The full stop of a number ("；5.") ends nothing.
_ENDED = re.compile(
    r"(?:[。;；:：!！?？]|(?<!\d)(?<!\bNo)(?<!\bNos)(?<!\bArt)\.|(?<=\d\d\d)\.|(?<=[A-Za-z%] \d)\.|(?<=[A-Za-z%] \d\d)\.)[\"”’」』)）】\]]*$"  # noqa: E501
)
_NEVER_FIRST = "，。；：、！？）》」』】〕"
_CLOSING = "，。；：、！？）》」』】”’…％,.;:!?)"


class Facts(NamedTuple):
    """What is true of the lines of a whole document.

    ``size`` and ``weight`` of the text, the usual ``pitch`` (distance between lines) of each rounded size in points,
    whether paragraphs begin with an indented line or are set apart, whether lines are broken at a margin at all,
    and whether they all reach it but the last of a paragraph; ``apart`` is the distance between lines of each rounded
    size above which they are two paragraphs, where the document shows it, and ``ends_full`` tells whether a full line
    that ends a sentence more often ends its paragraph than not.
    """

    size: float
    weight: int
    pitch: dict[int, float]
    indents: bool
    gaps: bool
    breaks: bool
    flush: bool = False
    apart: Mapping[int, float] = MappingProxyType({})
    ends_full: bool = False

    def are_apart(self, first: Line, second: Line) -> bool:
        """Whether a line stands further below the one before it than the lines of one paragraph do."""
        distance, key = second.baseline - first.baseline, round(second.size)
        return distance > self.apart.get(key, _APART * self.pitch.get(key, distance))


class Paragraph(NamedTuple):
    """Lines of one paragraph, and the place of the first of them in the document."""

    lines: tuple[Line, ...]
    place: int

    def text(self, known: Collection[str] = ()) -> str:
        """The lines as one text."""
        return text_of([line.text for line in self.lines], known)


# The edges of columns


def _right_edge(lines: Sequence[Line]) -> float:
    """Where lines end: where many of them do to the point, or else the furthest, but for a few that stand out.

    Lines that end with a full-width mark tell nothing: the mark may hang over the edge.
    """
    rights = [line.right for line in lines if line.text[-1] not in _NEVER_FIRST] or [line.right for line in lines]
    common, count = Counter(map(round, rights)).most_common(1)[0]
    furthest = sorted(rights)[-1 - int(len(rights) * _OUTLIERS)]
    if count >= max(_LEAST_SIGNS, _FLUSH * len(rights)):
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


# One line and the next


def _same_size(a: float, b: float) -> bool:
    return abs(a - b) <= _OTHER_SIZE * max(a, b)


def _room_for(line: Line) -> float:
    """Points that the first word of a line would have needed on the line before it."""
    piece = line.pieces[0]
    rest = piece.text[1:2]
    if is_wide(piece.text[:1]) and rest and rest in _CLOSING:
        # A closing mark may not begin a line, so it takes the character before it along.
        return piece.head + piece.size
    return piece.head


def is_full(line: Line, following: Line, *, centred: bool = False) -> bool:
    """Whether a line had no room for the first word of the one that follows; a centred line leaves it on both sides."""
    wide = wide_side(line.text, end=True) or wide_side(following.text, end=False)
    space = (_WIDE_SLACK if wide else _SPACE + _SLACK) * line.size
    behind = line.end - line.right + (line.left - line.start if centred else 0.0)
    return behind < _room_for(following) + space


def _offset(line: Line) -> float:
    """How far a line is set in, in font sizes."""
    return (line.left - line.start) / line.size


def _is_centred(line: Line) -> bool:
    before, behind = line.left - line.start, line.end - line.right
    return min(before, behind) > line.size and abs(before - behind) <= 2 * _CENTRED * line.size


def _fills(line: Line) -> bool:
    return max(line.left - line.start, line.end - line.right) <= line.size


def _is_flush_right(line: Line) -> bool:
    """Whether a line is set against the right edge, as who signs a document and when."""
    return line.end - line.right <= _ALIGNED * line.size and line.left - line.start > _FAR_IN * (line.end - line.start)


def _together(first: Line, second: Line) -> bool:
    return (first.page, first.run) == (second.page, second.run)


def _numbered(text: str) -> bool:
    return label_of(text) is not None or bool(_BULLET.match(text))


def _apart(
    key: int, pitch: float, pairs: Sequence[tuple[Line, Line]], begins: Sequence[tuple[Line, Line]]
) -> float | None:
    """The distance above which two lines are two paragraphs, half way between the two distances that a document has.

    The one is known from lines that had no room for the word behind them, the other from those that end a sentence
    and had. ``None`` where the distances are the same, or differ so much that no more need be known.
    """
    within = [b.baseline - a.baseline for a, b in pairs if round(b.size) == key and is_full(a, b) and not _ends(a)]
    between = sorted(b.baseline - a.baseline for a, b in begins if round(b.size) == key)
    if len(within) < _LEAST_SIGNS or len(between) < _LEAST_SIGNS:
        return None
    least = between[int(_FEW * len(between))]
    if not _SOMEWHAT_APART * pitch <= least <= _APART**2 * pitch:
        return None
    limit = (pitch + least) / 2
    return limit if sum(distance > limit for distance in within) <= _FEW * len(within) else None


def _is_flush(full: Sequence[Line]) -> bool:
    """Whether lines that had no room for the next word reach the edge of their column to the point."""
    flush = sum(abs(line.end - line.right) <= _TO_THE_POINT for line in full)
    return flush >= max(_LEAST_SIGNS, _ALL_FLUSH * len(full))


def _ends(line: Line) -> bool:
    return bool(_ENDED.search(line.text))


def facts_of(lines: Sequence[Line]) -> Facts:
    """Look at all lines of a document."""
    sizes: Counter[float] = Counter()
    weights: dict[float, Counter[int]] = defaultdict(Counter)
    for line in lines:
        rounded = round(line.size * 2) / 2
        sizes[rounded] += len(line.text)
        weights[rounded][line.weight] += len(line.text)
    size = max(sizes, key=lambda key: (sizes[key], key), default=10.0)
    weight = max(weights[size], key=lambda key: weights[size][key], default=0)
    pairs = [(a, b) for a, b in pairwise(lines) if _together(a, b) and _same_size(a.size, b.size)]
    distances: dict[int, Counter[float]] = defaultdict(Counter)
    least: dict[int, float] = {}
    for a, b in pairs:
        distance = b.baseline - a.baseline
        if not 0.7 * b.size < distance < 4 * b.size:
            continue
        key = round(b.size)
        least[key] = min(distance, least.get(key, distance))
        if is_full(a, b):
            distances[key][round(distance * 2) / 2] += 1
    pitch = {}
    for key in least:
        common, count = max(distances[key].items(), key=lambda item: (item[1], -item[0]), default=(0.0, 0))
        pitch[key] = common if count >= _LEAST_SIGNS else min(least[key], _USUAL_PITCH * key)
    begins = [
        (a, b)
        for a, b in pairs
        if _same_size(b.size, size)
        and b.weight == weight
        and _ENDED.search(a.text)
        and not is_full(a, b)
        and not _is_centred(b)
    ]
    apart = {key: limit for key in pitch if (limit := _apart(key, pitch[key], pairs, begins)) is not None}
    indents = sum(_offset(b) >= _INDENT for _, b in begins)
    gaps = sum(
        b.baseline - a.baseline > apart.get(round(b.size), _APART * pitch.get(round(b.size), b.size)) for a, b in begins
    )
    enough = len(begins) >= _LEAST_SIGNS
    broken = sum(is_full(a, b) and not _ends(a) for a, b in pairs)
    facts = Facts(
        size,
        weight,
        pitch,
        enough and indents >= _CONVENTION * len(begins),
        enough and gaps >= _CONVENTION * len(begins),
        broken >= _LEAST_SIGNS,
        _is_flush([a for a, b in pairs if is_full(a, b) and not _ends(a)]),
        apart,
    )
    ending = [(a, b) for a, b in pairs if _ends(a) and is_full(a, b) and not _has_room(a, b, facts)]
    return facts._replace(ends_full=2 * sum(facts.are_apart(a, b) for a, b in ending) > len(ending))


def _indentation_allows(lines: Sequence[Line], line: Line, facts: Facts, *, unfinished: bool) -> bool:
    """Whether a line begins where the next line of the paragraph has to begin.

    Two lines set in by as much are two paragraphs, or one that is set in as a whole: then the first is ``unfinished``.
    """
    offset = _offset(line)
    if len(lines) > 1:
        return abs(offset - _offset(lines[1])) <= _ALIGNED
    further = offset - _offset(lines[0])
    if further > _ALIGNED:
        return further <= _DEEPEST_HANG and _numbered(lines[0].text) and not _numbered(line.text)
    if further >= -_ALIGNED:
        return unfinished or not (facts.indents and offset >= _INDENT)
    return True


def _same_voice(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line in another weight goes on with a sentence, of which a part is stressed."""
    return line.text[0].islower() or any(earlier.weight == line.weight for earlier in lines)


def _has_room(last: Line, line: Line, facts: Facts) -> bool:
    """Whether a line that ends a sentence leaves more than the full lines of the document do."""
    wide = any(map(is_wide, last.text))
    behind = last.end - last.right
    if facts.flush:
        return behind > (_FLUSH_SLACK_WIDE if wide else _FLUSH_SLACK) * last.size
    return wide and is_wide(line.text[0]) and behind > _room_for(line) + _SLACK_WIDE * last.size


def _is_heading(line: Line) -> bool:
    """Whether a numbered line is a heading by itself: it stays short and ends without a mark."""
    short = line.right - line.left < _MOSTLY_FILLED * (line.end - line.start)
    return short and line.text[-1] not in _CLOSING


def _wraps(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line set against the right edge goes on with others that are."""
    if any(earlier.end - earlier.right > _ALIGNED * earlier.size for earlier in lines):
        return False
    behind_first = all(map(_is_flush_right, lines[1:]))
    return behind_first and _together(lines[-1], line) and is_full(lines[-1], line, centred=True)


def goes_on(lines: Sequence[Line], line: Line, facts: Facts) -> bool:
    """Whether a line belongs to the paragraph that the ``lines`` before it have begun."""
    last = lines[-1]
    if not _same_size(last.size, line.size) or is_entry(last.text) or is_entry(line.text):
        return False
    together = _together(last, line)
    if together and facts.are_apart(last, line):
        return False
    ended = _ends(last)
    full = is_full(last, line) and not (ended and not (together and facts.gaps) and _has_room(last, line, facts))
    if last.weight != line.weight and not (full and not ended and _same_voice(lines, line)):
        return False
    if line.text[0] in _NEVER_FIRST:
        return True
    begins = bool(label_of(line.text) or _APPENDIX.match(line.text) or is_date(line.text))
    if _NOTE_MARK.match(line.text):
        return False
    if is_date(line.text) and line.text[-1] not in ".。":
        return False
    if _is_flush_right(line) and abs(line.left - last.left) > _ALIGNED * line.size:
        return _wraps(lines, line) and not ended and not begins
    if line.size > _LARGER * facts.size and together and not ended and is_full(last, line, centred=True):
        return not _numbered(line.text)
    if line.size > _LARGER * facts.size and (_is_centred(line) or (_is_centred(last) and _fills(line))):
        return (
            together and not _numbered(line.text) and (_is_centred(last) or full or is_full(last, line, centred=True))
        )
    if _is_centred(line) and abs(line.left - last.left) > _ALIGNED * line.size and not ended and not begins:
        spread = _is_centred(last) or last.left - last.start <= line.size
        if together and spread and is_full(last, line, centred=True):
            return True
    # Chinese text is not set in as a whole: there the second of two such lines is a paragraph of its own.
    unfinished = not ended and not begins and not is_wide(line.text[0]) and (full or line.text[0].islower())
    if not _indentation_allows(lines, line, facts, unfinished=unfinished) or _BULLET.match(line.text):
        return False
    shown_by_layout = (facts.indents and _offset(line) < _INDENT) or (facts.gaps and together)
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
        is_last = at + 1 == len(lines) or not _together(line, lines[at + 1][1])
        if not is_last:
            continue
        back = at
        while back >= 0 and _together(lines[back][1], line) and lines[back][1].size <= _NOTE * facts.size:
            back -= 1
        if 0 <= back < at and _together(lines[back][1], line):
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
