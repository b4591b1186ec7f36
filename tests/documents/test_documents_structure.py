"""Which number a block carries, which blocks are headings, and which headings stand above a paragraph."""

from __future__ import annotations

import pytest

from documents.models import Role
from documents.structure import Block, Placed, is_date, is_heading, label_of, place


def placed(*texts: str) -> tuple[Placed, ...]:
    return place([Block(text) for text in texts])


@pytest.mark.parametrize(
    ("text", "form", "label"),
    [
        ("Part II Funds", "part", "Part II"),
        ("PART A: General", "part", "PART A"),
        ("第一编 总则", "part", "第一编"),
        ("第二部分 奖励", "part", "第二部分"),
        ("第一章 总则", "chapter", "第一章"),
        ("第12章 附则", "chapter", "第12章"),
        ("Chapter 1", "chapter", "Chapter 1"),
        ("CHAPTER IV. Loans", "chapter", "CHAPTER IV"),
        ("第三节 评审", "section", "第三节"),
        ("Section 2.1 Loans", "section", "Section 2.1"),
        *((f"{roman}. Aims", "roman", roman) for roman in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")),
        ("一、目标", "han", "一"),
        ("十一、监督", "han", "十一"),
        ("第三条 申请人应当年满十八周岁。", "article", "第三条"),
        ("第二十一条之一 企业应当备案。", "article", "第二十一条之一"),
        ("Article 5 Every firm may apply.", "article", "Article 5"),
        ("ARTICLE 12", "article", "ARTICLE 12"),
        ("（二）培训资金由地方承担。", "han-bracket", "（二）"),
        ("(十)其他材料。", "han-bracket", "(十)"),
        ("2.1 Loans are granted.", "decimal", "2.1"),
        ("2.1.3. Loans are repaid.", "decimal", "2.1.3"),
        ("1. Purpose", "number", "1"),
        ("3、申请表", "number", "3"),
        ("(1) firms with ten employees;", "bracket", "(1)"),
        ("（12）其他", "bracket", "（12）"),
        ("(b) firms abroad;", "bracket", "(b)"),
        ("(iv) others.", "bracket", "(iv)"),
    ],
)
def test_each_form_of_number_is_recognised_at_the_beginning_of_a_block(text: str, form: str, label: str) -> None:
    assert label_of(text) == (form, label)


@pytest.mark.parametrize(
    "text",
    [
        "10 base cities are developed.",
        "2006.10.16",
        "I think so.",
        "Article five applies.",
        "Part of it is repaid.",
        "Sections of the road are closed.",
        "一个企业只能申请一次。",
        "十名员工以上的企业",
        "According to Article 5, firms may apply.",
        "(omitted)",
        "",
    ],
)
def test_words_and_figures_that_number_nothing_are_no_label(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "October 16, 2006",
        "16 October 2006",
        "2006-10-16",
        "2006年10月16日",
        "二〇〇六年十月十六日",
        " 2006-10-16\n",
    ],
)
def test_a_date_is_recognised_in_each_form(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["Since October 16, 2006", "2006", "October", "2006-10", "自2006年10月16日起施行", "May 1 firms apply"]
)
def test_a_block_that_holds_more_or_less_than_a_date_is_none(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Support for Enterprises", None),
        ('"Base Cities" of the Country', None),
        ("The Objectives of the Project:", None),
        ("1. Purpose", "number"),
        ("一、补贴对象", "han"),
        ("补贴标准", None),
        ("Article 5 Scope", "article"),
        ("第三条 适用范围", "article"),
        ("（一）申报条件", "han-bracket"),
    ],
)
def test_a_short_block_without_the_marks_of_a_sentence_is_a_heading(text: str, form: str | None) -> None:
    assert is_heading(text, form=form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Firms may apply.", None),
        ("企业可以申请。", None),
        ("firms in the region", None),
        ("Firms", None),
        ("Word " * 40, None),
        ("企业申请补贴的具体条件和标准" * 4, None),
        ("October 16, 2006", None),
        ("(1) Training of Staff", "bracket"),
        ("第三条 申请人应当年满十八周岁，并有住所", "article"),
        ("Article 5 The Office decides on every application in writing", "article"),
        ("Applications close in May;", None),
    ],
)
def test_sentences_dates_and_long_blocks_are_no_headings(text: str, form: str | None) -> None:
    assert not is_heading(text, form=form)


