"""PDFs by reportlab: flowing paragraphs in one or more columns, footnotes, tables whose header row is repeated."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

from benchmarks.loaders.making.looks import Look, hyphened
from benchmarks.loaders.making.sources import MARK, Entry, Laid
from benchmarks.loaders.truth import Kind

_WIDTH, _HEIGHT = A4
_NOTE_SIZE = 0.8
_MOST_PASSES = 6


class Traced(Paragraph):  # type: ignore[misc]
    """A paragraph that tells on which page it begins, in however many parts it is drawn."""

    source = -1
    log: dict[int, int]

    def split(self, width: float, height: float) -> list[Any]:
        parts = super().split(width, height)
        for part in parts:
            part.source, part.log = self.source, self.log
        return list(parts)

    def draw(self) -> None:
        self.log.setdefault(self.source, self.canv.getPageNumber())
        super().draw()


class _Spread(Flowable):  # type: ignore[misc]
    """A heading on one line, with space between its letters."""

    def __init__(self, source: int, log: dict[int, int], text: str, style: ParagraphStyle, spread: float) -> None:
        super().__init__()
        self._source, self._log, self._text, self._style = source, log, text, style
        self._spread = spread * style.fontSize
        self.keepWithNext = 1

    def getSpaceAfter(self) -> float:  # noqa: N802 - the name is reportlab's
        return float(self._style.spaceAfter)

    def getSpaceBefore(self) -> float:  # noqa: N802
        return float(self._style.spaceBefore)

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        natural = pdfmetrics.stringWidth(self._text, self._style.fontName, self._style.fontSize)
        self._spread = max(0.0, min(self._spread, (width - natural) / len(self._text)))
        self._width = width
        return width, self._style.leading

    def draw(self) -> None:
        self._log.setdefault(self._source, self.canv.getPageNumber())
        font, size = self._style.fontName, self._style.fontSize
        length = pdfmetrics.stringWidth(self._text, font, size) + self._spread * (len(self._text) - 1)
        left = (self._width - length) / 2 if self._style.alignment == TA_CENTER else 0
        self.canv.setFont(font, size)
        self.canv.drawString(left, 0.2 * size, self._text, charSpace=self._spread)


def register(name: str, file: Path | None = None) -> str:
    """Make a font known under a name: from a file, or one of Adobe's Chinese ones that are never embedded."""
    pdfmetrics.registerFont(TTFont(name, str(file)) if file else UnicodeCIDFont(name))
    return name


def _styles(look: Look) -> dict[Kind, ParagraphStyle]:
    common: dict[str, Any] = {"wordWrap": "CJK"} if look.chinese else {"embeddedHyphenation": int(look.hyphens)}
    body = ParagraphStyle(
        "body", fontName=look.font, fontSize=look.size, leading=look.size * look.leading,
        alignment=TA_JUSTIFY if look.justify else TA_LEFT, firstLineIndent=look.indent * look.size,
        spaceAfter=look.gap * look.size, **common,
    )  # fmt: skip
    size = look.size * look.title_size
    title = ParagraphStyle(
        "title", parent=body, fontName=look.bold, fontSize=size, leading=size * 1.3, alignment=TA_CENTER,
        firstLineIndent=0, spaceAfter=size * 0.8,
    )  # fmt: skip
    size = look.size * look.heading_size
    set_off = look.bold != look.font or look.heading_size > 1
    heading = ParagraphStyle(
        "heading", parent=body, fontName=look.bold, fontSize=size, leading=size * look.leading, alignment=TA_LEFT,
        firstLineIndent=0 if set_off else look.indent * size, spaceBefore=look.gap * look.size, keepWithNext=1,
    )  # fmt: skip
    last = ParagraphStyle("last", parent=body, alignment=TA_RIGHT, firstLineIndent=0)
    number = ParagraphStyle("number", parent=body, alignment=TA_CENTER, firstLineIndent=0)
    kinds = dict.fromkeys(Kind, body)
    return kinds | {Kind.TITLE: title, Kind.NUMBER: number, Kind.HEADING: heading, Kind.ISSUER: last, Kind.DATE: last}


def _note_style(look: Look) -> ParagraphStyle:
    size = look.size * _NOTE_SIZE
    return ParagraphStyle("note", fontName=look.font, fontSize=size, leading=size * 1.25)


def _markup(entry: Entry, look: Look, count: int) -> str:
    text = escape(entry.marked if not look.hyphens else hyphened(entry.marked))
    return text.replace(MARK, f'<super size="{look.size * 0.65:.1f}" rise="{look.size * 0.35:.1f}">{count}</super>')


