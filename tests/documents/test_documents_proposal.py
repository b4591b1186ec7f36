"""What a document says of itself, where its lines stand in unusual places or are missing."""

from __future__ import annotations

from datetime import date

import pytest

from documents.blocks import Block, Style
from documents.proposal import Proposal, propose

TEXT = "第一条 为规范资金管理，制定本办法。"


def said(*texts: str) -> Proposal:
    return propose([Block(text) for text in texts])


def test_number_title_and_letterhead_in_any_order() -> None:
    heads = [
        ("商务部文件", "商资函〔2006〕111号", "关于认证奖励的通知"),
        ("商资函〔2006〕111号", "关于认证奖励的通知"),
        ("关于认证奖励的通知", "商资函〔2006〕111号"),
    ]
    for head in heads:
        found = said(*head, TEXT, "商务部", "2006年10月16日")
        assert found[:4] == ("关于认证奖励的通知", "商资函〔2006〕111号", "商务部", date(2006, 10, 16))


def test_a_title_over_two_lines_or_two_blocks_is_one() -> None:
    for head in (("关于认证奖励\n有关事项的通知",), ("市商务局 市财政局", "关于认证奖励有关事项的通知")):
        assert said(*head, TEXT).title.endswith("关于认证奖励有关事项的通知")
    assert said("Rules of the", "Travel Fund", "No. 7 of 2020", "Firms may apply.").title == "Rules of the Travel Fund"


def test_the_style_of_a_block_says_more_than_its_place() -> None:
    blocks = [
        Block("Letterhead of somebody"),
        Block("No. 5"),
        Block("The Title", style=Style.TITLE),
        Block("Text it is."),
    ]
    assert propose(blocks).title == "The Title"


def test_a_title_that_holds_a_range_of_years_is_no_number() -> None:
    found = said("Call for Applications 2025/26", "Call No. LTX-2025-04", "Teachers may apply.")
    assert (found.title, found.number) == ("Call for Applications 2025/26", "Call No. LTX-2025-04")


def test_the_subject_of_a_letter_is_its_title() -> None:
    found = said(
        "MEMORANDUM", "No.: HR-M-17", "TO: All offices", "DATE: 5 January 2022", "SUBJECT: Travel", "It is paid."
    )
    assert (found.title, found.number, found.issued_on) == ("Travel", "HR-M-17", date(2022, 1, 5))


@pytest.mark.parametrize(
    ("head", "label", "title"),
    [
        (("附件2", "奖励办法"), "附件2", "奖励办法"),
        (("附件二：奖励办法",), "附件二", "奖励办法"),
        (("商资发〔2006〕556号文件附件二", "奖励办法"), "附件二", "奖励办法"),
        (("附件二（商资发[2006]556号）", "奖励办法"), "附件二", "奖励办法"),
        (("Appendix II", "Rules for Rewards"), "Appendix II", "Rules for Rewards"),
        (("Appendix II: Rules for Rewards",), "Appendix II", "Rules for Rewards"),
        (("Appendix 2 to Shang Zi Fa [2006] No.556", "Rules for Rewards"), "Appendix 2", "Rules for Rewards"),
    ],
)
def test_a_document_that_is_an_appendix(head: tuple[str, ...], label: str, title: str) -> None:
    found = said(*head, TEXT)
    assert (found.label, found.title, found.kind) == (label, title, "appendix")


def test_a_document_that_holds_appendices_is_none() -> None:
    foot = ("附件：1.申请表", "商务部", "2006年10月16日", "附件1", "申请表", "名称：")
    found = said("关于认证奖励的通知", TEXT, *foot)
    assert (found.kind, found.label, found.issuer) == ("circular", None, "商务部")


def test_the_date_below_the_text_goes_before_the_one_at_the_head() -> None:
    assert said("Order", "1 May 2020", "Firms may apply.", "Ministry of Trade", "3 June 2020").issued_on == date(
        2020, 6, 3
    )
    assert said("Order", "1 May 2020", "Firms may apply.", "All end here.").issued_on == date(2020, 5, 1)


def test_dates_in_the_text_are_none_of_issue() -> None:
    assert said("Order", "It begins on 1 May 2020.", "Firms may apply until 3 June 2020.").issued_on is None
    assert said("关于申报的通知", "本通知自2020年1月1日起施行。", "请于2020年3月1日前申报。").issued_on is None


def test_printed_on_is_not_issued_on() -> None:
    foot = ("商务部", "2006年10月16日", "商务部办公厅 2006年10月17日印发")
    assert said("关于申报的通知", TEXT, *foot).issued_on == date(2006, 10, 16)


def test_an_issuer_that_only_the_title_or_a_note_names() -> None:
    assert said("商务部关于申报的通知", TEXT).issuer == "商务部"
    assert said("管理办法", "（2006年9月8日商务部令第12号公布）", TEXT).issuer == "商务部"
    assert (
        said("Rules", "(Issued by the Ministry of Trade on 5 May 2020)", "Firms may apply.").issuer
        == "Ministry of Trade"
    )


def test_what_is_not_said_is_not_proposed() -> None:
    assert said("Guide to Grants", "Every firm may apply.")[1:4] == (None, None, None)


def test_a_block_alone_is_the_title() -> None:
    for text in ("Appendix II", "3 June 2020", "商务部", "No. 5", "To: all"):
        assert said(text).title == text


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("Issued on 5 May 2020 by the Export Office", "Export Office"),
        ("(Adopted by the Export Office on 5 May 2020)", "Export Office"),
        ("（2020年5月5日商务部发布）", "商务部"),
    ],
)
def test_a_line_below_the_text_that_says_when_and_by_whom_it_was_issued(line: str, issuer: str) -> None:
    """The short line above it is no issuer: the line names its own."""
    found = said("Guidance on Export Credits", "Any exporter may apply.", "A picture", line)
    assert (found.issuer, found.issued_on) == (issuer, date(2020, 5, 5))


def test_a_date_alone_goes_before_one_in_a_line_on_another_event() -> None:
    found = said("Rules on Fees", "A fee is due.", "Export Office", "5 May 2020", "Approved on 7 July 2021")
    assert found.issued_on == date(2020, 5, 5)
