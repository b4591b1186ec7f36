"""Paragraphs out of lines: which line goes on with the one before it, and which begins anew.

A blank line always ends a paragraph. Without one, the width of the lines tells whether a text was broken at a margin:
in such a text a line that ends early ends its paragraph, and a line up to the margin goes on, unless the next one is
indented or numbered. In a text that was not, every line is a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from documents.numbers import is_number_alone
from documents.readers.clean import CJK, clean, glue
from documents.structure import is_date, label_of
from documents.words import any_of

_WIDEST_MARGIN = 130
"""Columns above which lines were not broken at a margin (a Chinese character takes two)."""
_NARROWEST_MARGIN = 44
"""Columns below which short lines are just short."""
_LONG_LINES = 0.05
"""Share of lines wider than the widest margin above which a text has no margin."""
_LEAST_BROKEN = 0.3
"""Share of lines that reach the margin in the middle of a sentence, from which a text counts as broken at it."""
_OUTLIERS = 0.03
"""Share of lines that may stand out over the margin."""
_LEAST_INDENT = 2
"""Columns by which a line that begins a paragraph is set in at least."""
_LEAST_SIGNS, _MOSTLY, _SELDOM = 3, 0.9, 0.3
"""Lines, and their share of all, from which what they show is the habit of a text; the share that may look otherwise,
because a paragraph may end without a mark."""
_CHINESE_SLACK = 4
"""Columns a Chinese line may stay short of its margin, for a mark that must not begin the next."""

_BULLET = re.compile(r"^[-*+•·●○■□◆◇▪‣–—]\s+\S")
# What begins a paragraph besides the labels of parts and articles: attachments, items such as a).
_OPENING = re.compile(
    r"^(?:附件|附表|附录|附[:：]|[（(]?(?:[a-z]|\d{1,2}|[ivx]{1,5})[)）]\s"
    r"|(?:Annex(?:es)?|Appendi(?:x|ces)|Attachments?|Schedules?)\b[^.]{0,40}[:：])"
)
_NUMBER_OF_DOCUMENT = re.compile(r"^[A-Z]{2,}[\w.-]*/[\w./-]*\d[\w./-]*$")
_STOPPED = re.compile(r"[.。!！?？:：][\"”’」』)）\]】]*$")
_ENDED = re.compile(r"[.。!！?？;；:：][\"”’」』)）\]】]*$")
_OPEN_END = re.compile(rf"\b{any_of('open_ends_en')}$|[、，,(（]$|{any_of('open_ends_zh')}$", re.I)
_INDENT = re.compile(r"^[ \t\xa0\u3000]+")
_CHINESE_INDENT = re.compile(r"^(?:[ \t]*\u3000|[ \t]*\xa0[ \xa0]*\xa0)")
_WORD = re.compile(rf"[^\s{CJK}]+")
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_NUMBER_END, _NUMBER_START = re.compile(r"(?:[A-Za-z\d]|\d\.)$"), re.compile(r"^(?:[\d%‰]|\.\d)")
_HYPHEN_END = re.compile(r"([A-Za-z]+)-$")
_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LOWER_START = re.compile(r"^([a-z]+)")
# First parts of compounds that keep their hyphen when a line ends in the middle of them.
_COMPOUND = frozenset(
    [
        "all",
        "anti",
        "co",
        "cross",
        "eight",
        "ex",
        "first",
        "five",
        "four",
        "full",
        "half",
        "high",
        "hundred",
        "inter",
        "long",
        "low",
        "mid",
        "multi",
        "nine",
        "non",
        "one",
        "part",
        "post",
        "pre",
        "re",
        "second",
        "self",
        "semi",
        "seven",
        "short",
        "six",
        "small",
        "sub",
        "ten",
        "third",
        "three",
        "two",
        "well",
        "year",
    ]
)
_LONGEST_WORD = 60
"""Characters of the longest word, or number of a document, that is looked at."""
_COLUMNS = {"W": 2, "F": 2}
_TAB = 4


class Line(NamedTuple):
    """A line with its indentation, the page it stands on, the links in it and how many characters they make up."""

    text: str
    page: int | None = None
    links: int = 0
    linked: int = 0


def width(text: str) -> int:
    """Columns a line takes on a screen: two for a Chinese character."""
    if text.isascii():
        return len(text)
    return sum(_COLUMNS.get(unicodedata.east_asian_width(character), 1) for character in text)


def _indent(line: str) -> int:
    match = _INDENT.match(line)
    return sum({"\t": _TAB, "\u3000": 2}.get(c, 1) for c in match.group()) if match else 0


class _Margin(NamedTuple):
    """Where a text was broken into lines, in columns or in characters; by a typesetter that counts either."""

    at: int
    measure: Callable[[str], int]


def _reaches(before: str, after: str, margin: _Margin) -> bool:
    """Whether the line before had no room for the next piece of the line after."""
    before, after = before.rstrip(), after.strip()
    if _CJK_CHARACTER.match(after):
        piece = "中"
    else:
        word = _WORD.match(after)
        piece = glue(before, after) + (word.group() if word else after[:1])
    slack = 0 if before.isascii() and after.isascii() else _CHINESE_SLACK
    return margin.measure(before) + margin.measure(piece) + slack > margin.at


def _margin(lines: Sequence[Line]) -> _Margin | None:
    """Where the text was broken into lines; ``None`` where it was not."""
    filled = [line.text for line in lines if line.text.strip()]
    if sum(width(text) > _WIDEST_MARGIN for text in filled) > len(filled) * _LONG_LINES:
        return None
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if a.text.strip() and b.text.strip()]
    if not pairs:
        return None
    columns = sorted(width(before.rstrip()) for before, _ in pairs)
    if not _NARROWEST_MARGIN <= columns[-1 - int(len(columns) * _OUTLIERS)] <= _WIDEST_MARGIN:
        return None
    best, most = None, len(pairs) * _LEAST_BROKEN
    for measure in (width, len):
        sizes = sorted(measure(before.rstrip()) for before, _ in pairs)
        margin = _Margin(sizes[-1 - int(len(sizes) * _OUTLIERS)], measure)
        broken = sum(_reaches(a, b, margin) and not _ENDED.search(a.rstrip()) for a, b in pairs)
        if broken >= most:
            best, most = margin, broken + 1
    return best


class _Habit(NamedTuple):
    """How a text that is broken at a margin parts its paragraphs: set in, by a blank line, or not always the same."""

    set_in: bool = False
    blank: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line], margin: _Margin | None) -> _Habit:
        if margin is None:
            return cls()
        pairs = [(a.text, b.text) for a, b in pairwise(lines) if a.text.strip() and b.text.strip()]
        begins = [b for a, b in pairs if _ENDED.search(a.rstrip()) and not _reaches(a, b, margin)]
        within = [b for a, b in pairs if not _ENDED.search(a.rstrip()) and _reaches(a, b, margin)]
        set_in = sum(_indent(line) >= _LEAST_INDENT for line in begins)
        also = sum(_indent(line) >= _LEAST_INDENT for line in within)
        return cls(
            set_in >= max(_LEAST_SIGNS, _MOSTLY * len(begins)) and also <= _SELDOM * len(within),
            len(within) >= _LEAST_SIGNS and len(begins) <= (1 - _MOSTLY) * len(within),
        )


def _goes_on(first: str, before: str, after: str, margin: _Margin | None, habit: _Habit) -> bool:
    """Whether ``after`` belongs to the paragraph that began with ``first`` and so far ends with ``before``."""
    text = clean(after)
    ended = bool(_ENDED.search(before.rstrip()))
    full = margin is not None and _reaches(before, after, margin)
    if habit.set_in and _indent(after) >= _LEAST_INDENT:
        return False
    if _BULLET.match(text) or (len(text) <= _LONGEST_WORD and _NUMBER_OF_DOCUMENT.match(text)):
        return False
    # A number or a date under a title, unless words before it ask for it: "in accordance with Decree of / No. 5".
    dated = is_date(text)
    stands_alone = is_number_alone(text) or (dated and not _STOPPED.search(text))
    if stands_alone and not _OPEN_END.search(before.rstrip()):
        return False
    # "in accordance with Article / 5. The ...": what looks like a beginning may stand there by chance.
    if label_of(text) or dated:
        return full and (not ended or habit.set_in or habit.blank)
    if _OPENING.match(text):
        return full and not _STOPPED.search(before.rstrip())
    if _CHINESE_INDENT.match(after):
        return False
    if _indent(after) > _indent(before):
        hanging = before is first and bool(label_of(clean(first)) or _BULLET.match(clean(first)))
        if not hanging:
            return False
    if full:
        return True
    return not ended and text[:1].islower()


def runs_on(before: str, after: str) -> bool:
    """Whether a sentence may run from the last line of a page on to the first line of the next, by their words."""
    text = clean(after)
    if _ENDED.search(before.rstrip()) or _indent(after) > _indent(before) or _BULLET.match(text):
        return False
    if label_of(text) or _OPENING.match(text) or is_number_alone(text) or is_date(text):
        return False
    chinese = _CJK_CHARACTER.match(text) and _CJK_CHARACTER.search(before[-_LONGEST_WORD:])
    return text[:1].islower() or bool(chinese) or bool(_OPEN_END.search(before.rstrip()[-_LONGEST_WORD:]))


class _Words(NamedTuple):
    """The words of a text, and those with a hyphen."""

    plain: frozenset[str]
    hyphened: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Words:
        plain: set[str] = set()
        hyphened: set[str] = set()
        parted = False
        for line in lines:
            found = _TOKEN.findall(line.text.lower())
            whole = found[parted:]  # what stands on either side of a hyphen at the end of a line is no word
            parted = line.text.rstrip().endswith("-")
            for token in whole[: len(whole) - parted]:
                parts = token.split("-")
                plain.update(parts)
                hyphened.update(f"{left}-{right}" for left, right in pairwise(parts))
        return cls(frozenset(plain), frozenset(hyphened))

    def keep_hyphen(self, left: str, right: str) -> bool:
        """Whether a word parted at its hyphen is written with one elsewhere; in doubt, whether its parts are words."""
        if f"{left}-{right}" in self.hyphened:
            return True
        if left + right in self.plain:
            return False
        return left in _COMPOUND or {left, right} <= self.plain - {left + right}


def _mend(left: str, right: str, words: _Words) -> tuple[str, str]:
    """The end of a line and what stands between it and the next; a word or a number that was parted is whole again."""
    tail = left[-_LONGEST_WORD:]
    end, start = _HYPHEN_END.search(tail), _LOWER_START.match(right[:_LONGEST_WORD])
    if end and start:
        return (left if words.keep_hyphen(end.group(1).lower(), start.group(1)) else left[:-1]), ""
    # Chinese is broken at any character, numbers too.
    number = _NUMBER_END.search(tail) and _NUMBER_START.match(right) and _CJK_CHARACTER.search(left)
    return left, "" if number else glue(left, right)


def paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """Join lines to paragraphs, in order, cleaned; each with the page of its first line and the links of all."""
    margin = _margin(lines)
    habit = _Habit.of(lines, margin)
    parted = any(line.text.rstrip().endswith("-") for line in lines)
    words = _Words.of(lines) if parted else _Words(frozenset(), frozenset())
    group: list[Line] = []

    def finished() -> Iterator[Line]:
        parts: list[str] = []
        for line in group:
            text = clean(line.text)
            if parts:
                parts[-1], between = _mend(parts[-1], text, words)
                parts.append(between)
            parts.append(text)
        if parts:
            yield Line("".join(parts), group[0].page, sum(g.links for g in group), sum(g.linked for g in group))
        group.clear()

    for line in lines:
        if not clean(line.text):
            yield from finished()
            continue
        if group and not _goes_on(group[0].text, group[-1].text, line.text, margin, habit):
            yield from finished()
        group.append(line)
    yield from finished()
