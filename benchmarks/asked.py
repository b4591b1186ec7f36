"""Questions asked in libraries of several kinds, with all that may be said of each and which of it is right.

The circular alone, with a supplied appendix, with one other document, and with 48 others; another document alone.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.appendices import desk_with, folders
from benchmarks.desks import staying
from benchmarks.intent import patterns, without
from benchmarks.policies import ASIDE, POLICIES, joint_corpus
from benchmarks.shared import ROOT
from bot.answering.answer import ON_SUBJECT, Question, Status
from bot.answering.choose import choose
from bot.answering.clean import clean
from bot.answering.contextualise import contextualise
from bot.answering.locate import locate
from bot.answering.offers import Offer, offers
from bot.answering.search import search
from bot.answering.supplied import supplied
from bot.answering.turn import Room, Turn
from bot.desk import Desk
from bot.evaluation.gold import GoldQuestion, read_gold
from documents.knowledge import KnownQuestion, KnownStatus
from documents.loading import SHIPPED
from documents.text import for_search
from retrieval.embedding.embedder import load_embedder
from retrieval.evidence import Evidence
from retrieval.intent.model import PLAIN, IntentModel

GOLD = ROOT / "tests" / "gold"
OWN = ("questions", "fresh", "askers/tune")
"""Questions on the circular that numbers may be fitted on."""

_COPY = 0.97
_ALONE = 2
"""So many policies are asked alone, and with the circular."""
_FEW = 60
_LEFT_ALONE = {KnownStatus.ANSWERED: 36, KnownStatus.REFERRED: 18, KnownStatus.NOT_STATED: 18}
"""Known questions asked beside each appendix that leaves them as they were."""
_WITH_OWN = ("a1", "a3", "a5", "a8", "a12", "a16")
"""Appendices beside which the circular's own questions are asked as well."""
_ON = (KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED)
_NEITHER = (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION, KnownStatus.CLARIFY)
_BEFORE_SEARCH = (clean, locate, choose, contextualise)


@dataclass(frozen=True)
class Case:
    """A question asked in a library.

    ``group`` is where it comes from, ``source`` what it must not be divided from in cross-validation, ``learn``
    whether anything may be learned from it, ``right`` whether each offer is (offers,).
    """

    library: str
    group: str
    source: str
    expect: Status
    fair: frozenset[Status]
    learn: bool
    offers: Sequence[Offer]
    right: Sequence[bool]


def _evidence(room: Room, text: str, history: Sequence[str]) -> Evidence | None:
    """What is found for a question, ``None`` where it is answered without a search."""
    turn = Turn(Question(text=text, history=tuple(history)))
    for step in _BEFORE_SEARCH:
        step(turn, room)
        if turn.answer is not None:
            return None
    search(turn, room)
    return turn.found


def _offers(room: Room, evidence: Evidence) -> list[Offer]:
    return offers(evidence, supplied(room.library, evidence.prepared), room.tuning.voices)


def _standing(room: Room, gold: GoldQuestion) -> frozenset[str]:
    """The documents the evidence of a question stands in."""
    wanted = {for_search(snippet) for item in gold.evidence for snippet in item}
    return frozenset(
        document.id
        for document in room.library.in_force()
        for paragraph in room.library.paragraphs(document.id)
        if any(snippet in for_search(paragraph.text) for snippet in wanted)
    )


def of_gold(room: Room, library: str, group: str, questions: Iterable[GoldQuestion], own: str = "") -> Iterator[Case]:
    """Labelled questions; ``own`` is the document they are on, where it is not the circular."""
    for gold in questions:
        evidence = _evidence(room, gold.question, gold.history)
        if evidence is None:
            continue
        name = own or gold.id.split("-")[0]
        asked_of = evidence.prepared if group in OWN else {name}
        standing = _standing(room, gold)

        def right(
            offer: Offer,
            gold: GoldQuestion = gold,
            asked_of: Iterable[str] = asked_of,
            standing: frozenset[str] = standing,
            prepared: frozenset[str] = evidence.prepared,
        ) -> bool:
            if offer.status not in gold.fair_statuses:
                return False
            if offer.status not in ON_SUBJECT:
                return True
            of = prepared if offer.document is None else {offer.document}
            if offer.status is Status.NOT_STATED:
                # What is open is open in the circular and in what it left the matter to.
                return group.startswith("appendix") or bool(set(of) & set(asked_of))
            return not standing or bool(of & standing)

        offered = _offers(room, evidence)
        learn = name not in ASIDE and group != "appendix, report"
        pair = gold.id.removesuffix("-en").removesuffix("-zh")
        source = pair if group in OWN else name
        yield Case(
            library,
            group,
            source,
            gold.expect,
            frozenset(gold.fair_statuses),
            learn,
            offered,
            [right(offer) for offer in offered],
        )


def of_known(room: Room, library: str, group: str, questions: Iterable[KnownQuestion]) -> Iterator[Case]:
    """Known questions, each asked as if it and its near copies were not known."""
    for known in questions:
        evidence = _evidence(room, known.question, known.history)
        if evidence is None:
            continue
        others = [hit for hit in evidence.known if hit.known.id != known.id and hit.similarity < _COPY]
        total = sum(hit.share for hit in others) or 1.0
        evidence = replace(evidence, known=tuple(replace(hit, share=hit.share / total) for hit in others))
        status = Status(known.status.value)
        offered = _offers(room, evidence)
        right = [offer.status is status and offer.document is None for offer in offered]
        yield Case(library, group, known.id, status, frozenset({status}), True, offered, right)


