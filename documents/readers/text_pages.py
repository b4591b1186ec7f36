"""The pages of a text: running heads, feet and page numbers taken off, and a sentence that runs over a page made whole.

Heads and feet are found as those of a PDF are (``pdf_furniture``). A text knows no heights, so a line counts by which
one of its page it is, from the top in the upper half and from the bottom in the lower.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from documents.readers.lines import Line, runs_on
from documents.readers.pdf_furniture import PageLines, furniture
from documents.structure import label_of

_STEP = 10.0
"""Points from line to line: more than the heights of lines at one place may differ by."""
_HEIGHT = 10_000.0
"""Points of a page, of which the lines that may be heads or feet take up little."""
_MOST_PAGES = 20_000
"""Pages with text above which heads and feet are not looked for: no document has so many."""
# Where a line says the number of its page: at either end, or in words.
_COUNTS = re.compile(r"^\W*\d|\d\W*$|第\s*\d+\s*页|\bpage\s*\d", re.I)


def _same(text: str) -> str:
    return " ".join(text.split())


def _placed(page: int, texts: Sequence[str], known: Counter[str]) -> PageLines:
    """The lines of a page with their places. ``known`` says on how many pages a line stands in the same words.

    A line that stands so once may still be a head, with the number of its page; what is numbered otherwise is text.
    """
    filled = [row for row, text in enumerate(texts) if text.strip()]
    upper = (len(filled) + 1) // 2
    places = [_STEP * (at + 1) if at < upper else _HEIGHT - _STEP * (len(filled) - at) for at in range(len(filled))]
    fixed = frozenset(
        row
        for row in filled
        if known[_same(texts[row])] == 1 and (label_of(texts[row]) or not _COUNTS.search(texts[row]))
    )
    lines = tuple((row, place, texts[row].strip()) for row, place in zip(filled, places, strict=True))
    return PageLines(page, _HEIGHT, lines, fixed)


def _first_heads(texts: Sequence[str], dropped: set[tuple[int, int]], known: Counter[str]) -> set[tuple[int, int]]:
    """The heads of the first page that later ones repeat in the same words: they stay, as one may be the title."""
    found: set[tuple[int, int]] = set()
    for row, text in enumerate(texts):
        if text.strip() and (1, row) not in dropped:
            break
        if known[_same(text)] > 1:
            found.add((1, row))
    return found


def _furniture(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Page and row of heads, feet and page numbers."""
    filled = [(page, texts) for page, texts in enumerate(pages, 1) if any(map(str.strip, texts))]
    if len(filled) > _MOST_PAGES:
        return set()
    known = Counter(same for _, texts in filled for same in {_same(text) for text in texts} if same)
    dropped = furniture([_placed(page, texts, known) for page, texts in filled], measured=False)
    return dropped - _first_heads(pages[0], dropped, known)


def _trimmed(texts: Sequence[str]) -> Sequence[str]:
    filled = [row for row, text in enumerate(texts) if text.strip()]
    return texts[filled[0] : filled[-1] + 1] if filled else []


def lines_of(pages: Sequence[Sequence[str]]) -> list[Line]:
    """The lines of a text in reading order, each with its page, from 1. Between pages a blank line ends a paragraph.

    Blank lines around the end of a page, and heads and feet there, end none where the sentence runs on.
    """
    dropped = _furniture(pages)
    lines: list[Line] = []
    open_end = True  # the page before ended with a line of text, at its very end
    for page, texts in enumerate(pages, 1):
        kept = _trimmed([text for row, text in enumerate(texts) if (page, row) not in dropped])
        if not kept:
            open_end = False
            continue
        touches = open_end and kept[0] == texts[0]
        if lines and not touches and not runs_on(lines[-1].text, kept[0]):
            lines.append(Line("", page))
        lines += [Line(text, page) for text in kept]
        open_end = kept[-1] == texts[-1]
    return lines
