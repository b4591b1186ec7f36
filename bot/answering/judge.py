"""Step 4: is the question about the documents, and do they state it, refer it elsewhere, or leave it open?

Similarity to passages tells whether a question is about the documents, but not whether they answer it: "what is the
deadline for the loan?" lies next to the paragraph on loans, which names none. Known questions do tell: the
status is that of the nearest ones, each with its share of the memory's voice.
"""

from __future__ import annotations

import math
from collections.abc import Set

from bot.answering import voices
from bot.answering.answer import Status
from bot.answering.supplied import supplied
from bot.answering.tuning import AboutTuning, AloneTuning, AnsweringTuning, WhoseTuning
from bot.answering.turn import Judgement, Room, Turn
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence

_SURE = 1e-3
"""Nothing is surer than so much from certainty."""


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, z))))


def about_prepared(evidence: Evidence, tuning: AboutTuning) -> float:
    """How sure it is, from 0 to 1, that a question is about the documents that the memory holds questions on."""
    if not evidence.prepared:
        return 0.0
    return _logistic(
        tuning.bias
        + tuning.passage * evidence.best_similarity(prepared=True)
        + tuning.known * evidence.best_known(on_topic=True)
        - tuning.elsewhere * evidence.best_known(on_topic=False)
    )


def _about_score(score: float | None, evidence: Evidence, tuning: AloneTuning) -> float:
    if score is None:
        return 0.0
    return _logistic(tuning.bias + tuning.score * score - tuning.elsewhere * evidence.best_known(on_topic=False))


def about_others(evidence: Evidence, tuning: AloneTuning) -> float:
    """How sure it is, from 0 to 1, that a question is about the other documents: only passages can say."""
    return _about_score(evidence.best_score(), evidence, tuning)


def of_others(evidence: Evidence, tuning: WhoseTuning) -> float:
    """How sure it is, from 0 to 1, that a question is about documents that the memory holds no questions on."""
    others = evidence.documents.keys() - evidence.prepared
    if not others or not evidence.prepared:
        return float(bool(others))
    share = min(max(evidence.share_elsewhere(), _SURE), 1 - _SURE)
    return _logistic(
        tuning.bias + tuning.share * math.log(share / (1 - share)) - tuning.known * evidence.best_known(on_topic=True)
    )


def _elsewhere(evidence: Evidence, about: float) -> Judgement:
    said = voices.memory(evidence, voices.OFF_TOPIC)
    talk = said.get(KnownStatus.CONVERSATION, 0.0) > said.get(KnownStatus.OFF_TOPIC, 0.0)
    shares = {status.value: share for status, share in said.items()}
    return Judgement(Status.CONVERSATION if talk else Status.OFF_TOPIC, about, shares, "far from the documents")


def _unprepared(evidence: Evidence, about: float) -> Judgement:
    """The judgement where the memory knows nothing: what the documents make of the question by themselves."""
    said = voices.reading(evidence, evidence.documents.keys() - evidence.prepared)
    if not said:
        return Judgement(Status.ANSWERED, about, {}, "nothing but nearness to tell: the nearest passage", False)
    best = max(said, key=lambda status: said[status])
    return Judgement(best, about, {s.value: share for s, share in said.items()}, "reading of the documents", False)


def judgement_of(evidence: Evidence, tuning: AnsweringTuning, added: Set[str] = frozenset()) -> Judgement:
    """Status and reason; ``added`` are the ``supplied`` of in ``voices.together``."""
    others = of_others(evidence, tuning.whose) > 0.5
    offers = voices.together(evidence, added, tuning.voices)
    supplying = bool(added & evidence.readings.keys()) and bool(offers)
    # A matter that the memory knows and that has been supplied since is judged with what the memory knows of it.
    others = others and not (supplying and _best_other(evidence) in added)
    about = about_others(evidence, tuning.alone) if others else about_prepared(evidence, tuning.about)
    if not others and supplying:
        about = max(about, _about_score(evidence.best_score(added), evidence, tuning.alone))
    if about < (tuning.alone if others else tuning.about).least:
        return _elsewhere(evidence, about)
    if others or not offers:
        return _unprepared(evidence, about)
    best = offers[0]
    shares: dict[str, float] = {}
    for offer in offers:
        shares[offer.status.value] = shares.get(offer.status.value, 0.0) + offer.weight
    total = sum(shares.values()) or 1.0
    shares = {status: weight / total for status, weight in shares.items()}
    if best.documents is None:
        return Judgement(best.status, about, shares, "nearest known questions")
    return Judgement(best.status, about, shares, "a document supplied since", False, best.documents)


def _best_other(evidence: Evidence) -> str | None:
    others = evidence.documents.keys() - evidence.prepared
    return max(others, key=lambda name: evidence.documents[name].share, default=None)


def judge(turn: Turn, room: Room) -> None:
    """Set ``judgement``."""
    evidence = turn.found
    turn.judgement = decided = judgement_of(evidence, room.tuning, supplied(room.library, evidence.prepared))
    turn.trace["judge"] = lambda: {
        "status": decided.status.value,
        "reason": decided.reason,
        "about": decided.about,
        "shares": decided.shares,
        "memory": {status.value: share for status, share in voices.memory(evidence).items()},
        "reading": {
            name: {"answered": made.answered, "referred": made.referred, "none": made.none}
            for name, made in evidence.readings.items()
        },
    }
