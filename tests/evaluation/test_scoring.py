"""Each definition of the score, on the smallest row that shows it."""

from __future__ import annotations

import pytest

from bot.evaluation.folding import fold_passage
from bot.evaluation.scoring import Limits, score
from bot.evaluation.shares import Share

from .rows import EVIDENCE, OTHER, gold, judged, said

NOT_JUDGED = Share(hit=0, of=0)


def test_the_expected_status_is_strict_and_a_second_reading_only_fair() -> None:
    question = gold(expect="answered", expect_also=["referred"])
    exact, second, wrong = (judged(question, said(status=status)) for status in ("answered", "referred", "off_topic"))
    assert (exact.strict, exact.fair, exact.passed) == (True, True, True)
    assert (second.strict, second.fair, second.passed) == (False, True, True)
    assert (wrong.strict, wrong.fair, wrong.passed) == (False, False, False)


def test_a_question_nobody_answered_fails() -> None:
    row = judged(gold(evidence=[[EVIDENCE]], facts=[["300"]]), None)
    assert (row.got, row.fair, row.passed) == ("missing", False, False)
    assert (row.evidence, row.facts) == (Share(hit=0, of=1), Share(hit=0, of=1))


def test_every_item_of_evidence_needs_one_of_its_alternatives() -> None:
    question = gold(evidence=[["nowhere in it", "Each applicant RECEIVES\n300 yuan"], ["district office"]])
    half = judged(question, said(EVIDENCE))
    assert half.evidence == Share(hit=1, of=2)
    assert not half.passed
    both = judged(question, said(EVIDENCE, OTHER))
    assert both.evidence.complete
    assert both.passed


def test_evidence_counts_in_the_whole_paragraph_not_only_in_the_quote() -> None:
    assert judged(gold(evidence=[["300 yuan"]]), said(("Each applicant", EVIDENCE))).evidence.complete
    assert judged(gold(evidence=[["300 yuan"]]), said((EVIDENCE, ""))).evidence.complete


def test_the_fifth_citation_brings_evidence_and_the_sixth_does_not() -> None:
    question = gold(evidence=[["300 yuan"]])
    assert judged(question, said(*[OTHER] * 4, EVIDENCE)).evidence == Share(hit=1, of=1)
    assert judged(question, said(*[OTHER] * 5, EVIDENCE)).evidence == Share(hit=0, of=1)


def test_an_oversized_passage_brings_nothing_but_its_quote() -> None:
    question = gold(evidence=[["300 yuan"]])
    fits, long = EVIDENCE.ljust(1600, "x"), EVIDENCE.ljust(1601, "x")
    assert judged(question, said(("", fits))).evidence.complete
    for passage, found, oversized in (
        (("", long), False, 1),
        ((long, long), False, 1),
        ((long, ""), False, 1),
        (("Each applicant", long), False, 1),
        ((EVIDENCE, long), True, 1),
        ((EVIDENCE, fits), True, 0),
    ):
        row = judged(question, said(passage))
        assert (row.evidence.complete, row.oversized) == (found, oversized)


def test_the_limits_can_be_set() -> None:
    question, prediction = gold(evidence=[["300 yuan"]]), said(OTHER, EVIDENCE)
    sources = fold_passage("")
    assert score(question, prediction, sources, Limits(citations=2)).evidence.complete
    assert not score(question, prediction, sources, Limits(citations=1)).evidence.complete
    assert score(question, prediction, sources, Limits(passage_characters=40)).oversized == 1


def test_evidence_is_left_out_where_not_stated_is_a_second_reading_and_was_taken() -> None:
    question = gold(expect="referred", expect_also=["not_stated", "answered"], evidence=[[EVIDENCE]])
    assert judged(question, said(status="not_stated")).evidence == NOT_JUDGED
    assert judged(question, said(status="not_stated")).passed
    assert judged(question, said(status="answered")).evidence == Share(hit=0, of=1)
    assert judged(question, said(status="referred")).evidence == Share(hit=0, of=1)


def test_evidence_is_judged_where_not_stated_is_what_was_expected_or_is_wrong() -> None:
    expected = gold(expect="not_stated", expect_also=["referred"], evidence=[[EVIDENCE]])
    assert judged(expected, said(status="not_stated")).evidence == Share(hit=0, of=1)
    wrong = gold(expect="answered", evidence=[[EVIDENCE]])
    assert judged(wrong, said(status="not_stated")).evidence == Share(hit=0, of=1)


