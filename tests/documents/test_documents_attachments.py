"""Labels of appendices in any language, the list of them, and the lines that are no entry of it."""

from __future__ import annotations

import pytest

from documents.attachments import (
    is_entry,
    is_label_line,
    is_list,
    is_omitted,
    label_key,
    names_parent,
    title_after,
)


def test_one_label_in_many_writings() -> None:
    second = {
        label_key(text) for text in ("Appendix II", "appendix  2", "ANNEX II", "附件2", "附件二", "附件 ２", "附錄二")
    }
    assert len(second) == 1
    others = [label_key(text) for text in ("Appendix I", "附件3", "Schedule 2", "附表二", "Annex B", "附件十二")]
    assert not second & set(others)
    assert label_key("附表二") == label_key("Schedule 2")


@pytest.mark.parametrize("text", ["附件", "附件2", "附件二：", "ANNEX I", "Appendix II", "SCHEDULE", "Annex"])
def test_lines_that_are_a_label_alone(text: str) -> None:
    assert is_label_line(text)


@pytest.mark.parametrize("text", ["附件2 办法", "Annex I lists them.", "The Annex", "附件应当齐全", "Appendices", ""])
def test_lines_that_are_more_than_a_label(text: str) -> None:
    assert not is_label_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "附件：1.申请表", "附件：1．申请表；2．承诺书", "附件（略）：1.目录；2.申报表", "附件：规划红线图",
        "附件1.申请表", "Annexes (omitted): Annex 1, Table",
        "Appendices:", "Attachments:", "Encl. Application form", "Schedules 1 (Values) and 2 (Form) are omitted.",
    ],
)  # fmt: skip
def test_lists_of_attachments(text: str) -> None:
    assert is_list(text)


@pytest.mark.parametrize(
    "text", ["Appendix I: Rules", "Annex A – Form TA-1", "附件1：申请表（略）", "附件2 申报表", "Schedule 1. Values"]
)
def test_entries(text: str) -> None:
    assert is_entry(text)


@pytest.mark.parametrize(
    "text",
    [
        "Annex I lists the districts", "Appendix 2 to Order No. 5", "Annex II", "附件1规定的条件", "附件2和附件3",
        "附件1：申请表应当填写完整。",
        "The list is in Appendix I: rates", "",
    ],
)  # fmt: skip
def test_lines_that_speak_of_an_appendix_are_no_entries(text: str) -> None:
    assert not is_entry(text)


def test_label_and_title_of_a_line() -> None:
    assert title_after("Appendix II: Rules for Rewards") == ("Appendix II", "Rules for Rewards")
    assert title_after("附件二　奖励办法") == ("附件二", "奖励办法")
    assert title_after("Appendix II to Order No. 5") is None
    assert title_after("Appendix II") is None


def test_lines_that_say_whose_appendix_it_is() -> None:
    assert names_parent("Appendix 2 to Shang Zi Fa [2006] No.556")
    assert names_parent("附件二（商资发[2006]556号）")
    assert not names_parent("附件二 奖励办法")


def test_lines_that_say_that_something_is_left_out() -> None:
    assert is_omitted("Appendix I: Rules (omitted)")
    assert is_omitted("附件1：申请表（略）")
    assert not is_omitted("附件1：申请表")
