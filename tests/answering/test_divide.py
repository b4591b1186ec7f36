"""A question that asks two things is divided where the second begins, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.divide import parts


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Which bank can lend to us and how do we apply for the loan?",
            "en",
            ("Which bank can lend to us", "how do we apply for the loan?"),
        ),
        ("Which bank lends, what is the rate?", "en", ("Which bank lends", "what is the rate?")),
        ("Who is the contact? And when may we call?", "en", ("Who is the contact?", "when may we call?")),
        ("认证奖励有多少钱，怎么申请？", "zh", ("认证奖励有多少钱", "怎么申请？")),
        ("基地城市有多少个？怎么申报？", "zh", ("基地城市有多少个？", "怎么申报？")),
        ("貸款利率是多少，還款期有多久？", "zh", ("貸款利率是多少", "還款期有多久？")),
    ],
)
def test_two_questions_in_one(text: str, language: str, expected: tuple[str, ...]) -> None:
    assert parts(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which bank can lend to our company, and for what purposes?", "en"),
        ("Which form no. do we send?", "en"),
        ("We run a shop in Dalian, which has ten people. Who pays?", "en"),
        ("How much is paid for research and training?", "en"),
        ("我们是一家小企业，在大连，能申请贷款吗？", "zh"),
        ("哪家银行可以贷款？", "zh"),
        ("", "en"),
    ],
)
def test_one_question_stays_whole(text: str, language: str) -> None:
    assert parts(text, language) == ()


def test_a_story_stays_with_the_question_after_it() -> None:
    asked = "I run a small shop, with ten people. Who pays, and by when must we hand in the form?"
    assert parts(asked, "en") == (
        "I run a small shop, with ten people. Who pays",
        "by when must we hand in the form?",
    )


@given(st.text(max_size=300), st.sampled_from(["en", "zh"]))
def test_any_text_is_divided_into_pieces_of_itself(text: str, language: str) -> None:
    assert all(part in text for part in parts(text, language))
