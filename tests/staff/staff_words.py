"""What the tests of the staff desk speak of: people, a clock, a library that changes, questions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

import numpy as np

from bot.staff.cases import Opening, Reason, Record
from bot.staff.desk import StaffDesk
from bot.staff.inquiries import Asked
from bot.staff.roles import Actor, Role
from bot.staff.space import ComparesQuestions
from documents.knowledge import Knowledge, KnownQuestion, KnownStatus
from documents.library import Library
from documents.models import Document, Paragraph
from retrieval.embedding.weights import Floats

BOT = 7301
STAFF_CHAT = -100_500
MONDAY_NOON = 1_780_286_400.0
"""Monday, 1 June 2026, 12:00 in Shanghai."""
ANNA = Actor(person=11, role=Role.STAFF)
BELA = Actor(person=12, role=Role.STAFF)
ADMIN = Actor(person=1, role=Role.ADMIN)
NOBODY = Actor(person=66, role=Role.NOBODY)
TEXTS = {
    1: "Rules of the Harbour",
    2: "The Harbour Bank grants loans to licensed carriers of the harbour.",
    3: "Every carrier pays its dues to the harbour office.",
}


class Clock:
    """The time, in seconds since 1970, until it is set otherwise."""

    def __init__(self) -> None:
        self.now = MONDAY_NOON

    def __call__(self) -> float:
        return self.now


class Shelf:
    """A library that can be changed: the texts of its one document's paragraphs by number."""

    def __init__(self) -> None:
        self.texts = dict(TEXTS)

    def __call__(self) -> Library:
        document = Document(id="harbour", title=self.texts.get(1, "Rules"), issued_on=date(1998, 5, 4))
        paragraphs = [Paragraph(document="harbour", number=n, text=text) for n, text in self.texts.items()]
        return Library({document: paragraphs})


def prepared() -> Knowledge:
    """Knowledge of as many questions on the document as its memory needs to be heard."""
    told = {"document": "harbour", "language": "en", "measure": "dues", "cell": "who", "status": KnownStatus.NOT_STATED}
    questions = [
        KnownQuestion.model_validate({**told, "id": str(n), "question": f"Dues of pier {n}?"}) for n in range(20)
    ]
    return Knowledge(questions=tuple(questions))


class SameWords:
    """Compares questions by the words they share; good enough to put those together that differ in a word."""

    def vectors(self, questions: Sequence[str]) -> Floats:
        made = np.zeros((len(questions), 256), dtype=np.float32)
        for row, question in enumerate(questions):
            for word in question.lower().strip("?").split():
                made[row, hashlib.blake2b(word.encode(), digest_size=1).digest()[0]] += 1
        return np.asarray(made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9), dtype=np.float32)


class Opens(Protocol):
    """Opens a staff desk on the database, once more each time: another process would see the same."""

    def __call__(
        self, space: ComparesQuestions | None = None, known: Knowledge | None = None, **settings: Any
    ) -> StaffDesk: ...


def pseudonym(person: int) -> str:
    return hashlib.blake2b(f"secret {person}".encode(), digest_size=6).hexdigest()


def opening(number: int, person: int = 500, *, reason: Reason = Reason.ASKER, **record: Any) -> Opening:
    told = {"question": f"May a carrier of {number} boats borrow?", **record}
    return Opening(
        key=f"u:{number}", person=person, chat=person, language="en", reason=reason, record=Record.model_validate(told)
    )


def asked(number: int, status: str = "answered", question: str = "May I borrow?", **more: Any) -> Asked:
    told = {"channel": "telegram", "language": "en", "milliseconds": 5.0, **more}
    return Asked(key=f"q:{number}", status=status, question=question, **told)
