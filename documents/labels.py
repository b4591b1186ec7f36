"""The numbers that paragraphs of official documents begin with: 第一章, 第三条, 一、, （二）, 2.1, Article 5, (a), ①.

A label is kept as the source writes it. Some forms are ambiguous by themselves ("I." is a numeral and a letter, "C."
begins a name as well as a list), so the labels of a whole document are read together: what belongs to no series is
none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from documents.ordinals import letter, ordinal, roman
from documents.words import any_of, listed


class Label(NamedTuple):
    """What a paragraph begins with: the form, the words as they stand, its value, and where the rest begins.

    ``parts`` are the values of 2.1.3 one by one, and the value alone for any other form.
    """

    form: str
    text: str
    parts: tuple[int, ...]
    end: int

    @property
    def value(self) -> int:
        """The value that counts among paragraphs of the same depth."""
        return self.parts[-1]


class _Form(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    value: Callable[[str], int | None]
    weak: bool = False  # believed only as one of a series


_HAN = "一二三四五六七八九十百零〇"
_NUMBER = f"[{_HAN}\\d]{{1,5}}"
_AFTER = r"[.:：、．]?[\s\u3000]*(?:[–—-]\s+)?"
_CARDINAL = "|".join(written for word in listed("cardinals") for written in (word.capitalize(), word.upper()))
_ENGLISH = rf"(?:\d{{1,3}}[a-z]?|[IVXLC]{{1,6}}|{_CARDINAL})\b"
_IN_PARTS = r"\d+(?:\.\d+)*(?:\(\w{1,3}\))*(?![\w.]*\w)"
_WORD = r"[\"“'‘(（\[《A-Za-z\u3400-\u9fff〔]"
_CAPITAL = r"(?=[\"“'‘(\[A-Z\u3400-\u9fff\d$€£&])"


def _english(text: str) -> int | None:
    figures = ordinal(text) or ordinal(text.rstrip("abcdefghijklmnopqrstuvwxyz"))
    return figures or (letter(text) if text not in {"I", "V", "X"} else None) or roman(text)


def _roman(text: str) -> int | None:
    return ord(text) - ord("Ⅰ") + 1 if "Ⅰ" <= text <= "Ⅻ" else roman(text)


def _stem(text: str) -> int | None:
    return "甲乙丙丁戊己庚辛壬癸".index(text) + 1


def _form(name: str, pattern: str, value: Callable[[str], int | None], *, weak: bool = False) -> _Form:
    return _Form(name, re.compile(pattern), value, weak)


# Each pattern holds the label as a group and its number as a group in it; the first that matches counts.
_FORMS = (
    _form("part", rf"(第({_NUMBER})(?:部分|[编編篇部])){_AFTER}", ordinal),
    _form("part", rf"((?:PART|Part|TITLE)\s+({_ENGLISH}|[A-Z]\b)){_AFTER}", _english),
    _form("chapter", rf"(第({_NUMBER})章){_AFTER}", ordinal),
    _form("chapter", rf"((?:CHAPTER|Chapter)\s+({_ENGLISH})){_AFTER}", _english),
    _form("division", rf"((?:DIVISION|Division|SUBDIVISION|Subdivision)\s+({_ENGLISH}|[A-Z]\b)){_AFTER}", _english),
    _form("section", rf"(第({_NUMBER})[节節]){_AFTER}", ordinal),
    _form("section", rf"((?:SECTION|Section|SEC\.|Sec\.)\s+({_IN_PARTS})){_AFTER}", ordinal),
    _form("article", rf"(第({_NUMBER})[条條](?:之[{_HAN}])?)(?:[（(](?=[^（）()]*[）)]))?{_AFTER}", ordinal),
    _form("article", rf"((?:ARTICLE|Article|Art\.|Clause|CLAUSE|Rule|Regulation)\s+({_ENGLISH})){_AFTER}", _english),
    _form("article", rf"(§\s*(\d+[a-z]?)){_AFTER}", _english),
    _form("step", rf"(第({_NUMBER})步){_AFTER}", ordinal),
    _form("step", rf"((?:STEP|Step|Stage|Phase)\s+({_ENGLISH})){_AFTER}", _english),
    _form("legal", r"([壹贰貳叁參参肆伍陆陸柒捌玖拾]{1,3})[、.．]\s*", ordinal),
    _form("stem", r"([甲乙丙丁戊己庚辛壬癸])[、.．]\s*", _stem, weak=True),
    _form("han", rf"([{_HAN}]{{1,3}})[、．﹑.]\s*", ordinal),
    _form("han bracket", rf"([（(]([{_HAN}]{{1,3}})[）)]|[㈠-㈩])[、.．]?\s*", ordinal),
    _form("decimal", r"(\d{1,3}(?:[.．]\d{1,3}){1,3})[.．]?(?:\s+|(?=[\u3400-\u9fff]))", ordinal),
    _form("number", rf"(\d{{1,3}})(?:[.．]\s+|[.、．](?={_WORD})|[.．](?=\d{{4}}年))[\s\u3000]*", ordinal),
    _form("plain", r"(\d{1,2})[\s\u3000]+(?=[A-Z\u3400-\u9fff\"“])", ordinal, weak=True),
    _form("bracket", r"([（(](\d{1,3})[）)])[、.．]?\s*", ordinal),
    _form("bracket letter", r"([（(]([a-z])[）)])\s*", letter),
    _form("bracket roman", r"([（(]([ivxl]{1,6})[）)])\s*", roman),
    _form("bracket capital", r"([（(]([A-Z])[）)])\s*", letter),
    _form("close", r"((\d{1,2})[）)])\s*(?=[^\s、，。;；)）])", ordinal),
    _form("close letter", r"(([a-z])[）)])\s+", letter),
    _form("close roman", r"(([ivxl]{1,6})[）)])\s+", roman),
    _form("circled", r"([①-⑳❶-❿])[、.．]?\s*", ordinal),
    _form("roman", rf"([IVXLC]{{1,6}}|[Ⅰ-Ⅻ])[.．、]\s*{_CAPITAL}", _roman, weak=True),
    _form("letter", rf"([A-Z])[.．]\s+{_CAPITAL}", letter, weak=True),
    _form("small letter", r"([a-z])[.．]\s+(?=\S)", letter, weak=True),
)  # fmt: skip

STRONG = frozenset({"part", "chapter", "division", "section", "article"})
"""Forms that name what they number in a word."""

_LETTER_OR_ROMAN = {"letter": "roman", "bracket letter": "bracket roman", "close letter": "close roman"}
_ROMAN_OR_LETTER = {other: one for one, other in _LETTER_OR_ROMAN.items()}
_GAP = 2
"""How far a number of a series may be from the one before it: a paragraph may have been lost on the way."""

_UNIT = re.compile(any_of("units"))
_GOES_ON_HAN = re.compile(any_of("goes_on"))
_RANK = re.compile(any_of("ranks"))
_GOES_ON = re.compile(r"[a-z](?!\))|\((?:and|or)\b")
_AMONG = re.compile(r"(?:and|or|to|[、，,和与及至或-])\s*[（(]")
_YEAR = re.compile(r"(?:19|20)\d{2}\b")
_DATE_GOES_ON = re.compile(r"\d{1,2}\.\s*(?:19|20)\d{2}\b")
_WESTERN = frozenset({"part", "chapter", "division", "section", "article", "step", "decimal"})


def _misread(form: str, match: re.Match[str], text: str, *, alone: bool) -> bool:
    """Whether the words go on in a way that shows that they number nothing."""
    rest = text[match.end() :]
    touching = text[match.end(1) :]
    if form in _WESTERN and not alone and _GOES_ON.match(rest) and not touching.startswith((".", ":")):
        return True
    if form in {"part", "chapter", "section", "article"} and _GOES_ON_HAN.match(touching):
        return True
    if form == "decimal":
        return bool(_UNIT.match(rest) or _YEAR.match(rest))
    if form == "han":
        return bool(_RANK.match(rest))
    if form == "number":
        return bool(_DATE_GOES_ON.match(rest))
    return "bracket" in form and bool(_AMONG.match(touching.lstrip()))


def _read(form: _Form, text: str, *, alone: bool = False) -> Label | None:
    match = form.pattern.match(text)
    if match is None or _misread(form.name, match, text, alone=alone):
        return None
    number = (match.group(2) if form.pattern.groups > 1 else None) or match.group(1)
    if form.name in {"decimal", "section"} and re.match(r"\d", number):
        parts = tuple(int(part) for part in re.findall(r"\d+", number))
        while len(parts) > 1 and not parts[-1]:
            parts = parts[:-1]  # 2.0 is what holds 2.1
    else:
        value = form.value(number)
        if value is None:
            return None
        parts = (value,)
    return Label(form.name, match.group(1), parts, match.end())


def readings(text: str) -> tuple[Label, ...]:
    """Every way a paragraph may be read to begin with a label, likeliest first."""
    stripped = text.lstrip()
    found = [label for form in _FORMS if (label := _read(form, stripped))]
    return tuple(label._replace(end=label.end + len(text) - len(stripped)) for label in found)


_WEAK = frozenset(form.name for form in _FORMS if form.weak)
_WEAK_ALONE = _WEAK - {"roman"}


def label_of(text: str) -> Label | None:
    """The label that a line looked at alone begins with; ``None`` without one, or where only a series would tell.

    For lines whose paragraph is not known yet: "Article 5 of" is one here.
    """
    forms = (form for form in _FORMS if form.name not in _WEAK_ALONE)
    return next((label for form in forms if (label := _read(form, text.lstrip(), alone=True))), None)


class _Series:
    """The labels accepted so far, and those that may follow."""

    def __init__(self, read: Sequence[tuple[Label, ...]]) -> None:
        self._later: dict[tuple[str, int], int] = {}
        for at, labels in enumerate(read):
            for label in labels:
                self._later[label.form, label.value] = at
        self._last: dict[str, int] = {}

    def follows(self, label: Label) -> bool:
        """Whether the number before it, or one a little before that, was the last of this form."""
        last = self._last.get(label.form)
        return last is not None and 0 < label.value - last <= _GAP

    def begins(self, label: Label, at: int) -> bool:
        """Whether it is the first of a series that goes on."""
        return label.value == 1 and self._later.get((label.form, 2), -1) > at

    def accept(self, label: Label) -> Label:
        self._last[label.form] = label.value
        return label


def labels_of(texts: Sequence[str]) -> tuple[Label | None, ...]:
    """The label of each paragraph of a document, read together."""
    read = [readings(text) for text in texts]
    series = _Series(read)
    return tuple(
        series.accept(label) if (label := _chosen(labels, at, series)) else None for at, labels in enumerate(read)
    )


def _chosen(labels: Sequence[Label], at: int, series: _Series) -> Label | None:
    by_form = {label.form: label for label in reversed(labels)}
    for label in labels:
        twin = by_form.get(_LETTER_OR_ROMAN.get(label.form, _ROMAN_OR_LETTER.get(label.form, "")))
        if twin is not None:
            return _letter_or_roman(label, twin, at, series)
        if label.form not in _WEAK or series.follows(label) or series.begins(label, at):
            return label
        if label.form == "roman" and label.value == 1:
            return label
    return None


def _letter_or_roman(one: Label, other: Label, at: int, series: _Series) -> Label | None:
    as_letter, as_roman = (one, other) if one.form in _LETTER_OR_ROMAN else (other, one)
    if series.follows(as_letter) and as_letter.value != 1:
        return as_letter
    if as_roman.value == 1 or series.follows(as_roman):
        return as_roman
    return None if as_letter.form in _WEAK else as_letter
