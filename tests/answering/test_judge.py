"""The status is that of the likeliest offers: the memory's, what was read elsewhere, or about no document."""

from __future__ import annotations

import pytest

from bot.answering.answer import Status
from bot.answering.judge import judge, judgement_of
from bot.answering.supplied import supplied
from bot.answering.tuning import answering_tuning
from documents.knowledge import KnownStatus
from documents.library import Library
from documents.models import Document, Paragraph
from retrieval.evidence import Evidence, KnownHit
from retrieval.reading.reader import Reading

from .made import RULES, UNDATED, evidence, hit, known, library, room, turn

ANSWERED, REFERRED, NOT_STATED = KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED
OFF_TOPIC, CONVERSATION = KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION
NUMBERS = answering_tuning()


def status_of(*remembered: KnownHit, similarity: float = 0.6) -> Status:
    return judgement_of(evidence([hit(2, similarity=similarity)], remembered), NUMBERS).status


@pytest.mark.parametrize("status", [ANSWERED, REFERRED, NOT_STATED])
def test_the_status_is_that_of_the_known_questions(status: KnownStatus) -> None:
    assert status_of(known(status)).value == status.value


def test_several_that_agree_outweigh_the_single_nearest() -> None:
    remembered = [known(REFERRED, 0.1, similarity=0.72), *[known(NOT_STATED, 0.3, similarity=0.71)] * 3]
    assert status_of(*remembered) is Status.NOT_STATED
    assert status_of(known(REFERRED, 0.8, similarity=0.72), known(NOT_STATED, 0.1, similarity=0.6)) is Status.REFERRED


def test_talk_that_is_far_does_not_count_as_a_voice() -> None:
    assert status_of(known(ANSWERED, 0.2, similarity=0.9), known(OFF_TOPIC, 0.8, similarity=0.1)) is Status.ANSWERED


def test_far_from_everything_is_off_topic() -> None:
    assert status_of(known(OFF_TOPIC, 1.0, similarity=0.9), similarity=0.1) is Status.OFF_TOPIC


def test_of_what_is_off_topic_the_nearer_decides_whether_it_is_talk() -> None:
    talk = [known(CONVERSATION, 0.9, similarity=0.9), known(OFF_TOPIC, 0.1, similarity=0.9)]
    assert status_of(*talk, similarity=0.1) is Status.CONVERSATION
    talk = [known(CONVERSATION, 0.1, similarity=0.9), known(OFF_TOPIC, 0.9, similarity=0.9)]
    assert status_of(*talk, similarity=0.1) is Status.OFF_TOPIC


def test_without_known_questions_the_nearest_passage_answers() -> None:
    decided = judgement_of(evidence([hit(2, similarity=0.9)], prepared=frozenset()), NUMBERS)
    assert decided.status is Status.ANSWERED
    assert not decided.from_memory
    assert decided.documents is None


def test_a_document_the_memory_does_not_know_is_judged_by_its_passages_alone() -> None:
    """Known questions on the rules that are far say nothing about the customs."""
    passages = [hit(2, 0.02, similarity=0.2), hit(1, 0.98, document=UNDATED.id, similarity=0.9)]
    far = [known(NOT_STATED, similarity=0.3), known(OFF_TOPIC, 0.1, similarity=0.1)]
    decided = judgement_of(evidence(passages, far), NUMBERS)
    assert decided.status is Status.ANSWERED
    assert not decided.from_memory


def test_shares_are_of_all_statuses_and_what_is_about_no_document_is_not_about_them() -> None:
    decided = judgement_of(evidence([hit(2)], [known(ANSWERED), known(OFF_TOPIC, similarity=0.7)]), NUMBERS)
    assert sum(decided.shares.values()) == pytest.approx(1.0)
    assert decided.about == pytest.approx(1 - decided.shares["off_topic"] - decided.shares["conversation"])


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


def _beside(share: float, answered: float) -> Evidence:
    """What the memory surely refers, and another document that nothing was left to."""
    passages = [hit(4, 1 - share), hit(1, share, document=UNDATED.id)]
    reading = Reading({1: answered}, {}, {}, 1 - answered)
    return evidence(passages, [known(REFERRED, similarity=0.95)], readings={UNDATED.id: reading})


def test_what_the_memory_refers_is_answered_from_a_document_that_is_nearest_and_answers() -> None:
    decided = judgement_of(_beside(0.8, 0.9), NUMBERS)
    assert (decided.status, decided.documents, decided.from_memory) == (Status.ANSWERED, {UNDATED.id}, False)


@pytest.mark.parametrize(("share", "answered"), [(0.3, 0.9), (0.8, 0.3)])
def test_it_stays_referred_where_that_document_is_far_or_does_not_answer(share: float, answered: float) -> None:
    decided = judgement_of(_beside(share, answered), NUMBERS)
    assert (decided.status, decided.documents) == (Status.REFERRED, None)
