"""The status comes from the nearest known questions, each with its share; off topic and talk are told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Status
from bot.answering.judge import about_others, about_prepared, judge, judgement_of, of_others
from bot.answering.supplied import supplied
from bot.answering.tuning import answering_tuning
from bot.answering.voices import memory
from documents.knowledge import KnownStatus
from documents.library import Library
from documents.models import Document, Paragraph
from retrieval.evidence import Evidence, KnownHit
from retrieval.reading.reader import Reading

from .made import RULES, UNDATED, deciding, evidence, hit, known, library, room, tuned, turn

ANSWERED, REFERRED, NOT_STATED = KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED
OFF_TOPIC, CONVERSATION = KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION
NUMBERS = tuned(about=deciding().model_dump())


def status_of(*remembered: KnownHit, similarity: float = 0.8) -> Status:
    return judgement_of(evidence([hit(2, similarity=similarity)], remembered), NUMBERS).status


@pytest.mark.parametrize("status", [ANSWERED, REFERRED, NOT_STATED])
def test_the_status_is_that_of_the_known_questions(status: KnownStatus) -> None:
    assert status_of(known(status)).value == status.value


def test_several_that_agree_outweigh_the_single_nearest() -> None:
    remembered = [known(REFERRED, 0.3), known(NOT_STATED, 0.35, similarity=0.7), known(NOT_STATED, 0.3, similarity=0.6)]
    assert status_of(*remembered) is Status.NOT_STATED
    assert status_of(known(REFERRED, 0.7), *remembered[1:2]) is Status.REFERRED


def test_talk_near_a_question_on_the_documents_does_not_count_as_a_voice() -> None:
    assert status_of(known(ANSWERED, 0.2, similarity=0.9), known(OFF_TOPIC, 0.8, similarity=0.1)) is Status.ANSWERED


def test_far_from_everything_is_off_topic() -> None:
    assert status_of(known(OFF_TOPIC, 1.0, similarity=0.9), similarity=0.1) is Status.OFF_TOPIC
    assert status_of(similarity=0.1) is Status.OFF_TOPIC


def test_of_what_is_off_topic_the_nearer_decides_whether_it_is_talk() -> None:
    talk = [known(CONVERSATION, 0.6, similarity=0.9), known(OFF_TOPIC, 0.4, similarity=0.9)]
    assert status_of(*talk, similarity=0.1) is Status.CONVERSATION
    talk = [known(CONVERSATION, 0.4, similarity=0.9), known(OFF_TOPIC, 0.6, similarity=0.9)]
    assert status_of(*talk, similarity=0.1) is Status.OFF_TOPIC


def test_without_known_questions_the_nearest_passage_answers() -> None:
    decided = judgement_of(evidence([hit(2, similarity=0.9)], prepared=frozenset()), NUMBERS)
    assert decided.status is Status.ANSWERED
    assert decided.shares == {}
    assert not decided.from_memory
    assert "nearness" in decided.reason


def test_a_document_the_memory_does_not_know_is_judged_by_its_passages_alone() -> None:
    """Known questions on the rules, however near, say nothing about the customs, nor do the customs about the rules."""
    customs = hit(1, document=UNDATED.id, similarity=0.9)
    far = [known(NOT_STATED, similarity=0.2), known(OFF_TOPIC, 0.1, similarity=0.1)]
    decided = judgement_of(evidence([customs], far), answering_tuning())
    assert decided.status is Status.ANSWERED
    assert not decided.from_memory
    assert about_others(evidence([hit(2, similarity=0.9)], far), answering_tuning().alone) == 0.0
    assert about_prepared(evidence([customs], far, prepared=frozenset()), answering_tuning().about) == 0.0


def test_the_passages_say_whose_question_it_is_and_a_near_known_question_outweighs_them() -> None:
    numbers = answering_tuning().whose
    mine, theirs = hit(2, similarity=0.9), hit(1, document=UNDATED.id, similarity=0.9)

    def others(mine_share: float, on: float) -> float:
        shares = [replace(mine, share=mine_share), replace(theirs, share=1 - mine_share)]
        return of_others(evidence(shares, [known(ANSWERED, similarity=on)]), numbers)

    assert others(0.02, 0.4) > 0.5 > others(0.98, 0.4)
    assert others(0.5, 0.9) < 0.5 < others(0.5, 0.1)
    assert others(0.0, 0.9) < 0.5
    assert others(0.1, 0.4) > others(0.2, 0.4) > others(0.2, 0.5)


def test_where_all_documents_are_of_one_kind_there_is_no_question_whose_it_is() -> None:
    numbers = answering_tuning().whose
    assert of_others(evidence([hit(2)], [known(ANSWERED, similarity=0.1)]), numbers) == 0.0
    assert of_others(evidence([hit(2)], prepared=frozenset()), numbers) == 1.0
    assert of_others(evidence(), numbers) == 0.0


@given(passage=st.floats(0.01, 1), off=st.floats(-1, 1), more=st.floats(0, 1))
def test_nearer_passages_are_never_less_about_other_documents(passage: float, off: float, more: float) -> None:
    numbers = answering_tuning().alone

    def about(passage: float, off: float) -> float:
        remembered = [known(OFF_TOPIC, similarity=off)]
        found = evidence([hit(1, document=UNDATED.id, similarity=passage)], remembered)
        return about_others(found, numbers)

    assert 0 <= about(passage, off) <= 1
    assert about(passage + more, off) >= about(passage, off)
    assert about(passage, off + more) <= about(passage, off)


def test_a_voice_sums_to_one_over_the_statuses_asked_for() -> None:
    found = evidence([], [known(ANSWERED, 0.2), known(ANSWERED, 0.1), known(NOT_STATED, 0.1), known(OFF_TOPIC, 0.6)])
    assert memory(found, (ANSWERED, NOT_STATED)) == pytest.approx({ANSWERED: 0.75, NOT_STATED: 0.25})
    assert memory(found, (CONVERSATION,)) == {}


similarities = st.floats(-1, 1)


def _found(passage: float, on: float, off: float) -> Evidence:
    return evidence([hit(2, similarity=passage)], [known(ANSWERED, similarity=on), known(OFF_TOPIC, similarity=off)])


@given(passage=similarities, on=similarities, off=similarities, more=st.floats(0, 1))
def test_nearer_to_the_documents_is_never_less_about_them(passage: float, on: float, off: float, more: float) -> None:
    numbers = answering_tuning().about
    about = about_prepared(_found(passage, on, off), numbers)
    assert 0 <= about <= 1
    assert about_prepared(_found(passage + more, on, off), numbers) >= about
    assert about_prepared(_found(passage, on + more, off), numbers) >= about
    assert about_prepared(_found(passage, on, off + more), numbers) <= about


def test_how_sure_it_is_rests_on_what_was_found() -> None:
    """Guards the property above against a constant."""
    numbers = answering_tuning().about
    assert about_prepared(_found(0.9, 0.9, 0.0), numbers) > numbers.least > about_prepared(_found(0, 0, 0.9), numbers)


def test_nothing_found_at_all_is_off_topic() -> None:
    assert judgement_of(evidence(), answering_tuning()).status is Status.OFF_TOPIC


def test_the_step_leaves_its_judgement_and_what_it_rests_on() -> None:
    asked = turn(evidence=evidence([hit(2)], [known(NOT_STATED)]))
    judge(asked, room(tuning=NUMBERS))
    assert asked.judgement is not None
    assert asked.judgement.status is Status.NOT_STATED
    assert asked.trace["judge"]()["status"] == "not_stated"
    assert asked.answer is None


SUPPLIED = Document(id="customs", title="Customs of the Harbour", parent=RULES.id)


def _supplied_since(status: KnownStatus, reading: Reading, similarity: float = 0.9) -> Evidence:
    """A question that the memory leaves open, and what the customs, which were supplied since, make of it."""
    remembered = [known(status, 0.9, pointer=UNDATED.id), known(OFF_TOPIC, 0.1, similarity=0.1)]
    passages = [hit(4), hit(1, document=UNDATED.id, similarity=similarity)]
    return evidence(passages, remembered, readings={UNDATED.id: reading})


@pytest.mark.parametrize("status", [REFERRED, NOT_STATED])
def test_what_is_left_open_is_answered_from_a_document_supplied_since_and_nothing_else(status: KnownStatus) -> None:
    found = _supplied_since(status, Reading({1: 0.9}, {}, {}, 0.1))
    decided = judgement_of(found, answering_tuning(), {UNDATED.id})
    assert decided.status is Status.ANSWERED
    assert decided.documents == {UNDATED.id}
    assert not decided.from_memory


def test_it_stays_open_where_that_document_has_nothing_on_it() -> None:
    found = _supplied_since(REFERRED, Reading({1: 0.05}, {}, {}, 0.95))
    assert judgement_of(found, NUMBERS, {UNDATED.id}).status is Status.NOT_STATED


def test_a_document_that_nothing_was_left_to_is_no_supplied_one() -> None:
    assert supplied(library(), {RULES.id}) == set()
    paragraphs = [Paragraph(document=SUPPLIED.id, number=1, text="Dues are paid in May.")]
    held = Library({RULES: library().paragraphs(RULES.id), SUPPLIED: paragraphs})
    assert supplied(held, {RULES.id}) == {SUPPLIED.id}
    assert supplied(held, frozenset()) == set()


@pytest.mark.parametrize(
    ("reading", "status"),
    [
        (Reading({2: 0.7}, {2: 0.1}, {2: 0}, 0.2), Status.ANSWERED),
        (Reading({2: 0.2}, {2: 0.7}, {2: 0}, 0.1), Status.REFERRED),
        (Reading({2: 0.2}, {2: 0.1}, {2: 0}, 0.7), Status.NOT_STATED),
    ],
)
def test_without_known_questions_what_was_read_decides(reading: Reading, status: Status) -> None:
    found = evidence([hit(2, similarity=0.9)], prepared=frozenset(), readings={RULES.id: reading})
    decided = judgement_of(found, NUMBERS)
    assert decided.status is status
    assert not decided.from_memory
