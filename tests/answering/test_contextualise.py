"""A follow-up is joined to the question it continues; a question that stands alone is left alone."""

from __future__ import annotations

import pytest

from bot.answering.answer import Question
from bot.answering.contextualise import contextualise
from bot.answering.turn import Turn

from .made import room, tuned

EARLIER = "Who can get a loan for equipment?"
EARLIER_ZH = "哪些城市优先成为基地城市？"


def standalone(text: str, *history: str, longest: int | None = None) -> str:
    turn = Turn(Question(text=text, history=history), text=text)
    contextualise(turn, room(tuning=tuned(longest_question=longest) if longest else None))
    assert turn.trace["contextualise"] == {"continues": bool(turn.before), "before": turn.before}
    return f"{turn.before} {text}" if turn.before else text


@pytest.mark.parametrize(
    "text",
    [
        "and for cities?",
        "And what about the cities of the West?",
        "What about cities?",
        "How do they apply for it?",
        "Who decides on that?",
        "How much?",
        "by when",
        "but not for training, right?",
    ],
)
def test_an_english_follow_up_is_joined_to_the_question_before(text: str) -> None:
    assert standalone(text, "hello", EARLIER) == f"{EARLIER} {text}"


@pytest.mark.parametrize(
    "text", ["那中西部呢", "那么中西部的城市呢？", "还有别的条件吗？", "它由谁来管理？", "多少钱？", "怎么申请"]
)
def test_a_chinese_follow_up_is_joined_to_the_question_before(text: str) -> None:
    assert standalone(text, EARLIER_ZH) == f"{EARLIER_ZH} {text}"


@pytest.mark.parametrize(
    "text",
    [
        "Which bank can lend money to our company?",
        "How many base cities shall be developed by 2010?",
        "Do college graduates receive training from the special funds?",
        "哪家银行可以给我们公司提供政策性贷款？",
        "服务外包企业取得国际认证以后有什么奖励？",
    ],
)
def test_a_new_full_question_is_not_bent_by_what_was_asked_before(text: str) -> None:
    assert standalone(text, EARLIER) == text
    assert standalone(text, EARLIER_ZH) == text


def test_is_there_asks_anew() -> None:
    text = "Is there a complaint centre for intellectual property?"
    assert standalone(text, EARLIER) == text


def test_other_regions_are_no_pronoun() -> None:
    text = "东北等其他老工业基地能得到什么优惠政策？"
    assert standalone(text, EARLIER_ZH) == text


def test_a_long_question_stands_alone_whatever_it_begins_with() -> None:
    text = "And our company in the harbour, which has been founded by two brothers from the north of the province, now "
    text += "asks which bank can lend us the money for new equipment, please?"
    assert standalone(text, EARLIER) == text


@pytest.mark.parametrize("history", [(), ("",), ("  ", "\n")])
def test_without_an_earlier_question_nothing_is_joined(history: tuple[str, ...]) -> None:
    assert standalone("and for cities?", *history) == "and for cities?"


def test_empty_earlier_questions_are_passed_over() -> None:
    assert standalone("and for cities?", EARLIER, "  ") == f"{EARLIER} and for cities?"


def test_an_earlier_question_is_no_longer_than_a_question_may_be() -> None:
    assert standalone("and for cities?", "x" * 500, longest=30) == "x" * 30 + " and for cities?"


def test_an_earlier_question_is_cleaned_as_the_question_is() -> None:
    assert standalone("and for cities?", "Who\x00 \ud83dlends\u202e?") == "Who lends? and for cities?"
