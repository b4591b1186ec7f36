"""Document numbers: the line that holds one, and whether two are the same.

商资发[2006]556号 and Shang Zi Fa [2006] No.556 are.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from documents.dates import is_date
from documents.text import squeezed
from documents.words import any_of

LONGEST_LINE = 90
"""Characters above which a line is not a number."""
_YEAR = r"[\[〔(【［（]\s*(?P<year>(?:19|20)\d{2})\s*[\]〕)】］）]"
_SERIAL = r"\s*(?:No\.?|Nos\.?|第)?\s*(?P<serial>\d{1,5})(?!\d)\s*[号號]?"
_CODE_HAN = r"(?P<han>[\u3400-\u9fff]{1,20})"
_CODE_LATIN = r"(?P<latin>[A-Z][\w.&'-]*(?:\s+[A-Z][\w.&'-]*){0,8})"
_NUMBER = re.compile(rf"(?:{_CODE_HAN}|{_CODE_LATIN})?\s*{_YEAR}{_SERIAL}")
_CALLED = re.compile(r"^(?:根据|依据|按照|依照|见|参见|遵照|印发|The|To|Under|See|By)+\s*")
_CALLED_ZH = re.compile(r"根据|依据|按照|依照|参?见|遵照|印发")
_NOUN = re.compile(rf"^(?:{any_of('kinds.circular', 'kinds.measure')}|Document)\s+", re.I)

_MARK = re.compile(
    r"(?:\bNo\.?\s*\S*\d|[\[〔［（(]\s*(?:19|20)\d{2}\s*[\]〕］）)]\s*\S*\d|第\s*[\d-]+\s*[号號]|\d\s*[号號]|\d[/-]\d+$"
    r"|^[A-Z][\w.&-]*(?:/[\w.&-]+)+$|^[A-Z]{2,}(?:[/-]\w+)+$|^(?=[A-Z\d./-]*[A-Z])[A-Z\d./-]*\d[A-Z\d./-]{2,}$"
    rf"|^{any_of('kinds.circular', 'kinds.measure', 'kinds.other')}\s+[A-Z]{{0,4}}-?\d[\w./-]*$)"
)
_ALONE = re.compile(
    rf"[（(]?(?:{_CODE_HAN}|{_CODE_LATIN})?\s*{_YEAR}{_SERIAL}[）)]?"
    r"|(?:[A-Z][\w.&'-]*\s+(?:(?:of|the|for|and)\s+){0,2}){0,8}Nos?\.?\s*[\w/-]*\d[\w/-]*"
    r"(?:\s+(?:of\s+)?[\[〔(（]?(?:19|20)\d{2}[\]〕)）]?)?"
    r"|(?:[A-Z][\w.&'-]*\s+){1,8}\d+[/-]\d+"
    r"|(?:(?:19|20)\d{2}\s*年)?[\u3400-\u9fff]{0,8}[第字]\s*[\d/-]+\s*[号號]"
)
_YEARS = re.compile(r"\b(?:19|20)(\d{2})[/-](?:(?:19|20)?(\d{2}))$")
_NO_MARK = re.compile(r"关于|關於|《|\b(?:on|concerning|regarding|about)\b|电话|\bTel\b")
_FIELD = re.compile(rf"^\s*(?:[【\[]\s*{any_of('fields.number')}\s*[】\]]|{any_of('fields.number')}\s*[:：])\s*", re.I)
_PREFIX = re.compile(r"^STATUTORY INSTRUMENTS?\s+", re.I)
_SIGNED_OFF = re.compile(r"[\s\u3000]*签发人.*$")
_DECREE = re.compile(
    r"[\u3400-\u9fff]{2,20}?(?: [\u3400-\u9fff]{2,20}?){0,4}(?:令|公告)\s*(?:\(?\d{4}\)?\s*年?\s*)?第\s*\d+\s*[号號]"
)
_IN_TITLE = re.compile(
    r"\([A-Z]{2,4}\)\s*(?:No\.?\s*)?\d{1,4}/\d{1,4}|(?<=[a-zA-Z] )(?:19|20)\d{2}/\d{1,4}(?= (?:on|of)\b)"
    r"|第\s*\d+\s*[号號]"
)
_BRACKETS = (("（", "）"), ("(", ")"), ("【", "】"))


class Number(NamedTuple):
    """A document number of the form issuer's code, year, serial number."""

    code: str
    year: int
    serial: int


