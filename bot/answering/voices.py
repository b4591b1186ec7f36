"""The voices heard on what a document makes of a question, and what they say together.

*Memory*: the statuses of the nearest known questions. *Reading*: what the paragraphs near the question hold of what it
asks for, and where they point to another document (``retrieval.reading``). Memory knows a document by heart and is deaf
to every other; reading takes each as it comes, less surely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from typing import NamedTuple

from bot.answering.answer import Status
from bot.answering.tuning import VoicesTuning
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence

ON_TOPIC = (KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED, KnownStatus.CLARIFY)
OFF_TOPIC = (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION)


_EVEN = 1 / 3


class Offer(NamedTuple):
    """A status, the only documents it may be said of (``None``: any that the memory knows), and how likely it is."""

    status: Status
    documents: frozenset[str] | None
    weight: float


def memory(evidence: Evidence, statuses: tuple[KnownStatus, ...] = ON_TOPIC) -> dict[KnownStatus, float]:
    """The share of each of these statuses among the nearest known questions; empty where none is near."""
    sums: dict[KnownStatus, float] = defaultdict(float)
    for hit in evidence.known:
        if hit.known.status in statuses:
            sums[hit.known.status] += hit.share
    total = sum(sums.values())
    return {status: value / total for status, value in sums.items()} if total else {}


def reading(evidence: Evidence, documents: Set[str]) -> dict[Status, float]:
    """What these documents make of a question, each by its share of the passages' voice; empty where none was read."""
    read = {name: evidence.readings[name] for name in documents & evidence.readings.keys()}
    total = sum(evidence.documents[name].share for name in read)
    if total <= 0:
        return {}
    sums: dict[Status, float] = defaultdict(float)
    for name, made in read.items():
        share = evidence.documents[name].share / total
        sums[Status.ANSWERED] += share * made.answered
        sums[Status.REFERRED] += share * made.referred
        sums[Status.NOT_STATED] += share * made.none
    return dict(sums)


def _heard_beside(
    said: dict[KnownStatus, float], read: dict[Status, float], tuning: VoicesTuning
) -> dict[KnownStatus, float]:
    """The memory's voice, where it has one, moved by what its own documents were read to make of the question."""
    if not said or not read:
        return said
    moved = {
        status: share * (read.get(Status(status.value), _EVEN) + tuning.doubt) ** tuning.reading
        for status, share in said.items()
    }
    total = sum(moved.values())
    return {status: share / total for status, share in moved.items()}


def together(evidence: Evidence, supplied: Set[str], tuning: VoicesTuning) -> list[Offer]:
    """What may be said of a question on documents that the memory knows, the likeliest first.

    What the memory calls referred or open may stand in another document. ``supplied`` are those that matters are left
    to, and that have come into the library since: they are near by that alone, others by what the search found.
    """
    said = _heard_beside(memory(evidence), reading(evidence, evidence.prepared), tuning)
    if not said:
        return []
    answered = tuning.answered * said.get(KnownStatus.ANSWERED, 0.0)
    referred, absent = said.get(KnownStatus.REFERRED, 0.0), said.get(KnownStatus.NOT_STATED, 0.0)
    pointed = evidence.pointed_to()
    others = sorted(evidence.readings.keys() - evidence.prepared)
    read = [name for name in others if name in supplied]
    offers = [Offer(Status.ANSWERED, None, answered)]
    offers.append(Offer(Status.CLARIFY, None, tuning.clarify * said.get(KnownStatus.CLARIFY, 0.0)))
    left = referred + absent
    for name in others:
        made, share = evidence.readings[name], evidence.documents[name].share
        share = share**tuning.nearness if name in supplied else share
        there = left + tuning.stated_twice * answered
        offers.append(Offer(Status.ANSWERED, frozenset({name}), there * share * made.answered))
        offers.append(Offer(Status.REFERRED, frozenset({name}), there * share * made.referred))
    if read:
        # As open as each of the supplied documents leaves it.
        absent *= min(evidence.readings[name].none for name in read)
        if pointed in read:
            # What was left to a document that leaves it open is open.
            absent += referred * evidence.readings[pointed].none
            referred = 0.0
    offers += [Offer(Status.REFERRED, None, referred), Offer(Status.NOT_STATED, None, absent)]
    return sorted(offers, key=lambda offer: -offer.weight)
