"""Memory and reading, each alone, and together where a document was supplied that matters were left to."""

from __future__ import annotations

import pytest

from bot.answering.answer import Status
from bot.answering.tuning import VoicesTuning, answering_tuning
from bot.answering.voices import memory, reading, together
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence, KnownHit
from retrieval.reading.reader import Reading

from .made import RULES, UNDATED, evidence, hit, known

ANSWERED, REFERRED, NOT_STATED = KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED
NUMBERS = VoicesTuning(answered=1.0, stated_twice=0.5, nearness=0.5, reading=0.0, doubt=0.1, clarify=1.0)


def made(answered: float, referred: float, none: float) -> Reading:
    return Reading({1: answered}, {1: referred}, {1: 0}, none)


def found(*remembered: KnownHit, readings: dict[str, Reading] | None = None) -> Evidence:
    return evidence([hit(2), hit(1, document=UNDATED.id)], remembered, readings=readings)


def test_the_memory_speaks_by_shares_and_only_of_what_it_is_asked() -> None:
    said = memory(found(known(ANSWERED, 0.3), known(REFERRED, 0.1), known(KnownStatus.OFF_TOPIC, 0.6)))
    assert said == pytest.approx({ANSWERED: 0.75, REFERRED: 0.25})
    assert memory(found()) == {}


def test_what_was_read_counts_by_the_share_of_the_document() -> None:
    said = reading(
        found(readings={RULES.id: made(0.8, 0.1, 0.1), UNDATED.id: made(0.0, 0.0, 1.0)}), {RULES.id, UNDATED.id}
    )
    shares = {name: each.share for name, each in found().documents.items()}
    assert said[Status.ANSWERED] == pytest.approx(0.8 * shares[RULES.id] / sum(shares.values()))
    assert sum(said.values()) == pytest.approx(1.0)


def test_nothing_read_says_nothing() -> None:
    assert reading(found(), {RULES.id}) == {}


def test_without_supplied_documents_the_memory_decides() -> None:
    offers = together(found(known(NOT_STATED, 0.6), known(ANSWERED, 0.4)), frozenset(), NUMBERS)
    assert (offers[0].status, offers[0].documents) == (Status.NOT_STATED, None)


@pytest.mark.parametrize("status", [REFERRED, NOT_STATED])
def test_what_the_memory_leaves_open_is_answered_by_a_supplied_document_that_answers(status: KnownStatus) -> None:
    heard = found(known(status, 0.9, pointer=UNDATED.id), readings={UNDATED.id: made(0.9, 0.05, 0.05)})
    best = together(heard, {UNDATED.id}, NUMBERS)[0]
    assert (best.status, best.documents) == (Status.ANSWERED, {UNDATED.id})


def test_a_supplied_document_may_hand_the_matter_on() -> None:
    heard = found(known(NOT_STATED, 0.9), readings={UNDATED.id: made(0.05, 0.9, 0.05)})
    best = together(heard, {UNDATED.id}, NUMBERS)[0]
    assert (best.status, best.documents) == (Status.REFERRED, {UNDATED.id})


def test_what_was_left_to_a_document_that_leaves_it_open_is_open() -> None:
    heard = found(known(REFERRED, 0.9, pointer=UNDATED.id), readings={UNDATED.id: made(0.05, 0.05, 0.9)})
    assert together(heard, {UNDATED.id}, NUMBERS)[0].status is Status.NOT_STATED


def test_what_is_left_to_another_document_stays_so() -> None:
    heard = found(known(REFERRED, 0.9, pointer="annex-2"), readings={UNDATED.id: made(0.05, 0.05, 0.9)})
    assert together(heard, {UNDATED.id}, NUMBERS)[0].status is Status.REFERRED


def test_what_the_memory_answers_for_sure_is_not_taken_from_it() -> None:
    heard = found(known(ANSWERED, 0.95), known(NOT_STATED, 0.05), readings={UNDATED.id: made(0.9, 0.05, 0.05)})
    assert together(heard, {UNDATED.id}, NUMBERS)[0].documents is None


def test_nothing_known_offers_nothing() -> None:
    assert together(found(readings={UNDATED.id: made(1, 0, 0)}), {UNDATED.id}, answering_tuning().voices) == []


def test_what_the_memorys_own_document_is_read_to_say_moves_an_undecided_memory() -> None:
    undecided = (known(ANSWERED, 0.5), known(NOT_STATED, 0.5))
    listening = NUMBERS.model_copy(update={"reading": 1.0})
    for reading_of, best in ((made(0.8, 0.1, 0.1), Status.ANSWERED), (made(0.1, 0.1, 0.8), Status.NOT_STATED)):
        assert together(found(*undecided, readings={RULES.id: reading_of}), frozenset(), listening)[0].status is best
