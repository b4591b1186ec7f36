"""Asks a desk every labelled question and scores what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from bot.answering.answer import Question
from bot.desk import AnswersQuestions
from bot.evaluation.folding import fold_passage
from bot.evaluation.gold import GoldQuestion
from bot.evaluation.prediction import Prediction
from bot.evaluation.result import Evaluation, Outcome, summarise
from bot.evaluation.scoring import Limits, score
from documents.library import Library

Progress = Callable[[int, int], None]
"""Called after each question with the number asked so far and the number of all."""

# A character no document holds, lest a quote seem to stand where one document ends and the next begins.
_BETWEEN_DOCUMENTS = "\x00"


def sources_of(library: Library) -> str:
    """The texts quotes are held against: every paragraph of every document whose text is in the library."""
    return _BETWEEN_DOCUMENTS.join(
        "\n".join(paragraph.text for paragraph in library.paragraphs(document.id))
        for document in library.documents()
        if document.present
    )


def evaluate(
    desk: AnswersQuestions,
    questions: Sequence[GoldQuestion],
    sources: str,
    *,
    name: str = "",
    by: Sequence[str] | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Ask every question with its history, and judge the answers.

    ``sources`` is the plain text of the documents; empty leaves faithful quotes and unsupported numbers
    unjudged. ``name`` says in reports what was evaluated. Timings are wall time in milliseconds. What
    the desk raises is passed on with the question's id as a note. Raises ``EvaluationError`` where ``by``
    names a field no question carries.
    """
    folded = fold_passage(sources)
    outcomes: list[Outcome] = []
    samples_ms: list[float] = []
    for asked, gold in enumerate(questions, start=1):
        began = time.perf_counter()
        try:
            answer = desk.ask(Question(text=gold.question, history=gold.history, id=gold.id))
        except Exception as error:
            error.add_note(f"while the labelled question {gold.id!r} was asked")
            raise
        samples_ms.append((time.perf_counter() - began) * 1000)
        prediction = Prediction.from_answer(gold.id, answer)
        outcomes.append(Outcome(gold=gold, prediction=prediction, score=score(gold, prediction, folded, limits)))
        if progress is not None:
            progress(asked, len(questions))
    return summarise(outcomes, name=name, limits=limits, finished_at=datetime.now(UTC), by=by, samples_ms=samples_ms)


def evaluate_predictions(
    predictions: Iterable[Prediction],
    questions: Sequence[GoldQuestion],
    sources: str,
    *,
    name: str = "",
    by: Sequence[str] | None = None,
    limits: Limits | None = None,
) -> Evaluation:
    """Judge answers given earlier, as ``circular ask --batch`` prints them; a question without one fails."""
    folded = fold_passage(sources)
    said = {prediction.id: prediction for prediction in predictions}
    outcomes = [
        Outcome(gold=gold, prediction=said.get(gold.id), score=score(gold, said.get(gold.id), folded, limits))
        for gold in questions
    ]
    unmatched = sorted(said.keys() - {gold.id for gold in questions})
    return summarise(outcomes, name=name, limits=limits, by=by, unmatched=unmatched)
