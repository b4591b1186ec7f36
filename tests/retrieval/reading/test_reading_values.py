"""Sentences are known by the kinds of thing they hold, in both languages."""

from __future__ import annotations

import pytest

from retrieval.reading.values import names, pointing_words, points_elsewhere, values_in


def held(text: str) -> set[str]:
    return {name for name, present in zip(names(), values_in(text), strict=True) if present}


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("The form is filed by 31 March 2007.", {"date", "number", "papers", "procedure"}, {"money", "percent"}),
        ("每年3月31日前向省级商务主管部门提出申请。", {"date", "procedure", "body"}, {"money", "duration"}),
        ("Each graduate is paid 4,500 yuan.", {"money", "number"}, {"date", "percent", "duration"}),
        ("按每人四千五百元资助。", {"money"}, {"date", "percent"}),
        ("Support covers 50 per cent of the fee.", {"percent"}, {"date"}),
        ("审核在20个工作日内完成。", {"duration"}, {"money", "contact"}),
        ("The review takes twenty working days.", {"duration"}, {"money", "date"}),
        ("联系电话：010-65121919。", {"contact"}, {"money", "duration"}),
        ("“Trainee” means a person under training.", {"definition"}, {"money", "date", "number"}),
        ("企业应当符合下列条件：", {"condition", "opens", "list"}, {"money"}),
        ("False papers lead to the reward being recovered.", {"consequence"}, {"date", "contact"}),
        ("", set(), set(names())),
    ],
)
def test_what_a_sentence_holds(text: str, wanted: set[str], unwanted: set[str]) -> None:
    assert wanted <= held(text)
    assert not unwanted & held(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "资金的拨付，依照《商务人才培训专项资金管理规定》办理。",
        "具体标准另行制定。",
        "Taxes are settled in accordance with the Circular on Outsourced Services.",
        "The form is in Annex 2.",
        "Dates are laid down in a separate notice.",
    ],
)
def test_a_sentence_that_hands_a_matter_on(sentence: str) -> None:
    assert points_elsewhere(sentence)


@pytest.mark.parametrize("sentence", ["每期培训不少于160学时。", "The reward is paid once a year.", ""])
def test_a_sentence_that_does_not(sentence: str) -> None:
    assert not points_elsewhere(sentence)


def test_how_it_is_handed_on() -> None:
    later, titled, attached = pointing_words("具体标准另行制定。")
    assert (later, titled, attached) == (True, False, False)
    assert pointing_words("见附件2《申请表》。") == (False, True, True)
