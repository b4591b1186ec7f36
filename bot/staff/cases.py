"""A case: a question that is to be answered by a person. Its states, and what may become of it. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from bot.answering.answer import Answer, Language
from bot.staff.masking import masked
from documents.models import Frozen


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why it was opened: the asker wanted a person, or a rule did."""

    ASKER = "asker"
    NOT_STATED = "not_stated"
    THUMBS_DOWN = "thumbs_down"


class What(StrEnum):
    """What became of a case; the later ones change no state."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    RELEASED = "released"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    BLOCKED = "blocked"
    REACHED = "reached"
    FORGOTTEN = "forgotten"


class Side(StrEnum):
    """Who wrote a message; a note is among staff."""

    ASKER = "asker"
    STAFF = "staff"
    NOTE = "note"


WAITING = frozenset({State.OPEN, State.ASSIGNED, State.SNOOZED})
"""States in which an asker waits for staff."""
ALIVE = WAITING | {State.ANSWERED}
MOVES: dict[What, tuple[frozenset[State], State]] = {
    What.ASSIGNED: (ALIVE, State.ASSIGNED),
    What.RELEASED: (frozenset({State.ASSIGNED, State.SNOOZED}), State.OPEN),
    What.SNOOZED: (frozenset({State.OPEN, State.ASSIGNED, State.ANSWERED}), State.SNOOZED),
    # To open, or to whoever had taken it.
    What.WOKEN: (frozenset({State.SNOOZED}), State.OPEN),
    What.ANSWERED: (ALIVE, State.ANSWERED),
    What.CLOSED: (ALIVE, State.CLOSED),
    What.REOPENED: (frozenset({State.ANSWERED, State.CLOSED}), State.OPEN),
}
"""From which states a case may go to which."""


class Contact(Frozen):
    """How an asker agreed to be called and reached, besides the chat; there is none of one who did not agree."""

    agreed: Literal[True]
    name: str | None = None
    phone: str | None = None


class Cited(Frozen):
    """A paragraph the bot's answer stood on."""

    document: str
    paragraph: int
    label: str | None = None
    quote: str


class Given(Frozen):
    """What the bot had answered."""

    status: str
    text: str
    citations: tuple[Cited, ...] = ()


class Record(Frozen):
    """What a case is about. ``conversation`` holds the asker's earlier questions, oldest first."""

    question: str = Field(min_length=1)
    conversation: tuple[str, ...] = ()
    role: str | None = None
    contact: Contact | None = None
    answer: Given | None = None

    def kept(self) -> Record:
        """As it is kept: what the asker wrote without numbers that would tell who they are, unless they agreed."""
        if self.contact is not None:
            return self
        conversation = tuple(map(masked, self.conversation))
        return self.model_copy(update={"question": masked(self.question), "conversation": conversation})


class Opening(Frozen):
    """A case to be opened. ``key`` names the update it comes of; ``inquiries`` are the rows of the log it ends."""

    key: str = Field(min_length=1, max_length=120)
    person: int
    chat: int
    language: Language
    reason: Reason
    record: Record
    inquiries: tuple[int, ...] = ()


def given_of(answer: Answer) -> Given:
    """An answer as a case holds it."""
    cited = tuple(
        Cited(document=c.document, paragraph=c.paragraph, label=c.label, quote=c.quote) for c in answer.citations
    )
    return Given(status=answer.status.value, text=answer.text, citations=cited)


class Entry(Frozen):
    """Something in the course of a case, in order of ``number``: what became of it, or a message."""

    number: int
    at: float
    who: int | None = None
    what: What | None = None
    side: Side | None = None
    text: str | None = None


class Case(Frozen):
    """A case as it stands. ``record`` is ``None`` once the asker is forgotten; ``holder`` whoever has taken it.

    ``reachable`` is false where the asker blocked the bot, or their address was removed.
    """

    id: int
    state: State
    reason: Reason
    holder: int | None
    record: Record | None
    language: Language
    reachable: bool
    opened_at: float
    changed_at: float
    wake_at: float | None = None
    answered_at: float | None = None
    closed_at: float | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def alive(self) -> bool:
        """Whether it is not closed."""
        return self.state in ALIVE


class Address(Frozen):
    """Where the asker of a case is written to."""

    person: int
    chat: int