def test_citation_precision_counts_required_and_tolerated_passages_among_all() -> None:
    question = gold(evidence=[[EVIDENCE]], also_ok=["district office"])
    row = judged(question, said(EVIDENCE, OTHER, "Something else.", *["More."] * 3))
    assert row.citations_useful == (True, True, False, False, False, False)
    assert row.citations == Share(hit=2, of=6)
    assert row.passed


def test_citation_precision_is_not_judged_off_topic_or_without_any_snippet() -> None:
    assert judged(gold(), said(EVIDENCE)).citations == NOT_JUDGED
    off_topic = gold(expect="off_topic", also_ok=[EVIDENCE])
    assert judged(off_topic, said(EVIDENCE, status="off_topic")).citations == NOT_JUDGED


@pytest.mark.parametrize(
    ("expect", "stray"), [("off_topic", True), ("conversation", True), ("not_stated", False), ("answered", False)]
)
def test_citations_are_stray_where_there_is_nothing_to_cite_for(expect: str, stray: bool) -> None:
    row = judged(gold(expect=expect), said(EVIDENCE, status=expect))
    assert row.stray is stray
    assert row.passed
    assert not judged(gold(expect=expect), said(status=expect)).stray


def test_facts_are_looked_for_in_the_answer_and_not_in_the_citations() -> None:
    question = gold(facts=[["300 yuan", "300元"], ["district office"]])
    row = judged(question, said(EVIDENCE, OTHER, answer="It is 300元."))
    assert row.facts == Share(hit=1, of=2)
    assert row.facts_missing == ("district office",)
    assert not row.passed
    assert judged(question, said(answer="300 yuan at the district office")).passed


def test_facts_are_left_out_for_a_second_reading_unless_it_answers() -> None:
    question = gold(expect="referred", expect_also=["not_stated", "answered"], facts=[["Appendix I"]])
    assert judged(question, said(status="not_stated")).facts == NOT_JUDGED
    assert judged(question, said(status="answered")).facts == Share(hit=0, of=1)
    assert judged(question, said(status="referred")).facts == Share(hit=0, of=1)
    assert judged(question, said(status="off_topic")).facts == Share(hit=0, of=1)


def test_a_forbidden_string_fails_the_answer_and_a_citation_may_hold_it() -> None:
    question = gold(must_not=["300 yuan", "%"])
    row = judged(question, said(answer="It is 300 yuan, or 5％."))
    assert row.forbidden == ("300 yuan", "%")
    assert not row.passed
    assert judged(question, said(EVIDENCE, answer="It is 1300 yuan.")).passed


def test_a_quote_is_faithful_if_its_pieces_stand_in_the_sources() -> None:
    assert judged(gold(), said(EVIDENCE, ("Each … 300 yuan.", ""))).faithful == Share(hit=2, of=2)
    assert judged(gold(), said(("Each [...] yuan... ", ""))).faithful == Share(hit=1, of=1)
    assert judged(gold(), said("Each applicant gets 300 yuan.", "...", "")).faithful == Share(hit=0, of=3)
    assert judged(gold(), said(("", EVIDENCE))).faithful == Share(hit=1, of=1)
    assert judged(gold(), said(("Invented.", EVIDENCE), ("Each … invented.", ""))).faithful == Share(hit=0, of=2)


def test_every_quote_is_held_against_the_sources_also_beyond_the_fifth() -> None:
    assert judged(gold(), said(*[EVIDENCE] * 6, "Invented.")).faithful == Share(hit=6, of=7)


def test_numbers_need_a_source_or_the_question() -> None:
    question = gold(question="I have 45 trees.", history=("It was in 1999.",))
    row = judged(question, said(answer="300 yuan for 45 trees since 1999; 7 of 88, 2,500 and 88."))
    assert row.numbers == ("2500", "88")
    assert row.passed


def test_without_sources_quotes_and_numbers_are_not_judged() -> None:
    row = judged(gold(), said("Invented.", answer="88"), sources="")
    assert row.faithful == NOT_JUDGED
    assert row.numbers == ()
