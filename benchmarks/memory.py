"""Looks the memory of known questions over: what stands in it twice, what its neighbours contradict, what is thin.

``python -m benchmarks memory``. A question that its neighbours contradict is not wrong for that: the rule of
``docs/coverage.md`` decides, and this only says where to look. Nothing of tests/gold is used.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from benchmarks.shared import table
from documents.knowledge import Cell, Knowledge, KnownQuestion, KnownStatus
from documents.loading import load_corpus
from retrieval.build import write_arrays
from retrieval.embedding.embedder import Embedder, load_embedder
from retrieval.embedding.shipped import ShippedVectors
from retrieval.embedding.weights import Floats
from retrieval.known import class_of, texts_of
from retrieval.place import ARRAYS
from retrieval.shares import shares
from retrieval.spaces import Spaces, centred, unit
from retrieval.tuning import Tuning, tuning

LANGUAGES: tuple[Literal["en", "zh"], ...] = ("en", "zh")
TWIN = 0.985
"""Two questions of one language as near as this ask the same, and have to have the same cell."""
COPY = 0.97
"""A question as near as this says nothing that is not known anyway, and has no vote."""
VOTERS = 15
ENOUGH = 4
"""Questions that every cell should have in each language."""
_SHOWN = 100
_SHOWN_QUICK = 10


class Twins(NamedTuple):
    """Two questions that are all but the same, and yet have not the same cell or status."""

    similarity: float
    one: KnownQuestion
    other: KnownQuestion


class Verdict(NamedTuple):
    """What the other questions say of one: each status with its share of the vote, and the nearest of them."""

    known: KnownQuestion
    vote: Mapping[KnownStatus, float]
    nearest: KnownQuestion | None

    @property
    def status(self) -> KnownStatus:
        """The status they would give it; its own where nobody has a vote."""
        return max(self.vote, key=lambda status: self.vote[status], default=self.known.status)

    @property
    def agrees(self) -> bool:
        return self.status is self.known.status


class Thin(NamedTuple):
    """A cell with too few questions in a language."""

    cell: Cell
    language: Literal["en", "zh"]
    held: int


def compared(knowledge: Knowledge, embedder: Embedder, numbers: Tuning) -> Floats:
    """The vectors (questions, dimensions) of the known questions as an index compares them, of length one."""
    with tempfile.TemporaryDirectory() as folder:
        write_arrays(Path(folder), knowledge, embedder, numbers)
        spaces = Spaces.read(Path(folder) / ARRAYS)
    vectors = embedder.questions(texts_of(knowledge))
    languages = [known.language for known in knowledge.questions]
    return unit(centred(vectors, languages, spaces.asked, numbers.question.centring) @ spaces.whitening)


def twins(known: Sequence[KnownQuestion], vectors: Floats, least: float = TWIN) -> list[Twins]:
    """Pairs of one language as near as that, of different cells or statuses, nearest first."""
    found = []
    for row, one in enumerate(known):
        similar = vectors[row + 1 :] @ vectors[row]
        for at in np.flatnonzero(similar >= least):
            other = known[row + 1 + int(at)]
            same = (class_of(one), one.status) == (class_of(other), other.status)
            if one.language == other.language and not same:
                found.append(Twins(float(similar[at]), one, other))
    return sorted(found, key=lambda pair: -pair.similarity)


def verdicts(
    known: Sequence[KnownQuestion], vectors: Floats, temperature: float, voters: int = VOTERS, copy: float = COPY
) -> list[Verdict]:
    """Each question judged by so many of its nearest, weighed as the search weighs them; copies of it have no vote.

    On one that is about a document those have a vote that are too, for that is told by more than the
    memory (``benchmarks.voices`` tells how well).
    """
    on = np.array([question.document is not None for question in known])
    found = []
    for row, one in enumerate(known):
        similar = vectors @ vectors[row]
        may = (similar < copy) & (on | (not on[row]))
        may[row] = False
        similar = np.where(may, similar, -np.inf)
        rows = [int(at) for at in np.argsort(-similar, kind="stable")[:voters] if np.isfinite(similar[at])]
        vote: dict[KnownStatus, float] = defaultdict(float)
        for at, share in zip(rows, shares(similar[rows], temperature), strict=True):
            vote[known[at].status] += float(share)
        found.append(Verdict(one, dict(vote), known[rows[0]] if rows else None))
    return found


def disagreements(judged: Sequence[Verdict]) -> list[Verdict]:
    """Those whose neighbours give them another status, the surest first."""
    return sorted((v for v in judged if not v.agrees), key=lambda v: -v.vote[v.status])


def thin_cells(knowledge: Knowledge, enough: int = ENOUGH) -> list[Thin]:
    """The cells with fewer questions than that in a language, fewest first."""
    counts = Counter((q.document, q.measure, q.cell, q.language) for q in knowledge.questions)
    found = [
        Thin(cell, language, counts[cell.document, cell.measure, cell.cell, language])
        for cell in knowledge.cells
        for language in LANGUAGES
    ]
    return sorted((thin for thin in found if thin.held < enough), key=lambda thin: thin.held)


def _told(known: KnownQuestion) -> str:
    words = " / ".join((*known.history, known.question))
    return f"{known.id} {known.measure}/{known.cell} {known.status.value}: {words}"


def _print_counts(known: Sequence[KnownQuestion]) -> None:
    kinds = (("status", [q.status.value for q in known]), ("style", [q.style for q in known]))
    for name, values in kinds:
        counts = Counter(zip(values, (q.language for q in known), strict=True))
        rows = [
            [value, *(counts[value, language] for language in LANGUAGES)] for value, _ in Counter(values).most_common()
        ]
        table([name, *LANGUAGES], rows)
        print()


def _print_right(judged: Sequence[Verdict]) -> None:
    rows = []
    on = [verdict for verdict in judged if verdict.known.document is not None]
    for status in KnownStatus:
        of = [verdict for verdict in on if verdict.known.status is status]
        if of:
            split = [[v.agrees for v in of if v.known.language == language] for language in LANGUAGES]
            rows.append([status.value, *(f"{np.mean(right):.3f}" if right else "–" for right in split), len(of)])
    table(["status as the others say", *LANGUAGES, "questions"], rows)
    print(f"right on documents: {np.mean([verdict.agrees for verdict in on]):.3f} of {len(on)}")


def main() -> None:
    shown = _SHOWN_QUICK if "--quick" in sys.argv else _SHOWN
    _, knowledge = load_corpus()
    embedder, _ = load_embedder()
    numbers = tuning()
    vectors = compared(knowledge, ShippedVectors(embedder), numbers)
    known = knowledge.questions
    on = sum(question.document is not None for question in known)
    print(f"{len(known)} known questions, {on} of them on documents")
    _print_counts(known)

    pairs = twins(known, vectors)
    print(f"nearly the same, of different cells or statuses: {len(pairs)}")
    for pair in pairs[:shown]:
        print(f"  {pair.similarity:.3f}  {_told(pair.one)}\n         {_told(pair.other)}")

    thin = thin_cells(knowledge)
    print(f"\nfewer than {ENOUGH} questions in a language: {len(thin)} of {len(LANGUAGES) * len(knowledge.cells)}")
    for cell, language, count in thin[:shown]:
        print(f"  {cell.measure}/{cell.cell} {language}: {count}")

    judged = verdicts(known, vectors, numbers.known.temperature)
    against = disagreements(judged)
    print(f"\nof another status than their neighbours: {len(against)}, the surest {min(shown, len(against))}")
    for verdict in against[:shown]:
        print(f"  {verdict.vote[verdict.status]:.2f} {verdict.status.value:<10} {_told(verdict.known)}")
        if verdict.nearest is not None:
            print(f"                  nearest {_told(verdict.nearest)}")
    print()
    _print_right(judged)


if __name__ == "__main__":
    main()
