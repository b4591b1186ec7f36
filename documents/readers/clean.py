"""Text without what nobody sees: control characters, zero-width characters, white space of the layout."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Controls that stand for white space, and every kind of line end.
_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")
# Controls, soft hyphen, zero-width and direction marks, tags, halves of surrogate pairs, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")
_IDEOGRAPHIC_SPACE = "\u3000"

_FIGURES = re.compile(r"\s*[-−+]?\d{1,3}\s*")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")

CELLS = " | "
"""What stands between the cells of a row."""

CJK = r"\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
"""Characters set without spaces between them, for use in a character class."""
_CJK_CHARACTER = re.compile(f"[{CJK}]")


def raised(text: str) -> str:
    """Raised figures as such (m², 10⁶), so that they do not run into the word or the number before them."""
    return text.translate(_RAISED) if _FIGURES.fullmatch(text) else text


def visible(text: str) -> str:
    """The text without invisible characters; white space stays as it is."""
    return _INVISIBLE.sub("", text)


def _one_space(match: re.Match[str]) -> str:
    return _IDEOGRAPHIC_SPACE if set(match.group()) == {_IDEOGRAPHIC_SPACE} else " "


def clean(text: str) -> str:
    """The text on one line: nothing invisible, one space for a run of them, none at the ends.

    A run of nothing but ideographic spaces stays one ideographic space. Nothing else changes: no form of a character
    is folded into another.
    """
    return _SPACES.sub(_one_space, visible(_BREAKS.sub(" ", text))).strip()


def glue(left: str, right: str) -> str:
    """What stands between two lines of one paragraph: a space, or nothing where either side is Chinese."""
    return "" if not left or not right or any(map(_CJK_CHARACTER.match, (left[-1], right[0]))) else " "


def joined(lines: Iterable[str]) -> str:
    """Lines of one paragraph as one line."""
    parts: list[str] = []
    for line in map(clean, lines):
        if line:
            parts += [glue(parts[-1], line) if parts else "", line]
    return "".join(parts)


def row_text(cells: Iterable[str]) -> str:
    """The cells of a row as one text; empty ones keep their place between others, not at the ends."""
    texts = list(cells)
    while texts and not texts[-1]:
        texts.pop()
    while texts and not texts[0]:
        texts.pop(0)
    return clean(CELLS.join(texts))
