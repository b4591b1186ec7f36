"""Offers become shares by the weights of what is heard for them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bot.answering.answer import Status
from bot.answering.offers import Offer, offers
from bot.answering.tuning import answering_tuning
from bot.answering.weighing import learned, weigh
from documents.knowledge import KnownStatus
from retrieval.intent.model import load
from retrieval.reading.reader import Reading

from .made import UNDATED, evidence, hit, known


def offer(**heard: float) -> Offer:
    return Offer(Status.ANSWERED, None, heard)


def test_shares_sum_to_one_and_their_odds_are_those_of_the_sums() -> None:
    shares = weigh([offer(near=1.0, far=2.0), offer(near=3.0)], {"near": 0.5, "far": -1.0})
    assert sum(shares) == pytest.approx(1.0)
    assert math.log(shares[1] / shares[0]) == pytest.approx(1.5 - (0.5 - 2.0))


def test_great_sums_do_not_overflow() -> None:
    assert weigh([offer(near=1e6), offer(near=0.0)], {"near": 1.0}) == [1.0, 0.0]


def test_what_has_no_weight_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="unheard"):
        weigh([offer(unheard=1.0)], {})


def test_all_that_can_be_heard_has_a_weight_that_was_learned() -> None:
    found = evidence(
        [hit(2), hit(1, document=UNDATED.id)],
        [known(KnownStatus.REFERRED, pointer=UNDATED.id), known(KnownStatus.OFF_TOPIC)],
        readings={UNDATED.id: Reading({1: 0.6}, {1: 0.3}, {1: 0}, 0.1)},
    )
    found = replace(found, intent=dict.fromkeys(load().kinds, 0.2))
    heard = {
        name
        for supplied in (set(), {UNDATED.id})
        for made in offers(found, supplied, answering_tuning().voices)
        for name in made.heard
    }
    assert heard == learned().keys()
