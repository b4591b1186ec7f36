"""The voices heard on what a document makes of a question.

*Memory*: the statuses of the nearest known questions. *Reading*: what the paragraphs near the question hold of what it
asks for, and where they point to another document (``retrieval.reading``). Memory knows a document by heart and is deaf
to every other; reading takes each as it comes, less surely. ``bot.answering.offers`` makes of them what may be said.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Set
from typing import NamedTuple

from bot.answering.answer import Status
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence, KnownHit

ON_TOPIC = (KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED, KnownStatus.CLARIFY)
OFF_TOPIC = (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION)


class Read(NamedTuple):
    """The shares of a document, or of several together, answering a question, referring it, and leaving it open."""

    answered: float
    referred: float
    none: float


def _among(evidence: Evidence, statuses: tuple[KnownStatus, ...]) -> list[KnownHit]:
    return [hit for hit in evidence.known if hit.known.status in statuses]


def _shared(weighed: list[tuple[KnownStatus, float]]) -> dict[KnownStatus, float]:
    sums: dict[KnownStatus, float] = defaultdict(float)
    for status, weight in weighed:
        sums[status] += weight
    total = sum(sums.values())
    return {status: value / total for status, value in sums.items()} if total else {}


def memory(evidence: Evidence, statuses: tuple[KnownStatus, ...] = ON_TOPIC) -> dict[KnownStatus, float]:
    """The share of each of these statuses among the nearest known questions; empty where none is near."""
    return _shared([(hit.known.status, hit.share) for hit in _among(evidence, statuses)])


def memory_at(evidence: Evidence, temperature: float) -> dict[KnownStatus, float]:
    """The same on documents, with the known questions weighed anew by exp(``temperature`` x similarity)."""
    hits = _among(evidence, ON_TOPIC)
    best = max((hit.similarity for hit in hits), default=0.0)
    return _shared([(hit.known.status, math.exp(temperature * (hit.similarity - best))) for hit in hits])


def behind(evidence: Evidence) -> dict[KnownStatus, float]:
    """How far the nearest known question of each status on documents lies behind the nearest one (0 or below)."""
    best = evidence.best_known(on_topic=True)
    nearest: dict[KnownStatus, float] = dict.fromkeys(ON_TOPIC, 0.0)
    for hit in _among(evidence, ON_TOPIC):
        nearest[hit.known.status] = max(nearest[hit.known.status], hit.similarity)
    return {status: similarity - best for status, similarity in nearest.items()}


def reading(evidence: Evidence, documents: Set[str]) -> Read | None:
    """What these documents make of a question, by their shares of the passages' voice; ``None`` where none was read."""
    read = {name: evidence.readings[name] for name in documents & evidence.readings.keys()}
    total = sum(evidence.documents[name].share for name in read)
    if total <= 0:
        return None
    sums = [0.0, 0.0, 0.0]
    for name, made in read.items():
        share = evidence.documents[name].share / total
        for place, value in enumerate((made.answered, made.referred, made.none)):
            sums[place] += share * value
    return Read(*sums)


def read_as(status: Status, read: Read) -> float:
    """The share of a reading that speaks for *answered*, *referred* or *not stated*."""
    return {Status.ANSWERED: read.answered, Status.REFERRED: read.referred, Status.NOT_STATED: read.none}[status]
