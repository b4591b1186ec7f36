"""The one door every channel uses."""

from __future__ import annotations

from typing import Protocol

from bot.answering.answer import Answer, Question
from documents.library import Library


class AnswersQuestions(Protocol):
    """What a channel may rely on: a library to show, and answers."""

    @property
    def library(self) -> Library:
        """The documents answers stand on."""

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        """Answer one question. Blocking and thread-safe; never raises for what an asker typed."""
