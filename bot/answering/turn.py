"""One turn of a conversation: what is known so far between a question and its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.answering.answer import Answer, Citation, Language, PointerTo, Question, Status
from bot.answering.tuning import AnsweringTuning
from documents.knowledge import Knowledge
from documents.library import Library
from prompts.phrases import Phrases
from retrieval.evidence import Evidence
from retrieval.search import Searcher


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge decided, and the shares of all statuses that made it so.

    ``about`` is how sure it is that the question is about the documents at all, from 0 to 1; ``from_memory`` whether
    known questions decided, ``remembered`` the share of what these say the documents state or refer; ``unprepared``
    the share of all that is said of documents without known questions; ``documents`` the only ones that may be cited,
    where not all may; ``reason`` names the voice that decided, for ``--explain``.
    """

    status: Status
    about: float
    shares: dict[str, float]
    reason: str
    from_memory: bool = True
    remembered: float = 0.0
    unprepared: float = 0.0
    documents: frozenset[str] | None = None


@dataclass(slots=True)
class Draft:
    """The parts of an answer before they are put into words."""

    status: Status
    citations: tuple[Citation, ...] = ()
    pointers: tuple[PointerTo, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """What every step may use."""

    library: Library
    searcher: Searcher
    knowledge: Knowledge
    tuning: AnsweringTuning
    phrases: Callable[[str], Phrases]
    today: Callable[[], date]


@dataclass(slots=True)
class Turn:
    """Read and written by the steps in order; a step that sets ``answer`` ends the turn."""

    question: Question
    text: str = ""
    language: Language = "en"
    before: str = ""
    chosen: bool = False
    notes: list[str] = field(default_factory=list)
    evidence: Evidence | None = None
    judgement: Judgement | None = None
    draft: Draft | None = None
    answer: Answer | None = None
    trace: dict[str, Any] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def found(self) -> Evidence:
        """The evidence; only after the search."""
        if self.evidence is None:
            raise RuntimeError("no search has been made in this turn")
        return self.evidence


Step = Callable[[Turn, Room], None]
