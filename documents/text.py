"""Text as people wrote it, and the folded form of it that searching compares.

A quote is always cut from the text as it stands in the source. Everything that repairs, folds or
strips works on a copy that is only compared, never shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

# A full-width space (0xA1A1 in GB 2312), read once in a wrong encoding: two carons in a row.
_MOJIBAKE_SPACE = re.compile("\u02c7{2}")
_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{_CJK}]")
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")

# Shortened words that end in a full stop without ending a sentence.
_ABBREVIATIONS = (
    "e.g", "i.e", "etc", "No", "Nos", "Art", "Arts", "Sec", "para", "paras", "cf", "vs", "Mr", "Mrs", "Ms", "Dr",
    "St", "esp", "incl", "approx", "p", "pp", "Fig", "Ch", "Co", "Ltd", "Inc", "a.m", "p.m",
)  # fmt: skip
_ABBREVIATION_END = re.compile(r"(?:^|[\s(\"“])(?:" + "|".join(re.escape(a) for a in _ABBREVIATIONS) + r")\.$", re.I)
_ENUMERATOR = re.compile(r"(?:^|[\s。；;：:])\(?(?:\d{1,3}|[A-Za-z]|[IVXivx]{1,5})\.$")
_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』\"')）]*|\.[”’\"')]*(?=\s|$)")
_LONGEST_ABBREVIATION = 12
"""Characters before a full stop that hold the longest abbreviation or number of a list, and what stands before it."""
_CLAUSE_END = re.compile(r"[;；]\s*")

LONG_SENTENCE = 240
"""Characters from which a sentence is cut at its semicolons too: official texts chain measures so."""
SHORTEST_CLAUSE = 12
"""Characters below which a piece is part of the sentence before it and none of its own; a Chinese one counts two."""


class Span(NamedTuple):
    """A piece of a text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece itself, verbatim."""
        return text[self.start : self.end]


def for_search(text: str) -> str:
    """The text with mojibake repaired, compatibility forms folded (NFKC) and white space collapsed.

    For comparing and embedding only; never quote what comes out.
    """
    repaired = _MOJIBAKE_SPACE.sub(" ", text)
    folded = unicodedata.normalize("NFKC", repaired).translate(_QUOTES)
    return _SPACE.sub(" ", folded).strip()


def squeezed(text: str) -> str:
    """``for_search`` without any white space and without case: equal where two texts say the same."""
    return _SPACE.sub("", for_search(text)).casefold()


def is_chinese(text: str) -> bool:
    """Whether a text holds Chinese characters, be it one."""
    return bool(_HAN.search(text))


def language_of(text: str) -> Literal["en", "zh"]:
    """``zh`` where Chinese characters carry the text, else ``en``.

    A Chinese question may hold English names (ISO27001), so one Chinese character weighs as much as two English
    words.
    """
    characters = len(_CJK_CHARACTER.findall(text))
    words = len(_LATIN_WORD.findall(text))
    return "zh" if characters * 2 > words else "en"


def _ends(text: str) -> list[int]:
    ends = []
    for match in _SENTENCE_END.finditer(text):
        # Only the word before the full stop is looked at: a long text costs no more a sentence than a short one.
        window = (max(0, match.start() - _LONGEST_ABBREVIATION), match.start() + 1)
        if text[match.start()] == "." and (
            _ABBREVIATION_END.search(text, *window) or _ENUMERATOR.search(text, *window)
        ):
            continue
        ends.append(match.end())
    return ends


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _weight(piece: str) -> int:
    return len(piece) + len(_CJK_CHARACTER.findall(piece))


def sentences(text: str) -> tuple[Span, ...]:
    """Cut a paragraph into its sentences; long ones also at semicolons. Nothing is left out.

    Abbreviations ("e.g.", "No.") and numbers of a list ("1.") end no sentence, and a piece too
    short to stand alone stays with the one before it.
    """
    spans: list[Span] = []
    start = 0
    for end in [*_ends(text), len(text)]:
        span = _trimmed(text, start, end)
        start = end
        if span.start == span.end:
            continue
        cuts = [span.start]
        if span.end - span.start >= LONG_SENTENCE:
            cuts += [m.end() for m in _CLAUSE_END.finditer(text, span.start, span.end)]
        for left, right in zip(cuts, [*cuts[1:], span.end], strict=True):
            piece = _trimmed(text, left, right)
            if spans and _weight(piece.of(text)) < SHORTEST_CLAUSE:
                spans[-1] = Span(spans[-1].start, piece.end)
            elif piece.end > piece.start:
                spans.append(piece)
    return tuple(spans)
