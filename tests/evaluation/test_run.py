"""A desk is asked every question with its history, timed, and judged."""

from __future__ import annotations

import pytest

from bot.answering.answer import Question, Status
from bot.evaluation.run import evaluate, sources_of
from bot.evaluation.shares import Share

from .rows import EVIDENCE, OTHER, SOURCES, ScriptedDesk, answer, gold, library

QUESTIONS = [
    gold(id="q1", question="How much?", evidence=[[EVIDENCE]], facts=[["300 yuan"]]),
    gold(id="q2", question="And where?", history=("How much?",), evidence=[[OTHER]]),
]


def test_every_question_is_asked_with_its_history_and_judged() -> None:
    desk = ScriptedDesk({"How much?": answer(), "And where?": answer(status=Status.NOT_STATED, cites=())})
    steps: list[tuple[int, int]] = []
    result = evaluate(desk, QUESTIONS, SOURCES, name="two", progress=lambda asked, of: steps.append((asked, of)))
    assert desk.asked == [
        Question(text="How much?", id="q1"),
        Question(text="And where?", history=("How much?",), id="q2"),
    ]
    assert steps == [(1, 2), (2, 2)]
    assert result.name == "two"
    assert result.total.passed == Share(hit=1, of=2)
    assert [outcome.score.passed for outcome in result.outcomes] == [True, False]
    assert result.total.faithful == Share(hit=1, of=1)


def test_the_answers_are_timed() -> None:
    desk = ScriptedDesk({"How much?": answer(), "And where?": answer()})
    timing = evaluate(desk, QUESTIONS, SOURCES).latency
    assert timing is not None
    assert len(timing.samples_ms) == 2
    assert 0 < timing.p50_ms <= timing.p95_ms == timing.slowest_ms


def test_what_the_desk_raises_is_passed_on_with_the_question() -> None:
    desk = ScriptedDesk({"How much?": RuntimeError("broken")})
    with pytest.raises(RuntimeError, match="broken") as caught:
        evaluate(desk, QUESTIONS, SOURCES)
    assert "'q1'" in caught.value.__notes__[0]


def test_the_sources_are_all_texts_of_the_library_with_documents_kept_apart() -> None:
    assert sources_of(library()) == f"{EVIDENCE}\n{OTHER}\x00Each applicant receives 200 yuan."
