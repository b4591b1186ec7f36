"""Reads web pages: the text of the document in them, without the page around it.

Nothing is fetched and no script runs. A page of an office often holds its document in tables that only lay it out,
or as lines parted by ``<br>``; both become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from documents.blocks import Block, Reading, Style
from documents.readers.chrome import Chrome, titles_of, without_furniture
from documents.readers.clean import joined, raised, row_text, visible
from documents.readers.encoding import decode
from documents.readers.formats import Kind, expect
from documents.readers.lines import Line, paragraphs
from documents.readers.merged import LONGEST_REPEATED, repeated
from documents.readers.numerals import bijective_letter, roman
from documents.readers.pieces import Piece
from documents.readers.source import fault, load
from documents.structure import label_of

LARGEST_PAGE = 10 * 1024 * 1024
"""Bytes above which a web page is not read: a tree of it takes a hundred times as much."""
LONGEST_CELL = 800
"""Characters above which a cell with several paragraphs shows that its table only lays the page out."""
_PARAGRAPHS_OF_LAYOUT = 3
_MOST_SPANNED = 50
"""Rows or columns that a cell is taken to stand in at most."""
DEEPEST_TABLE = 20
"""Tables within each other; further in they only lay out."""

_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I)
_CHARSET_WITHIN = 8192
_BEGINNING = "<!DOCTYPE html>"
_QUOTED = r"""\"[^\"]*+\"|'[^']*+'"""
# What stands before the page itself. In brackets a page of XHTML may bring declarations, of which a parser of HTML
# takes all but the first for text. Nothing here is tried twice, however long it is or left open.
_PROLOGUE = re.compile(
    rf"""(?:\s++|<\?[^>]*+>|<!--.*?-->)*+
    (?:<!doctype\b(?:[^\[>"']|{_QUOTED})*+
    (?:\[(?:\s++|%[\w.:-]++;|<!--(?>.*?-->)|<\?(?>.*?\?>)|<![a-z](?:[^<>"']|{_QUOTED})*+>)*+\]\s*+)?>)?""",
    re.I | re.S | re.X,
)

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp"
])  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VERBATIM = frozenset({"pre", "listing", "xmp"})
_LAYOUT_SPACE = re.compile(r"[ \t\r\n\f]+")
# Marks of where links begin and end within gathered text; the text itself holds no control characters.
_LINK, _LINK_END = "\x01", "\x02"
_MARKS = re.compile(f"[{_LINK}{_LINK_END}]")
_ORDERS: dict[str, Callable[[int], str]] = {
    "a": bijective_letter,
    "A": lambda number: bijective_letter(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
_FOOTNOTE = re.compile(r"^\d{1,3}$")


class HtmlReader:
    """Reads web pages saved as one file of HTML."""

    def read(self, path: Path) -> Reading:
        """Read a page: headings, paragraphs, numbered items, rows of tables. Raises ``ReadingError``."""
        data = load(path, LARGEST_PAGE)
        expect(path, data, Kind.PAGE)
        match = _CHARSET.search(data, 0, _CHARSET_WITHIN) or _XML_ENCODING.search(data, 0, _CHARSET_WITHIN)
        decoded = decode(data, path, declared=match.group(1).decode("ascii", errors="ignore") if match else None)
        try:
            # Begun anew, it looks like nothing else to the parser, such as XML or a name of a file, and no warning of
            # that is printed.
            soup = BeautifulSoup(_BEGINNING + _PROLOGUE.sub("", visible(decoded.text), count=1), "lxml")
        except (ValueError, AssertionError, RecursionError, LookupError):
            raise fault(path, "is no web page that can be read; open it in a browser and save it again") from None
        pieces, dropped = without_furniture(_Walk(soup).pieces(), titles_of(soup))
        blocks = tuple(Block(piece.text, None, piece.style, piece.level) for piece in pieces)
        if not blocks:
            raise fault(path, "holds no text of its own; open it in a browser and save the document itself")
        lines = "1 line" if dropped == 1 else f"{dropped} lines"
        left_out = (f"{lines} of links and page furniture left out",) if dropped else ()
        return Reading(blocks, (*decoded.warnings, *left_out))


@dataclass(slots=True)
class _Table:
    """A table while it is walked through: its rows of cells, each with the pieces in it."""

    rows: list[list[list[Piece]]] = field(default_factory=list)
    outside: list[Piece] = field(default_factory=list)
    layout: bool = False
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


class _Event(NamedTuple):
    tag: Tag
    entering: bool


@dataclass(slots=True)
class _List:
    """A numbered list while it is walked through."""

    number: int
    step: int
    order: str

    @classmethod
    def of(cls, tag: Tag) -> _List:
        backwards = tag.get("reversed") is not None
        items = sum(1 for child in tag.contents if isinstance(child, Tag) and child.name == "li")
        start = _whole(tag.get("start"))
        first = start if start is not None else (items if backwards else 1)
        return cls(first, -1 if backwards else 1, str(tag.get("type") or "1"))

    def label(self, item: Tag) -> str:
        """What a browser writes in front of the next item."""
        own = _whole(item.get("value"))
        number = self.number if own is None else own
        self.number = number + self.step
        return f"{_ORDERS.get(self.order, str)(number)}. "


def _whole(text: object) -> int | None:
    return int(text) if isinstance(text, str) and re.fullmatch(r"-?\d{1,6}", text.strip()) else None


class _Walk:
    """One walk through the tree of a page, without recursion: pages nest as deeply as they like."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._chrome = Chrome(soup)
        self._buffer: list[str] = []
        self._out: list[list[Piece]] = [[]]
        self._tables: list[_Table] = []
        self._heading: list[int] = []
        self._verbatim = 0
        self._raised = 0
        self._label = ""
        self._lists: list[_List | None] = []

    def pieces(self) -> list[Piece]:
        """The pieces of the page in reading order."""
        for event in self._events():
            if isinstance(event, str):
                self._text(event)
            elif event.entering:
                self._enter(event.tag)
            else:
                self._leave(event.tag)
        self._flush()
        return self._out[0]

    def _events(self) -> Iterator[_Event | str]:
        root = self._chrome.root
        stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.contents))]
        while stack:
            tag, inner = stack[-1]
            child = next(inner, None)
            if child is None:
                stack.pop()
                if stack:
                    yield _Event(tag, entering=False)
            elif isinstance(child, Tag):
                if not self._chrome.hides(child):
                    yield _Event(child, entering=True)
                    stack.append((child, iter(child.contents)))
            elif type(child) in {NavigableString, CData}:
                yield str(child)

    def _text(self, text: str) -> None:
        text = _MARKS.sub("", text)
        text = raised(text) if self._raised else text
        self._buffer.append(text if self._verbatim else _LAYOUT_SPACE.sub(" ", text))

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._buffer.append("\n")
        elif name == "a" and tag.get("href") is not None:
            self._buffer.append(_LINK)
        elif name == "sup":
            self._raised += not _is_note(tag)
            self._buffer += ["["] if _is_note(tag) else []
        if name not in _BLOCKS:
            return
        self._flush()
        if name in _HEADINGS:
            self._heading.append(_HEADINGS[name])
        elif name in _VERBATIM:
            self._verbatim += 1
        elif name in {"ol", "ul", "menu", "dir"}:
            self._lists.append(_List.of(tag) if name == "ol" else None)
        elif name == "li":
            listed = self._lists[-1] if self._lists else None
            self._label = listed.label(tag) if listed else ""
        elif name == "table":
            self._tables.append(_Table(layout=tag.get("role") == "presentation" or len(self._tables) >= DEEPEST_TABLE))
            self._out.append(self._tables[-1].outside)
        elif name == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif name in {"td", "th"} and self._tables:
            table = self._tables[-1]
            table.rows = table.rows or [[]]
            table.rows[-1].append([])
            down, wide = (_whole(tag.get(name)) or 1 for name in ("rowspan", "colspan"))
            if down > 1 or wide > 1:
                place = (len(table.rows) - 1, len(table.rows[-1]) - 1)
                table.spans[place] = (min(down, _MOST_SPANNED), min(wide, _MOST_SPANNED))
            self._out.append(table.rows[-1][-1])

    def _leave(self, tag: Tag) -> None:
        name = tag.name
        if name == "a" and tag.get("href") is not None:
            self._buffer.append(_LINK_END)
        elif name == "sup":
            self._raised -= not _is_note(tag)
            self._buffer += ["]"] if _is_note(tag) else []
        if name not in _BLOCKS:
            return
        self._flush()
        if name in _HEADINGS:
            self._heading.pop()
        elif name in _VERBATIM:
            self._verbatim -= 1
        elif name in {"ol", "ul", "menu", "dir"}:
            self._lists.pop()
        elif name == "li":
            self._label = ""
        elif name == "table":
            self._out.pop()
            self._close(self._tables.pop())
        elif name in {"td", "th"} and self._tables:
            self._out.pop()

    def _flush(self) -> None:
        """End the block that is being gathered, and keep what it holds."""
        if not self._buffer:
            return
        lines, open_link = _lines("".join(self._buffer))
        self._buffer = [_LINK] if open_link else []
        if self._heading:
            text = joined(line.text for line in lines)
            found = [Line(text, None, sum(x.links for x in lines), sum(x.linked for x in lines))] if text else []
        else:
            found = list(paragraphs(lines))
        level = self._heading[-1] if self._heading else None
        style = Style.HEADING if self._heading else Style.BODY
        for line in found:
            text, self._label = (line.text if label_of(line.text) else self._label + line.text), ""
            self._out[-1].append(Piece(text, style, level, line.links, line.linked))

    def _close(self, table: _Table) -> None:
        """Give what a table holds to what is around it: as rows, or as paragraphs where it only lays out."""
        out = self._out[-1]
        out += table.outside
        cells = [cell for row in table.rows for cell in row]
        if self._tables:
            self._tables[-1].layout = True
        if table.layout or not any(sum(map(bool, row)) > 1 for row in table.rows) or any(map(_lays_out, cells)):
            for cell in cells:
                out += cell
            return
        short = {
            (row, cell): span
            for (row, cell), span in table.spans.items()
            if sum(len(piece.text) for piece in table.rows[row][cell]) <= LONGEST_REPEATED
        }
        for row in repeated(table.rows, short):
            pieces = [piece for cell in row for piece in cell]
            if text := row_text(joined(piece.text for piece in cell) for cell in row):
                links, linked = sum(piece.links for piece in pieces), sum(piece.linked for piece in pieces)
                out.append(Piece(text, Style.TABLE_ROW, None, links, linked))


def _is_note(tag: Tag) -> bool:
    """Whether a raised text is the number of a footnote, which must not run into the number before it."""
    if len(tag.contents) != 1 or not isinstance(link := tag.contents[0], Tag) or link.name != "a":
        return False
    text = link.string
    return str(link.get("href") or "").startswith("#") and text is not None and bool(_FOOTNOTE.match(text.strip()))


def _lines(text: str) -> tuple[list[Line], bool]:
    """Lines with their links counted, and whether a link is still open at the end."""
    lines: list[Line] = []
    inside = False
    for raw in text.split("\n"):
        links, linked, shown = int(inside), 0, []
        for part in re.split(f"([{_LINK}{_LINK_END}])", raw):
            if part == _LINK:
                inside, links = True, links + 1
            elif part == _LINK_END:
                inside = False
            else:
                shown.append(part)
                linked += len("".join(part.split())) if inside else 0
        lines.append(Line("".join(shown).strip(" \t\r"), None, links, linked))
    return lines, inside


def _lays_out(cell: list[Piece]) -> bool:
    """Whether a cell holds what no table of data does: headings, or paragraphs of running text."""
    if any(piece.style is not Style.BODY for piece in cell):
        return True
    return len(cell) >= _PARAGRAPHS_OF_LAYOUT and sum(len(piece.text) for piece in cell) > LONGEST_CELL
