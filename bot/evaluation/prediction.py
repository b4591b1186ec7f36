"""What a desk said to one labelled question, as far as scoring looks at it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.answering.answer import Answer
from bot.evaluation.errors import EvaluationError
from bot.evaluation.jsonl import read_rows

TextOrNothing = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
Sureness = Annotated[float, Field(ge=0, le=1)]


class CitedPassage(BaseModel):
    """A citation: the ``quote`` shown, the whole paragraph in ``text``, and where it stands."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    quote: TextOrNothing = ""
    text: TextOrNothing = ""
    document: str | None = None
    title: str | None = None
    paragraph: int | None = None


class Prediction(BaseModel):
    """One answer to the question ``id``; also reads the object ``circular ask --json`` prints.

    ``status`` is plain text: a desk that invents a status is wrong, not unreadable. ``share`` is how sure it is of
    that, from 0 to 1, where it tells; the printed object does not.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    status: str
    answer: TextOrNothing = ""
    citations: tuple[CitedPassage, ...] = ()
    share: Sureness | None = None

    @classmethod
    def from_answer(cls, question_id: str, answer: Answer) -> Prediction:
        """What ``answer`` predicts for the question with this id."""
        return cls(
            id=question_id,
            status=answer.status.value,
            answer=answer.text,
            citations=tuple(
                CitedPassage(
                    quote=cited.quote,
                    text=cited.text,
                    document=cited.document,
                    title=cited.title,
                    paragraph=cited.paragraph,
                )
                for cited in answer.citations
            ),
            share=answer.share,
        )


def read_predictions(path: Path) -> tuple[Prediction, ...]:
    """The predictions of a file, one JSON object a line; raises ``EvaluationError`` as ``read_gold`` does."""
    predictions: list[Prediction] = []
    seen: dict[str, int] = {}
    for line_number, prediction in read_rows(path, Prediction):
        if prediction.id in seen:
            raise EvaluationError(f"{path}:{line_number}: id {prediction.id!r} is taken by line {seen[prediction.id]}")
        seen[prediction.id] = line_number
        predictions.append(prediction)
    return tuple(predictions)
