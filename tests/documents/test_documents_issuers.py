"""Lines that name an authority or sign for one, and which of them is the issuer."""

from __future__ import annotations

import pytest

from documents.issuers import authority, cleaned, in_title, is_authority, is_officer, is_signatory, proposed


@pytest.mark.parametrize(
    "line",
    [
        "商务部", "商 务 部（公章）", "中华人民共和国商务部文件", "云岚省商务厅 云岚省财政厅",
        "临泽市商务局、临泽市财政局", "工業貿易署",
        "Ministry of Commerce, People's Republic of China", "Government of the Canton of Brennach",
        "CENTRAL BANK OF VELDMARK",
        "Ministry of Veterans' Affairs", "Monetary Authority of Veldmark",
    ],
)  # fmt: skip
def test_the_name_of_an_authority(line: str) -> None:
    assert is_authority(line)
    assert is_signatory(line)


@pytest.mark.parametrize(
    "line",
    [
        "关于支持企业的通知", "各区商务局：", "市商务局负责受理。",
        "Interim Measures for the Administration of Bodies", "OFFICE MEMORANDUM",
        "Circular of Ministry of Commerce on Trade", "The Office decides on every application",
        "Office hours: 9 to 5", "Form B", "",
        "the ministry of trade", "Ministry of Commerce 2006", "局长 王某",
    ],
)  # fmt: skip
def test_other_lines_name_none(line: str) -> None:
    assert not is_authority(line)


@pytest.mark.parametrize(
    "line",
    [
        "A. LINDQVIST",
        "(CHAN Tai-man)",
        "for Director-General of Trade",
        "The President",
        "For the Council",
        "工業貿易署署長",
        "（陳大文代行）",
    ],
)
def test_lines_of_a_signature(line: str) -> None:
    assert is_signatory(line)


def test_an_office_is_held_by_a_person() -> None:
    assert is_officer("Deputy Secretary to the Government")
    assert is_officer("工業貿易署署長")
    assert not is_officer("Ministry of Trade")


def test_seals_and_spaces_are_no_part_of_a_name() -> None:
    assert cleaned("商 务 部（公章）") == "商务部"
    assert cleaned("中华人民共和国商务部文件") == "中华人民共和国商务部"
    assert authority("For the Council") == "Council"


@pytest.mark.parametrize(
    ("signature", "letterhead", "issuer"),
    [
        (["商务部", "财政部"], [], "商务部、财政部"),
        (["Ministry of Trade", "Ministry of Finance"], [], "Ministry of Trade, Ministry of Finance"),
        (["Central Bank", "Department of Exchange"], [], "Central Bank"),
        (["(CHAN Tai-man)", "for Director-General of Trade"], ["Trade Department"], "Trade Department"),
        (["J. Marlowe", "Minister of Children", "Department of Children"], [], "Department of Children"),
        (["J. Harlow", "Minister for Trade"], [], "Minister for Trade"),
        (["Bureau of Trade", "Bank of Trade"], ["Bank of Trade"], "Bank of Trade"),
        ([], ["商务部文件"], "商务部"),
        ([], [], None),
    ],
)
def test_the_issuer_by_signature_and_letterhead(
    signature: list[str], letterhead: list[str], issuer: str | None
) -> None:
    assert proposed(signature, letterhead) == issuer


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("商务部关于开展评价工作的通知", "商务部"),
        ("商务部 财政部关于下达资金的通知", "商务部 财政部"),
        ("关于开展评价工作的通知", None),
        ("Circular of the Ministry of Commerce on Grants", "Ministry of Commerce"),
        ("Circular of 5 May on Grants", None),
        ("Rules for Grants", None),
    ],
)
def test_the_issuer_that_a_title_names(title: str, issuer: str | None) -> None:
    assert in_title(title) == issuer
