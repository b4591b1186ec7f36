"""Every status is offered of every document it may be said of, and off topic beside them, with what was heard."""

from __future__ import annotations

import math
from dataclasses import replace

from bot.answering.answer import ON_SUBJECT, Status
from bot.answering.offers import Offer, offers
from bot.answering.tuning import answering_tuning
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence
from retrieval.reading.reader import Reading

from .made import UNDATED, evidence, hit, known

NUMBERS = answering_tuning().voices
NOWHERE = {(Status.OFF_TOPIC, None), (Status.CONVERSATION, None)}
OF_MEMORY = {*((status, None) for status in ON_SUBJECT), (Status.CLARIFY, None)}
OF_CUSTOMS = {(status, UNDATED.id) for status in ON_SUBJECT}


def made(found: Evidence, *supplied: str) -> dict[tuple[Status, str | None], Offer]:
    return {(offer.status, offer.document): offer for offer in offers(found, set(supplied), NUMBERS)}


def both(share: float = 0.5, readings: dict[str, Reading] | None = None) -> Evidence:
    remembered = [known(KnownStatus.REFERRED, 0.8, pointer=UNDATED.id), known(KnownStatus.ANSWERED, 0.2)]
    passages = [hit(2, 1 - share), hit(1, share, document=UNDATED.id)]
    return evidence(passages, remembered, readings=readings)


READ = Reading({1: 0.6}, {1: 0.3}, {1: 0}, 0.1)


def test_memory_others_and_nothing_are_offered_together() -> None:
    assert made(both(readings={UNDATED.id: READ})).keys() == OF_MEMORY | OF_CUSTOMS | NOWHERE


def test_without_a_memory_only_the_documents_speak() -> None:
    found = evidence([hit(1, document=UNDATED.id)], prepared=frozenset(), readings={UNDATED.id: READ})
    assert made(found).keys() == OF_CUSTOMS | NOWHERE


def test_nothing_in_the_library_leaves_only_that_it_is_about_nothing() -> None:
    assert made(evidence(prepared=frozenset())).keys() == NOWHERE


def test_a_document_that_was_not_read_is_offered_where_it_is_near() -> None:
    assert made(both(0.5)).keys() >= OF_CUSTOMS
    assert not made(both(NUMBERS.least_unread / 2)).keys() & OF_CUSTOMS


def test_an_offer_holds_what_its_document_was_read_to_say_of_it() -> None:
    offered = made(both(readings={UNDATED.id: READ}))
    for status, share in zip(ON_SUBJECT, (0.6, 0.3, 0.1), strict=True):
        heard = offered[status, UNDATED.id].heard
        assert math.isclose(heard[f"read.{status.value}"], math.log(share + NUMBERS.least))


def test_a_supplied_document_is_heard_as_one_that_matters_were_left_to() -> None:
    found = both(readings={UNDATED.id: READ})
    plain, came = made(found), made(found, UNDATED.id)
    assert "other.share" in plain[Status.ANSWERED, UNDATED.id].heard
    heard = came[Status.ANSWERED, UNDATED.id].heard
    assert math.isclose(heard["supplied.left"], math.log(0.8 + NUMBERS.least))
    assert plain[Status.REFERRED, None].heard["memory.referred.came"] == 0.0
    assert came[Status.REFERRED, None].heard["memory.referred.came"] == 1.0
    assert "nothing.score_there" in came[Status.OFF_TOPIC, None].heard


def test_what_the_memory_says_is_heard_by_status() -> None:
    heard = made(both())[Status.REFERRED, None].heard
    assert math.isclose(heard["memory.said"], math.log(0.8 + NUMBERS.least))


def test_a_supplied_document_is_not_heard_on_what_is_left_to_another() -> None:
    remembered = [known(KnownStatus.REFERRED, 0.8, pointer="forms"), known(KnownStatus.ANSWERED, 0.2)]
    found = evidence([hit(2), hit(1, document=UNDATED.id)], remembered, readings={UNDATED.id: READ})
    assert not made(found, UNDATED.id).keys() & OF_CUSTOMS
    assert made(found).keys() >= OF_CUSTOMS
    assert made(both(readings={UNDATED.id: READ}), UNDATED.id).keys() >= OF_CUSTOMS


def test_what_is_wanted_speaks_for_off_topic_and_for_clarify() -> None:
    wanted = {"deed": 0.1, "nonsense": 0.05, "plain": 0.15, "unsafe": 0.6, "vague": 0.1}
    offered = offers(replace(both(), intent=wanted), set(), NUMBERS)
    (wish,) = [offer.heard for offer in offered if "wanted" in offer.heard]
    assert {name: wish[f"wanted.{name}"] for name in ("deed", "nonsense", "unsafe")} == {
        name: wanted[name] for name in ("deed", "nonsense", "unsafe")
    }
    assert wish.keys() & {"wanted.plain", "wanted.vague"} == set()
    assert [offer.status for offer in offered if "wanted" in offer.heard] == [Status.OFF_TOPIC]
    (clarify,) = [offer.heard for offer in offered if offer.status is Status.CLARIFY]
    assert clarify["clarify.vague"] == 0.1
    assert not any("wanted" in offer.heard for offer in offers(both(), set(), NUMBERS)), "no wish is told"
