"""The steps run in order until one answers; each is timed; what they saw is told on request only."""

from __future__ import annotations

import json

import pytest

from bot.answering.answer import Answer, Question, Status
from bot.answering.pipeline import STEPS, answer
from bot.answering.turn import Room, Turn
from bot.desk import Desk

from .made import room

DONE = Answer(status=Status.CONVERSATION, language="en", text="done", lead="done")


def first(turn: Turn, room: Room) -> None:
    turn.text = turn.question.text.upper()
    turn.trace["first"] = {"text": turn.text}


def second(turn: Turn, room: Room) -> None:
    turn.trace["second"] = lambda: {"seen": turn.text}
    turn.answer = DONE.model_copy(update={"text": turn.text})


def never(turn: Turn, room: Room) -> None:
    raise AssertionError("the turn had ended")


THREE = (("first", first), ("second", second), ("never", never))


def test_a_step_that_sets_the_answer_ends_the_turn() -> None:
    given = answer(Question(text="hi"), room(), steps=THREE)
    assert given.text == "HI"
    assert set(given.timings_ms) == {"first", "second", "total"}


def test_every_step_is_timed_and_the_total_is_their_sum() -> None:
    timings = dict(answer(Question(text="hi"), room(), steps=THREE).timings_ms)
    total = timings.pop("total")
    assert all(value >= 0 for value in timings.values())
    assert total == pytest.approx(sum(timings.values()), abs=0.01)


def test_the_trace_is_kept_only_where_it_is_asked_for() -> None:
    assert answer(Question(text="hi"), room(), steps=THREE).trace is None
    given = answer(Question(text="hi"), room(), steps=THREE, explain=True)
    assert given.trace == {"first": {"text": "HI"}, "second": {"seen": "HI"}}


def test_steps_that_never_answer_are_a_mistake_of_the_program() -> None:
    with pytest.raises(RuntimeError, match="no step"):
        answer(Question(text="hi"), room(), steps=THREE[:1])


@pytest.mark.parametrize("text", ["", "  \n", "?!", "😀"])
def test_a_question_without_words_ends_before_the_search(text: str) -> None:
    given = answer(Question(text=text), room())
    assert given.status is Status.CONVERSATION
    assert len(given.suggestions) == 3
    assert all(suggestion in given.text for suggestion in given.suggestions)
    assert "search" not in given.timings_ms
    assert given.share is None


def test_its_examples_are_in_the_language_asked_for() -> None:
    assert "银行" in answer(Question(text="?", language="zh"), room()).text


def test_a_whole_turn_explains_every_step_as_json(desk: Desk) -> None:
    given = desk.ask(Question(text="Which bank can lend to our company?"), explain=True)
    assert given.trace is not None
    json.dumps(given.trace)
    assert {"clean", "contextualise", "search", "judge", "compose", "verify"} <= set(given.trace)
    assert set(given.timings_ms) == {name for name, _ in STEPS} | {"total"}


@pytest.mark.parametrize("text", ["Which bank can lend to our company?", "What is the weather in Paris?", "hello"])
def test_a_judged_answer_tells_the_judges_share_of_its_status(desk: Desk, text: str) -> None:
    given = desk.ask(Question(text=text), explain=True)
    assert given.trace is not None
    assert given.share == given.trace["judge"]["shares"][given.status.value]
    assert 0.5 < given.share <= 1


def test_a_paragraph_asked_for_is_not_judged_and_has_no_share(desk: Desk) -> None:
    assert desk.ask(Question(text="paragraph 12")).share is None
