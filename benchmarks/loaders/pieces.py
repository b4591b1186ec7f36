"""A loader's text cut into pieces, in the simple ways a person would try who wants paragraphs of it.

Loaders give a page or a whole document as one text. Which cut serves best differs from loader to loader and from
document to document, so that all are tried, and each loader is scored by the best one (``score.score_plain``).
Nothing here reads a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from unicodedata import east_asian_width

_IMAGE = re.compile(r"!\[[^\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_BACK = re.compile(r"\[↑\]\([^)]*\)")
_TAG = re.compile(r"</?(?:br|su[bp]|[biu]|em|strong)\s*/?>")
_RULE = re.compile(r"^[ \t|:]*-{3,}[- \t|:]*$", re.M)
_BULLET = re.compile(r"^([ \t]*)[-+*][ \t]+", re.M)
_PICTURE = re.compile(r"^\**==>.*<==\**\s*$|^\**-{3,} (?:Start|End) of picture text -{3,}.*$", re.M)

_DIVIDED = re.compile(r"(?<=[^\W\d_])-[ \t]*\n[ \t]*(?=[a-z])")
_STOPPED = re.compile(r"[.。;；:：!！?？][\"'”’）)》\]*_]*\s*$")
_ALONE = re.compile(r"\s*[|#]")
"""A line that is a row or a heading of Markdown."""
_HAN = "[一二三四五六七八九十百]"
_GAP = re.compile(r"\||[ \u3000]{2,}|\u3000")
"""What may stand between paragraphs that a loader puts on one line, as those of a page laid out with tables."""
_NUMBERED = re.compile(
    rf"[ \t\u3000]|第(?:{_HAN}|\d)+[章节節条條]|{_HAN}+、|[（(](?:{_HAN}|[\da-zA-Z]){{1,3}}[)）]"
    r"|\d+(?:\.\d+)*[.)、．]?\s|\d+[.．、](?!\d)|(?:Article|Chapter|Section|Part) [\dA-Z]|[IVX]+\.\s"
)
"""A line that is indented or begins with a number."""
_FULL = 0.75
"""The line that more than this share of the lines are not wider than is a full one; few are wider, as titles are."""
_SHORT = 0.9
"""Share of the width of a full line below which a line looks like the last of its paragraph."""

Pieces = list[str]


def unmarked(text: str) -> str:
    """Markdown without what it adds to the text: addresses, tags, rules, bullets, stand-ins for pictures.

    What shows rows and headings stays; it tells where to cut.
    """
    for pattern in (_PICTURE, _BACK, _IMAGE, _TAG, _RULE):
        text = pattern.sub("", text)
    return _BULLET.sub(r"\1", _LINK.sub(r"\1", text))


def rejoined(text: str) -> str:
    """The text with words put together that a hyphen divides at the end of a line."""
    return _DIVIDED.sub("", text)


def cuts(pages: Sequence[str]) -> list[Pieces]:
    """The text of the pages cut in every way.

    Pieces end nowhere, at every line, behind short lines, or behind short lines and stops; they begin there, or also
    where a line is indented or numbered; and blank lines end them, or mean nothing. Rows and headings of Markdown are
    pieces of their own. A page that ends within a sentence goes on in the next one. The last way cuts within lines.
    """
    lines = [line for page in _joined(pages) for line in page]
    widths = sorted(_width(line) for line in lines if line.strip() and not _ALONE.match(line))
    full = widths[int(_FULL * len(widths))] if widths else 0

    def short(line: str) -> bool:
        return _width(line) < _SHORT * full

    def short_or_stopped(line: str) -> bool:
        return short(line) or bool(_STOPPED.search(line))

    def numbered(line: str) -> bool:
        return bool(_NUMBERED.match(line))

    ends = (_never, _always, short, short_or_stopped)
    found = [_cut(lines, end, begin) for end, begin in product(ends, (_never, numbered))]
    written = [line for line in lines if line.strip()]
    found += [_cut(written, end, begin) for end, begin in product(ends, (_never, numbered))]
    return [*found, [part for line in written for part in _GAP.split(line) if part.strip()]]


def _never(_: str) -> bool:
    return False


def _always(_: str) -> bool:
    return True


def _width(line: str) -> int:
    """How wide a line is, in letters; a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line.strip())


def _joined(pages: Sequence[str]) -> list[list[str]]:
    """The lines of each page, and between pages a blank one where the first ends with its sentence."""
    found = [page.strip("\n\f\r \t").splitlines() for page in pages]
    for page, following in pairwise(found):
        last, first = (page or [""])[-1], (following or [""])[0]
        if _STOPPED.search(last) or _ALONE.match(last) or _ALONE.match(first):
            page.append("")
    return found


def _cut(lines: Sequence[str], ends: Callable[[str], bool], begins: Callable[[str], bool]) -> Pieces:
    """Pieces of lines: cut at blank ones, around rows and headings, behind lines that end and before those that begin
    a piece.
    """
    pieces: Pieces = []
    open_: Pieces = []

    def close() -> None:
        if open_:
            pieces.append("\n".join(open_))
            open_.clear()

    for line in lines:
        alone = bool(_ALONE.match(line))
        if alone or not line.strip() or begins(line):
            close()
        if line.strip():
            open_.append(line)
        if alone or ends(line):
            close()
    close()
    return pieces
