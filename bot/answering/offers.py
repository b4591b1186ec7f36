"""What may be said of a question: each status, of each document it may be said of, with what speaks for it.

One model weighs all offers at once (``bot.answering.weighing``): the memory's, those of every other document that was
read, and that the question is about no document. So the memory of one document has its say on a question about another
only as far as it is near, and "off topic" is one offer among others, not a gate before them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from bot.answering import voices
from bot.answering.answer import ON_SUBJECT, Status
from bot.answering.tuning import VoicesTuning
from bot.answering.voices import Read, read_as
from documents.knowledge import KnownStatus
from retrieval.evidence import Evidence
from retrieval.intent.model import PLAIN, VAGUE

_EVEN = Read(1 / 3, 1 / 3, 1 / 3)


class Offer(NamedTuple):
    """A status, the document it is said of (``None``: those the memory knows, or none), and what was heard for it.

    ``heard`` are inputs of the model, by the names that ``weights.toml`` has weights for.
    """

    status: Status
    document: str | None
    heard: Mapping[str, float]


def _log(value: float, tuning: VoicesTuning) -> float:
    return math.log(value + tuning.least)


def _log_odds(share: float, tuning: VoicesTuning) -> float:
    share = min(max(share, tuning.least), 1 - tuning.least)
    return math.log(share / (1 - share))


def _said(evidence: Evidence, tuning: VoicesTuning) -> dict[KnownStatus, dict[str, float]]:
    """What the memory says for each status, near and far."""
    usual, sharp, blunt = (
        voices.memory(evidence),
        voices.memory_at(evidence, tuning.sharp),
        voices.memory_at(evidence, tuning.blunt),
    )
    behind = voices.behind(evidence)
    return {
        status: {
            "said": _log(usual.get(status, 0.0), tuning),
            "said_sharp": _log(sharp.get(status, 0.0), tuning),
            "said_blunt": _log(blunt.get(status, 0.0), tuning),
            "behind": behind[status],
        }
        for status in voices.ON_TOPIC
    }


def _of_memory(evidence: Evidence, supplied: Set[str], tuning: VoicesTuning) -> Iterator[Offer]:
    """Of the documents that the memory knows."""
    read = voices.reading(evidence, evidence.prepared) or _EVEN
    whole = {
        "memory.near": evidence.best_known(on_topic=True),
        "memory.share": _log_odds(1 - evidence.share_elsewhere(), tuning),
        "memory.similarity": evidence.best_similarity(prepared=True),
    }
    said = _said(evidence, tuning)
    # What was left to a document that has come since is said by that document; as open as each of those leaves it.
    came = [name for name in evidence.readings if name in supplied]
    pointed = evidence.pointed_to()
    handed = float(pointed in came)
    open_there = min((evidence.readings[name].none for name in came), default=1.0)
    left = voices.memory(evidence).get(KnownStatus.REFERRED, 0.0)
    beside = {
        Status.ANSWERED: {},
        Status.REFERRED: {
            "memory.referred.came": handed,
            "memory.referred.came_open": handed * _log(_none(evidence, pointed), tuning),
            "memory.referred.open_there": _log(open_there, tuning),
        },
        Status.NOT_STATED: {
            "memory.not_stated.came": handed * left,
            "memory.not_stated.open_there": _log(open_there, tuning),
        },
    }
    for status in ON_SUBJECT:
        heard = {f"memory.{name}": value for name, value in said[KnownStatus(status.value)].items()}
        heard[f"memory.{status.value}"] = 1.0
        heard[f"memory.{status.value}.read"] = _log(read_as(status, read), tuning)
        yield Offer(status, None, {**whole, **heard, **beside[status]})
    heard = {f"clarify.{name}": value for name, value in said[KnownStatus.CLARIFY].items()}
    if evidence.intent:
        heard[f"clarify.{VAGUE}"] = evidence.intent[VAGUE]
    yield Offer(Status.CLARIFY, None, {**whole, **heard, "clarify": 1.0})


def _none(evidence: Evidence, document: str | None) -> float:
    read = evidence.readings.get(document or "")
    return 1.0 if read is None else read.none


def _left_to_another(evidence: Evidence, name: str, tuning: VoicesTuning) -> bool:
    """Whether the memory leaves the matter to other documents than this one: then it is not for this one to say."""
    left = evidence.left_to()
    here = left.pop(name, 0.0)
    return sum(left.values()) >= tuning.left_to_another and here < tuning.left_to_another / 2


def _of_others(evidence: Evidence, supplied: Set[str], tuning: VoicesTuning) -> Iterator[Offer]:
    """Of every other document that was read, or that is too short for it and near."""
    said = voices.memory(evidence)
    left = said.get(KnownStatus.REFERRED, 0.0) + said.get(KnownStatus.NOT_STATED, 0.0)
    for name in sorted(evidence.documents.keys() - evidence.prepared):
        if name in supplied and _left_to_another(evidence, name, tuning):
            continue
        hit, made = evidence.documents[name], evidence.readings.get(name)
        if made is None and hit.share < tuning.least_unread:
            continue
        read = Read(made.answered, made.referred, made.none) if made else Read(tuning.unread, 0.0, 1 - tuning.unread)
        kind = "supplied" if name in supplied and evidence.known else "other"
        whole = {f"{kind}.score": hit.score, f"{kind}.share": _log(hit.share, tuning)}
        if kind == "supplied":
            whole |= {"supplied.near": evidence.best_known(on_topic=True), "supplied.left": _log(left, tuning)}
        for status in ON_SUBJECT:
            heard = {f"{kind}.{status.value}": 1.0, f"read.{status.value}": _log(read_as(status, read), tuning)}
            yield Offer(status, name, {**whole, **heard})


def _of_none(evidence: Evidence, supplied: Set[str], tuning: VoicesTuning) -> Iterator[Offer]:
    """That it is about no document."""
    said = voices.memory(evidence, voices.OFF_TOPIC)
    whole = {
        "nothing.near": evidence.best_known(on_topic=False),
        "nothing.score": evidence.best_score(evidence.documents.keys()) or 0.0,
    }
    came = evidence.best_score(supplied) if supplied else None
    if came is not None:
        whole |= {"nothing.came": 1.0, "nothing.score_there": came}
    for status in (Status.OFF_TOPIC, Status.CONVERSATION):
        heard = {status.value: 1.0, "nothing.said": _log(said.get(KnownStatus(status.value), 0.0), tuning)}
        yield Offer(status, None, {**whole, **heard})


def _of_wishes(evidence: Evidence) -> Iterator[Offer]:
    """That what is wanted is nothing that a document says, however near its matter: wrongdoing, a deed, nonsense."""
    wanted = {f"wanted.{kind}": share for kind, share in evidence.intent.items() if kind not in (PLAIN, VAGUE)}
    if wanted:
        near = {
            "wanted.near": evidence.best_known(on_topic=True),
            "wanted.score": evidence.best_score(evidence.documents.keys()) or 0.0,
        }
        yield Offer(Status.OFF_TOPIC, None, {"wanted": 1.0, **near, **wanted})


def offers(evidence: Evidence, supplied: Set[str], tuning: VoicesTuning) -> list[Offer]:
    """All that may be said of a question.

    ``supplied`` are documents that matters are left to by those the memory knows, and that have come into the library
    since.
    """
    remembers = bool(evidence.prepared) or any(hit.known.document for hit in evidence.known)
    found = [*_of_memory(evidence, supplied, tuning)] if remembers else []
    nowhere = [*_of_none(evidence, supplied, tuning), *_of_wishes(evidence)]
    return [*found, *_of_others(evidence, supplied, tuning), *nowhere]
