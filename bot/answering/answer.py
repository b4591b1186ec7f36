"""The words at the borders: what a channel hands to the desk, and what it gets back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from documents.models import Frozen

Language = Literal["en", "zh"]


class Status(StrEnum):
    """How a question ended; the closed list every channel must be able to show."""

    ANSWERED = "answered"
    """The documents state it."""
    REFERRED = "referred"
    """They do not state it, but name the document that governs it."""
    NOT_STATED = "not_stated"
    """On the subject, yet neither stated nor referred elsewhere."""
    CLARIFY = "clarify"
    """The question fits several programmes; the answer lists them to choose from."""
    OFF_TOPIC = "off_topic"
    """Not about these documents, attempts to steer the desk included."""
    CONVERSATION = "conversation"
    """A greeting, thanks, or a question about the desk itself."""


ON_SUBJECT = (Status.ANSWERED, Status.REFERRED, Status.NOT_STATED)
"""What is said to a question on the documents."""


class Question(Frozen):
    """What somebody asks. ``history`` holds the asker's earlier questions, oldest first."""

    text: str
    history: tuple[str, ...] = ()
    language: Language | None = None
    """The language to answer in; found from the text when absent."""
    role: str | None = None
    id: str | None = None


class Citation(Frozen):
    """A paragraph the answer stands on.

    ``quote`` is verbatim from ``text``, the whole paragraph. ``document`` and ``paragraph`` identify
    it; ``document_label`` is the document's own label ("Appendix II"), ``issued_on`` its date; ``first_row`` of a
    row of a table the first one, which names the columns as a rule; ``related`` marks a passage that is near the
    question but is not what the answer stands on.
    """

    document: str
    title: str
    number: str | None = None
    issued_on: date | None = None
    document_label: str | None = None
    paragraph: int
    label: str | None = None
    section: tuple[str, ...] = ()
    page: int | None = None
    first_row: str | None = None
    quote: str
    text: str
    related: bool = False


class PointerTo(Frozen):
    """The document that would hold the answer, and whether the library has its text.

    ``other_titles`` are those it is known by besides, as in another language.
    """

    document: str | None = None
    label: str | None = None
    title: str
    other_titles: tuple[str, ...] = ()
    number: str | None = None
    present: bool = False


class Answer(Frozen):
    """What the desk says to one question.

    ``text`` is the whole answer as plain text, quotes included. ``lead`` is its first line, a fixed
    phrase that says what follows. ``notes`` are further fixed phrases (a time that has passed, a
    language that differs). ``suggestions`` are questions or programmes to choose from next.
    ``further`` are paragraphs (document id, number) that were found and are not cited, best first.
    ``share`` is how sure the desk is of ``status``: the judge's share of it among all that might have been said, from
    0 to 1; absent where nothing was judged.
    ``trace`` is filled on request: what each step saw and decided.
    """

    status: Status
    language: Language
    text: str
    lead: str
    notes: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    pointers: tuple[PointerTo, ...] = ()
    suggestions: tuple[str, ...] = ()
    further: tuple[tuple[str, int], ...] = ()
    share: float | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)
    trace: dict[str, Any] | None = None
