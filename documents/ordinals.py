"""The value of a number as lists write it: 3, III, c, 三, 叁, ③, three."""

from __future__ import annotations

import unicodedata

from documents.readers.numerals import roman as written
from documents.words import listed

_HAN = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "兩": 2}
_LEGAL = dict(zip("壹贰貳叁參参肆伍陆陸柒捌玖拾", "一二二三三三四五六六七八九十", strict=True))
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENTHS = {"廿": "二十", "卅": "三十"}


def han(text: str) -> int | None:
    """The value of a Chinese number, counted (二十三) or digit by digit (二〇〇六); ``None`` where it is none."""
    for sign, meaning in (_LEGAL | _TENTHS).items():
        text = text.replace(sign, meaning)
    if not text or any(sign not in _HAN and sign not in _UNITS for sign in text):
        return None
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_HAN[sign]) for sign in text))
    total, digit = 0, None
    for sign in text:
        if sign in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[sign]
            digit = None
        else:
            digit = _HAN[sign]
    return total + (digit or 0)


def roman(text: str) -> int | None:
    """The value of a Roman numeral in capitals or small letters; ``None`` where it is none."""
    values = [_ROMAN.get(sign) for sign in text.lower()]
    if not values or None in values:
        return None
    known = [value for value in values if value is not None]
    total = sum(-value if value < max(known[at:]) else value for at, value in enumerate(known))
    return total if written(total) == text.lower() else None


def ordinal(text: str) -> int | None:
    """The value of a number in figures, words, Chinese or circled signs; letters and Roman numerals are none."""
    folded = unicodedata.normalize("NFKC", text).strip(" ()")
    if folded.isdecimal():
        return int(folded)
    words = listed("cardinals")
    if folded.lower() in words:
        return words.index(folded.lower()) + 1
    return han(folded)


def letter(text: str) -> int | None:
    """The place of a letter in the alphabet, from 1; ``None`` where it is none of a to z."""
    return ord(text.lower()) - ord("a") + 1 if len(text) == 1 and "a" <= text.lower() <= "z" else None
