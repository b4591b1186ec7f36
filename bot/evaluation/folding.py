"""Folds texts before they are compared, so that typography never decides a score."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NewType

FoldedPassage = NewType("FoldedPassage", str)
"""A passage or source without any white space, for finding snippets in."""
FoldedAnswer = NewType("FoldedAnswer", str)
"""An answer with its words still apart, for finding facts in."""

_WRITTEN_ALIKE = {'"': "“”„", "'": "‘’", "-": "–—−", " ": "|"}
_TO_PLAIN = str.maketrans({fancy: plain for plain, many in _WRITTEN_ALIKE.items() for fancy in many})
_SOFT_HYPHEN = "\u00ad"
_THOUSANDS_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WHITE_SPACE = re.compile(r"\s+")
_EAST_ASIAN = r"[\u3000-\u9fff\uff00-\uffef]"
_SPACE_BESIDE_EAST_ASIAN = re.compile(f"(?<={_EAST_ASIAN}) | (?={_EAST_ASIAN})")
_BETWEEN_TWO_NUMBERS = re.compile(r"(?<=\d) ?(?:[-~至到]|to) ?(?=\d)")
_ROMAN_ENDING = re.compile(r" i{1,3}$")


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_TO_PLAIN).casefold()
    return _THOUSANDS_COMMA.sub("", plain).replace(_SOFT_HYPHEN, "")


def fold_passage(text: str) -> FoldedPassage:
    """Fold a passage: width, case, quotation marks, dashes, thousands commas, and no white space."""
    return FoldedPassage(_WHITE_SPACE.sub("", _fold(text)))


def fold_answer(text: str) -> FoldedAnswer:
    """Fold an answer as a passage, but keep single spaces between words; "3 to 5" becomes "3-5"."""
    spaced = _SPACE_BESIDE_EAST_ASIAN.sub("", _WHITE_SPACE.sub(" ", _fold(text)))
    return FoldedAnswer(_BETWEEN_TWO_NUMBERS.sub("-", spaced).replace(" & ", " and "))


def holds(answer: FoldedAnswer, wanted: str) -> bool:
    """Whether the answer holds the string as a thing of its own: "10" is not in "100" or "2.10"."""
    return _standing_alone(wanted).search(answer) is not None


@cache
def _standing_alone(wanted: str) -> re.Pattern[str]:
    text = fold_answer(wanted).strip()
    before = after = ""
    if text[:1].isdigit():
        before = r"(?<!\d)(?<!\d\.)"
    elif text[:1].isascii() and text[:1].isalpha():
        before = "(?<![a-z])"
    if text[-1:].isdigit():
        after = r"(?!\d)(?!\.\d)"
    elif _ROMAN_ENDING.search(text):
        after = "(?![a-z])"
    # A string of nothing but white space is nowhere.
    return re.compile(before + re.escape(text) + after if text else r"(?!)")