class _Layout:
    """One pass over a document: footnotes go where the pass before it found their marks."""

    def __init__(self, found: Sequence[Entry], look: Look, across: bool, pages: int, notes: dict[int, int]) -> None:
        self._found, self._look, self._across, self._pages, self._notes = found, look, across, pages, notes
        self._styles = _styles(look)
        self.log: dict[int, int] = {}
        noted = [at for at, entry in enumerate(found) if entry.note]
        self._counts = {at: number for number, at in enumerate(noted, 1)}

    def _note_texts(self, page: int) -> list[Paragraph]:
        style, size = _note_style(self._look), self._look.size * _NOTE_SIZE
        raised = f'size="{size * 0.7:.1f}" rise="{size * 0.3:.1f}"'
        return [
            Paragraph(f"<super {raised}>{self._counts[at]}</super> {escape(self._found[at].note)}", style)
            for at, where in self._notes.items()
            if where == page
        ]

    def _note_height(self, page: int) -> float:
        width = _WIDTH - 2 * self._look.margin
        heights = [note.wrap(width, _HEIGHT)[1] for note in self._note_texts(page)]
        return sum(heights) + 12 if heights else 0.0

    def _decorate(self, canvas: Any, page: int) -> None:
        look = self._look
        canvas.setFont(look.font, 9)
        if header := look.header(page, self._pages):
            canvas.drawString(look.margin, _HEIGHT - look.margin * 0.6, header)
        if footer := look.footer(page, self._pages):
            canvas.drawCentredString(_WIDTH / 2, look.margin * 0.5, footer)
        notes = self._note_texts(page)
        if notes:
            y = look.margin + self._note_height(page) - 8
            canvas.setLineWidth(0.5)
            canvas.line(look.margin, y + 3, look.margin + 120, y + 3)
            for note in notes:
                y -= note.wrap(_WIDTH - 2 * look.margin, _HEIGHT)[1]
                note.drawOn(canvas, look.margin, y)

    def _frames(self, page: int, above: float) -> list[Frame]:
        look = self._look
        gutter = look.gutter * look.size
        column = (_WIDTH - 2 * look.margin - gutter * (look.columns - 1)) / look.columns
        bottom = look.margin + self._note_height(page)
        return [
            Frame(
                look.margin + at * (column + gutter), bottom, column, _HEIGHT - look.margin - bottom - above,
                leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
            )
            for at in range(look.columns)
        ]  # fmt: skip

    def _table(self, rows: Sequence[tuple[int, Entry]]) -> list[Flowable]:
        look = self._look
        plain = ParagraphStyle(
            "cell", parent=self._styles[Kind.BODY], spaceAfter=0, firstLineIndent=0, alignment=TA_LEFT
        )
        head = ParagraphStyle("head", parent=plain, fontName=look.bold)
        content = []
        for at, entry in rows:
            line = []
            for cell in entry.cells:
                traced = Traced(escape(cell), head if at == rows[0][0] else plain)
                traced.source, traced.log = at, self.log
                line.append(traced)
            content.append(line)
        rules: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        if look.ruled:
            rules.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        table = Table(content, colWidths=look.widths or None, repeatRows=1, style=TableStyle(rules), splitInRow=0)
        return [Spacer(1, look.size * 0.5), table, Spacer(1, look.size)]

    def _paragraph(self, at: int) -> Flowable:
        entry = self._found[at]
        style = self._styles[entry.kind]
        if entry.kind is Kind.HEADING and self._look.spread:
            return _Spread(at, self.log, entry.text, style, self._look.spread)
        made = Traced(_markup(entry, self._look, self._counts.get(at, 0)), style)
        made.source, made.log = at, self.log
        return made

    def _story(self) -> list[Flowable]:
        story: list[Flowable] = []
        rows: list[tuple[int, Entry]] = []
        for at, entry in enumerate(self._found):
            if entry.kind is Kind.ROW:
                rows.append((at, entry))
                continue
            story += self._table(rows) if rows else []
            rows = []
            if not (self._across and at == 0):
                story.append(self._paragraph(at))
        return story + (self._table(rows) if rows else [])

    def build(self, path: Path) -> int:
        """Write the document and return the number of its pages."""
        look = self._look
        document = BaseDocTemplate(str(path), pagesize=A4, title="", author="", invariant=1)
        last = 0
        head_height = 0.0
        head = self._paragraph(0) if self._across else None
        if head is not None:
            head_height = head.wrap(_WIDTH - 2 * look.margin, _HEIGHT)[1] + 2 * look.size

        def on_page(canvas: Any, made: Any) -> None:
            nonlocal last
            last = made.page
            self._decorate(canvas, made.page)
            if head is not None and made.page == 1:
                head.drawOn(canvas, look.margin, _HEIGHT - look.margin - head_height + 2 * look.size)

        templates = []
        for page in range(1, max(self._pages, 1) + 3):
            templates.append(
                PageTemplate(f"page {page}", self._frames(page, head_height if page == 1 else 0), onPage=on_page)
            )
            templates[-1].autoNextPageTemplate = f"page {page + 1}"
        templates[-1].autoNextPageTemplate = templates[-1].id
        document.addPageTemplates(templates)
        document.build(self._story())
        return last


def lay_out(path: Path, found: Sequence[Entry], look: Look, *, title_across: bool = False) -> list[Laid]:
    """Write a PDF; ``title_across`` sets the title over all columns of the first page."""
    pages, notes = 9, {at: 1 for at, entry in enumerate(found) if entry.note}
    for _ in range(_MOST_PASSES):
        layout = _Layout(found, look, title_across, pages, notes)
        counted = layout.build(path)
        where = {at: layout.log[at] for at in notes}
        if (counted, where) == (pages, notes):
            return [Laid(entry, layout.log[at]) for at, entry in enumerate(found)]
        pages, notes = counted, where
    raise RuntimeError(f"{path.name}: footnotes do not settle")
