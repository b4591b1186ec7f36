"""Labelled questions: what was asked, and what a good answer must do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.answer import Language, Status
from bot.evaluation.errors import EvaluationError
from bot.evaluation.jsonl import read_rows

# A blank snippet would be found in every text and a blank list in none: both are mistakes of the file.
Snippet = Annotated[str, Field(pattern=r"\S")]
Alternatives = Annotated[tuple[Snippet, ...], Field(min_length=1)]


class GoldQuestion(BaseModel):
    """One labelled question.

    ``expect`` is the status a good answer has, ``expect_also`` the statuses that are fair too. Each item
    of ``evidence`` and of ``facts`` is a list of alternatives of which one is enough: snippets of the
    documents that must be cited, and strings the answer must hold. ``also_ok`` are snippets that may be
    cited, ``must_not`` strings the answer may not hold. Fields beyond these are kept, to group by.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: Snippet
    lang: Language
    question: Snippet
    history: tuple[str, ...] = ()
    expect: Status
    expect_also: tuple[Status, ...] = ()
    evidence: tuple[Alternatives, ...] = ()
    also_ok: tuple[Snippet, ...] = ()
    facts: tuple[Alternatives, ...] = ()
    must_not: tuple[Snippet, ...] = ()

    @property
    def fair_statuses(self) -> frozenset[str]:
        """Every status that is right for this question."""
        return frozenset({self.expect, *self.expect_also})

    @property
    def on_topic(self) -> bool:
        """Whether the documents are what the question is about."""
        return self.expect not in (Status.OFF_TOPIC, Status.CONVERSATION)

    def has_field(self, field: str) -> bool:
        """Whether the row carries this field, one of the known or one of its own."""
        return field in type(self).model_fields or field in (self.model_extra or {})

    def value_of(self, field: str) -> str:
        """The value of a field as text, empty where the row does not carry it."""
        return str(getattr(self, field)) if self.has_field(field) else ""


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The labelled questions of a file, one JSON object a line, in order.

    Raises ``EvaluationError`` naming file and line for a line that is no question or repeats an id,
    and naming the file where there is no question in it.
    """
    questions: list[GoldQuestion] = []
    seen: dict[str, int] = {}
    for line_number, question in read_rows(path, GoldQuestion):
        if question.id in seen:
            raise EvaluationError(f"{path}:{line_number}: id {question.id!r} is taken by line {seen[question.id]}")
        seen[question.id] = line_number
        questions.append(question)
    if not questions:
        raise EvaluationError(f"{path}: holds no questions")
    return tuple(questions)
