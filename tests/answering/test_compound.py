"""What a question of two parts is told: what is stated is quoted, and of the other part what is made of it."""

from __future__ import annotations

import pytest

from bot.answering.answer import Question, Status
from bot.desk import Desk


@pytest.mark.parametrize(
    ("asked", "quoted", "noted"),
    [
        ("Which bank can lend to us and how do we apply for the loan?", "China Development Bank", "how do we apply"),
        ("哪家银行可以贷款，利率是多少？", "China Development Bank", "利率是多少"),
    ],
)
def test_what_is_stated_is_quoted_and_what_is_not_is_said(desk: Desk, asked: str, quoted: str, noted: str) -> None:
    answer = desk.ask(Question(text=asked))
    assert answer.status is Status.ANSWERED
    assert quoted in answer.citations[0].quote
    assert any(noted in note for note in answer.notes)


def test_a_part_that_is_referred_names_the_document(desk: Desk) -> None:
    answer = desk.ask(Question(text="基地城市有多少个，怎么申报？"))
    assert answer.status is Status.ANSWERED
    assert [pointer.label for pointer in answer.pointers] == ["Appendix III"]
    assert any("附件三" in note for note in answer.notes)


def test_parts_of_one_status_are_answered_as_one(desk: Desk) -> None:
    answer = desk.ask(Question(text="What interest rate applies to the loan, and how many days does approval take?"))
    assert answer.status is Status.NOT_STATED
    assert not answer.notes
