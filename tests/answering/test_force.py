"""Who asks whether a document is still in force is told its date and what the library does not know."""

from __future__ import annotations

import pytest

from bot.answering.answer import Question, Status
from bot.desk import Desk


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Is this circular still in force?", "2006-10-16. This library holds no later edition"),
        ("这份通知现在还有效吗？", "2006-10-16发布。资料库中没有它的新版本"),
    ],
)
def test_the_date_and_what_is_not_known_are_told(desk: Desk, asked: str, told: str) -> None:
    answer = desk.ask(Question(text=asked))
    assert answer.status is Status.NOT_STATED
    assert any(told in note for note in answer.notes)
    assert told in answer.text


@pytest.mark.parametrize("asked", ["What interest rate applies?", "贷款利率是多少？"])
def test_other_open_questions_get_no_such_note(desk: Desk, asked: str) -> None:
    answer = desk.ask(Question(text=asked))
    assert answer.status is Status.NOT_STATED
    assert not any("2006" in note for note in answer.notes)
