"""Memory and reading, each alone."""

from __future__ import annotations

import pytest

from bot.answering.answer import Status
from bot.answering.voices import OFF_TOPIC, Read, behind, memory, memory_at, read_as, reading
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence, KnownHit
from retrieval.reading.reader import Reading

from .made import RULES, UNDATED, evidence, hit, known

ANSWERED, REFERRED, NOT_STATED = KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED


def made(answered: float, referred: float, none: float) -> Reading:
    return Reading({1: answered}, {1: referred}, {1: 0}, none)


def found(*remembered: KnownHit, readings: dict[str, Reading] | None = None) -> Evidence:
    return evidence([hit(2), hit(1, document=UNDATED.id)], remembered, readings=readings)


def test_the_memory_speaks_by_shares_and_only_of_what_it_is_asked() -> None:
    heard = found(known(ANSWERED, 0.3), known(REFERRED, 0.1), known(KnownStatus.OFF_TOPIC, 0.6))
    assert memory(heard) == pytest.approx({ANSWERED: 0.75, REFERRED: 0.25})
    assert memory(heard, OFF_TOPIC) == {KnownStatus.OFF_TOPIC: 1.0}
    assert memory(heard, (NOT_STATED,)) == memory(found()) == {}


def test_a_high_temperature_hears_the_nearest_a_low_one_the_many() -> None:
    heard = found(known(ANSWERED, similarity=0.9), *[known(NOT_STATED, similarity=0.8)] * 3)
    assert memory_at(heard, 100.0)[ANSWERED] > 0.99
    assert memory_at(heard, 0.0) == pytest.approx({ANSWERED: 0.25, NOT_STATED: 0.75})


def test_each_status_lies_behind_the_nearest_known_question() -> None:
    heard = found(known(ANSWERED, similarity=0.9), known(NOT_STATED, similarity=0.7), known(NOT_STATED, similarity=0.2))
    lag = behind(heard)
    assert (lag[ANSWERED], lag[NOT_STATED], lag[REFERRED]) == pytest.approx((0.0, -0.2, -0.9))


def test_what_was_read_counts_by_the_share_of_the_document() -> None:
    heard = found(readings={RULES.id: made(0.8, 0.1, 0.1), UNDATED.id: made(0.0, 0.0, 1.0)})
    said = reading(heard, {RULES.id, UNDATED.id})
    shares = {name: each.share for name, each in heard.documents.items()}
    assert said is not None
    assert said.answered == pytest.approx(0.8 * shares[RULES.id] / sum(shares.values()))
    assert sum(said) == pytest.approx(1.0)


def test_nothing_read_says_nothing() -> None:
    assert reading(found(), {RULES.id}) is None


def test_each_status_has_its_part_of_a_reading() -> None:
    read = Read(0.5, 0.3, 0.2)
    assert [read_as(s, read) for s in (Status.ANSWERED, Status.REFERRED, Status.NOT_STATED)] == [0.5, 0.3, 0.2]
