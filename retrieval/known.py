"""Known questions as the index holds them: the text that is embedded, and what it stands for."""

from __future__ import annotations

from documents.knowledge import Knowledge, KnownQuestion
from documents.text import for_search

NO_CELL = "none"
"""The measure of known questions that belong to no document: off topic, or conversation."""


def asked_text(question: str, history: tuple[str, ...] = ()) -> str:
    """The text of a question that is embedded: with what was asked before it, where it needs that to stand alone."""
    return for_search(" ".join((*history, question)))


def class_of(known: KnownQuestion) -> str:
    """The class of a known question for the within-class covariance: its cell."""
    return f"{known.document}/{known.measure}/{known.cell}" if known.document else f"/{known.status.value}"


def texts_of(knowledge: Knowledge) -> list[str]:
    """The embedded texts of all known questions, in order."""
    return [asked_text(known.question, known.history) for known in knowledge.questions]
