"""Dates as official documents write them, and lines that are a date and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from documents.dates import before_date, is_date, parse_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2006-10-16", date(2006, 10, 16)),
        ("2006/10/16", date(2006, 10, 16)),
        ("2006.10.16", date(2006, 10, 16)),
        ("October 16, 2006", date(2006, 10, 16)),
        ("Oct. 16, 2006", date(2006, 10, 16)),
        ("October 16th, 2006", date(2006, 10, 16)),
        ("16 October 2006", date(2006, 10, 16)),
        ("1st May 2021", date(2021, 5, 1)),
        ("the 3rd day of May, 2021", date(2021, 5, 3)),
        ("September 2018", date(2018, 9, 1)),
        ("2006年10月16日", date(2006, 10, 16)),
        ("2021 年 7 月 9 日", date(2021, 7, 9)),
        ("２００９年３月６日", date(2009, 3, 6)),
        ("二〇〇六年十月十六日", date(2006, 10, 16)),
        ("二○二四年一月二十日", date(2024, 1, 20)),
        ("二零一九年六月三十一日", None),
        ("二零一九年十二月三十一日", date(2019, 12, 31)),
        ("中華民國102年3月11日", date(2013, 3, 11)),
        ("民國一〇二年三月十一日", date(2013, 3, 11)),
        ("30 February 2006", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_as_official_documents_write_them(text: str, day: date | None) -> None:
    assert parse_date(text) == day


def test_the_first_date_of_a_text_counts() -> None:
    assert parse_date("（2006年9月8日公布 自2006年11月1日起施行）") == date(2006, 9, 8)
    assert parse_date("from 1 May 2020 to 3 June 2021") == date(2020, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "October 16, 2006", " 2006-10-16\n", "二〇〇六年十月十六日", "（2011年11月30日）", "【发布日期】2007-01-18",
        "Done at Norrhavn, 14 June 2021.", "Veld, October 16th, 2015", "Published 2 October 2023",
        "DATE: 5 January 2022",
        "Dated 6 July 2020", "2007年1月18日发布",
    ],
)  # fmt: skip
def test_a_line_may_say_what_happened_on_the_day_and_where(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "Since October 16, 2006", "2006", "October", "2006-10", "自2006年10月16日起施行", "May 1 firms apply",
        "商务部办公厅 2006年10月17日印发", "It ends on 5 May 2020", "30 February 2006", "", "5 May 2020 " * 30,
    ],
)  # fmt: skip
def test_a_line_that_says_more_or_less_is_no_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("商务部 2012年5月10日", "商务部"),
        ("Ministry of Commerce 2006-10-16", "Ministry of Commerce"),
        ("2012年5月10日", ""),
        ("2012年5月10日 商务部", None),
        ("商务部", None),
    ],
)
def test_what_stands_before_a_date_that_ends_a_line(text: str, before: str | None) -> None:
    assert before_date(text) == before
