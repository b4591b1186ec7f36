"""How a document is set, whatever sets it; and words with the places where a line may divide them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

SOFT_HYPHEN = "\u00ad"

_LONG_WORD = re.compile(r"[A-Za-z]{8,}")
_VOWELS, _CONSONANTS = "aeiouy", "bcdfghjklmnpqrstvwxz"
# Between two consonants that stand between vowels; not within a sound that is written with two letters.
_BREAK = re.compile(
    f"(?<=[{_VOWELS}][{_CONSONANTS}])(?<=.{{3}})(?<![ctspgw]h)(?![hktgr]{{0}}h)(?=[{_CONSONANTS}][{_VOWELS}].)"
)


class Look(NamedTuple):
    """Sizes in points; leading, indent, gap and gutter in font sizes.

    ``header`` and ``footer`` are given the page and the number of pages. ``spread`` is what is put between the letters
    of headings, in font sizes.
    """

    font: str
    bold: str
    size: float = 11.0
    leading: float = 1.35
    indent: float = 0.0
    gap: float = 0.6
    justify: bool = False
    columns: int = 1
    gutter: float = 2.0
    title_size: float = 1.6
    heading_size: float = 1.0
    spread: float = 0.0
    margin: float = 72.0
    chinese: bool = False
    hyphens: bool = False
    header: Callable[[int, int], str] = lambda page, pages: ""
    footer: Callable[[int, int], str] = lambda page, pages: ""
    ruled: bool = True
    widths: tuple[float, ...] = ()


def hyphened(text: str) -> str:
    """The text with soft hyphens in its long words."""
    return _LONG_WORD.sub(lambda word: _BREAK.sub(SOFT_HYPHEN, word.group()), text)
