"""Word documents by python-docx: styles, footnotes, numbering by Word itself, tables, headers with page fields."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from benchmarks.loaders.making.sources import MARK, Entry
from benchmarks.loaders.truth import Kind

_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_WHEN = datetime(2025, 1, 2, tzinfo=UTC)
_ZIP_WHEN = (2025, 1, 2, 0, 0, 0)
_LIST_ID = "91"
_PAGE, _PAGES = "{page}", "{pages}"


class Level(NamedTuple):
    """One level of a list that Word numbers: how a paragraph of it begins, and what Word writes instead."""

    begins: str
    form: str
    text: str
    restarts: bool = True


class WordLook(NamedTuple):
    """How a Word document looks. ``header`` and ``footer`` may hold ``{page}`` and ``{pages}``.

    ``levels`` are numbered by Word; ``broken_before`` are beginnings of paragraphs that begin a new page;
    ``letterhead`` stands above the title in red.
    """

    font: str = "Liberation Serif"
    chinese: str = "Noto Serif CJK SC"
    heading_font: str = ""
    size: float = 11.0
    language: str = "en-GB"
    indent: float = 0.0
    gap: float = 6.0
    justify: bool = False
    columns: int = 1
    hyphens: bool = False
    header: str = ""
    footer: str = ""
    levels: tuple[Level, ...] = ()
    broken_before: tuple[str, ...] = ()
    letterhead: str = ""


def _faces(run: Any, look: WordLook, *, heading: bool = False) -> None:
    fonts = run.element.get_or_add_rPr().get_or_add_rFonts()
    face = look.heading_font if heading and look.heading_font else None
    for script, name in (
        ("ascii", face or look.font),
        ("hAnsi", face or look.font),
        ("eastAsia", face or look.chinese),
    ):
        fonts.set(qn(f"w:{script}"), name)


def _said(paragraph: Any, text: str, look: WordLook, *, heading: bool = False) -> Any:
    run = paragraph.add_run(text)
    _faces(run, look, heading=heading)
    return run


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    paragraph._p.append(field)


def _margin_line(paragraph: Any, text: str, look: WordLook) -> None:
    paragraph.alignment = ALIGN.CENTER
    for part in re.split(f"({re.escape(_PAGE)}|{re.escape(_PAGES)})", text):
        if part in {_PAGE, _PAGES}:
            _field(paragraph, "PAGE" if part == _PAGE else "NUMPAGES")
        elif part:
            _said(paragraph, part, look)


def _number(document: Any, levels: Sequence[Level]) -> None:
    """Add a list with these levels, number ``_LIST_ID``."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{level.form}"/>'
        + ("" if level.restarts else '<w:lvlRestart w:val="0"/>')
        + f'<w:suff w:val="space"/><w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for at, level in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST_ID}"><w:multiLevelType w:val="multilevel"/>'
    root.insert(0, parse_xml(f"{abstract}{inner}</w:abstractNum>"))
    number = f'<w:num {nsdecls("w")} w:numId="{_LIST_ID}"><w:abstractNumId w:val="{_LIST_ID}"/></w:num>'
    root.append(parse_xml(number))


def _listed(paragraph: Any, at: int) -> None:
    numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="{_LIST_ID}"/></w:numPr>'
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(numbered), "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr"
    )


