"""What is remembered with an answer, so that it can be judged or handed to a person after any restart. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.answering.answer import Answer, Status
from bot.staff.cases import Cited, Given, given_of

_CITED = (Status.ANSWERED, Status.REFERRED)


@dataclass(frozen=True, slots=True)
class About:
    """The question an answer is to: who asked it, its row in the log of inquiries, and what was answered.

    ``key`` names the question among all that were asked; ``inquiry`` is ``None`` where the log was away.
    """

    key: str
    inquiry: int | None
    asker: int
    question: str
    given: Given

    def as_json(self) -> dict[str, Any]:
        """The same as JSON takes it."""
        return {**asdict(self), "given": self.given.model_dump(mode="json")}


def about_of(stored: Any) -> About | None:
    """What was kept; ``None`` where nothing was, or another version of the bot kept it."""
    try:
        return About(**{**stored, "given": Given.model_validate(stored["given"])})
    except (TypeError, KeyError, ValueError):
        return None


def given_by(answer: Answer) -> Given:
    """An answer as a case holds it: with what it stands on, or where it stands on nothing with what is near."""
    given = given_of(answer)
    if answer.status not in _CITED:
        return given
    stands_on = tuple(
        Cited(document=c.document, paragraph=c.paragraph, label=c.label, quote=c.quote)
        for c in answer.citations
        if not c.related
    )
    return given.model_copy(update={"citations": stands_on})
