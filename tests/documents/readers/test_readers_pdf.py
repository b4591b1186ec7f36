"""Documents laid out by two producers come back as they were: every paragraph, in order, on its page.

The measure is strict: the characters of the paragraphs that come back exactly equal and in order, as a share of all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pytest
from readers_pdf_making import (
    HEI,
    HEI_CFF,
    Known,
    Look,
    by_hand,
    columns_with_fpdf,
    policy,
    table_with_fpdf,
    table_with_reportlab,
    text_at,
    with_fpdf,
    with_reportlab,
)

from documents.blocks import Block, Style
from documents.loading import paragraphs_of
from documents.models import Document, Role
from documents.readers.pdf import PdfReader

LEAST_TEXT, LEAST_PAGES = 0.99, 0.98
HEADER_EN, HEADER_ZH = "Official Journal of Halvenia, No. 7", "霁州市人民政府公报"
ENGLISH = Look(header=HEADER_EN)
CHINESE = Look(
    font="Hei", bold="Hei", size=14, leading=1.8, indent=2, gap=0, chinese=True, bold_headings=False,
    header=HEADER_ZH, footer=lambda page: f"— {page} —",
)  # fmt: skip


class Measure(NamedTuple):
    """Shares of characters in equal paragraphs, and of these paragraphs on the right page."""

    text: float
    pages: float


def measured(texts: Sequence[str], pages: Sequence[int] | None, blocks: Sequence[Block]) -> Measure:
    """Compare what was laid out with what was read."""
    matching = SequenceMatcher(None, list(texts), [block.text for block in blocks], autojunk=False)
    pairs = [(start + i, block + i) for start, block, count in matching.get_matching_blocks() for i in range(count)]
    equal = sum(len(texts[i]) for i, _ in pairs)
    on_page = sum(pages is None or pages[i] == blocks[j].page for i, j in pairs)
    return Measure(equal / sum(map(len, texts)), on_page / max(1, len(pairs)))


Make = Callable[[Path], Known]


def _reportlab(name: str, look: Look, *, across: bool = False) -> Make:
    return lambda path: with_reportlab(path, policy(name), look, title_across=across)


def _fpdf(name: str, look: Look) -> Make:
    return lambda path: with_fpdf(path, policy(name), look)


DOCUMENTS: dict[str, Make] = {
    "reportlab, English, set flush, articles": _reportlab("p55", ENGLISH),
    "reportlab, English, set flush, roman numbers": _reportlab("p68", ENGLISH),
    "reportlab, English, ragged and indented, embedded TrueType": _reportlab(
        "p21", ENGLISH._replace(font="Vera", bold="VeraBd", size=10, justify=False, gap=0, indent=1.5)
    ),
    "reportlab, English, two columns under a title": _reportlab(
        "p55", ENGLISH._replace(font="Helvetica", bold="Helvetica-Bold", size=9.5, columns=2), across=True
    ),
    "reportlab, English, two columns, sections": _reportlab(
        "p21", ENGLISH._replace(size=9.5, columns=2), across=True
    ),
    "reportlab, English, three columns": _reportlab("p68", ENGLISH._replace(size=8, columns=3, margin=40), across=True),
    "fpdf2, English, set flush": _fpdf("p68", ENGLISH._replace(font="Times")),
    "fpdf2, English, ragged, sections": _fpdf("p21", ENGLISH._replace(font="Helvetica", justify=False)),
    "reportlab, Chinese, embedded TrueType": _reportlab("p44", CHINESE),
    "reportlab, Chinese, sections": _reportlab("p11", CHINESE),
    "reportlab, Chinese, a font by name (STSong-Light, UniGB-UCS2-H)": _reportlab(
        "p11", CHINESE._replace(font="STSong-Light", bold="STSong-Light")
    ),
    "reportlab, Chinese, no indentation": _reportlab("p44", CHINESE._replace(indent=0, gap=0.7)),
    "reportlab, Chinese, two columns": _reportlab(
        "p11", CHINESE._replace(size=10.5, leading=1.5, columns=2), across=True
    ),
    "fpdf2, Chinese, embedded TrueType": _fpdf("p11", CHINESE._replace(font=str(HEI))),
    "fpdf2, Chinese, no indentation, ragged": _fpdf(
        "p44", CHINESE._replace(font=str(HEI), indent=0, gap=0.6, justify=False)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paragraphs_come_back_in_order_and_on_their_pages(name: str, tmp_path: Path) -> None:
    known = DOCUMENTS[name](tmp_path / "made.pdf")
    reading = PdfReader().read(known.path)
    found = measured(known.texts, known.pages, reading.blocks)
    assert found.text >= LEAST_TEXT
    assert found.pages >= LEAST_PAGES
    assert max(known.pages) > 1, "a document of one page shows nothing of headers and page breaks"
    assert reading.warnings == ()
    assert reading.blocks[0].style is Style.TITLE
    every = "\n".join(block.text for block in reading.blocks)
    assert HEADER_EN not in every
    assert HEADER_ZH not in every
    assert len(reading.blocks) == len(known.texts)


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("p55", ENGLISH._replace(font="Times", size=9, columns=2)),
        ("p44", CHINESE._replace(font=str(HEI), size=10.5, leading=1.5, indent=0, gap=0.5, columns=2)),
    ],
)
def test_columns_of_the_second_producer(name: str, look: Look, tmp_path: Path) -> None:
    texts = policy(name)
    reading = PdfReader().read(columns_with_fpdf(tmp_path / "made.pdf", texts, look))
    assert measured(texts, None, reading.blocks).text >= LEAST_TEXT


def test_text_in_a_font_with_cff_outlines(tmp_path: Path) -> None:
    texts = [
        "关于印发《霁州市专利质押贷款贴息实施细则》的通知",
        "第一章 总则",
        "第一条 为降低中小企业融资成本，引导贷款。",
    ]
    known = with_fpdf(tmp_path / "made.pdf", texts, CHINESE._replace(font=str(HEI_CFF), header="", indent=0, gap=1))
    assert [block.text for block in PdfReader().read(known.path).blocks] == texts


def test_structure_is_found_in_what_was_read(tmp_path: Path) -> None:
    """Title, number, issuer, date and the path of chapters: all that is made of blocks later."""
    known = with_reportlab(tmp_path / "made.pdf", policy("p44"), CHINESE)
    document = Document(id="made", title="霁州市专利质押贷款贴息实施细则", language="zh")
    paragraphs = paragraphs_of(document, PdfReader().read(known.path).blocks)
    roles = {paragraph.role: paragraph.text for paragraph in paragraphs}
    assert roles[Role.TITLE] == "霁州市专利质押贷款贴息实施细则"
    assert roles[Role.NUMBER] == "霁知规〔2025〕11号"
    assert roles[Role.DATE] == "2025年5月23日"
    article = next(p for p in paragraphs if p.label == "第九条")
    assert article.section == ("第三章 贴息标准",)
    assert article.page == known.pages[known.texts.index(article.text)]


def test_headings_have_levels_by_size_and_weight(tmp_path: Path) -> None:
    texts = ["Measures for Grants", "Chapter 1 General", "Section 1 Scope", "These Measures apply to every firm."]
    sizes = [20, 15, 11, 11]
    content = "\n".join(
        text_at(72, 760 - 40 * i, text, size=size, font="/F2" if i < 3 else "/F1")
        for i, (text, size) in enumerate(zip(texts, sizes, strict=True))
    )
    body = "\n".join(text_at(72, 600 - 14 * i, "Every firm with ten or more employees may apply.") for i in range(9))
    blocks = PdfReader().read(by_hand(tmp_path / "made.pdf", [content + body])).blocks
    styles = [(block.style, block.level) for block in blocks[:4]]
    assert styles == [(Style.TITLE, None), (Style.HEADING, 1), (Style.HEADING, 2), (Style.BODY, None)]


# Tables

_ROWS = [["No.", "Measure", "Authority", "Amount"]] + [
    [
        str(i),
        f"Support for farms of kind {i} that convert land to organic production and keep records",
        "Ministry of Agriculture" if i % 2 else "Paying Agency",
        f"EUR {i * 120}",
    ]
    for i in range(1, 36)
]
_ROWS_ZH = [["序号", "项目名称", "责任单位", "金额（万元）"]] + [
    [str(i), "滴灌设施补贴项目" + "及输水管网建设和计量设备购置" * (i % 3 == 0), "县级农业农村局", str(i * 12)]
    for i in range(1, 40)
]
_WIDTHS = [40, 230, 110, 80]
TableMaker = Callable[[Path, Sequence[str], Sequence[Sequence[str]], Sequence[str]], Path]


def _table_of_reportlab(look: Look, *, ruled: bool) -> TableMaker:
    return lambda path, before, rows, after: table_with_reportlab(
        path, before, rows, after, look, widths=_WIDTHS, ruled=ruled
    )


_SMALL, _SMALL_ZH = ENGLISH._replace(size=10), CHINESE._replace(size=10.5)
TABLES: dict[str, tuple[str, list[list[str]], TableMaker]] = {
    "reportlab, ruled": ("p55", _ROWS, _table_of_reportlab(_SMALL, ruled=True)),
    "reportlab, no rules": ("p55", _ROWS, _table_of_reportlab(_SMALL, ruled=False)),
    "reportlab, Chinese, ruled": ("p11", _ROWS_ZH, _table_of_reportlab(_SMALL_ZH, ruled=True)),
    "reportlab, Chinese, no rules": ("p11", _ROWS_ZH, _table_of_reportlab(_SMALL_ZH, ruled=False)),
    "fpdf2, ruled": (
        "p55",
        _ROWS,
        lambda path, before, rows, after: table_with_fpdf(path, before, rows, after, _SMALL._replace(font="Times")),
    ),
    "fpdf2, Chinese, ruled": (
        "p11",
        _ROWS_ZH,
        lambda path, before, rows, after: table_with_fpdf(
            path, before, rows, after, _SMALL_ZH._replace(font=str(HEI), indent=0, gap=0.6)
        ),
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_over_pages_is_one_table_with_one_header(name: str, tmp_path: Path) -> None:
    policy_name, rows, make = TABLES[name]
    texts = policy(policy_name)
    before, after = texts[3:6], texts[8:10]
    blocks = PdfReader().read(make(tmp_path / "made.pdf", before, rows, after)).blocks
    assert [block.text for block in blocks] == [*before, *(" | ".join(row) for row in rows), *after]
    styles = [block.style for block in blocks[len(before) : len(before) + len(rows)]]
    assert set(styles) == {Style.TABLE_ROW}
    assert len({block.page for block in blocks}) > 1
