"""Document numbers: which line is one, what it says, and when two are the same."""

from __future__ import annotations

import pytest

from documents.numbers import cleaned, in_title, is_number_alone, is_number_line, numbers_in, same_number

LINES = [
    ("商资函〔2006〕111号", "商资函〔2006〕111号"),
    ("商资函〔2006〕111号 签发人：李明", "商资函〔2006〕111号"),
    ("国税函［２００９］１０４号", "国税函［２００９］１０４号"),
    ("沅知发(2016)8号", "沅知发(2016)8号"),
    ("2008年第47号", "2008年第47号"),
    ("第2021-3号", "第2021-3号"),
    ("通告第12/2019號", "通告第12/2019號"),
    ("經貿字第10204601230號", "經貿字第10204601230號"),
    ("【发布文号】商资发[2007]13号", "商资发[2007]13号"),
    ("发文字号：商资发[2007]13号", "商资发[2007]13号"),
    ("檔號：TID/SUP/2022/7", "TID/SUP/2022/7"),
    ("（2006年9月8日商务部令2006年第12号公布 自2006年11月1日起施行）", "商务部令2006年第12号"),
    ("Shang Zi Han [2006] No. 111", "Shang Zi Han [2006] No. 111"),
    ("[2006] No. 111", "[2006] No. 111"),
    ("No.556", "No.556"),
    ("Our ref: FX/LN/2015/208", "FX/LN/2015/208"),
    ("NSA/G/2024/03", "NSA/G/2024/03"),
    ("Commercial Information Circular No. 12/2019", "Commercial Information Circular No. 12/2019"),
    ("Customs Circular 2024/31", "Customs Circular 2024/31"),
    ("Public Law 44-118", "Public Law 44-118"),
    ("STATUTORY INSTRUMENTS 2021 No. 388", "2021 No. 388"),
    ("(Order No. 12 of the Ministry of Commerce, 2006)", "Order No. 12 of the Ministry of Commerce, 2006"),
    ("F2020L00871", "F2020L00871"),
    ("Policy CP-14", "Policy CP-14"),
]


@pytest.mark.parametrize(("line", "number"), LINES)
def test_a_line_that_is_a_number_and_the_number_in_it(line: str, number: str) -> None:
    assert is_number_line(line)
    assert cleaned(line) == number


@pytest.mark.parametrize(
    "line",
    [
        "2024年度企业研发补助申报指南", "Rural Broadband Support Act of 2018", "Museum Fund 2024",
        "October 16, 2006", "2006年10月16日",
        "Order No. 5 on Fees", "关于落实商资发〔2006〕556号的通知", "It is decided under No. 5 as follows;",
        "Applications for 2025/26",
        "Language Exchange 2025-2026", "Tel 2345 6789", "Every firm may apply.", "", "Article 5",
    ],
)  # fmt: skip
def test_other_lines_with_figures_are_none(line: str) -> None:
    assert not is_number_line(line)


SHANG = "Shang Zi Fa [2006] No.556"


@pytest.mark.parametrize(
    "other",
    [
        "商资发[2006]556号", "商资发〔2006〕556号", "商资发［２００６］５５６号", "商資發〔2006〕556號",
        "商资发〔2006〕第556号",
        "Shang Zi Fa [2006] No. 556", "ShangZiFa (2006) No.556", "Circular Shang Zi Fa [2006] No.556",
        "shang zi fa [2006] no.556",
        "根据商资发[2006]556号",
    ],
)  # fmt: skip
def test_one_number_in_many_writings(other: str) -> None:
    assert same_number(SHANG, other)
    assert same_number(other, SHANG)


@pytest.mark.parametrize(
    "other",
    [
        "商资函〔2006〕556号", "商资发〔2006〕557号", "商资发〔2007〕556号", "[2006] No.556",
        "商服贸发〔2006〕556号", "财商资发〔2006〕556号",
        "Shang Fu Fa [2006] No.556", "556", "", "鑫资发〔2006〕556号",
    ],
)  # fmt: skip
def test_another_year_serial_number_or_issuer_is_another_number(other: str) -> None:
    assert not same_number(SHANG, other)
    assert not same_number(other, SHANG)


def test_numbers_of_any_other_form_are_the_same_where_they_are_written_the_same() -> None:
    assert same_number("NSA/G/2024/03", "nsa/g/2024/03 ")
    assert not same_number("NSA/G/2024/03", "NSA/G/2024/3")
    assert not same_number("", "")


def test_numbers_are_found_in_running_text() -> None:
    text = "《关于补贴的通知》（岚农水〔2021〕12号）和 Shang Zi Fa [2006] No.556 同时废止。"
    assert [tuple(number) for number in numbers_in(text)] == [("岚农水", 2021, 12), ("Shang Zi Fa", 2006, 556)]


def test_a_number_in_a_title() -> None:
    assert in_title("REGULATION (NU) 2021/558 OF THE COUNCIL") == "(NU) 2021/558"
    assert in_title("Directive 2019/44 on language certificates") == "2019/44"
    assert in_title("Call for Applications 2025/26") is None


@pytest.mark.parametrize(
    "line",
    [
        "No. 5 of 2014", "No. 5 [2014]", "Shang Zi Fa [2006] No.556", "(商资发〔2006〕556号)", "商务部令2006年第12号",
        "商资函〔2006〕111号 签发人：李明", "NSA/G/2024/03", "Customs Circular 2024/31", "Policy CP-14",
        "發文字號：10號", "Order of the Ministry of Commerce No. 5", "通告第12/2019號", "經貿字第10204601230號",
    ],
)  # fmt: skip
def test_a_line_that_is_nothing_but_a_number(line: str) -> None:
    assert is_number_alone(line)


@pytest.mark.parametrize(
    "line",
    [
        "accordance with Circular No. 5 and pay the", "The Ministry issued Order No. 5", "根据商资发〔2006〕556号",
        "Shang Zi Fa [2006] No.556 and", "Notice on Fees No. 5", "5 May 2014", "a fee of No. 5", "",
    ],
)  # fmt: skip
def test_a_line_that_only_holds_a_number(line: str) -> None:
    assert not is_number_alone(line)
