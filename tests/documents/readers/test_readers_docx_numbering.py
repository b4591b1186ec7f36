"""Numbers that Word writes in front of paragraphs stand in front of their text, counted as Word counts them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from word_files import p, word

from documents.readers.docx import DocxReader
from documents.readers.numerals import written


def texts(path: Path) -> list[str]:
    return [block.text for block in DocxReader().read(path).blocks]


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listing(*levels: str, num: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{num}'


def item(text: str, at: int = 0, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>')


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1;3;10;27;101"),
        ("decimalZero", "01;03;10;27;101"),
        ("lowerLetter", "a;c;j;aa;wwww"),
        ("upperRoman", "I;III;X;XXVII;CI"),
        ("chineseCounting", "一;三;十;二十七;一百零一"),
        ("chineseCountingThousand", "一;三;十;二十七;一百零一"),
        ("chineseLegalSimplified", "壹;叁;壹拾;贰拾柒;壹佰零壹"),
        ("ideographDigital", "一;三;一〇;二七;一〇一"),
        ("ideographTraditional", "甲;丙;癸;27;101"),
        ("decimalEnclosedCircle", "①;③;⑩;27;101"),
        ("decimalFullWidth", "１;３;１０;２７;１０１"),
        ("ordinal", "1st;3rd;10th;27th;101st"),
        ("ordinalText", "First;Third;Tenth;Twenty-seventh;One hundred first"),
        ("a form of tomorrow", "1;3;10;27;101"),
    ],
)
def test_forms(form: str, expected: str) -> None:
    assert [written(number, form) for number in (1, 3, 10, 27, 101)] == expected.split(";")


def test_han_beyond_a_thousand() -> None:
    numbers = {1010: "一千零一十", 1100: "一千一百", 2003: "二千零三", 110: "一百一十", 20: "二十", 15: "十五"}
    assert {number: written(number, "chineseCounting") for number in numbers} == numbers


def test_chapters_articles_and_items_of_a_regulation(tmp_path: Path) -> None:
    """Articles count on through chapters (lvlRestart 0); items start anew in every article."""
    levels = listing(
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
        level(2, "chineseCounting", "（%3）", '<w:suff w:val="nothing"/>'),
    )
    body = (
        item("总则") + item("目的。", 1) + item("定义：", 1) + item("甲；", 2) + item("乙。", 2)
        + item("条件") + item("企业：", 1) + item("丙。", 2) + p("没有编号。")
    )  # fmt: skip
    assert texts(word(tmp_path / "a.docx", body, numbering=levels)) == [
        "第一章 总则",
        "第一条 目的。",
        "第二条 定义：",
        "（一）甲；",
        "（二）乙。",
        "第二章 条件",
        "第三条 企业：",
        "（一）丙。",
        "没有编号。",
    ]


def test_decimal_levels_restart_and_legal_numbers(tmp_path: Path) -> None:
    levels = listing(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "lowerLetter", "(%3)")
    )
    body = (
        item("A") + item("B", 1) + item("C", 2) + item("D", 2) + item("E", 1) + item("F", 2) + item("G") + item("H", 1)
    )
    path = word(tmp_path / "a.docx", body, numbering=levels)
    assert texts(path) == ["I. A", "1.1 B", "(a) C", "(b) D", "1.2 E", "(a) F", "II. G", "2.1 H"]


def test_bullets_and_removed_numbers_are_no_text(tmp_path: Path) -> None:
    levels = listing(level(0, "bullet", "\uf0b7"))
    assert texts(word(tmp_path / "a.docx", item("point") + item("none", 0, 0), numbering=levels)) == ["point", "none"]


def test_lists_of_one_definition_count_on_unless_they_start_anew(tmp_path: Path) -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item("a") + item("b", 0, 2) + item("c", 0, 3) + item("d", 0, 3)
    path = word(tmp_path / "a.docx", body, numbering=listing(level(0, "decimal", "%1."), num=nums))
    assert texts(path) == ["1. a", "2. b", "5. c", "6. d"]


def test_numbers_by_style_and_by_style_tied_to_a_level(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="H1"/></w:style>'
    )
    levels = listing(
        level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", '<w:isLgl/><w:pStyle w:val="H2"/>')
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>') for style, text in (("H1", "总则"), ("H2", "范围"), ("H1", "附则"))
    )
    path = word(tmp_path / "a.docx", body, styles=styles, numbering=levels)
    blocks = DocxReader().read(path).blocks
    assert [(block.text, block.level) for block in blocks] == [("一、总则", 1), ("1.1 范围", 2), ("二、附则", 1)]


def test_a_numbering_style_lends_its_list(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{level(0, "lowerRoman", "%1)")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    path = word(tmp_path / "a.docx", item("x") + item("y"), numbering=numbering, styles=styles)
    assert texts(path) == ["i) x", "ii) y"]


def test_empty_paragraphs_take_a_number_and_deleted_ones_do_not(tmp_path: Path) -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    )
    path = word(
        tmp_path / "a.docx", item("a") + item("") + deleted + item("c"), numbering=listing(level(0, "decimal", "%1."))
    )
    assert texts(path) == ["1. a", "3. c"]


def test_a_number_form_of_a_later_word(tmp_path: Path) -> None:
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="upperLetter"/></mc:Fallback></mc:AlternateContent>'
    )
    levels = listing(f'<w:lvl w:ilvl="0"><w:start w:val="2"/>{form}<w:lvlText w:val="Annex %1"/></w:lvl>')
    assert texts(word(tmp_path / "a.docx", item("Form"), numbering=levels)) == ["Annex B Form"]


def test_lists_as_python_docx_writes_them(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("one", "two"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("point", style="List Bullet")
    document.save(str(tmp_path / "a.docx"))
    assert texts(tmp_path / "a.docx") == ["1. one", "2. two", "point"]
