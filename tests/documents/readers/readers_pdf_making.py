"""Makes PDFs from known paragraphs with two producers, and keeps on which page each paragraph begins.

``reportlab`` lays text out with flowables, ``fpdf2`` with cells; they write strings, spaces and fonts in different
ways. Nothing here reads a PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast
from xml.sax.saxutils import escape

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

from benchmarks.loaders.making.with_reportlab import Traced

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
GOLD = HERE.parents[1] / "gold" / "policies"
HEI, HEI_CFF = FONTS / "DeskTestHei.ttf", FONTS / "DeskTestHei-CFF.otf"

pdfmetrics.registerFont(TTFont("Hei", str(HEI)))
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
for _name, _file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
    pdfmetrics.registerFont(TTFont(_name, _file))


class Known(NamedTuple):
    """What a made document says: its paragraphs in order, each with the page it begins on."""

    path: Path
    texts: tuple[str, ...]
    pages: tuple[int, ...]


class Look(NamedTuple):
    """How a document is set: sizes in points, lengths in font sizes."""

    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    size: float = 11.0
    leading: float = 1.35
    indent: float = 0.0
    gap: float = 0.6
    justify: bool = True
    columns: int = 1
    gutter: float = 2.0
    title_size: float = 1.6
    bold_headings: bool = True
    header: str = ""
    footer: Callable[[int], str] = lambda page: f"- {page} -"
    margin: float = 72.0
    chinese: bool = False


def policy(name: str) -> list[str]:
    """The paragraphs of a document written for tests."""
    text = (GOLD / name / "document.txt").read_text(encoding="utf-8")
    return [" ".join(block.split(" ")).strip() for block in text.split("\n\n") if block.strip()]


def is_heading(text: str) -> bool:
    """Whether a paragraph of these documents is a heading."""
    return len(text) < 70 and not text.rstrip().endswith((".", "。", "；", ";")) and not text[:4].isdigit()


# reportlab


def _styles(look: Look) -> dict[str, ParagraphStyle]:
    common: dict[str, Any] = {"wordWrap": "CJK"} if look.chinese else {}
    align = TA_JUSTIFY if look.justify else TA_LEFT
    body = ParagraphStyle(
        "body", fontName=look.font, fontSize=look.size, leading=look.size * look.leading, alignment=align,
        firstLineIndent=look.indent * look.size, spaceAfter=look.gap * look.size, **common,
    )  # fmt: skip
    heading = ParagraphStyle(
        "heading", parent=body, fontName=look.bold if look.bold_headings else look.font, alignment=TA_LEFT,
        firstLineIndent=0 if look.bold_headings else look.indent * look.size,
    )  # fmt: skip
    size = look.size * look.title_size
    title = ParagraphStyle(
        "title", parent=body, fontName=look.bold, fontSize=size, leading=size * 1.3, alignment=TA_CENTER,
        firstLineIndent=0, spaceAfter=size,
    )  # fmt: skip
    return {"body": body, "heading": heading, "title": title}


def with_reportlab(path: Path, texts: Sequence[str], look: Look, *, title_across: bool = False) -> Known:
    """Lay paragraphs out; the first is the title. ``title_across`` sets it over all columns of the first page."""
    log: dict[int, int] = {}
    styles = _styles(look)
    story: list[Flowable] = []
    for index, text in enumerate(texts):
        style = "title" if index == 0 else "heading" if is_heading(text) else "body"
        paragraph = Traced(escape(text), styles[style])
        paragraph.source, paragraph.log = index, log
        story.append(paragraph)
    width, height = A4
    top = look.margin

    def decorate(canvas: Any, document: Any) -> None:
        canvas.setFont(look.font, 9)
        if look.header:
            canvas.drawCentredString(width / 2, height - look.margin * 0.6, look.header)
        if look.footer(document.page):
            canvas.drawCentredString(width / 2, look.margin * 0.5, look.footer(document.page))

    def frames(above: float) -> list[Frame]:
        gutter = look.gutter * look.size
        column = (width - 2 * look.margin - gutter * (look.columns - 1)) / look.columns
        return [
            Frame(
                look.margin + i * (column + gutter), look.margin, column, height - look.margin - top - above,
                leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
            )
            for i in range(look.columns)
        ]  # fmt: skip

    document = BaseDocTemplate(str(path), pagesize=A4, title="made", author="made", invariant=1)
    templates = [PageTemplate("plain", frames(0), onPage=decorate)]
    if title_across:
        # The title as a flowable over the whole width, the columns below it.
        head = Traced(escape(texts[0]), styles["title"])
        head.source, head.log = 0, log
        _, head_height = head.wrap(width - 2 * look.margin, height)

        def first(canvas: Any, made: Any) -> None:
            decorate(canvas, made)
            head.drawOn(canvas, look.margin, height - top - head_height)

        templates.insert(0, PageTemplate("first", frames(head_height + 2 * look.size), onPage=first))
        templates[0].autoNextPageTemplate = "plain"
        story = story[1:]
    document.addPageTemplates(templates)
    document.build(story)
    # The producer makes one ordinary space of any run of white space, full-width spaces too.
    return Known(path, tuple(" ".join(text.split()) for text in texts), tuple(log[i] for i in range(len(texts))))


def table_with_reportlab(
    path: Path,
    before: Sequence[str],
    rows: Sequence[Sequence[str]],
    after: Sequence[str],
    look: Look,
    *,
    ruled: bool = True,
    widths: Sequence[float] | None = None,
) -> Path:
    """Paragraphs, a table whose header row is repeated on every page, and paragraphs."""
    styles = _styles(look)
    cell = ParagraphStyle("cell", parent=styles["body"], spaceAfter=0, firstLineIndent=0, alignment=TA_LEFT)
    content = [[Paragraph(escape(text), cell) for text in row] for row in rows]
    rules: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if ruled:
        rules.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    table = Table(content, colWidths=widths, repeatRows=1, style=TableStyle(rules))
    story: list[Flowable] = [Paragraph(escape(text), styles["body"]) for text in before]
    story += [table, Spacer(1, look.size * 1.5), *(Paragraph(escape(text), styles["body"]) for text in after)]
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    width, height = A4
    frame = Frame(look.margin, look.margin, width - 2 * look.margin, height - 2 * look.margin)

    def decorate(canvas: Any, made: Any) -> None:
        canvas.setFont(look.font, 9)
        canvas.drawCentredString(width / 2, 36, look.footer(made.page))

    document.addPageTemplates([PageTemplate("plain", [frame], onPage=decorate)])
    document.build(story)
    return path


# fpdf2


class _Page(FPDF):
    look: Look
    face: str

    def header(self) -> None:
        if self.look.header:
            self.set_font(self.face, size=9)
            self.set_y(30)
            self.cell(0, 10, self.look.header, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(self.look.margin)

    def footer(self) -> None:
        self.set_font(self.face, size=9)
        self.set_y(-36)
        self.cell(0, 10, self.look.footer(self.page_no()), align="C")


def _fpdf(look: Look) -> _Page:
    pdf = _Page(unit="pt", format="A4")
    pdf.look, pdf.face = look, look.font
    if look.font.endswith((".ttf", ".otf")):
        pdf.add_font("own", fname=look.font)
        pdf.add_font("own", style="B", fname=look.font)
        pdf.face = "own"
    pdf.set_margins(look.margin, look.margin, look.margin)
    pdf.set_auto_page_break(True, look.margin)
    pdf.add_page()
    return pdf


def with_fpdf(path: Path, texts: Sequence[str], look: Look) -> Known:
    """Lay paragraphs out one under another; the first is the title."""
    pdf = _fpdf(look)
    pages = []
    for index, text in enumerate(texts):
        heading = index > 0 and is_heading(text)
        size = look.size * (look.title_size if index == 0 else 1.0)
        bold = (index == 0 or (heading and look.bold_headings)) and pdf.face != "own"
        pdf.set_font(pdf.face, style="B" if bold else "", size=size)
        height = size * look.leading
        pages.append(pdf.page_no() + (1 if pdf.will_page_break(height) else 0))
        align = "C" if index == 0 else "J" if look.justify and not heading else "L"
        indent = "" if index == 0 or not look.indent else "　" * round(look.indent)
        pdf.multi_cell(
            0, height, indent + text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT,
            wrapmode=WrapMode.CHAR if look.chinese else WrapMode.WORD,
        )  # fmt: skip
        if look.gap:
            pdf.ln(look.gap * look.size)
    pdf.output(str(path))
    return Known(path, tuple(texts), tuple(pages))


def columns_with_fpdf(path: Path, texts: Sequence[str], look: Look) -> Path:
    """The first paragraph over the whole width, the others in columns below it."""
    pdf = _fpdf(look)
    pdf.set_font(pdf.face, style="" if pdf.face == "own" else "B", size=look.size * look.title_size)
    pdf.multi_cell(0, look.size * 2, texts[0], align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.set_font(pdf.face, size=look.size)
    pdf.ln(look.size)
    with pdf.text_columns(
        ncols=look.columns, gutter=look.gutter * look.size, line_height=look.leading,
        text_align="JUSTIFY" if look.justify else "LEFT", wrapmode=WrapMode.CHAR if look.chinese else WrapMode.WORD,
    ) as columns:  # fmt: skip
        for text in texts[1:]:
            with columns.paragraph(bottom_margin=look.gap * look.size) as paragraph:
                paragraph.write(text)
    pdf.output(str(path))
    return path


def table_with_fpdf(
    path: Path, before: Sequence[str], rows: Sequence[Sequence[str]], after: Sequence[str], look: Look
) -> Path:
    """Paragraphs, a ruled table, and paragraphs."""
    pdf = _fpdf(look)
    pdf.set_font(pdf.face, size=look.size)

    def write(texts: Sequence[str]) -> None:
        for text in texts:
            pdf.multi_cell(0, look.size * look.leading, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            pdf.ln(look.gap * look.size)

    write(before)
    with pdf.table(line_height=look.size * look.leading, text_align="LEFT") as table:
        for row in rows:
            line = table.row()
            for text in row:
                line.cell(text)
    pdf.ln(look.size)
    write(after)
    pdf.output(str(path))
    return path


# Pages written by hand


def text_at(x: float, y: float, text: str, *, font: str = "/F1", size: float = 11) -> str:
    """The instructions that show a text at a place, measured from the left and the bottom."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def by_hand(
    path: Path,
    pages: Sequence[str | bytes],
    *,
    fonts: dict[str, DictionaryObject] | None = None,
    forms: dict[str, str] | None = None,
    rotate: int = 0,
    packed: bool = False,
    size: tuple[float, float] = (595.0, 842.0),
) -> Path:
    """A file of these instructions, one string for each page; ``/F1`` is Helvetica, ``/F2`` its bold face."""
    writer = PdfWriter()
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject(), NameObject("/XObject"): DictionaryObject()})
    for name, base in (("/F1", "/Helvetica"), ("/F2", "/Helvetica-Bold")):
        cast(DictionaryObject, resources["/Font"])[NameObject(name)] = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject(base),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
    for name, font in (fonts or {}).items():
        cast(DictionaryObject, resources["/Font"])[NameObject(name)] = writer._add_object(font)
    for name, shown in (forms or {}).items():
        form = DecodedStreamObject()
        form.set_data(shown.encode("latin-1"))
        form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
        form[NameObject("/BBox")] = ArrayObject(
            [NumberObject(0), NumberObject(0), NumberObject(600), NumberObject(900)]
        )
        cast(DictionaryObject, resources["/XObject"])[NameObject(name)] = writer._add_object(form)
    picture = DecodedStreamObject()
    picture.set_data(b"\x80")
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(1),
            NameObject("/Height"): NumberObject(1),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
        }
    )
    cast(DictionaryObject, resources["/XObject"])[NameObject("/Picture")] = writer._add_object(picture)
    for content_of_page in pages:
        page = writer.add_blank_page(*size)
        stream: StreamObject = DecodedStreamObject()
        stream.set_data(content_of_page.encode("latin-1") if isinstance(content_of_page, str) else content_of_page)
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode() if packed else stream)
        page[NameObject("/Resources")] = resources
        if rotate:
            page[NameObject("/Rotate")] = NumberObject(rotate)
    writer.write(str(path))
    return path


WHOLE_PAGE_PICTURE = "q 595 0 0 842 0 0 cm /Picture Do Q"
"""A picture over a whole page, as a scanner makes it."""


def to_unicode(codes: dict[int, str]) -> DecodedStreamObject:
    """The table of a font that says which text its codes stand for."""
    lines = "".join(f"<{code:04X}> <{text.encode('utf-16-be').hex()}>\n" for code, text in codes.items())
    table = DecodedStreamObject()
    table.set_data(
        f"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{len(codes)} beginbfchar\n{lines}endbfchar endcmap".encode("ascii")
    )
    return table


def composite_font(codes: dict[int, str] | None, *, encoding: str = "/Identity-H") -> DictionaryObject:
    """A font of numbered glyphs, each as wide as high; without ``codes`` nobody knows what they mean."""
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/ABCDEF+Made"),
            NameObject("/DW"): NumberObject(1000),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/ABCDEF+Made"),
            NameObject("/Encoding"): NameObject(encoding),
            NameObject("/DescendantFonts"): ArrayObject([descendant]),
        }
    )
    if codes is not None:
        font[NameObject("/ToUnicode")] = to_unicode(codes)
    return font
