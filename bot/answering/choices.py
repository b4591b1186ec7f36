"""What is offered where a question fits several measures: the same question of each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from documents.knowledge import ANY, Knowledge, KnownStatus
from retrieval.evidence import Evidence

PLAIN = "plain"


def asked_back(evidence: Evidence) -> str | None:
    """What a vague question asks (a value of ``Asks``), by the nearest known questions that are asked back."""
    votes: dict[str, float] = defaultdict(float)
    for hit in evidence.known:
        if hit.known.status is KnownStatus.CLARIFY:
            votes[hit.known.cell] += hit.share
    return max(votes, key=lambda asks: votes[asks], default=None)


def _plainest(knowledge: Knowledge, measure: str, cells: Mapping[str, int], language: str) -> str | None:
    """The shortest plain question of the cell that most questions are known of."""
    for cell in sorted(cells, key=lambda name: -cells[name]):
        plain = [
            known.question
            for known in knowledge.questions
            if (known.measure, known.cell, known.language, known.style) == (measure, cell, language, PLAIN)
            and not known.history
        ]
        if plain:
            return min(plain, key=len)
    return None


def _nearest(evidence: Evidence, measure: str, cells: Mapping[str, int], language: str) -> str | None:
    """The plain question of these cells that is nearest to what was asked, where one is near at all."""
    for hit in evidence.known:
        known = hit.known
        plain = known.style == PLAIN and not known.history and known.language == language
        if plain and known.measure == measure and known.cell in cells:
            return known.question
    return None


def choices(evidence: Evidence, knowledge: Knowledge, language: str, most: int) -> tuple[str, ...]:
    """A question of each measure, those first that the asker's own words are nearest to; empty where there are none."""
    asks = asked_back(evidence)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for known in knowledge.questions:
        counts[known.measure, known.cell] += 1
    near: dict[str, float] = defaultdict(float)
    for hit in evidence.known:
        if hit.known.measure != ANY:
            near[hit.known.measure] += hit.share
    offered: list[tuple[float, str]] = []
    for measure in knowledge.measures:
        if not measure.menu:
            continue
        cells = {
            cell.cell: counts[measure.id, cell.cell]
            for cell in knowledge.cells
            if cell.measure == measure.id and cell.asks is not None and cell.asks.value == asks
        }
        question = _nearest(evidence, measure.id, cells, language)
        question = question or _plainest(knowledge, measure.id, cells, language)
        if question is not None:
            offered.append((near[measure.id], question))
    best = sorted(offered, key=lambda offer: -offer[0])[:most]
    return tuple(question for _, question in best)
