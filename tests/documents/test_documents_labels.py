"""Which number a paragraph begins with: each form, alone and among others, and what only looks like one."""

from __future__ import annotations

import pytest

from documents.labels import label_of, labels_of

FORMS = [
    ("Part II Funds", "part", "Part II"),
    ("PART A: General", "part", "PART A"),
    ("第一编 总则", "part", "第一编"),
    ("第二部分 奖励", "part", "第二部分"),
    ("TITLE IV Payments", "part", "TITLE IV"),
    ("第一章 总则", "chapter", "第一章"),
    ("第12章 附则", "chapter", "第12章"),
    ("Chapter 1", "chapter", "Chapter 1"),
    ("CHAPTER IV. Loans", "chapter", "CHAPTER IV"),
    ("Chapter Three Loans", "chapter", "Chapter Three"),
    ("Division 2—Amounts", "division", "Division 2"),
    ("第三节 评审", "section", "第三节"),
    ("Section 2.1 Loans", "section", "Section 2.1"),
    ("Section 11(2) The Office decides.", "section", "Section 11(2)"),
    ("SEC. 2. DEFINITIONS.", "section", "SEC. 2"),
    *((f"{roman}. Aims", "roman", roman) for roman in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")),
    ("壹、總則", "legal", "壹"),
    ("一、目标", "han", "一"),
    ("十一、监督", "han", "十一"),
    ("一．目标", "han", "一"),
    ("第三条 申请人应当年满十八周岁。", "article", "第三条"),
    ("第三条申请人应当年满十八周岁。", "article", "第三条"),
    ("第三條 申請人應當年滿十八歲。", "article", "第三條"),
    ("第二十一条之一 企业应当备案。", "article", "第二十一条之一"),
    ("第一条（目的） 为规范资金管理。", "article", "第一条"),
    ("Article 5 Every firm may apply.", "article", "Article 5"),
    ("Article 5 – Scope", "article", "Article 5"),
    ("ARTICLE 12", "article", "ARTICLE 12"),
    ("Clause 4 PAYMENT", "article", "Clause 4"),
    ("§ 4 This Ordinance enters into force.", "article", "§ 4"),
    ("Step 2: Send the form.", "step", "Step 2"),
    ("第一步：企业自评。", "step", "第一步"),
    ("（二）培训资金由地方承担。", "han bracket", "（二）"),
    ("(十)其他材料。", "han bracket", "(十)"),
    ("㈢其他材料。", "han bracket", "㈢"),
    ("2.1 Loans are granted.", "decimal", "2.1"),
    ("2.1.3. Loans are repaid.", "decimal", "2.1.3"),
    ("2.1申请条件", "decimal", "2.1"),
    ("1. Purpose", "number", "1"),
    ("１．出口企业", "number", "１"),
    ("3、申请表", "number", "3"),
    ("1.2010年新获评的单位", "number", "1"),
    ("1. 31 March for the first half-year;", "number", "1"),
    ("(1) firms with ten employees;", "bracket", "(1)"),
    ("（12）其他", "bracket", "（12）"),
    ("(b) firms abroad;", "bracket letter", "(b)"),
    ("(iv) others.", "bracket roman", "(iv)"),
    ("(B) others.", "bracket capital", "(B)"),
    ("1）不动产投资；", "close", "1）"),
    ("b) students on leave;", "close letter", "b)"),
    ("②追溯体系。", "circled", "②"),
]


@pytest.mark.parametrize(("text", "form", "label"), FORMS)
def test_each_form_is_recognised_at_the_beginning(text: str, form: str, label: str) -> None:
    found = label_of(text)
    assert found is not None
    assert (found.form, found.text) == (form, label)


@pytest.mark.parametrize(
    "text",
    [
        "10 base cities are developed.", "2006.10.16", "I think so.", "Article five applies.",
        "Part of it is repaid.",
        "Sections of the road are closed.", "一个企业只能申请一次。", "十名员工以上的企业", "(omitted)", "",
        "According to Article 5, firms may apply.", "2006年以来", "1.5亿元专项资金", "5、6月份开展检查",
        "第一名的单位",
        "A company may apply.", "I. e. a second application",
    ],
)  # fmt: skip
def test_words_and_figures_that_number_nothing_are_no_label_even_alone(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 of the Order applies.", "Section 3 applies in addition.", "1.5 million yuan are set aside.",
        "3.5 per cent interest is charged.", "(1) and (2) above are cumulative.", "C. Brown, the head, signs.",
        "V. Part of the fund is kept.", "12 May is the last day.", "A. Miller signs.", "第三条规定的名额不得突破。",
        "第一章、第二章的条件一并适用。", "一、二等奖由商务厅颁发。", "（一）、（二）两类单位不重复表彰。",
        "16.10. 2006 was a Monday.",
        "1. 10. 2006 was a Sunday.",
    ],
)  # fmt: skip
def test_sentences_that_speak_of_numbers_have_no_label_in_a_document(text: str) -> None:
    assert labels_of(["Some text before.", text, "Some text after."]) == (None, None, None)


def _texts(*texts: str) -> list[str | None]:
    return [label and f"{label.form}: {label.text}" for label in labels_of(texts)]


def test_letters_and_headings_without_a_stop_are_believed_as_a_series() -> None:
    assert _texts("A. Purpose", "B. Scope") == ["letter: A", "letter: B"]
    assert _texts("1 Purpose", "Text.", "2 Scope") == ["plain: 1", None, "plain: 2"]
    assert _texts("a. one thing", "b. another") == ["small letter: a", "small letter: b"]
    assert _texts("甲、資格", "乙、金額") == ["stem: 甲", "stem: 乙"]


def test_a_letter_that_is_a_numeral_too_is_read_by_what_stands_before_it() -> None:
    assert _texts("(h) hay;", "(i) iron;", "(j) jute.") == [
        "bracket letter: (h)", "bracket letter: (i)", "bracket letter: (j)",
    ]  # fmt: skip
    assert _texts("(a) firms that:", "(i) train;", "(ii) export;", "(b) others.") == [
        "bracket letter: (a)", "bracket roman: (i)", "bracket roman: (ii)", "bracket letter: (b)",
    ]  # fmt: skip
    assert _texts("(iv) four;", "(v) five.")[1] == "bracket roman: (v)"
    assert _texts("A. Aims", "B. Bids", "C. Cranes")[2] == "letter: C"
    assert _texts("I. Aims", "A. Job seekers", "B. Employees", "II. Amount")[3] == "roman: II"


def test_numerals_of_a_series_may_miss_one_but_not_begin_anywhere() -> None:
    assert _texts("I. Aims", "III. Funds") == ["roman: I", "roman: III"]
    assert _texts("VII. Funds") == [None]


def test_the_values_of_a_number_in_parts() -> None:
    assert [label.parts for label in labels_of(["2.1.3 Text", "2.0 PURPOSE", "Section 4.2 Text"]) if label] == [
        (2, 1, 3), (2,), (4, 2),
    ]  # fmt: skip


def test_the_rest_of_the_paragraph_begins_behind_the_label() -> None:
    for text, rest in (
        ("Article 5 – Scope", "Scope"),
        ("一、总则", "总则"),
        ("CHAPTER I", ""),
        ("(a)  firms", "firms"),
    ):
        label = label_of(text)
        assert label is not None
        assert text[label.end :] == rest