class _Notes:
    """The footnotes of a document, added when it is done."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def refer(self, paragraph: Any, text: str) -> None:
        """Put the mark of a new footnote at the end of a paragraph."""
        self._texts.append(text)
        mark = f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        paragraph._p.append(parse_xml(f'{mark}<w:footnoteReference w:id="{len(self._texts)}"/></w:r>'))

    def add_to(self, document: Any, size: float) -> None:
        """Add the part that holds them."""
        if not self._texts:
            return
        rules = (("separator", -1), ("continuationSeparator", 0))
        inner = "".join(
            f'<w:footnote w:type="{kind}" w:id="{key}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, key in rules
        )
        small = f'<w:sz w:val="{round(size * 1.6)}"/>'
        for key, text in enumerate(self._texts, 1):
            inner += (
                f'<w:footnote w:id="{key}"><w:p><w:r><w:rPr>{small}<w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteRef/></w:r><w:r><w:rPr>{small}</w:rPr><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
                "</w:p></w:footnote>"
            )
        blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{inner}</w:footnotes>'.encode()
        part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _table(document: Any, rows: Sequence[Entry], look: WordLook) -> None:
    table = document.add_table(rows=0, cols=len(rows[0].cells), style="Table Grid")
    for at, entry in enumerate(rows):
        line = table.add_row()
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(line.cells, entry.cells, strict=True):
            _said(cell.paragraphs[0], text, look).bold = at == 0
    document.add_paragraph()


def _add(document: Any, entry: Entry, look: WordLook, notes: _Notes) -> None:
    style = {Kind.TITLE: "Title", Kind.HEADING: f"Heading {entry.depth + 1}"}.get(entry.kind, "Normal")
    heading = entry.kind in {Kind.TITLE, Kind.HEADING}
    paragraph = document.add_paragraph(style=style)
    text = entry.marked
    level = next((at for at, one in enumerate(look.levels) if re.match(one.begins, text)), None)
    if level is not None and entry.kind in {Kind.HEADING, Kind.BODY}:
        _listed(paragraph, level)
        text = re.sub(look.levels[level].begins, "", text, count=1).lstrip()
    before, _, behind = text.partition(MARK)
    _said(paragraph, before, look, heading=heading)
    if entry.note:
        notes.refer(paragraph, entry.note)
        _said(paragraph, behind, look)
    form = paragraph.paragraph_format
    form.page_break_before = entry.text.startswith(look.broken_before) if look.broken_before else None
    form.space_after = Pt(look.gap)
    if entry.kind is Kind.BODY:
        paragraph.alignment = ALIGN.JUSTIFY if look.justify else ALIGN.LEFT
        form.first_line_indent = Pt(look.indent * look.size) if look.indent else None
    elif entry.kind in {Kind.TITLE, Kind.NUMBER}:
        paragraph.alignment = ALIGN.CENTER
    elif entry.kind in {Kind.ISSUER, Kind.DATE}:
        paragraph.alignment = ALIGN.RIGHT


def _settle(document: Any, look: WordLook) -> None:
    for name in ("Normal", "Title", *(f"Heading {depth}" for depth in (1, 2, 3))):
        style = document.styles[name]
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.size = Pt(look.size * {"Title": 1.7, "Heading 1": 1.2}.get(name, 1.0))
        properties = style.element.get_or_add_rPr()
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), look.language)
        properties.append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    section.left_margin = section.right_margin = Pt(80)
    columns = section._sectPr.find(qn("w:cols"))
    if look.columns > 1 and columns is not None:
        columns.set(qn("w:num"), str(look.columns))
        columns.set(qn("w:space"), "500")
    if look.hyphens:
        document.settings.element.insert(0, OxmlElement("w:autoHyphenation"))
    if look.header:
        _margin_line(section.header.paragraphs[0], look.header, look)
    if look.footer:
        _margin_line(section.footer.paragraphs[0], look.footer, look)
    properties = document.core_properties
    properties.created = properties.modified = properties.last_printed = _WHEN
    properties.author = properties.last_modified_by = properties.comments = ""


def write(path: Path, found: Sequence[Entry], look: WordLook) -> None:
    """Write a Word document; the same every time."""
    document = docx.Document()
    _settle(document, look)
    if look.levels:
        _number(document, look.levels)
    if look.letterhead:
        paragraph = document.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        run = _said(paragraph, look.letterhead, look, heading=True)
        run.font.size, run.font.color.rgb = Pt(look.size * 2.2), RGBColor(0xC0, 0, 0)
    notes = _Notes()
    for is_table, group in groupby(found, key=lambda entry: entry.kind is Kind.ROW):
        if is_table:
            _table(document, list(group), look)
            continue
        for entry in group:
            _add(document, entry, look, notes)
    notes.add_to(document, look.size)
    document.save(str(path))
    _repack(path)


def _repack(path: Path) -> None:
    """Write the archive anew without the time at which it was made."""
    with zipfile.ZipFile(path) as archive:
        held = [(name, archive.read(name)) for name in sorted(archive.namelist()) if "thumbnail" not in name]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held:
            if name == "_rels/.rels":
                data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
            info = zipfile.ZipInfo(name, _ZIP_WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
