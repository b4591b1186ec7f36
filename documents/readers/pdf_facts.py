"""The habits of a document: the face of its text, the distances between its lines, and how it parts paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from documents.readers.pdf_edges import adjoin, ends_sentence, is_centred, is_full, room_for, same_size, set_in
from documents.readers.pdf_marks import Line
from documents.readers.pdf_words import is_wide

INDENT = 1.2
"""Font sizes by which a line that begins a paragraph is set in, at least."""

_APART = 1.28  # times the usual distance between lines: the distance between paragraphs
_SOMEWHAT_APART, _FEW = 1.04, 0.1  # the same at least, where nearly all show it; share of lines that do not
_USUAL_PITCH = 1.7  # font sizes from line to line, at most, where a document has too few lines to tell
_CONVENTION, _LEAST_SIGNS = 0.7, 3  # share of paragraphs, and number of them, that make a habit of the document
_TO_THE_POINT = 1.5  # points
_ALL_FLUSH = 0.9  # share of full lines that reach the edge where text is set flush throughout
_FLUSH_SLACK = 0.12  # font sizes that the last line of a paragraph must stay short there
_FLUSH_SLACK_WIDE = 0.6  # the same in Chinese type, where half of a mark at the end of a line is empty
_SLACK_WIDE = 0.3  # font sizes that a line of Chinese type leaves over besides the next character, where it goes on


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


def has_room(last: Line, line: Line, facts: Facts) -> bool:
    """Whether a line that ends a sentence leaves more than the full lines of the document do."""
    wide = any(map(is_wide, last.text))
    behind = last.end - last.right
    if facts.flush:
        return behind > (_FLUSH_SLACK_WIDE if wide else _FLUSH_SLACK) * last.size
    return wide and is_wide(line.text[0]) and behind > room_for(line) + _SLACK_WIDE * last.size


def _apart(
    key: int, pitch: float, pairs: Sequence[tuple[Line, Line]], begins: Sequence[tuple[Line, Line]]
) -> float | None:
    """The distance above which two lines are two paragraphs, half way between the two distances that a document has.

    The one is known from lines that had no room for the word behind them, the other from those that end a sentence
    and had. ``None`` where the distances are the same, or differ so much that no more need be known.
    """
    within = [
        b.baseline - a.baseline for a, b in pairs if round(b.size) == key and is_full(a, b) and not ends_sentence(a)
    ]
    between = sorted(b.baseline - a.baseline for a, b in begins if round(b.size) == key)
    if len(within) < _LEAST_SIGNS or len(between) < _LEAST_SIGNS:
        return None
    least = between[int(_FEW * len(between))]
    if not _SOMEWHAT_APART * pitch <= least <= _APART**2 * pitch:
        return None
    limit = (pitch + least) / 2
    return limit if sum(distance > limit for distance in within) <= _FEW * len(within) else None


def is_flush(full: Sequence[Line]) -> bool:
    """Whether lines that had no room for the next word reach the edge of their column to the point."""
    flush = sum(abs(line.end - line.right) <= _TO_THE_POINT for line in full)
    return flush >= max(_LEAST_SIGNS, _ALL_FLUSH * len(full))


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
    pairs = [(a, b) for a, b in pairwise(lines) if adjoin(a, b) and same_size(a.size, b.size)]
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
        if same_size(b.size, size)
        and b.weight == weight
        and ends_sentence(a)
        and not is_full(a, b)
        and not is_centred(b)
    ]
    apart = {key: limit for key in pitch if (limit := _apart(key, pitch[key], pairs, begins)) is not None}
    indents = sum(set_in(b) >= INDENT for _, b in begins)
    gaps = sum(
        b.baseline - a.baseline > apart.get(round(b.size), _APART * pitch.get(round(b.size), b.size)) for a, b in begins
    )
    enough = len(begins) >= _LEAST_SIGNS
    broken = sum(is_full(a, b) and not ends_sentence(a) for a, b in pairs)
    facts = Facts(
        size,
        weight,
        pitch,
        enough and indents >= _CONVENTION * len(begins),
        enough and gaps >= _CONVENTION * len(begins),
        broken >= _LEAST_SIGNS,
        is_flush([a for a, b in pairs if is_full(a, b) and not ends_sentence(a)]),
        apart,
    )
    ending = [(a, b) for a, b in pairs if ends_sentence(a) and is_full(a, b) and not has_room(a, b, facts)]
    return facts._replace(ends_full=2 * sum(facts.are_apart(a, b) for a, b in ending) > len(ending))
