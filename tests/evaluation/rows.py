"""Small hand-made rows to evaluate, and a desk that answers from a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.answering.answer import Answer, Citation, Question, Status
from bot.evaluation.folding import fold_passage
from bot.evaluation.gold import GoldQuestion
from bot.evaluation.prediction import CitedPassage, Prediction
from bot.evaluation.result import Evaluation
from bot.evaluation.run import evaluate_predictions
from bot.evaluation.scoring import RowScore, score
from documents.library import Library
from documents.models import Document, DocumentStatus, Paragraph

EVIDENCE = "Each applicant receives 300 yuan."
OTHER = "Applications are filed with the district office."
SOURCES = f"{EVIDENCE}\n\n{OTHER}"


def gold(**fields: Any) -> GoldQuestion:
    """A labelled question; answered and without requirements unless told otherwise."""
    return GoldQuestion.model_validate(
        {"id": "q1", "lang": "en", "question": "How much is it?", "expect": "answered", **fields}
    )


def said(*passages: str | tuple[str, str], **fields: Any) -> Prediction:
    """A prediction that cites these passages, each its text or its quote and its text."""
    pairs = [(passage, passage) if isinstance(passage, str) else passage for passage in passages]
    cited = tuple(CitedPassage(quote=quote, text=text) for quote, text in pairs)
    return Prediction(**{"id": "q1", "status": "answered", "citations": cited, **fields})


def judged(question: GoldQuestion, prediction: Prediction | None, sources: str = SOURCES) -> RowScore:
    """The verdicts on the prediction, held against the sources."""
    return score(question, prediction, fold_passage(sources))


def evaluation(
    questions: Sequence[GoldQuestion], predictions: Sequence[Prediction], sources: str = SOURCES, **options: Any
) -> Evaluation:
    """The evaluation of hand-made predictions."""
    return evaluate_predictions(predictions, questions, sources, **options)


def library() -> Library:
    """Two documents with text, one of them superseded, and one whose text is omitted."""
    texts = {"circular": (EVIDENCE, OTHER), "older": ("Each applicant receives 200 yuan.",), "appendix-1": ()}
    status = {"older": DocumentStatus.SUPERSEDED, "appendix-1": DocumentStatus.OMITTED}
    return Library(
        {
            Document(id=name, title=name.title(), status=status.get(name, DocumentStatus.PRESENT)): [
                Paragraph(document=name, number=number, text=text) for number, text in enumerate(paragraphs, start=1)
            ]
            for name, paragraphs in texts.items()
        }
    )


def answer(status: Status = Status.ANSWERED, text: str = "300 yuan", cites: Sequence[str] = (EVIDENCE,)) -> Answer:
    """An answer that cites these paragraphs of the circular."""
    return Answer(
        status=status,
        language="en",
        text=text,
        lead="The circular says:",
        citations=tuple(
            Citation(document="circular", title="Circular", paragraph=number, quote=passage, text=passage)
            for number, passage in enumerate(cites, start=1)
        ),
    )


class ScriptedDesk:
    """Gives the answers it was handed, by the question's text, and remembers what it was asked."""

    def __init__(self, answers: Mapping[str, Answer | Exception]) -> None:
        self._answers = answers
        self.asked: list[Question] = []
        self.library = library()

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        self.asked.append(question)
        prepared = self._answers[question.text]
        if isinstance(prepared, Exception):
            raise prepared
        return prepared
