"""Step 4: is the question about the documents, and do they state it, refer it elsewhere, or leave it open?

Similarity to passages tells whether a question is about the documents, but not whether they answer it: "what is the
deadline for the loan?" lies next to the paragraph on loans, which names none. Known questions do tell, and what was
read in a document. All that may be said is offered and weighed together; the status is the likeliest of all offers.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from bot.answering import voices
from bot.answering.answer import Status
from bot.answering.offers import Offer, offers
from bot.answering.supplied import supplied
from bot.answering.tuning import AnsweringTuning
from bot.answering.turn import Judgement, Room, Turn
from bot.answering.weighing import learned, weigh
from retrieval.evidence import Evidence

_NOWHERE = (Status.OFF_TOPIC, Status.CONVERSATION)


@dataclass(slots=True)
class _Status:
    """A status with the shares of its offers together, and the likeliest of them."""

    share: float = 0.0
    best: tuple[float, Offer | None] = field(default=(0.0, None))

    def add(self, offer: Offer, share: float) -> None:
        self.share += share
        if share >= self.best[0]:
            self.best = (share, offer)


def _why(offer: Offer, added: Set[str]) -> str:
    if offer.status in _NOWHERE:
        return "about no document"
    if offer.document is None:
        return "nearest known questions"
    return "a document supplied since" if offer.document in added else "reading of the documents"


def _stated_elsewhere(best: Offer, evidence: Evidence, least: float) -> str | None:
    """The other document, nearest of all, that states what the memory refers or leaves open."""
    if best.document is not None or best.status not in (Status.REFERRED, Status.NOT_STATED):
        return None
    others = evidence.readings.keys() - evidence.prepared
    best_other = max(others, key=lambda name: evidence.documents[name].share, default=None)
    if best_other is None or evidence.documents[best_other].share < least:
        return None
    return best_other if evidence.readings[best_other].answered >= least else None


def judgement_of(evidence: Evidence, tuning: AnsweringTuning, added: Set[str] = frozenset()) -> Judgement:
    """Status and reason; ``added`` are the ``supplied`` of ``bot.answering.offers``."""
    offered = offers(evidence, added, tuning.voices)
    shares = weigh(offered, learned())
    statuses: dict[Status, _Status] = {}
    for offer, share in zip(offered, shares, strict=True):
        statuses.setdefault(offer.status, _Status()).add(offer, share)
    status = max(statuses, key=lambda name: statuses[name].share)
    best = statuses[status].best[1]
    if best is None:
        raise RuntimeError("a status without an offer")
    elsewhere = _stated_elsewhere(best, evidence, tuning.voices.elsewhere)
    if elsewhere is not None:
        status, best, added = Status.ANSWERED, best._replace(document=elsewhere), {elsewhere}
    return Judgement(
        status,
        about=1 - sum(statuses[name].share for name in _NOWHERE),
        shares={name.value: held.share for name, held in statuses.items()},
        reason=_why(best, added),
        from_memory=best.document is None,
        remembered=sum(
            share
            for offer, share in zip(offered, shares, strict=True)
            if offer.document is None and offer.status in (Status.ANSWERED, Status.REFERRED)
        ),
        unprepared=sum(share for offer, share in zip(offered, shares, strict=True) if offer.document is not None),
        documents=frozenset({best.document}) if best.document is not None and best.document in added else None,
    )


def judge(turn: Turn, room: Room) -> None:
    """Set ``judgement``."""
    evidence = turn.found
    turn.judgement = decided = judgement_of(evidence, room.tuning, supplied(room.library, evidence.prepared))
    turn.trace["judge"] = lambda: {
        "status": decided.status.value,
        "reason": decided.reason,
        "about": decided.about,
        "shares": decided.shares,
        "intent": dict(evidence.intent),
        "memory": {status.value: share for status, share in voices.memory(evidence).items()},
        "reading": {
            name: {"answered": made.answered, "referred": made.referred, "none": made.none}
            for name, made in evidence.readings.items()
        },
    }
