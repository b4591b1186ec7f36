"""Test equipment: the real bot before a desk of a few written answers, each there to try one thing of the channel.

Run as ``python small_desk.py``; it reads the same settings as the product. With ``--debug`` every library logs all it
has. With ``--webhook`` it takes updates by webhook. With ``--unlimited`` it does not keep Telegram's limits, so that
nobody waits for a minute to pass.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
import time
from collections.abc import Sequence
from datetime import date

import numpy as np
from telegram.ext import AIORateLimiter

from bot.answering.answer import ON_SUBJECT, Answer, Citation, PointerTo, Question, Status
from bot.settings import Settings
from bot.telegram import BotError, run
from documents.errors import DeskError
from documents.library import Library
from documents.models import Document, DocumentKind, DocumentStatus, Paragraph
from retrieval.embedding.weights import Floats

LOAN = "The Harbour Bank will, with the Ministry, grant loans to <licensed> carriers & their crews."
OPENING = "Carriers are the arteries of the province. "
CLOSING = " Loans are repaid in rice_or_*silver*."
LONG = "".join(f"Clause {n}: a carrier keeps its boats <dry> & tarred, 船只须保持干燥。 " for n in range(1, 400))

RULES = Document(
    id="harbour-rules",
    title="Rules for the Carriers of the Harbour <provisional>",
    number="Gang [1998] No.7",
    kind=DocumentKind.CIRCULAR,
    issued_on=date(1998, 5, 4),
)
ANNEX = Document(
    id="annex-1", title="Forms", label="Annex I", kind=DocumentKind.APPENDIX, status=DocumentStatus.OMITTED
)


def library(closing: str = CLOSING) -> Library:
    """Two documents, one of them only named."""
    texts = ["Rules for the Carriers of the Harbour", OPENING + LOAN + closing, LONG, "Forms are in Annex I."]
    paragraphs = [
        Paragraph(document=RULES.id, number=n, text=text, section=("Part One", "Money & boats"), page=n)
        for n, text in enumerate(texts, 1)
    ]
    return Library({RULES: paragraphs, ANNEX: []})


class SmallDesk:
    """Answers by the first word of the question."""

    def __init__(self) -> None:
        self._library = library()

    @property
    def library(self) -> Library:
        return self._library

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        answer = self._asked(question)
        if answer.status not in ON_SUBJECT:
            return answer
        cited = {each.paragraph for each in answer.citations}
        numbers = (each.number for each in self._library.paragraphs(RULES.id))
        return answer.model_copy(update={"further": tuple((RULES.id, n) for n in numbers if n not in cited)})

    def _asked(self, question: Question) -> Answer:
        word = question.text.split()[0].lower() if question.text.split() else ""
        zh = any("\u4e00" <= c <= "\u9fff" for c in question.text)
        if word == "edition":
            self._library = library(" Loans are repaid in silver alone.")
        if word == "slow":
            time.sleep(1.6)
        if word == "break":
            raise RuntimeError("the desk broke, as asked")
        if word == "away":
            raise DeskError("http://harbour:8000: no server answers there; start one")
        if word == "loan" or word.startswith("贷款"):
            return self._answer(Status.ANSWERED, "The documents state:", zh, cited=[(2, LOAN)])
        if word == "long":
            return self._answer(Status.ANSWERED, "The documents state:", zh, cited=[(3, LONG), (2, LOAN)])
        if word == "form":
            pointer = PointerTo(document=ANNEX.id, label="Annex I", title="Forms", present=False)
            return self._answer(Status.REFERRED, "Annex I governs it:", zh, cited=[(4, "Annex I")], pointers=(pointer,))
        if word == "which":
            return self._answer(Status.CLARIFY, "Which one?", zh, suggestions=("loan for a carrier", "form & fee <x>"))
        if word == "near":
            return self._answer(Status.NOT_STATED, "Not stated.", zh, related=[(2, LOAN)])
        if word == "earlier":
            return self._answer(Status.CONVERSATION, " | ".join(question.history) or "nothing", zh)
        return self._answer(Status.NOT_STATED, f"Echo: {question.text}", zh)

    def _answer(
        self,
        status: Status,
        lead: str,
        zh: bool,
        *,
        cited: list[tuple[int, str]] = [],  # noqa: B006
        related: list[tuple[int, str]] = [],  # noqa: B006
        pointers: tuple[PointerTo, ...] = (),
        suggestions: tuple[str, ...] = (),
    ) -> Answer:
        citations = [self._citation(*each, related=False) for each in cited]
        citations += [self._citation(*each, related=True) for each in related]
        return Answer(
            status=status,
            language="zh" if zh else "en",
            text=lead,
            lead=lead,
            citations=tuple(citations),
            pointers=pointers,
            suggestions=suggestions,
        )

    def _citation(self, number: int, quote: str, *, related: bool) -> Citation:
        paragraph = self._library.paragraph(RULES.id, number)
        return Citation(
            document=RULES.id,
            title=RULES.title,
            number=RULES.number,
            paragraph=number,
            section=paragraph.section,
            page=paragraph.page,
            quote=quote,
            text=paragraph.text,
            related=related,
        )


class SharedWords:
    """Compares questions by the words, or the Chinese characters, that they share."""

    def vectors(self, questions: Sequence[str]) -> Floats:
        made = np.zeros((len(questions), 512), dtype=np.float32)
        for row, question in enumerate(questions):
            for word in re.findall(r"[a-z]+|[\u4e00-\u9fff]", question.lower()):
                made[row, int.from_bytes(hashlib.blake2b(word.encode(), digest_size=2).digest()) % 512] += 1
        return np.asarray(made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9), dtype=np.float32)


if __name__ == "__main__":
    if "--debug" in sys.argv:
        logging.basicConfig(level=logging.DEBUG)
    if "--unlimited" in sys.argv:
        AIORateLimiter.__init__.__defaults__ = (0, 1, 0, 60, 0)  # type: ignore[attr-defined]
    try:
        run(SmallDesk(), Settings(), webhook="--webhook" in sys.argv, space=SharedWords)
    except BotError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
