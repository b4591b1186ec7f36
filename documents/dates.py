"""Dates as official documents write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from documents.ordinals import ordinal
from documents.words import any_of, listed

_MONTHS = {name: number for number, names in enumerate(listed("months"), 1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_HAN = "[〇零○一二三四五六七八九十\\d]"
_FIRST_YEAR_OF_THE_REPUBLIC = 1912
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_DAY}(?:\s+day\s+of)?\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY}\s*,?\s*{_YEAR}\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
        rf"(?P<republic>民[国國])\s*(?P<year>{_HAN}{{2,3}})\s*年\s*(?P<month>{_HAN}{{1,2}})\s*月\s*(?P<day>{_HAN}{{1,3}})\s*[日号號]",
        rf"(?P<year>{_HAN}{{4}})\s*年\s*(?P<month>{_HAN}{{1,2}})\s*月\s*(?P<day>{_HAN}{{1,3}})\s*[日号號]",
        r"\b(?P<year>(?:19|20)\d{2})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})\b",
    )
)
_BEFORE = re.compile(rf"(?:中[华華]|{any_of('dated.before')})?\s*[:\]】]?\s*")
_AFTER = re.compile(rf"[.。\s]*{any_of('dated.after')}?")
_LONGEST_LINE = 120
"""Characters above which a text is more than a date."""
_AROUND = "（）()[]【】 \t\u3000.。"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text.replace("○", "〇"))


def _month(text: str) -> int | None:
    return _MONTHS.get(text.lower()) or ordinal(text)


def _found(text: str) -> re.Match[str] | None:
    matches = (match for form in _FORMS if (match := form.search(text)))
    return min(matches, key=lambda match: (match.start(), -match.end()), default=None)


def parse_date(text: str) -> date | None:
    """The first calendar date in a text, in English, Chinese or figures; ``None`` without one. A month is its first."""
    match = _found(_folded(text))
    if match is None:
        return None
    parts = match.groupdict()
    year, month, day = ordinal(parts["year"]), _month(parts["month"]), ordinal(parts.get("day") or "1")
    if year is None or month is None or day is None:
        return None
    if parts.get("republic"):
        year += _FIRST_YEAR_OF_THE_REPUBLIC - 1
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Whether the whole text is a calendar date, though it may stand in brackets and say what happened or where."""
    if len(text) > _LONGEST_LINE:
        return False
    stripped = _folded(text).strip(_AROUND)
    match = _found(stripped)
    if match is None or parse_date(match.group()) is None:
        return False
    return bool(_BEFORE.fullmatch(stripped[: match.start()]) and _AFTER.fullmatch(stripped[match.end() :]))


def before_date(text: str) -> str | None:
    """What stands before a date that ends the text: 商务部 in "商务部 2012年5月10日"; ``None`` without such a date."""
    folded = _folded(text).strip()
    match = _found(folded)
    if match is None or match.end() < len(folded) or parse_date(match.group()) is None:
        return None
    return folded[: match.start()].strip()
