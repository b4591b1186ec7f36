"""The kind of a document by its title."""

from __future__ import annotations

import pytest

from documents.kinds import kind_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于做好服务外包工作的通知", "circular"),
        ("关于印发《专项资金管理办法》的通知", "circular"),
        ("商务部公告", "circular"),
        ("关于有关问题的复函", "circular"),
        ("专项资金管理办法", "measure"),
        ("专项资金管理办法（试行）", "measure"),
        ("海绵城市建设实施细则", "measure"),
        ("服务贸易促进条例", "measure"),
        ("生猪养殖保险实施方案", "other"),
        ("关于加快发展的指导意见", "other"),
        ("申报指南", "other"),
        ("企业名单", "other"),
        ("Circular of Ministry of Commerce on the Measures for Fairs", "circular"),
        ("Notice on the Rules for Fairs", "circular"),
        ("Measures for Trade Fairs", "measure"),
        ("Order on Grants", "measure"),
        ("The Childcare Support Regulations 2021", "measure"),
        ("Rural Broadband Support Act of 2018", "measure"),
        ("Guidance on the Order on Fees", "other"),
        ("Call for Applications: Museum Fund", "other"),
        ("Apply for a warm home grant", "other"),
        ("", "other"),
    ],
)
def test_the_kind_a_title_tells(title: str, kind: str) -> None:
    assert kind_of(title) == kind
