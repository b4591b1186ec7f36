"""On which page each paragraph of a PDF begins, found in the text that another program (PDFium) gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.loaders.making.looks import SOFT_HYPHEN
from benchmarks.loaders.making.sources import MARK, Entry, Laid
from benchmarks.loaders.peers import told
from benchmarks.loaders.score import folded

_KEYS = (40, 26, 16, 9)
"""Characters by which a paragraph is looked for, the most first: they may stand on two lines of a cell."""


def _squeezed(text: str) -> str:
    # PDFium marks a hyphen at the end of a line by U+FFFE.
    return folded(text.replace(MARK, "")).replace("-", "").replace("\ufffe", "").replace(SOFT_HYPHEN, "")


def laid(path: Path, found: Sequence[Entry]) -> list[Laid]:
    """The paragraphs with the page each begins on, and that of its footnote.

    Raises ``LookupError`` for one that is not found behind the one before it.
    """
    (text,) = told("pdfium", [path])
    if text.error:
        raise LookupError(f"{path.name}: {text.error}")
    pages = [_squeezed(page) for page in text.pages]
    everything = "".join(pages)
    starts = [sum(map(len, pages[:number])) for number in range(len(pages))]

    def page_of(words: str, behind: int, label: str | None) -> tuple[int, int]:
        # PDFium gives a number that stands apart from its text somewhere else.
        behind_label = words[len(_squeezed(label or "")) + 1 :]
        for key in (part[:length] for length in _KEYS for part in (words, behind_label)):
            place = everything.find(key, behind)
            if key and place >= 0:
                return sum(start <= place for start in starts), place
        raise LookupError(f"{path.name}: {words[:40]!r} is not on any page behind the paragraph before it")

    done: list[Laid] = []
    at = 0
    for entry in found:
        page, place = page_of(_squeezed(entry.text), 0 if entry.cells else at, entry.label)
        at = at if entry.cells else place
        note = page_of(_squeezed(entry.note), 0, None)[0] if entry.note else None
        done.append(Laid(entry, page, note))
    return done
