"""Word documents come out as a person sees them on the page: every paragraph, equal to its source, in order."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from word_files import STRICT, W, members, p, pack, part, r, word

from documents.blocks import Block, Style
from documents.readers.docx import DocxReader

CHINESE = (
    "关于做好农民专业合作社滴灌设施补贴工作的通知",
    "岚农水〔2024〕37号",
    "一、补贴对象和条件",
    "（一）申报主体。在本省登记满2年、成员不少于15户的合作社可以申报；没有同意意见的，不予受理。",
    "第三条 贴息资金列入市知识产权局部门预算，2025年度安排2400万元。",
    "二〇二四年三月一日",
)
ENGLISH = (
    "Circular on Certification Rewards for Language Service Companies in Port Amsel",
    "Port Amsel Commerce Circular [2025] No. 9",
    "I. Objective and budget",
    'A "small employer" is an undertaking with fewer than 50 employees – counted on the last day of the month.',
    "1.2 Naïve café owners’ rules apply from 1 March 2025 to 28 February 2027 inclusive; see paragraph 9.3.",
    "1 March 2025",
)


def read(path: Path) -> list[Block]:
    return list(DocxReader().read(path).blocks)


def texts(path: Path) -> list[str]:
    return [block.text for block in read(path)]


@pytest.mark.parametrize("source", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_every_paragraph_in_order(tmp_path: Path, source: tuple[str, ...]) -> None:
    document = docx.Document()
    for text in source:
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    blocks = read(tmp_path / "a.docx")
    assert [block.text for block in blocks] == list(source)
    assert {block.page for block in blocks} == {None}, "no page is known without page breaks"
    assert {block.style for block in blocks} == {Style.BODY}


def test_headings_by_style_name_and_by_outline_level(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("The Title", 0)
    document.add_heading("Chapter", 1)
    document.add_heading("Section", 3)
    own = document.styles.add_style("Own heading", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Based on heading 2", style=own)
    chinese = document.styles.add_style("标题 4", 1)
    document.add_paragraph("第一节 范围", style=chinese)
    document.add_paragraph("body")
    document.save(str(tmp_path / "a.docx"))
    assert [(block.style, block.level) for block in read(tmp_path / "a.docx")] == [
        (Style.TITLE, None),
        (Style.HEADING, 1),
        (Style.HEADING, 3),
        (Style.HEADING, 2),
        (Style.HEADING, 4),
        (Style.BODY, None),
    ]
    path = word(tmp_path / "b.docx", p("一级", '<w:outlineLvl w:val="0"/>') + p("text", '<w:outlineLvl w:val="9"/>'))
    assert [(block.style, block.level) for block in read(path)] == [(Style.HEADING, 1), (Style.BODY, None)]


def test_tables_in_their_place_with_merged_cells_in_each_row(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("before")
    table = document.add_table(3, 3)
    for row, values in enumerate((("地区", "标准", "上限"), ("平原", "800元", "60万元"), ("", "450元", "90万元"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("after")
    document.save(str(tmp_path / "a.docx"))
    assert [(block.text, block.style) for block in read(tmp_path / "a.docx")] == [
        ("before", Style.BODY),
        ("地区 | 标准上限", Style.TABLE_ROW),  # python-docx keeps both texts when it merges two cells
        ("平原 | 800元 | 60万元", Style.TABLE_ROW),
        ("平原 | 450元 | 90万元", Style.TABLE_ROW),
        ("after", Style.BODY),
    ]


def test_an_empty_cell_keeps_its_place_between_others(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("North", "", "5", ""))
    path = word(tmp_path / "a.docx", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert texts(path) == ["North | | 5"]


def test_text_in_a_cell_that_is_merged_into_another_is_not_seen(tmp_path: Path) -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{p(text)}</w:tc>"

    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (cell("平原", start) + cell("1"), cell("under it", on) + cell("2"), cell("山区") + cell("3"))
    path = word(tmp_path / "a.docx", f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
    assert texts(path) == ["平原 | 1", "平原 | 2", "山区 | 3"]


def test_a_cell_over_rows_keeps_its_column_beside_cells_over_columns(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    start, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        cell("North", wide) + cell("80", start) + cell("x"),
        cell("East") + cell("West") + cell("", on) + cell("y"),
        cell("", on) + cell("", on),  # nothing of its own, and nothing above that reaches down
        cell("s" * 300, start) + cell("p"),
        cell("", on) + cell("q"),  # so long a text stands once
    )
    path = word(tmp_path / "a.docx", f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
    assert texts(path) == ["North | 80 | x", "East | West | 80 | y", "s" * 300 + " | p", "q"]


def test_nested_tables_become_rows_after_their_row(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "outer"
    table.cell(0, 1).text = "also outer"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text = "in"
    inner.cell(0, 1).text = "ner"
    document.save(str(tmp_path / "a.docx"))
    assert texts(tmp_path / "a.docx") == ["outer | also outer", "in | ner"]


def test_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", f"<w:tbl><w:tr><w:tc>{p('第一段。')}{p('第二段。')}</w:tc></w:tr></w:tbl>")
    assert [(block.text, block.style) for block in read(path)] == [("第一段。", Style.BODY), ("第二段。", Style.BODY)]


def test_insertions_are_kept_and_deletions_dropped(tmp_path: Path) -> None:
    body = (
        "<w:p>"
        + r("The grant is ")
        + "<w:del w:id='1'><w:r><w:delText>100</w:delText></w:r></w:del>"
        + f"<w:ins w:id='2'>{r('200')}</w:ins>"
        + r(" florins.")
        + "</w:p>"
        # The mark of the first of these paragraphs is deleted: both are one.
        + f"<w:p><w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr>{r('One half, ')}</w:p>"
        + p("other half.")
        + f"<w:moveFrom w:id='4'>{p('moved')}</w:moveFrom>"
        + f"<w:p><w:moveFrom w:id='5'>{r('gone')}</w:moveFrom><w:moveTo w:id='6'>{r('arrived')}</w:moveTo></w:p>"
        + f"<w:tbl><w:tr><w:trPr><w:del w:id='7'/></w:trPr><w:tc>{p('row deleted')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{p('kept')}</w:tc><w:tc>{p('too')}</w:tc></w:tr></w:tbl>"
    )
    expected = ["The grant is 200 florins.", "One half, other half.", "arrived", "kept | too"]
    assert texts(word(tmp_path / "a.docx", body)) == expected


def test_hidden_text_is_dropped_whether_hidden_by_run_or_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="SecretP"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        "<w:p>"
        + r("seen ")
        + r("hidden", "<w:vanish/>")
        + r("hidden", '<w:rStyle w:val="Secret"/>')
        + r("too", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>')
        + "</w:p>"
        + p("hidden paragraph", '<w:pStyle w:val="SecretP"/>')
    )
    assert texts(word(tmp_path / "a.docx", body, styles=styles)) == ["seen too"]


def test_text_boxes_are_kept_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('文本框 one')}{p('two')}</w:txbxContent>"
    body = (
        f"<w:p>{r('anchor')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>" + p("next")
    )
    assert texts(word(tmp_path / "a.docx", body)) == ["anchor", "文本框 one", "two", "next"]


def test_notes_stand_at_the_end_with_their_mark(tmp_path: Path) -> None:
    body = (
        f"<w:p>{r('At most 50%')}<w:r><w:footnoteReference w:id='7'/></w:r>{r(' of cost')}"
        f"<w:r><w:endnoteReference w:id='3'/></w:r>{r('.')}</w:p>" + p("last")
    )
    notes = f"<w:footnote w:id='0' w:type='separator'>{p('line')}</w:footnote>"
    notes += f"<w:footnote w:id='7'>{p('脚注。')}</w:footnote>"
    ends = f"<w:endnote w:id='3'>{p('See Annex 2.')}</w:endnote><w:endnote w:id='4'>{p('not referred to')}</w:endnote>"
    path = word(tmp_path / "a.docx", body, footnotes=notes, endnotes=ends)
    assert texts(path) == ["At most 50%[1] of cost[i].", "last", "[1] 脚注。", "[i] See Annex 2."]


def test_headers_footers_and_comments_are_dropped(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "HEADER"
    document.sections[0].footer.paragraphs[0].text = "FOOTER"
    run = document.add_paragraph("text").runs[0]
    document.add_comment(run, "COMMENT")
    document.save(str(tmp_path / "a.docx"))
    assert texts(tmp_path / "a.docx") == ["text"]


def test_of_fields_only_the_result_is_read(tmp_path: Path) -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        "<w:p>"
        + r("See ")
        + char("begin")
        + "<w:r><w:instrText> REF _x \\h </w:instrText></w:r>"
        + r("INSTRUCTION")
        + char("separate")
        + r("Article 5")
        + char("end")
        + f'<w:fldSimple w:instr="DATE">{r(" of 2025")}</w:fldSimple></w:p>'
        # An instruction that never ends does not swallow the rest of the document.
        + f"<w:p>{r('a')}{char('begin')}</w:p>"
        + p("b")
    )
    assert texts(word(tmp_path / "a.docx", body)) == ["See Article 5 of 2025", "a", "b"]


def test_soft_breaks_within_a_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("first line\nsecond line")
    document.add_paragraph("关于滴灌设施\n补贴的通知")
    document.save(str(tmp_path / "a.docx"))
    assert texts(tmp_path / "a.docx") == ["first line second line", "关于滴灌设施补贴的通知"]


def test_pages_by_explicit_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("one")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("two")
    document.add_paragraph("three").paragraph_format.page_break_before = True
    document.save(str(tmp_path / "a.docx"))
    assert [(block.text, block.page) for block in read(tmp_path / "a.docx")] == [("one", 1), ("two", 2), ("three", 3)]


def test_a_break_that_word_notes_again_is_one_break(tmp_path: Path) -> None:
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        p("one")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + f"<w:p>{rendered}{r('two')}</w:p>"
        + f"<w:p>{r('two until ')}{rendered}{r('three')}</w:p>"
        # Both cells of a row that runs over a page hold the break.
        + f"<w:tbl><w:tr><w:tc><w:p>{r('three ')}{rendered}{r('four')}</w:p></w:tc>"
        + f"<w:tc><w:p>{r('three ')}{rendered}{r('four')}</w:p></w:tc></w:tr></w:tbl>"
        + p("four")
    )
    path = word(tmp_path / "a.docx", body)
    assert [block.page for block in read(path)] == [1, 2, 2, 3, 4]


def test_sections_begin_a_page_as_the_next_section_says(tmp_path: Path) -> None:
    def section(kind: str) -> str:
        return f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>'

    body = p("one", section("nextPage")) + p("still one", section("continuous")) + p("two") + section("oddPage")
    assert [block.page for block in read(word(tmp_path / "a.docx", body))] == [1, 1, 2]


def test_content_controls_are_opened_and_placeholders_left_out(tmp_path: Path) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('in a control')}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtContent>{r('name')}</w:sdtContent></w:sdt><w:hyperlink>{r(' and link')}</w:hyperlink></w:p>"
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('Chapter 1 ..... 3')}</w:sdtContent></w:sdt>"
    )
    path = word(tmp_path / "a.docx", body)
    assert texts(path) == ["in a control", "name and link"]
    assert DocxReader().read(path).warnings == ("the table of contents is left out",)


def test_characters_that_are_elements(tmp_path: Path) -> None:
    body = (
        f"<w:p>{r('a')}<w:r><w:tab/></w:r>{r('b')}<w:r><w:noBreakHyphen/></w:r>{r('c')}<w:r><w:softHyphen/></w:r>"
        "<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r><w:r><w:sym w:font='Wingdings' w:char='F0A8'/></w:r>"
        "<w:r><w:sym w:font='Arial' w:char='zz'/></w:r><m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath></w:p>"
    )
    assert texts(word(tmp_path / "a.docx", body)) == ["a b-c≥□x²"]


def test_text_is_kept_but_for_what_nobody_sees(tmp_path: Path) -> None:
    source = "  ①ﬁ\u200bve\u00ad  hundred\u00a0\t m² ｆｕｌｌ　　width cafe\u0301\ufeff "
    assert texts(word(tmp_path / "a.docx", p(source))) == ["①ﬁve hundred m² ｆｕｌｌ　width cafe\u0301"]


def test_the_strict_form_reads_like_the_common_one(tmp_path: Path) -> None:
    content = members(p("严格 strict", '<w:outlineLvl w:val="1"/>'))
    content["word/document.xml"] = str(content["word/document.xml"]).replace(W, STRICT)
    assert read(pack(tmp_path / "a.docx", content)) == [Block("严格 strict", None, Style.HEADING, 2)]


def test_macros_are_said_and_not_run(tmp_path: Path) -> None:
    reading = DocxReader().read(pack(tmp_path / "a.docm", {**members(p("text")), "word/vbaProject.bin": b"\x00macro"}))
    assert reading == ((Block("text"),), ("the file holds macros; they were not run",))


def test_pictures_and_embedded_files_are_said(tmp_path: Path) -> None:
    body = p("text") + "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p><w:altChunk/>"
    warnings = DocxReader().read(word(tmp_path / "a.docx", body)).warnings
    assert len(warnings) == 2
    assert "embedded" in warnings[0]
    assert "1 picture" in warnings[1]


def test_a_part_that_is_not_there_is_done_without(tmp_path: Path) -> None:
    content = members(p("text", '<w:pStyle w:val="None"/><w:numPr><w:numId w:val="5"/></w:numPr>'), styles="")
    del content["word/styles.xml"]
    content["word/_rels/document.xml.rels"] = str(content["word/_rels/document.xml.rels"]).replace("styles.xml", "NULL")
    assert texts(pack(tmp_path / "a.docx", content)) == ["text"]
    assert part("a", "")  # the helper itself writes well-formed parts


def test_raised_figures_stay_raised(tmp_path: Path) -> None:
    above = '<w:vertAlign w:val="superscript"/>'
    runs = r("About 10") + r("6", above) + r(" litres from 40 m") + r("2", above) + r(", on the 1") + r("st", above)
    assert texts(word(tmp_path / "a.docx", f"<w:p>{runs}</w:p>")) == ["About 10⁶ litres from 40 m², on the 1st"]
