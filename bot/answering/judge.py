"""Step 4: is the question about the documents, and do they state it, refer it elsewhere, or leave it open?

Similarity to passages tells whether a question is about the documents, but not whether they answer it: "what is the
deadline for the loan?" lies next to the paragraph on loans, which names none. Known questions do tell: the
status is that of the nearest ones, each with its share of the memory's voice.
"""

from __future__ import annotations

import math
from collections import defaultdict

from bot.answering.answer import Status
from bot.answering.tuning import AboutTuning, AloneTuning, AnsweringTuning, WhoseTuning
from bot.answering.turn import Judgement, Room, Turn
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence

_ON_TOPIC = (KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED)
_SURE = 1e-3
"""Nothing is surer than so much from certainty."""
_OFF_TOPIC = (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION)


def voice(evidence: Evidence, statuses: tuple[KnownStatus, ...]) -> dict[KnownStatus, float]:
    """The share of each of these statuses among the nearest known questions; empty where none is near."""
    sums: dict[KnownStatus, float] = defaultdict(float)
    for hit in evidence.known:
        if hit.known.status in statuses:
            sums[hit.known.status] += hit.share
    total = sum(sums.values())
    return {status: value / total for status, value in sums.items()} if total else {}


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


def judged_anew(decided: Judgement, evidence: Evidence, tuning: AnsweringTuning) -> Judgement:
    """A referral to a document that has been added since, judged against that document.

    Where it has a passage about the question, the answer is sought there and nowhere else.
    """
    added = evidence.pointed_to()
    if decided.status is not Status.REFERRED or added is None or added in evidence.prepared:
        return decided
    if _about_score(evidence.best_score({added}), evidence, tuning.alone) < tuning.alone.least_added:
        return decided
    reason = "referred to a document that is in the library"
    return Judgement(Status.ANSWERED, decided.about, decided.shares, reason, False, frozenset({added}))


def judgement_of(evidence: Evidence, tuning: AnsweringTuning) -> Judgement:
    """Status and reason."""
    others = of_others(evidence, tuning.whose) > 0.5
    about = about_others(evidence, tuning.alone) if others else about_prepared(evidence, tuning.about)
    if about < (tuning.alone if others else tuning.about).least:
        elsewhere = voice(evidence, _OFF_TOPIC)
        shares = {status.value: share for status, share in elsewhere.items()}
        talk = elsewhere.get(KnownStatus.CONVERSATION, 0.0) > elsewhere.get(KnownStatus.OFF_TOPIC, 0.0)
        status = Status.CONVERSATION if talk else Status.OFF_TOPIC
        return Judgement(status, about, shares, "far from the documents")
    on_topic = voice(evidence, _ON_TOPIC)
    if others or not on_topic:
        return Judgement(Status.ANSWERED, about, {}, "no known questions on this document: the nearest passage", False)
    on_topic[KnownStatus.ANSWERED] = on_topic.get(KnownStatus.ANSWERED, 0.0) * tuning.answered_weight
    best = max(on_topic, key=lambda status: on_topic[status])
    shares = {status.value: share for status, share in on_topic.items()}
    return Judgement(Status(best.value), about, shares, "nearest known questions")


def judge(turn: Turn, room: Room) -> None:
    """Set ``judgement``."""
    turn.judgement = decided = judged_anew(judgement_of(turn.found, room.tuning), turn.found, room.tuning)
    turn.trace["judge"] = lambda: {
        "status": decided.status.value,
        "reason": decided.reason,
        "about": decided.about,
        "shares": decided.shares,
    }
