"""Judges one answer against the label of its question.

The measures, and where each is not judged at all:

* *fair* and *strict status*: one of the fair statuses, or exactly the expected one.
* *evidence*: required items of which an alternative stands in one of the first citations. Left out
  where "not stated" was a fair reading although another status was expected: that reading cites nothing.
* *citation precision*: cited passages that hold required or tolerated evidence; questions on the
  documents only.
* *facts*: required strings found in the answer's own text. Left out where the answer took another fair
  reading than the expected one, unless that reading is "answered".
* *forbidden*, *stray*: strings that may not be said; citations where there is nothing to cite for.
* *faithful quotes*, *unsupported numbers*: held against the sources, where those are given.
* *passed*: fair status, all evidence, all facts, nothing forbidden.
"""

from __future__ import annotations

import re

from bot.answering.answer import Status
from bot.evaluation.folding import FoldedPassage, fold_answer, fold_passage, holds
from bot.evaluation.gold import GoldQuestion
from bot.evaluation.prediction import CitedPassage, Prediction
from bot.evaluation.shares import Share, share_of
from documents.models import Frozen

MISSING = "missing"
"""The status of a question nobody answered."""

_CUT = re.compile(r"\[?\.{3}\]?|…")
_NUMBER = re.compile(r"\d{2,}")


class Limits(Frozen):
    """How much a citation may hold (characters), and how many of them can bring evidence."""

    passage_characters: int = 1600
    citations: int = 5


class RowScore(Frozen):
    """The verdicts on one answer; a ``Share`` of 0 stands for "not judged"."""

    id: str
    expected: Status
    got: str
    fair: bool
    strict: bool
    evidence: Share
    facts: Share
    facts_missing: tuple[str, ...]
    forbidden: tuple[str, ...]
    stray: bool
    citations_useful: tuple[bool, ...]
    """For each citation whether it holds required or tolerated evidence; empty where not judged."""
    faithful: Share
    oversized: int
    """Citations longer than the limit."""
    numbers: tuple[str, ...]
    """Numbers of two digits and more that neither the sources nor the question hold."""

    @property
    def passed(self) -> bool:
        """Whether a person would call this answer right."""
        return self.fair and self.evidence.complete and self.facts.complete and not self.forbidden

    @property
    def citations(self) -> Share:
        """The citations that are useful, of those judged."""
        return share_of(self.citations_useful)


def score(
    gold: GoldQuestion, prediction: Prediction | None, sources: FoldedPassage, limits: Limits | None = None
) -> RowScore:
    """Judge one prediction; ``None`` stands for no answer, empty ``sources`` for none to hold it against."""
    limits = limits or Limits()
    said = prediction or Prediction(id=gold.id, status=MISSING)
    passages = [_passage(cited, limits) for cited in said.citations]
    facts, facts_missing = _facts(gold, said)
    return RowScore(
        id=gold.id,
        expected=gold.expect,
        got=said.status,
        fair=said.status in gold.fair_statuses,
        strict=said.status == gold.expect,
        evidence=_evidence(gold, said, passages[: limits.citations]),
        facts=facts,
        facts_missing=facts_missing,
        forbidden=_forbidden(gold, said),
        stray=bool(said.citations) and not gold.on_topic,
        citations_useful=_useful(gold, passages),
        faithful=share_of(_faithful(cited, sources) for cited in said.citations) if sources else Share(hit=0, of=0),
        oversized=sum(len(cited.text or cited.quote) > limits.passage_characters for cited in said.citations),
        numbers=_numbers(gold, said, sources) if sources else (),
    )


def _passage(cited: CitedPassage, limits: Limits) -> FoldedPassage:
    """What a citation brings: its quote and its paragraph, each only if it is short enough to be read."""
    parts = (part for part in (cited.quote, cited.text) if len(part) <= limits.passage_characters)
    return fold_passage("\n".join(dict.fromkeys(parts)))


def _took_another_fair_reading(gold: GoldQuestion, said: Prediction) -> bool:
    return said.status != gold.expect and said.status in gold.fair_statuses


def _evidence(gold: GoldQuestion, said: Prediction, passages: list[FoldedPassage]) -> Share:
    if said.status == Status.NOT_STATED and _took_another_fair_reading(gold, said):
        return Share(hit=0, of=0)
    return share_of(any(_stands_in(snippet, passages) for snippet in item) for item in gold.evidence)


def _stands_in(snippet: str, passages: list[FoldedPassage]) -> bool:
    folded = fold_passage(snippet)
    return any(folded in passage for passage in passages)


def _useful(gold: GoldQuestion, passages: list[FoldedPassage]) -> tuple[bool, ...]:
    welcome = [fold_passage(snippet) for item in (*gold.evidence, gold.also_ok) for snippet in item]
    if not gold.on_topic or not welcome:
        return ()
    return tuple(any(snippet in passage for snippet in welcome) for passage in passages)


def _faithful(cited: CitedPassage, sources: FoldedPassage) -> bool:
    """Whether every piece of the quote between its ellipses stands in the sources."""
    pieces = [piece for piece in _CUT.split(cited.quote or cited.text) if piece.strip()]
    return bool(pieces) and all(fold_passage(piece) in sources for piece in pieces)


def _facts(gold: GoldQuestion, said: Prediction) -> tuple[Share, tuple[str, ...]]:
    if said.status != Status.ANSWERED and _took_another_fair_reading(gold, said):
        return Share(hit=0, of=0), ()
    answer = fold_answer(said.answer)
    missing = tuple(
        alternatives[0] for alternatives in gold.facts if not any(holds(answer, wanted) for wanted in alternatives)
    )
    return Share(hit=len(gold.facts) - len(missing), of=len(gold.facts)), missing


def _forbidden(gold: GoldQuestion, said: Prediction) -> tuple[str, ...]:
    answer = fold_answer(said.answer)
    return tuple(unwanted for unwanted in gold.must_not if holds(answer, unwanted))


def _numbers(gold: GoldQuestion, said: Prediction, sources: FoldedPassage) -> tuple[str, ...]:
    asked = fold_passage(gold.question + " ".join(gold.history))
    found = set(_NUMBER.findall(fold_answer(said.answer)))
    return tuple(sorted(number for number in found if number not in sources and number not in asked))