def is_number_line(text: str) -> bool:
    """Whether a line at the head of a document is its number and nothing else."""
    line = unicodedata.normalize("NFKC", text).strip()
    if len(line) > LONGEST_LINE or line[-1:] in "。;；" or is_date(line):
        return False
    years = _YEARS.search(line)
    if years and int(years.group(2)) == (int(years.group(1)) + 1) % 100:
        return False  # a year that begins in one and ends in the next: 2025/26
    return bool(_FIELD.match(line) or _DECREE.search(line) or (_MARK.search(line) and not _NO_MARK.search(line)))


def is_number_alone(text: str) -> bool:
    """Whether a line is a number from its first character to its last: no sentence, nor a part of one that names it."""
    if len(text) > LONGEST_LINE:
        return False
    line = unicodedata.normalize("NFKC", text).strip()
    bare = _SIGNED_OFF.sub("", line)
    whole = _MARK.match(bare)
    form = (
        _FIELD.match(line)
        or (_ALONE.fullmatch(bare) and not _CALLED_ZH.match(bare))
        or _DECREE.fullmatch(bare)
        or (whole and whole.end() == len(bare))
    )
    return bool(form) and is_number_line(line)


def cleaned(text: str) -> str:
    """The number in such a line, as it is written there."""
    line = _SIGNED_OFF.sub("", _PREFIX.sub("", _FIELD.sub("", text.strip()))).strip()
    if match := _DECREE.search(unicodedata.normalize("NFKC", line)):
        return re.sub(r"^[\d年月日]+", "", match.group())
    for opened, closed in _BRACKETS:
        if line.startswith(opened) and line.endswith(closed):
            line = line[1:-1].strip()
    return line


def in_title(title: str) -> str | None:
    """The number that stands in a title: "Regulation (EU) 2021/558 of …"."""
    match = _IN_TITLE.search(title)
    return match.group() if match else None


def numbers_in(text: str) -> Iterator[Number]:
    """Every number of the form code, year, serial in a text."""
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        code = match.group("han") or match.group("latin") or ""
        yield Number(_NOUN.sub("", _CALLED.sub("", code)), int(match.group("year")), int(match.group("serial")))


@cache
def _readings() -> dict[str, frozenset[str]]:
    table = tomllib.loads(resources.files("documents").joinpath("romanised.toml").read_text(encoding="utf-8"))
    readings: dict[str, set[str]] = {}
    for syllable, characters in table.items():
        for character in characters.split():
            readings.setdefault(character, set()).add(syllable)
    return {character: frozenset(syllables) for character, syllables in readings.items()}


def _reads(han: str, latin: str) -> bool:
    """Whether Chinese characters are written so in Latin letters; a character that is not in the table never is."""
    if not han or not latin:
        return not han and not latin
    syllables = _readings().get(han[0], frozenset())
    return any(latin.startswith(syllable) and _reads(han[1:], latin[len(syllable) :]) for syllable in syllables)


def _compatible(one: str, other: str) -> bool:
    one, other = squeezed(one), squeezed(other)
    if not one or not other:
        return False
    if one == other:
        return True
    return _reads(one, other) or _reads(other, one)


def same(one: Number, other: Number) -> bool:
    """Whether two numbers are the same: year and serial number, and the code, be it romanised in one of them."""
    return one[1:] == other[1:] and _compatible(one.code, other.code)


def same_number(one: str, other: str) -> bool:
    """Whether two document numbers, as they are written, are the same number."""
    if squeezed(one) == squeezed(other):
        return bool(squeezed(one))
    first, second = next(numbers_in(one), None), next(numbers_in(other), None)
    return first is not None and second is not None and same(first, second)
