"""PDFs by fpdf2: cells one under another or text columns, fonts embedded as subsets, tables over pages.

It does not tell on which page a paragraph begins; see ``pages``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from fpdf import FPDF, FontFace
from fpdf.enums import Align, WrapMode, XPos, YPos

from benchmarks.loaders.making.looks import Look, hyphened
from benchmarks.loaders.making.sources import Entry
from benchmarks.loaders.truth import Kind

_WHEN = datetime(2025, 1, 2, tzinfo=UTC)
_TOTAL = "{nb}"
_UNKNOWN = 987654
"""Stands for the number of pages until that is known."""
_LABEL = re.compile(r"^(\(\w+\)|[\d.]+|（\w+）|\w、)\s*")
_HANG = 3.0
"""Font sizes between the number of a paragraph and its text where the lines hang."""


class _Pdf(FPDF):
    look: Look
    face: str

    def _said(self, text: str) -> str:
        return text.replace(str(_UNKNOWN), _TOTAL)

    def header(self) -> None:
        self.set_font(self.face, size=9)
        self.set_y(self.look.margin * 0.4)
        self.cell(0, 10, self._said(self.look.header(self.page_no(), _UNKNOWN)), align=Align.R)
        self.set_xy(self.l_margin, self.look.margin)

    def footer(self) -> None:
        self.set_font(self.face, size=9)
        self.set_y(-self.look.margin * 0.6)
        self.cell(0, 10, self._said(self.look.footer(self.page_no(), _UNKNOWN)), align=Align.C)


def _open(look: Look) -> _Pdf:
    pdf = _Pdf(unit="pt", format="A4")
    pdf.set_creation_date(_WHEN)
    pdf.look, pdf.face = look, look.font
    if look.font.endswith(".ttf"):
        pdf.add_font("own", fname=look.font)
        pdf.add_font("own", style="B", fname=look.bold)
        pdf.face = "own"
    pdf.set_margins(look.margin, look.margin, look.margin)
    pdf.set_auto_page_break(True, look.margin)
    pdf.add_page()
    return pdf


def _wrap(look: Look) -> WrapMode:
    return WrapMode.CHAR if look.chinese else WrapMode.WORD


def _table(pdf: _Pdf, rows: Sequence[Entry], look: Look) -> None:
    pdf.set_font(pdf.face, size=look.size)
    with pdf.table(
        line_height=look.size * look.leading,
        text_align="LEFT",
        col_widths=look.widths or None,
        borders_layout="ALL" if look.ruled else "NONE",
        headings_style=FontFace(emphasis="BOLD"),
        wrapmode=_wrap(look),
        padding=(2, 6) if look.ruled else (2, 14, 2, 2),
    ) as table:
        for entry in rows:
            line = table.row()
            for cell in entry.cells:
                line.cell(cell)
    pdf.ln(look.size)


def _paragraph(pdf: _Pdf, entry: Entry, look: Look, *, hang: bool) -> None:
    size = look.size * {Kind.TITLE: look.title_size, Kind.HEADING: look.heading_size}.get(entry.kind, 1.0)
    set_off = entry.kind in {Kind.TITLE, Kind.HEADING} and look.bold != look.font
    pdf.set_font(pdf.face, style="B" if set_off else "", size=size)
    height = size * look.leading
    if entry.kind is Kind.HEADING and pdf.will_page_break(3 * height):
        pdf.add_page()
        pdf.set_font(pdf.face, style="B" if set_off else "", size=size)
    usual = Align.J if look.justify else Align.L
    aligned = {
        Kind.TITLE: Align.C, Kind.NUMBER: Align.C, Kind.ISSUER: Align.R, Kind.DATE: Align.R, Kind.HEADING: Align.L
    }.get(entry.kind, usual)  # fmt: skip
    text = hyphened(entry.text) if look.hyphens else entry.text
    label = _LABEL.match(text) if hang and entry.kind is Kind.BODY else None
    if label:
        pdf.cell(_HANG * size, height, label.group().strip())
        pdf.set_left_margin(look.margin + _HANG * size)
        text = text[label.end() :]
    elif entry.kind is Kind.BODY or (entry.kind is Kind.HEADING and not set_off):
        text = "　" * round(look.indent) + text
    pdf.multi_cell(0, height, text, align=aligned, new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=_wrap(look))
    pdf.set_left_margin(look.margin)
    pdf.ln((look.gap + (0.8 if entry.kind is Kind.TITLE else 0.0)) * look.size)


def lay_out(path: Path, found: Sequence[Entry], look: Look, *, hang: bool = False) -> None:
    """Write a PDF, paragraphs one under another; ``hang`` sets their lines in behind the number."""
    pdf = _open(look)
    for is_table, group in groupby(found, key=lambda entry: entry.kind is Kind.ROW):
        if is_table:
            _table(pdf, list(group), look)
            continue
        for entry in group:
            _paragraph(pdf, entry, look, hang=hang)
    pdf.output(str(path))


def lay_out_in_columns(path: Path, found: Sequence[Entry], look: Look) -> None:
    """Write a PDF: the title over the whole width, all else in columns below it."""
    pdf = _open(look)
    pdf.set_font(pdf.face, style="B", size=look.size * look.title_size)
    pdf.multi_cell(0, look.size * 2, found[0].text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(look.size)
    with pdf.text_columns(
        ncols=look.columns,
        gutter=look.gutter * look.size,
        line_height=look.leading,
        text_align=Align.J if look.justify else Align.L,
        wrapmode=_wrap(look),
    ) as columns:
        for entry in found[1:]:
            heading = entry.kind is Kind.HEADING
            pdf.set_font(pdf.face, style="B" if heading else "", size=look.size)
            indent = look.indent * look.size if entry.kind is Kind.BODY else 0
            with columns.paragraph(bottom_margin=look.gap * look.size, first_line_indent=indent) as paragraph:
                paragraph.write(hyphened(entry.text) if look.hyphens else entry.text)
    pdf.output(str(path))
