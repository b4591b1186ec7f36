"""Reads Word documents (.docx, .docm): the text as a person sees it on the page, in reading order.

Only the XML in the file is read. Macros, linked files and embedded objects are never opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from documents.blocks import Block, Reading, Style
from documents.readers.clean import clean, joined, raised, row_text
from documents.readers.docx_numbering import Counter
from documents.readers.docx_styles import Styles, numbering_of
from documents.readers.formats import Kind, expect
from documents.readers.merged import LONGEST_REPEATED
from documents.readers.numerals import written
from documents.readers.ooxml import child, children, number, tag, value
from documents.readers.package import Element, Package
from documents.readers.source import fault, load

# Elements whose content is read as if it stood in their place.
_TRANSPARENT = frozenset({
    "w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:sdtContent", "w:fldSimple", "w:customXml", "w:dir", "w:bdo",
    "w:ruby", "w:rubyBase", "mc:Choice", "mc:Fallback", "w:subDoc",
})  # fmt: skip
_GROUPS = frozenset({"w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "mc:Choice", "mc:Fallback", "w:smartTag"})
_DRAWINGS = frozenset({"w:drawing", "w:pict", "w:object"})
_PICTURES = frozenset({"a:blip", "v:imagedata"})
_NEW_PAGE = frozenset({None, "nextPage", "oddPage", "evenPage"})
_CONTENTS_GALLERY = "table of contents"
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_NOTE_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}
# Characters that the fonts of symbols show for codes in the private area.
_SYMBOLS = {
    "symbol": dict(zip(
        (0x25, 0x2D, 0x44, 0x53, 0x61, 0x62, 0x67, 0x6D, 0xA3, 0xA5, 0xB0, 0xB1, 0xB3, 0xB4, 0xB7, 0xB8, 0xB9, 0xBB),
        "%−ΔΣαβγμ≤∞°±≥×•÷≠≈", strict=True,
    )),
    "wingdings": dict(zip((0x52, 0x6F, 0xA8, 0xFC, 0xFD, 0xFE), "☑□□✓☒☑", strict=True)),
    "wingdings 2": dict(zip((0x52, 0x53, 0xA3), "☑☒□", strict=True)),
}  # fmt: skip
_PRIVATE = range(0xF000, 0xF100)


@dataclass(slots=True)
class _Paragraph:
    """What is gathered of one paragraph: its pieces, the page it begins on, the text boxes anchored in it."""

    style: str | None = None
    pieces: list[str] = field(default_factory=list)
    page: int | None = None
    boxes: list[Element] = field(default_factory=list)

    def text(self) -> str:
        return joined("".join(self.pieces).split("\n"))


class DocxReader:
    """Reads the Word documents of today (Office Open XML)."""

    def read(self, path: Path) -> Reading:
        """Read a document: paragraphs, rows of tables, text boxes, then notes.

        Insertions of tracked changes are kept, deletions and hidden text dropped, as are headers and footers. Page
        numbers are known only where the file holds page breaks. Raises ``ReadingError``.
        """
        data = load(path)
        expect(path, data, Kind.WORD)
        package = Package(path, data)
        main = package.main()
        root = package.part(main)
        if root is None or tag(root) != "w:document":
            raise fault(path, "holds no Word document; open it in Word and save it as a new .docx")
        try:
            walk = _Walk(package, main)
            blocks = walk.document(child(root, "w:body"))
        except RecursionError:
            raise fault(path, "is nested too deeply; open it in Word and save it as a new .docx") from None
        if not blocks:
            raise fault(path, "holds no text; if it is a scan, run it through text recognition first")
        return Reading(blocks, walk.warnings(macros=any(name.endswith("vbaproject.bin") for name in package.names())))


class _Walk:
    """One walk through a document, counting pages, lists and notes on the way."""

    def __init__(self, package: Package, main: str) -> None:
        self._styles = Styles(package.related(main, "styles"))
        self._counter = Counter(package.related(main, "numbering"), self._styles)
        self._package, self._main = package, main
        self._page, self._paged = 1, False
        self._fresh = True  # nothing stands on the page yet: a rendered break tells of the explicit one before it
        self._sections: Iterator[str | None] = iter(())
        self._fields: list[bool] = []  # of each open field, whether its instruction is being read
        self._carried = _Paragraph()  # text whose paragraph mark was deleted: it belongs to the next paragraph
        self._notes: dict[str, list[tuple[str, int]]] = {kind: [] for kind in _NOTE_FORMS}
        self._contents = False
        self._foreign = False
        self._pictures = 0

    def document(self, body: Element | None) -> tuple[Block, ...]:
        """All blocks of a document."""
        kinds = [value(child(section, "w:type")) for section in _sections(body)]
        self._sections = iter(kinds[1:])  # a section says how it begins, not how the one before it ends
        blocks = self._flow(body)
        for kind in _NOTE_FORMS:
            blocks += self._appended(kind)
        return tuple(blocks) if self._paged else tuple(block._replace(page=None) for block in blocks)

    def warnings(self, *, macros: bool) -> tuple[str, ...]:
        """What of the file was not read, one line each."""
        pictures = "1 picture is" if self._pictures == 1 else f"{self._pictures} pictures are"
        found = (
            (macros, "the file holds macros; they were not run"),
            (self._contents, "the table of contents is left out"),
            (self._foreign, "a file embedded in the document is not read; add it as a document of its own"),
            (self._pictures > 0, f"{pictures} not read; check that no text stands in them"),
        )
        return tuple(line for holds, line in found if holds)

    # Blocks

    def _flow(self, container: Element | None) -> list[Block]:
        """The blocks of a body, a cell, a text box or a note."""
        blocks: list[Block] = []
        for element in self._inside(container):
            match tag(element):
                case "w:p":
                    blocks += self._paragraph(element)
                case "w:tbl":
                    blocks += self._left_over()
                    blocks += self._table(element)
                case "w:altChunk":
                    self._foreign = True
        return blocks + self._left_over()

    def _left_over(self) -> list[Block]:
        """Text whose paragraph mark was deleted, and after which no paragraph came that could take it in."""
        carried, self._carried = self._carried, _Paragraph()
        return [Block(text, carried.page)] if (text := carried.text()) else []

    def _inside(self, container: Element | None) -> Iterator[Element]:
        """The children, with content controls and the like opened."""
        for element in container if container is not None else ():
            name = tag(element)
            if name == "w:sdt":
                yield from self._inside(self._control(element))
            elif name == "mc:AlternateContent":
                yield from self._inside(_alternative(element))
            elif name in _GROUPS:
                yield from self._inside(element)
            else:
                yield element

    def _control(self, element: Element) -> Element | None:
        """The content of a content control, unless it is a placeholder or the table of contents."""
        properties = child(element, "w:sdtPr")
        gallery = value(child(properties, "w:docPartObj", "w:docPartGallery")) or ""
        if gallery.lower() == _CONTENTS_GALLERY:
            self._contents = True
            return None
        return None if child(properties, "w:showingPlcHdr") is not None else child(element, "w:sdtContent")

    def _paragraph(self, element: Element) -> list[Block]:
        properties = child(element, "w:pPr")
        self._fields = [False] * len(self._fields)  # no instruction is longer than its paragraph
        style = self._styles.named(properties)
        contents = self._styles.effect(style).contents
        if self._styles.breaks_page(properties) and not self._fresh:
            self._new_page()
        gathered, self._carried = self._carried, _Paragraph()
        gathered.style = style
        self._inline(element, gathered)
        mark = child(properties, "w:rPr")
        blocks: list[Block] = []
        if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None:
            self._carried = _Paragraph(None, gathered.pieces, gathered.page)
        elif contents:
            self._contents = self._contents or bool(gathered.text())
        else:
            text = gathered.text()
            # A paragraph that is hidden with its mark takes no number.
            label = self._label(properties, style) if text or not self._styles.hidden(mark, style) else ""
            if text:
                kind, level = self._styles.heading(properties)
                blocks.append(Block(clean(label + text), gathered.page or self._page, kind, level))
        for box in gathered.boxes:
            blocks += self._aside(box)
        if child(properties, "w:sectPr") is not None and next(self._sections, "continuous") in _NEW_PAGE:
            self._new_page()
        return blocks

    def _label(self, properties: Element | None, style: str | None) -> str:
        own = numbering_of(properties)
        effect = self._styles.effect(style)
        styled = effect.numbering
        list_id = own.list_id or styled.list_id
        if list_id is None or list_id == "0":
            return ""
        level = own.level
        if level is None and own.list_id is None:
            tied = self._counter.level_of_style(list_id, style)
            level = tied if tied is not None else styled.level
            level = self._counter.level_of_style(list_id, effect.listed_by) if level is None else level
        return self._counter.next(list_id, level or 0)

    def _aside(self, box: Element) -> list[Block]:
        """The blocks of a text box, which stands on the page of its anchor whatever breaks it holds."""
        page, fresh, fields, carried = self._page, self._fresh, self._fields, self._carried
        self._fields, self._carried = [], _Paragraph()
        blocks = self._flow(box)
        self._page, self._fresh, self._fields, self._carried = page, fresh, fields, carried
        return [block._replace(page=page) for block in blocks]

    def _table(self, table: Element) -> list[Block]:
        rows = [row for row in self._inside(table) if tag(row) == "w:tr"]
        if len(rows) == 1 and len(cells := list(self._cells(rows[0]))) == 1:
            return self._flow(cells[0])  # a frame around text
        above: dict[int, str] = {}
        return [block for row in rows for block in self._row(row, above)]

    def _cells(self, row: Element) -> Iterator[Element]:
        return (cell for cell in self._inside(row) if tag(cell) == "w:tc")

    def _row(self, row: Element, above: dict[int, str]) -> list[Block]:
        """One block for a row, then the rows of tables nested in it.

        ``above`` holds by column the text of each cell that may reach down into this row, which repeats it.
        """
        if child(row, "w:trPr", "w:del") is not None:
            return []
        start, fresh, ends = self._page, self._fresh, [self._page]
        texts: list[str] = []
        pages: list[int] = []
        nested: list[Block] = []
        own_text = False
        following = _columns(child(row, "w:trPr", "w:gridBefore"), 0)
        for cell in self._cells(row):
            properties = child(cell, "w:tcPr")
            down, along = child(properties, "w:vMerge"), child(properties, "w:hMerge")
            column, following = following, following + _columns(child(properties, "w:gridSpan"), 1)
            if child(properties, "w:cellDel") is not None:
                continue
            if along is not None and value(along) in {None, "continue"}:
                continue  # its text stands in the cell it is merged with
            if down is not None and value(down) in {None, "continue"}:
                texts += [above[column]] if column in above else []
                continue
            self._page, self._fresh = start, fresh  # cells of a row that runs over a page each hold the break
            blocks = self._flow(cell)
            ends.append(self._page)
            nested += [block for block in blocks if block.style is Style.TABLE_ROW]
            own = [block for block in blocks if block.style is not Style.TABLE_ROW]
            texts.append(joined(block.text for block in own))
            own_text = own_text or bool(texts[-1])
            above.pop(column, None)
            if down is not None and len(texts[-1]) <= LONGEST_REPEATED:
                above[column] = texts[-1]
            pages += [block.page for block in own if block.page is not None]
        self._page = max(ends)
        self._fresh = self._fresh and not own_text
        text = row_text(texts) if own_text else ""
        return ([Block(text, min(pages, default=start), Style.TABLE_ROW)] if text else []) + nested

    # Text within a paragraph

    def _inline(self, element: Element, into: _Paragraph) -> None:
        for inner in element:
            name = tag(inner)
            if name == "w:r":
                if not self._styles.hidden(child(inner, "w:rPr"), into.style):
                    self._run(inner, into)
            elif name == "w:sdt":
                content = self._control(inner)
                if content is not None:
                    self._inline(content, into)
            elif name == "mc:AlternateContent":
                content = _alternative(inner)
                if content is not None:
                    self._inline(content, into)
            elif name in _TRANSPARENT:
                self._inline(inner, into)
            elif name in {"m:oMath", "m:oMathPara"}:
                for part in inner.iter():
                    if tag(part) == "m:t":
                        self._say(part.text or "", into)

    def _run(self, run: Element, into: _Paragraph) -> None:
        above = value(child(run, "w:rPr", "w:vertAlign")) == "superscript"
        for inner in run:
            name = tag(inner)
            if name == "w:fldChar":
                self._field(value(inner, "fldCharType"))
            elif any(self._fields):
                continue  # the instruction of a field, of which only the result is seen
            elif name == "w:t":
                text = (inner.text or "").replace("\n", " ")
                self._say(raised(text) if above else text, into)
            elif name == "w:br":
                self._break(value(inner, "type"), into)
            elif name == "w:lastRenderedPageBreak":
                self._rendered()
            elif name == "w:cr":
                into.pieces.append("\n")
            elif name in {"w:tab", "w:ptab"}:
                into.pieces.append(" ")
            elif name == "w:noBreakHyphen":
                self._say("-", into)
            elif name == "w:sym":
                self._say(_symbol(inner), into)
            elif name in _NOTES:
                self._note(_NOTES[name], inner, into)
            elif name == "w:ruby":
                self._inline(inner, into)
            elif name in _DRAWINGS or name == "mc:AlternateContent":
                self._drawing(inner, into)

    def _say(self, text: str, into: _Paragraph) -> None:
        into.pieces.append(text)
        if text and not text.isspace():
            self._fresh = False
            into.page = into.page or self._page

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _break(self, kind: str | None, into: _Paragraph) -> None:
        into.pieces.append("\n")
        if kind == "page":
            self._new_page()

    def _new_page(self) -> None:
        self._page += 1
        self._paged = self._fresh = True

    def _rendered(self) -> None:
        """A break that Word noted when it last laid the document out: explicit breaks are noted too."""
        if not (self._fresh and self._paged):
            self._page += 1
            self._paged = True
        self._fresh = False

    def _note(self, kind: str, reference: Element, into: _Paragraph) -> None:
        key = value(reference, "id")
        if key is None or value(reference, "customMarkFollows") in {"1", "true", "on"}:
            return
        listed = self._notes[kind]
        listed.append((key, self._page))
        self._say(f"[{self._marker(kind, len(listed))}]", into)

    @staticmethod
    def _marker(kind: str, at: int) -> str:
        return written(at, _NOTE_FORMS[kind])

    def _appended(self, kind: str) -> list[Block]:
        """The notes of a kind that the text refers to, each with the mark it has there."""
        if not self._notes[kind]:
            return []
        notes = {
            value(note, "id"): note for note in children(self._package.related(self._main, f"{kind}s"), f"w:{kind}")
        }
        blocks: list[Block] = []
        for at, (key, page) in enumerate(self._notes[kind], 1):
            if text := joined(block.text for block in self._aside_of(notes.get(key))):
                blocks.append(Block(f"[{self._marker(kind, at)}] {text}", page if kind == "footnote" else self._page))
        return blocks

    def _aside_of(self, note: Element | None) -> Iterable[Block]:
        return self._aside(note) if note is not None else ()

    def _drawing(self, drawing: Element, into: _Paragraph) -> None:
        """Keep the text boxes of a drawing, and count its pictures."""
        for part in _shallow(drawing):
            name = tag(part)
            if name == "w:txbxContent":
                into.boxes.append(part)
            elif name in _PICTURES:
                self._pictures += 1


def _alternative(element: Element) -> Element | None:
    """Of the ways to show the same thing, the first: the others are for older programs."""
    choice = child(element, "mc:Choice")
    return choice if choice is not None else child(element, "mc:Fallback")


def _shallow(drawing: Element) -> Iterator[Element]:
    """The elements of a drawing: of alternatives one, and nothing from within a text box."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        yield element
        if tag(element) == "w:txbxContent":
            continue
        if tag(element) == "mc:AlternateContent":
            chosen = _alternative(element)
            waiting += [] if chosen is None else [chosen]
        else:
            waiting += reversed(element)


def _sections(body: Element | None) -> Iterator[Element]:
    """The properties of all sections of the document itself, in order."""
    for element in body.iter() if body is not None else ():
        if tag(element) == "w:sectPr" and tag(element.getparent()) in {"w:pPr", "w:body"}:
            yield element


def _columns(element: Element | None, default: int) -> int:
    """How many columns of a table a property says."""
    return max(number(value(element)) or default, default)


def _symbol(element: Element) -> str:
    code_text = value(element, "char") or ""
    try:
        code = int(code_text, 16)
    except ValueError:
        return ""
    if code in _PRIVATE or code < 0x100:
        table = _SYMBOLS.get((value(element, "font") or "").lower(), {})
        shown = table.get(code & 0xFF)
        return shown or (chr(code) if code < 0x100 and not table else "")
    return chr(code) if code <= 0x10FFFF else ""
