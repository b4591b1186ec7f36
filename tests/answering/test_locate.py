"""A paragraph asked for by its number is given; a question that merely holds a number is not taken for that."""

from __future__ import annotations

import pytest

from bot.answering.answer import Status
from bot.answering.locate import locate, paragraph_asked_for

from .made import RULES, room, turn


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("show me paragraph 15", 15),
        ("Paragraph 3?", 3),
        ("¶2", 2),
        ("What does paragraph 7 say?", 7),
        ("第15段", 15),
        ("看看第3段的内容", 3),
        ("第2段说什么？", 2),
        ("Does paragraph 15 apply to cities?", None),
        ("15", None),
        ("How many paragraphs are there?", None),
        ("第11个五年计划是什么", None),
        ("", None),
    ],
)
def test_which_paragraph_is_asked_for(text: str, number: int | None) -> None:
    assert paragraph_asked_for(text) == number


def test_the_paragraph_is_quoted_whole() -> None:
    asked = turn("paragraph 3")
    locate(asked, room())
    assert asked.answer is not None
    assert asked.answer.status is Status.ANSWERED
    citation = asked.answer.citations[0]
    assert (citation.document, citation.paragraph, citation.quote) == (RULES.id, 3, citation.text)


@pytest.mark.parametrize("text", ["paragraph 99", "paragraph 0", "Who lends?"])
def test_without_such_a_paragraph_the_turn_goes_on(text: str) -> None:
    asked = turn(text)
    locate(asked, room())
    assert asked.answer is None
