"""What the made documents say: policies written for tests, taken apart by the person who knows how each is numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmarks.loaders.truth import Expected, Kind
from benchmarks.shared import ROOT

POLICIES = ROOT / "tests" / "gold" / "policies"

_HAN = "[一二三四五六七八九十]+"
CHAPTER_ZH, ARTICLE_ZH = f"(第{_HAN}章)", f"(第{_HAN}条)"
LIST_ZH, ITEM_ZH = f"({_HAN})、", f"(（{_HAN}）)"
NUMBER, DECIMAL, BRACKET, ROMAN = r"(\d+)[.．]", r"(\d+\.\d+)", r"(\(\d+\))", r"([IVX]+)\."
CHAPTER, ARTICLE, SECTION = r"(Chapter [IVX\d]+)", r"(Article \d+)", r"(Section \d+(?:\.\d+)?)"
BARE = r"(?=[A-Z一-鿿])()"
"""A heading without a number: short, and not a sentence."""

_LONGEST_HEADING = {"en": 75, "zh": 25}
_APPENDIX = re.compile(r"附件|Annex|Appendices|Schedules")
_APPENDIX_ITEM = r"(\d+)[.．]"
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}年\d{1,2}月\d{1,2}日")


class Entry(NamedTuple):
    """A paragraph before it is laid out. ``depth`` is that of a heading; ``cells`` are those of a row.

    ``note`` is the text of a footnote whose mark stands behind ``note_at`` in the text.
    """

    text: str
    kind: Kind = Kind.BODY
    label: str | None = None
    depth: int = 0
    cells: tuple[str, ...] = ()
    note: str = ""
    note_at: str = ""

    @property
    def marked(self) -> str:
        """The text with the place of the mark of its note, if it has one."""
        return self.text.replace(self.note_at, f"{self.note_at}{MARK}", 1) if self.note else self.text


MARK = "\x00"
"""Stands in a text where the mark of a footnote is."""


class Numbering(NamedTuple):
    """How a policy is numbered: patterns of its headings, outermost first, and of its paragraphs."""

    language: str
    headings: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def blocks_of(policy: str) -> list[str]:
    """The paragraphs of a policy, white space as it is."""
    text = (POLICIES / policy / "document.txt").read_text(encoding="utf-8")
    return [block.strip() for block in text.split("\n\n") if block.strip()]


def _label(patterns: Sequence[str], text: str) -> tuple[int, str | None] | None:
    for depth, pattern in enumerate(patterns):
        if match := re.match(pattern, text):
            return depth, match[1] or None
    return None


def entries(policy: str, numbering: Numbering, *, heads: int = 2, upto: int | None = None) -> list[Entry]:
    """The paragraphs of a policy with what each is.

    The first is the title and the second the number; the paragraphs before ``heads`` are never headings. ``upto``
    leaves out paragraphs behind that many, but never the last two (who issued it, and when).
    """
    texts = blocks_of(policy)
    if upto is not None:
        texts = [*texts[: upto - 2], *texts[-2:]]
    found = [Entry(texts[0], Kind.TITLE), Entry(texts[1], Kind.NUMBER)]
    for at, text in enumerate(texts[2:-2], 2):
        short = len(text) <= _LONGEST_HEADING[numbering.language] and text[-1] not in ".。;；:："
        heading = _label(numbering.headings, text) if short and at >= heads else None
        if _APPENDIX.match(text) or found[-1].kind is Kind.APPENDIX:
            item = _label((_APPENDIX_ITEM,), text)
            found.append(Entry(text, Kind.APPENDIX, item[1] if item else None))
        elif heading:
            found.append(Entry(text, Kind.HEADING, heading[1], heading[0]))
        else:
            item = _label(numbering.items, text)
            found.append(Entry(text, Kind.BODY, item[1] if item else None))
    if not _DATE.fullmatch(texts[-1]):
        raise ValueError(f"{policy}: does not end with a date")
    return [*found, Entry(texts[-2], Kind.ISSUER), Entry(texts[-1], Kind.DATE)]


def with_rows(found: Sequence[Entry], after: str, rows: Sequence[Sequence[str]]) -> list[Entry]:
    """The paragraphs with a table behind the one that begins with ``after``."""
    at = next(index for index, entry in enumerate(found) if entry.text.startswith(after))
    table = [Entry(" | ".join(row), Kind.ROW, cells=tuple(row)) for row in rows]
    return [*found[: at + 1], *table, *found[at + 1 :]]


def with_notes(found: Sequence[Entry], notes: dict[str, str]) -> list[Entry]:
    """The paragraphs with footnotes: each hangs on the words it is given for, where they first stand."""
    made = list(found)
    for words, note in notes.items():
        at = next(i for i, e in enumerate(made) if words in e.text and e.kind is Kind.BODY and not e.note)
        made[at] = made[at]._replace(note=note, note_at=words)
    return made


class Laid(NamedTuple):
    """An entry as it was laid out: the page it begins on, and that of its footnote (else the same)."""

    entry: Entry
    page: int | None = None
    note_page: int | None = None


def expected(laid: Sequence[Laid], *, notes: str = "page") -> tuple[Expected, ...]:
    """What a reader has to make of paragraphs as they were laid out.

    Marks of footnotes stand in square brackets, in the text and before the note. ``notes`` says where the notes stand:
    behind the last paragraph that begins on their ``page``, or at the ``end``.
    """
    found: list[Expected] = []
    waiting: list[Expected] = []
    headings: list[tuple[int, str]] = []
    count = 0
    for one, following in pairwise([*laid, None]):
        assert one is not None
        entry, page, note_page = one
        text = " ".join(entry.text.split())
        if entry.note:
            count += 1
            text = " ".join(entry.marked.replace(MARK, f"[{count}]").split())
            waiting.append(Expected(f"[{count}] {entry.note}", Kind.NOTE, None, note_page or page))
        section = tuple(title for _, title in headings)
        if entry.kind is Kind.HEADING:
            headings = [(depth, title) for depth, title in headings if depth < entry.depth]
            section = tuple(title for _, title in headings)
            headings.append((entry.depth, text))
        placed = entry.kind in {Kind.HEADING, Kind.BODY, Kind.ROW}
        found.append(Expected(text, entry.kind, entry.label, page, section if placed else ()))
        if waiting and (following is None or (notes == "page" and following.page != page)):
            found += waiting
            waiting = []
    return tuple(found)
