"""The worst answers come first, each with what is amiss."""

from __future__ import annotations

from bot.evaluation.worst import badness, reasons

from .rows import EVIDENCE, OTHER, evaluation, gold, judged, said


def test_badness_weighs_status_over_evidence_over_facts_over_useless_citations() -> None:
    question = gold(evidence=[[EVIDENCE]], facts=[["300"]], must_not=["never"])
    good = judged(question, said(EVIDENCE, answer="300"))
    useless_citation = judged(question, said(EVIDENCE, OTHER, answer="300"))
    no_fact = judged(question, said(EVIDENCE, answer="-"))
    no_evidence = judged(question, said(answer="300"))
    wrong_status = judged(question, said(EVIDENCE, answer="300", status="referred"))
    forbidden = judged(question, said(EVIDENCE, answer="300, never"))
    assert [badness(row) for row in (good, useless_citation, no_fact, no_evidence, forbidden, wrong_status)] == [
        0,
        0.25,
        1,
        2,
        2,
        3,
    ]
    assert badness(judged(gold(expect="off_topic"), said(EVIDENCE, status="off_topic"))) == 1


def test_the_worst_come_first_and_the_good_not_at_all() -> None:
    questions = [gold(id=name, evidence=[[EVIDENCE]]) for name in ("good", "useless", "b-empty", "a-empty", "wrong")]
    predictions = [
        said(EVIDENCE, id="good"),
        said(EVIDENCE, OTHER, id="useless"),
        said(id="b-empty"),
        said(id="a-empty"),
        said(EVIDENCE, id="wrong", status="off_topic"),
    ]
    result = evaluation(questions, predictions)
    assert [outcome.gold.id for outcome in result.worst(9)] == ["wrong", "a-empty", "b-empty", "useless"]
    assert [outcome.gold.id for outcome in result.worst(1)] == ["wrong"]
    assert [outcome.gold.id for outcome in result.failures()] == ["wrong", "a-empty", "b-empty"]


def test_every_fault_is_named() -> None:
    question = gold(expect_also=["referred"], evidence=[["x" * 100], [EVIDENCE]], facts=[["45"]], must_not=["never"])
    found = reasons(question, judged(question, said(EVIDENCE, OTHER, status="off_topic", answer="never")))
    assert found == (
        "status off_topic instead of answered or referred",
        "says what it must not: never",
        f"cites 1 of 2 required passages: {'x' * 59}… + {EVIDENCE}",
        "does not say: 45",
        "1 of 2 citations useful",
    )
    chat = gold(expect="conversation")
    assert reasons(chat, judged(chat, said(EVIDENCE, status="conversation"))) == (
        "cites where there is nothing to cite for",
    )
    assert reasons(chat, judged(chat, said(status="conversation"))) == ()