ENGLISH = (
    ("Measures for the Promotion of Trade Fairs", Role.TITLE, None, ()),
    ("Trade Order No. 12 of 2019", Role.NUMBER, None, ()),
    ("These Measures promote trade fairs abroad.", Role.BODY, None, ()),
    ("Part I General", Role.HEADING, "Part I", ()),
    ("Chapter 1 Scope", Role.HEADING, "Chapter 1", ("Part I General",)),
    (
        "Article 1 These Measures apply to firms, wherever they are seated.",
        Role.BODY,
        "Article 1",
        ("Part I General", "Chapter 1 Scope"),
    ),
    ("(1) Branches count as firms.", Role.BODY, "(1)", ("Part I General", "Chapter 1 Scope")),
    ("Chapter 2 Grants:", Role.HEADING, "Chapter 2", ("Part I General",)),
    ("Amount of the Grant", Role.HEADING, None, ("Part I General", "Chapter 2 Grants")),
    (
        "A grant covers half of the costs.",
        Role.BODY,
        None,
        ("Part I General", "Chapter 2 Grants", "Amount of the Grant"),
    ),
    ("Payment of the Grant", Role.HEADING, None, ("Part I General", "Chapter 2 Grants")),
    (
        "2.1 Grants are paid within 30 days.",
        Role.BODY,
        "2.1",
        ("Part I General", "Chapter 2 Grants", "Payment of the Grant"),
    ),
    ("Part II Supervision", Role.HEADING, "Part II", ()),
    ("The Office inspects one firm in ten.", Role.BODY, None, ("Part II Supervision",)),
    ("Annex 1: Table of Rates (omitted)", Role.APPENDIX, None, ()),
    ("2. Application form (omitted)", Role.APPENDIX, "2", ()),
    ("Ministry of Trade", Role.ISSUER, None, ()),
    ("3 June 2019", Role.DATE, None, ()),
)
CHINESE = (
    ("关于支持企业参加境外展会的通知", Role.TITLE, None, ()),
    ("商展发〔2019〕12号", Role.NUMBER, None, ()),
    ("各区商务局：现将有关事项通知如下。", Role.BODY, None, ()),
    ("第一章 总则", Role.HEADING, "第一章", ()),
    ("第一条 本通知适用于本市企业。", Role.BODY, "第一条", ("第一章 总则",)),
    ("第二章 补贴", Role.HEADING, "第二章", ()),
    ("第一节 条件", Role.HEADING, "第一节", ("第二章 补贴",)),
    ("第二条 企业应当具备下列条件：", Role.BODY, "第二条", ("第二章 补贴", "第一节 条件")),
    ("（一）依法登记；", Role.BODY, "（一）", ("第二章 补贴", "第一节 条件")),
    ("第二节 标准", Role.HEADING, "第二节", ("第二章 补贴",)),
    ("第三条 补贴为费用的一半。", Role.BODY, "第三条", ("第二章 补贴", "第二节 标准")),
    ("一、申报程序", Role.HEADING, "一", ("第二章 补贴", "第二节 标准")),
    ("1. 企业向所在区商务局提出申请。", Role.BODY, "1", ("第二章 补贴", "第二节 标准", "一、申报程序")),
    ("二、监督检查", Role.HEADING, "二", ("第二章 补贴", "第二节 标准")),
    ("商务局每年抽查一成企业。", Role.BODY, None, ("第二章 补贴", "第二节 标准", "二、监督检查")),
    ("附件：1.申请表（略）", Role.APPENDIX, None, ()),
    ("2.费用清单（略）", Role.APPENDIX, "2", ()),
    ("市商务局", Role.ISSUER, None, ()),
    ("2019年6月3日", Role.DATE, None, ()),
)


@pytest.mark.parametrize("document", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_whole_document_gets_roles_labels_and_section_paths(
    document: tuple[tuple[str, Role, str | None, tuple[str, ...]], ...],
) -> None:
    """Headings close those of their own form and further in; an unnumbered one closes the unnumbered one before."""
    result = placed(*(text for text, *_ in document))
    assert [(p.text, p.role, p.label, p.section) for p in result] == list(document)


def test_text_and_page_of_a_block_are_kept_as_they_are() -> None:
    blocks = [Block("The Title", 1), Block("  Firms may\napply. ", 2)]
    assert [(p.text, p.page) for p in place(blocks)] == [(block.text, block.page) for block in blocks]


def test_without_a_number_line_the_second_block_is_ordinary_text() -> None:
    roles = [p.role for p in placed("Guide to Grants", "Every firm may apply.", "The Office decides.")]
    assert roles == [Role.TITLE, Role.BODY, Role.BODY]


def test_a_date_far_from_the_end_and_a_document_without_a_date_name_no_issuer() -> None:
    texts = ["Guide to Grants", "Ministry of Trade", "3 June 2019", *["Every firm may apply."] * 5]
    assert {p.role for p in placed(*texts)} == {Role.TITLE, Role.HEADING, Role.BODY}


def test_a_sentence_above_the_date_is_not_the_issuer() -> None:
    roles = [p.role for p in placed("Guide to Grants", "Firms may apply.", "The Office decides.", "3 June 2019")]
    assert roles == [Role.TITLE, Role.BODY, Role.BODY, Role.DATE]


def test_a_paragraph_on_an_appendix_early_in_the_text_is_not_the_list_of_appendices() -> None:
    result = placed("Guide to Grants", "Annex 1: rates apply.", "A firm may apply.", "It ends so.", "All end here.")
    assert result[1].role is Role.BODY


def test_the_last_block_is_never_a_heading_since_nothing_follows_it() -> None:
    assert placed("Guide to Grants", "Every firm may apply.", "Final Remarks")[-1].role is Role.BODY


def test_no_blocks_give_no_paragraphs() -> None:
    assert place([]) == ()