def of_patterns(room: Room, library: str, models: Callable[[str], IntentModel], share: int) -> Iterator[Case]:
    """Questions that want what no document says, or name no matter; each ``share``-th pattern, on the map's measures.

    What is wanted is told by a model that has not seen the pattern.
    """
    measures = room.knowledge.measures
    names = {"en": [each.names.en for each in measures], "zh": [each.names.zh for each in measures]}
    for number, (text, kind, pattern) in enumerate(patterns(names, 1)):
        if kind == PLAIN or number % share:
            continue
        evidence = _evidence(room, text, ())
        if evidence is None:
            continue
        vector = room.searcher.asked(text).vectors[0]
        evidence = replace(evidence, intent=models(pattern).of(vector))
        status = Status.CLARIFY if kind == "vague" else Status.OFF_TOPIC
        offered = _offers(room, evidence)
        right = [offer.status is status for offer in offered]
        yield Case(library, f"pattern, {kind}", pattern, status, frozenset({status}), True, offered, right)


def _known(
    desk: Desk, statuses: Sequence[KnownStatus], most: int | None = None, seed: int | str = 0
) -> list[KnownQuestion]:
    found = [known for known in desk._room.searcher._known if known.status in statuses]
    random.Random(seed).shuffle(found)
    return found[:most]


def _own() -> Iterator[tuple[str, list[GoldQuestion]]]:
    for name in OWN:
        yield name, read_gold(GOLD / f"{name}.jsonl")


def _left_alone(desk: Desk, source: Path) -> list[KnownQuestion]:
    """Known questions that an appendix leaves as they were.

    What the circular states, what it leaves to another document, and what it leaves open in matters that it does not
    leave to this appendix.
    """
    name = json.loads((source / "meta.json").read_text(encoding="utf-8"))["as"]
    here = {cell.measure for cell in desk._room.knowledge.cells if cell.pointer == name}
    kept = {
        KnownStatus.ANSWERED: lambda known: True,
        KnownStatus.REFERRED: lambda known: known.pointer not in (None, name),
        KnownStatus.NOT_STATED: lambda known: known.measure not in here,
    }
    return [
        known
        for status, most in _LEFT_ALONE.items()
        for known in [each for each in _known(desk, (status,), seed=source.name) if kept[status](each)][:most]
    ]


def wishes(home: Path, models: Callable[[str], IntentModel], source: Path | None = None) -> Iterator[Case]:
    """What no document says, asked of the circular alone, or with a supplied appendix."""
    desk = staying(home) if source is None else desk_with(home, source)
    library, share = ("circular", 1) if source is None else ("appendix", 4)
    yield from of_patterns(desk._room, library, models, share)
    desk.close()


def circular(home: Path) -> Iterator[Case]:
    """The circular alone."""
    desk = staying(home)
    for name, questions in _own():
        yield from of_gold(desk._room, "circular", name, questions)
    yield from of_known(desk._room, "circular", "known", _known(desk, _ON, 10 * _FEW))
    yield from of_known(desk._room, "circular", "neither", _known(desk, _NEITHER, 7 * _FEW))
    desk.close()


def appendix(home: Path, source: Path, part: str) -> Iterator[Case]:
    """The circular with a supplied appendix; what it left open before may be stated now, so that is not asked."""
    desk = desk_with(home, source)
    yield from of_gold(desk._room, "appendix", f"appendix, {part}", read_gold(source / "questions.jsonl"), source.name)
    if part == "dev" and source.name in _WITH_OWN:
        open_before = (Status.REFERRED, Status.NOT_STATED)
        for name, questions in _own():
            yield from of_gold(desk._room, "appendix", name, [q for q in questions if q.expect not in open_before])
        yield from of_known(desk._room, "appendix", "neither", _known(desk, _NEITHER, _FEW))
    if part == "dev":
        yield from of_known(desk._room, "appendix", "known", _left_alone(desk, source))
    desk.close()


def together(home: Path) -> Iterator[Case]:
    """The circular and 48 others."""
    corpus = home / "corpus"
    corpus.mkdir()
    desk = staying(home, corpus=joint_corpus(corpus))
    yield from of_gold(desk._room, "together", "policies", read_gold(POLICIES / "questions.jsonl"))
    for name, questions in _own():
        yield from of_gold(desk._room, "together", name, questions)
    yield from of_known(desk._room, "together", "neither", _known(desk, _NEITHER, 3 * _FEW))
    desk.close()


def single(home: Path, name: str, beside: Sequence[str]) -> Iterator[Case]:
    """One policy, with these documents of the shipped corpus."""
    corpus = home / "corpus"
    corpus.mkdir()
    for source in (POLICIES / name, *(SHIPPED / each for each in beside)):
        (corpus / source.name).symlink_to(source)
    desk = staying(home, corpus=corpus)
    library = "one policy" if len(beside) == 1 else "circular and one policy"
    mine = [gold for gold in read_gold(POLICIES / "questions.jsonl") if gold.id.split("-")[0] == name]
    yield from of_gold(desk._room, library, "policies", mine)
    yield from of_known(desk._room, library, "neither", _known(desk, _NEITHER[:2], _FEW))
    desk.close()


def cases() -> Iterator[Case]:
    """All of them."""
    models = without(load_embedder("e5")[0])
    alone = [path.name for path in sorted(POLICIES.glob("p*")) if path.name not in ASIDE][:: 40 // _ALONE]
    shipped = sorted(path.name for path in SHIPPED.glob("*/"))
    general = [name for name in shipped if not (SHIPPED / name / "document.toml").exists()]
    ways = [
        circular,
        partial(wishes, models=models),
        partial(wishes, models=models, source=folders("dev")[0]),
        *(partial(appendix, source=source, part=part) for part in ("dev", "report") for source in folders(part)),
        *(partial(single, name=name, beside=beside) for name in alone for beside in (general, shipped)),
        together,
    ]
    for way in ways:
        with tempfile.TemporaryDirectory() as home:
            yield from way(Path(home))
