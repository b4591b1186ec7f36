"""What each block is and what it belongs to: headings, items, continuing paragraphs, head and foot."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.blocks import Block, Style
from documents.labels import label_of
from documents.models import Role
from documents.structure import Placed, name_of, place


def placed(*texts: str) -> tuple[Placed, ...]:
    return place([Block(text) for text in texts])


def in_text(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    """Role and path of blocks in the middle of a document."""
    around = ["Guide to Grants", "This is the beginning.", *texts, "This is the end."]
    return [(str(p.role), p.section) for p in placed(*around)[2:-1]]


def roles(*texts: str) -> list[str]:
    return [role for role, _ in in_text(*texts)]


# --- headings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "Support for Enterprises", '"Base Cities" of the Country', "The Objectives of the Project:", "Purpose",
        "1. Purpose", "Who can apply?", "一、补贴对象", "补贴标准", "Article 5 Scope", "第三条 适用范围",
        "（一）申报条件",
        "(1) Background", "SEC. 2. DEFINITIONS.", "Step 1 Registration", "Chapter 2",
    ],
)  # fmt: skip
def test_a_short_block_followed_by_text_is_a_heading(heading: str) -> None:
    assert roles(heading, "The Office decides on every application within thirty days.")[0] == "heading"


@pytest.mark.parametrize(
    "text",
    [
        "Firms may apply.", "企业可以申请。", "firms in the region", "Word " * 40, "企业申请补贴的具体条件和标准" * 4,
        "第三条 申请人应当年满十八周岁，并有住所", "Applications close in May;", "You can apply if you:",
        "Article 5 The Office decides on every application in writing", "企业应当提交下列材料：", "In this Act:",
        "Whereas:",
        "HAS ADOPTED THIS REGULATION:", "Deadline: 5 May 2024", "联系人：王芳", "• a bullet", "（此件公开发布）",
        "The subsidy covers:", "各区商务局、财政局：", "Fees | 20", "3. The rates are:", "In this Notice—",
        "什么时候申请，怎么申请，",
    ],
)  # fmt: skip
def test_sentences_dates_lists_and_lines_of_names_and_values_are_no_headings(text: str) -> None:
    assert roles(text, "The Office decides on every application within thirty days.")[0] == "body"


def test_a_date_in_the_text_is_neither_a_heading_nor_that_of_issue() -> None:
    assert roles("October 16, 2006", *["The Office decided on that day."] * 6)[0] == "body"


def test_entries_of_a_list_without_stops_are_no_headings() -> None:
    """A heading is followed by what it is about, an entry by the next one or by what the list belongs to."""
    assert roles("The following are enclosed:", "1. Application form", "2. Statement of costs", "Late ones count.") == [
        "body", "body", "body", "body",
    ]  # fmt: skip
    assert roles("一、申报材料", "1、申请表", "2、营业执照", "二、申报时间", "每年3月受理。") == [
        "heading", "body", "body", "heading", "body",
    ]  # fmt: skip


def test_short_lines_in_a_row_are_a_list_and_not_headings() -> None:
    assert roles("Name", "Address", "Telephone number", "Amount") == ["body"] * 4
    assert roles("General Rules", "Persons Entitled", "The Office decides.") == ["heading", "heading", "body"]


def test_the_last_block_is_never_a_heading_since_nothing_follows_it() -> None:
    assert placed("Guide to Grants", "Every firm may apply.", "Final Remarks")[-1].role is Role.BODY


def test_a_file_that_styles_its_headings_is_believed_about_the_others() -> None:
    blocks = [
        Block("Guide", style=Style.TITLE),
        Block("who can apply", style=Style.HEADING, level=2),
        Block("Monday to Friday"),
        Block("Some text that is a sentence."),
        Block("Fees", style=Style.HEADING, level=2),
        Block("Fee | 20", style=Style.TABLE_ROW),
        Block("Form B | 30", style=Style.TABLE_ROW),
        Block("It ends here."),
    ]
    assert [str(p.role) for p in place(blocks)] == [
        "title", "heading", "body", "body", "heading", "body", "body", "body",
    ]  # fmt: skip


def test_levels_of_a_file_give_the_depth_of_its_headings() -> None:
    def heading(text: str, level: int) -> Block:
        return Block(text, style=Style.HEADING, level=level)

    blocks = [
        Block("Guide", style=Style.TITLE), heading("Who can apply", 2), heading("Owners", 3), Block("They can."),
        heading("Tenants", 3), Block("They can too."), heading("Fees", 2), Block("There are none."),
    ]  # fmt: skip
    assert [p.section for p in place(blocks)][2:] == [
        ("Who can apply",), ("Who can apply", "Owners"), ("Who can apply",), ("Who can apply", "Tenants"),
        (), ("Fees",),
    ]  # fmt: skip


# --- paths -------------------------------------------------------------------------------------------------------


def test_a_list_below_a_styled_heading_of_the_same_form_of_number_stands_under_it() -> None:
    blocks = [
        Block("Guide to Grants", style=Style.TITLE),
        Block("1. Who may apply", style=Style.HEADING, level=2),
        Block("Any exporter may apply."),
        Block("1. First item"),
        Block("2. Second item"),
        Block("3. Third item"),
        Block("nested in it"),
        Block("2. What is paid", style=Style.HEADING, level=2),
        Block("1. First rate"),
        Block("2. Second rate"),
        Block("3. What is not", style=Style.HEADING, level=2),
        Block("Nothing else is paid."),
    ]
    heads = {0: (), 1: (), 7: (), 10: ()}
    expected = [heads[at] if at in heads else (max(h for h in heads if h < at)) for at in range(len(blocks))]
    paths = [name if isinstance(name, tuple) else (blocks[name].text,) for name in expected]
    assert [p.section for p in place(blocks)] == paths


def test_items_stand_under_the_numbers_above_them() -> None:
    assert in_text(
        "一、范围",
        "（一）下列企业：",
        "1.成立未满两年的；",
        "（1）伪造单证的：",
        "①登记表；",
        "②明细表。",
        "（二）其他企业。",
    ) == [
        ("heading", ()),
        ("body", ("一、范围",)),
        ("body", ("一、范围", "（一）")),
        ("body", ("一、范围", "（一）", "1")),
        ("body", ("一、范围", "（一）", "1", "（1）")),
        ("body", ("一、范围", "（一）", "1", "（1）")),
        ("body", ("一、范围",)),
    ]


def test_a_paragraph_without_a_number_ends_a_list_but_not_an_article() -> None:
    assert in_text("第三条 企业应当：", "（一）登记；", "（二）纳税。", "前款所称企业包括外企。", "第四条 施行。") == [
        ("body", ()), ("body", ("第三条",)), ("body", ("第三条",)), ("body", ("第三条",)), ("body", ()),
    ]  # fmt: skip


def test_bullets_and_rows_do_not_end_what_announced_them() -> None:
    found = in_text("2.1 You can apply if you:", "• own the home", "• live in it", "2.2 Others cannot.")
    assert [path for _, path in found] == [(), ("2.1",), ("2.1",), ()]


def test_rows_of_a_table_belong_to_the_item_they_follow() -> None:
    blocks = [
        Block("Guide"),
        Block("It begins."),
        Block("1. The rates are:"),
        Block("Loan | 5%", style=Style.TABLE_ROW),
    ]
    assert place([*blocks, Block("2. Fees are due.")])[3].section == ("1",)


def test_numbered_headings_stand_under_an_unnumbered_one_that_has_no_text_of_its_own() -> None:
    found = in_text(
        "Application", "1. How to apply", "In writing.", "2. When to apply", "In May.", "Payment", "It is paid."
    )
    assert [path for _, path in found] == [
        (), ("Application",), ("Application", "1. How to apply"), ("Application",),
        ("Application", "2. When to apply"), (), ("Payment",),
    ]  # fmt: skip


def test_a_chinese_heading_closes_the_article_before_it_and_an_item_does_not() -> None:
    found = in_text("第三条 补贴为费用的一半。", "一、申报程序", "企业提出申请。")
    assert [path for _, path in found] == [(), (), ("一、申报程序",)]
    found = in_text("第三条 补贴为费用的一半。", "一、企业提出申请。", "二、商务局审核。")
    assert [path for _, path in found] == [(), ("第三条",), ("第三条",)]


def test_numbers_in_parts_stand_under_the_number_they_begin_with() -> None:
    found = in_text(
        "1. Purpose", "1.1 It helps.", "2. Scope", "2.1 Citizens", "2.1.1 All may apply.", "2.2 Others may not."
    )
    assert [path for _, path in found] == [
        (), ("1. Purpose",), (), ("2. Scope",), ("2. Scope", "2.1 Citizens"), ("2. Scope",),
    ]  # fmt: skip


def test_numbers_that_count_on_stand_under_each_heading_they_come_to() -> None:
    found = in_text("Purpose", "1. It helps.", "2. It heals.", "Scope", "3. All may apply.")
    assert [path for _, path in found] == [(), ("Purpose",), ("Purpose",), (), ("Scope",)]


def test_a_numbered_heading_closes_the_unnumbered_one_that_had_text() -> None:
    found = in_text("Foreword", "It helps all.", "1. Purpose", "It helps some.", "2. Scope", "All may apply.")
    assert [path for _, path in found] == [(), ("Foreword",), (), ("1. Purpose",), (), ("2. Scope",)]


def test_what_a_colon_announces_stands_below_it_whatever_its_form() -> None:
    found = in_text(
        "§ 3 Procedure", "(1) Applications are sent by:", "1. 31 March;", "2. 30 June.", "(2) They are read."
    )
    assert [path for _, path in found] == [
        (), ("§ 3 Procedure",), ("§ 3 Procedure", "(1)"), ("§ 3 Procedure", "(1)"), ("§ 3 Procedure",),
    ]  # fmt: skip


def test_the_subject_of_an_article_may_stand_in_the_block_after_its_number() -> None:
    found = in_text(
        "CHAPTER I", "GENERAL PROVISIONS", "Article 1", "Scope", "It applies to all.", "Article 2", "Definitions"
    )
    assert [path for _, path in found[:6]] == [
        (), ("CHAPTER I",), ("CHAPTER I", "GENERAL PROVISIONS"), ("CHAPTER I", "GENERAL PROVISIONS", "Article 1"),
        ("CHAPTER I", "GENERAL PROVISIONS", "Article 1", "Scope"), ("CHAPTER I", "GENERAL PROVISIONS"),
    ]  # fmt: skip


def test_the_subject_of_a_chapter_goes_on_above_its_articles_though_text_stands_between() -> None:
    found = in_text("CHAPTER I", "GENERAL PROVISIONS", "This chapter is general.", "Article 1 Scope", "It applies.")
    assert found[3] == ("heading", ("CHAPTER I", "GENERAL PROVISIONS"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("（一）人才培训。每录用1名大学毕业生给予补助。", "（一）人才培训"),
        ("一、总体要求。坚持创新驱动。", "一、总体要求"),
        ("（一）企业应当登记。登记后可以申请。", "（一）"),
        ("（二）未受过行政处罚。", "（二）"),
        ("第三条 申请人应当年满十八周岁。", "第三条"),
        ("第三条（申报材料） 企业应当提交：", "第三条（申报材料）"),
        ("(a) In General.—The Agency makes grants.", "(a) In General"),
        ("2.1 Loans are granted. They are repaid.", "2.1"),
        ("第一步：企业自评。", "第一步"),
    ],
)
def test_a_numbered_paragraph_is_called_by_its_label_and_the_subject_it_begins_with(text: str, name: str) -> None:
    assert name_of(text, label_of(text), heading=False) == name


def test_a_subject_with_a_stop_is_one_where_a_list_follows_it() -> None:
    assert [path for _, path in in_text("（一）企业。", "1.守法经营。", "（二）守法经营。", "（三）诚信。")] == [
        (), ("（一）企业",), (), (),
    ]  # fmt: skip


def test_a_heading_over_two_lines_is_one_name() -> None:
    assert name_of("Support for\n Enterprises:", None, heading=True) == "Support for Enterprises"


# --- appendices --------------------------------------------------------------------------------------------------

HEAD = ("Circular on Grants", "No. 7 of 2021", "Every firm may apply for a grant in the year.")
FOOT = ("Ministry of Trade", "3 June 2021")


def test_lines_that_name_appendices_are_not_the_appendices() -> None:
    result = placed(*HEAD, "Appendix I: Rules for Grants", "Appendix II: Form", *FOOT)
    assert [(str(p.role), p.label) for p in result[3:5]] == [("appendix", "Appendix I"), ("appendix", "Appendix II")]


def test_an_appendix_in_full_keeps_its_text_as_sections_and_its_numbers_as_labels() -> None:
    """The numbered paragraphs of an appendix are no entries of the list of appendices."""
    full = ("Appendix I: Rules for Grants", "1. Scope", "These rules apply.", "2. Papers", "(a) a form;", "(b) a bill.")
    result = placed(*HEAD, "Appendix I: Rules for Grants", *FOOT, *full)[6:]
    rules = "Appendix I: Rules for Grants"
    assert [(str(p.role), p.label, p.section) for p in result] == [
        ("heading", "Appendix I", ()),
        ("heading", "1", (rules,)),
        ("body", None, (rules, "1. Scope")),
        ("heading", "2", (rules,)),
        ("body", "(a)", (rules, "2. Papers")),
        ("body", "(b)", (rules, "2. Papers")),
    ]


def test_an_appendix_that_is_left_out_is_a_line_though_it_stands_below_the_signature() -> None:
    result = placed(*HEAD, *FOOT, "Annex 1: Form (omitted)", "Printed by the State Printing Office")
    assert [str(p.role) for p in result[3:]] == ["issuer", "date", "appendix", "body"]


def test_a_paragraph_on_an_appendix_early_in_the_text_is_not_the_list_of_appendices() -> None:
    result = placed("Guide to Grants", "Annex 1: rates apply.", "A firm may apply.", "It ends so.", "All end here.")
    assert result[1].role is Role.BODY


# --- head and foot -----------------------------------------------------------------------------------------------


def test_issuer_and_date_in_either_order() -> None:
    for foot in (FOOT, FOOT[::-1]):
        found = {p.text: p.role for p in placed(*HEAD, *foot)}
        assert (found["Ministry of Trade"], found["3 June 2021"]) == (Role.ISSUER, Role.DATE)


def test_issuer_and_date_below_the_title_are_not_text() -> None:
    result = placed("Guide to Grants", "Ministry of Trade", "3 June 2019", *["Every firm may apply."] * 5)
    assert [str(p.role) for p in result] == ["title", "issuer", "date", *["body"] * 5]


def test_a_short_line_above_the_date_is_the_issuer_though_it_names_no_office() -> None:
    result = placed(*HEAD, "Harbour Pilots of Sorrel", "3 June 2019")
    assert [str(p.role) for p in result[3:]] == ["issuer", "date"]


def test_a_sentence_above_the_date_is_not_the_issuer() -> None:
    found = [p.role for p in placed("Guide to Grants", "Firms may apply.", "The Office decides.", "3 June 2019")]
    assert found == [Role.TITLE, Role.BODY, Role.BODY, Role.DATE]


def test_a_line_below_the_foot_does_not_hide_it() -> None:
    result = placed(*HEAD, *FOOT, "Copyright Policy | Disclaimers | Feedback")
    assert [str(p.role) for p in result[3:]] == ["issuer", "date", "body"]


def test_without_a_number_line_the_second_block_is_ordinary_text() -> None:
    found = [p.role for p in placed("Guide to Grants", "Every firm may apply.", "The Office decides.")]
    assert found == [Role.TITLE, Role.BODY, Role.BODY]


def test_closing_words_stand_under_no_heading_but_their_own() -> None:
    assert (
        placed("关于申报的通知", "一、申报时间", "每年3月受理。", "特此通知。", "市商务局", "2019年6月3日")[3].section
        == ()
    )
    under = placed(
        "关于申报的通知", "一、申报时间", "每年3月受理。", "二、联系方式", "联系人：王芳", "市商务局", "2019年6月3日"
    )
    assert under[4].section == ("二、联系方式",)


def test_when_it_takes_effect_is_a_closing_below_a_list_and_the_text_of_a_heading_else() -> None:
    effect, foot = "本通知自2019年7月1日起施行。", ("市商务局", "2019年6月3日")
    assert placed("关于申报的通知", "一、申报时间", "1.每年3月受理。", effect, *foot)[3].section == ()
    assert placed("关于申报的通知", "一、其他", "费用自理。", effect, *foot)[3].section == ("一、其他",)


# --- whatever comes ----------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "第一章 总则", "第三条 企业应当：", "（一）登记；", "1. Purpose", "1.1 It helps.", "Article 5", "Scope",
        "(a) one;", "(i) i;",
        "附件1", "附件：1.申请表", "Annex II: Form", "Ministry of Trade",
        "3 June 2019", "二〇〇六年十月十六日", "• bullet", "No. 7 of 2021",
        "Text that says something.", "To: all firms", "抄送：各局", "", " ",
        "\u3000", "A. Aims", "I. Aims", "2.0 AIMS", "Yours faithfully,",
    ]
)  # fmt: skip
BLOCKS = st.lists(
    st.builds(
        Block,
        PIECES | st.text(max_size=40),
        page=st.none() | st.integers(1, 9),
        style=st.sampled_from(list(Style)),
        level=st.none() | st.integers(1, 4),
    ),
    max_size=30,
)


@given(BLOCKS)
def test_whatever_the_blocks_each_is_placed_once_and_as_it_is(blocks: list[Block]) -> None:
    """And a second reading of the same blocks places them the same, so that their numbers stay."""
    result = place(blocks)
    assert [(p.text, p.page) for p in result] == [(block.text, block.page) for block in blocks]
    assert place(blocks) == result
    assert not blocks or any(p.role is Role.TITLE for p in result)


@given(BLOCKS)
def test_a_path_is_made_of_what_stood_before(blocks: list[Block]) -> None:
    names: set[str] = set()
    for p in place(blocks):
        for name in p.section:
            assert name in names
        names |= {name_of(p.text, None, heading=True), p.label or ""}
        names |= {p.text.strip()[: length + 1] for length in range(len(p.text))}


def test_no_blocks_give_no_paragraphs() -> None:
    assert place([]) == ()


def test_a_long_document_is_placed_in_no_time_that_grows_with_its_square() -> None:
    def seconds(count: int) -> float:
        texts = ["Measures"] + ["1. Entry", "Short line", "（一）条款：", "Text that is a sentence."] * count
        begin = time.process_time()
        placed(*texts)
        return time.process_time() - begin

    small, large = min(seconds(250) for _ in range(3)), seconds(2500)
    assert large < 30 * small + 0.5
