"""The message that brings an asker what a new document answers to their earlier question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.answering.answer import Answer
from bot.telegram.pages import Page, Run, Style, block
from bot.telegram.render import answer_pages


def anew_pages(payload: Mapping[str, Any]) -> list[Page]:
    """The messages of what the outbox holds for an asker: what is new, the question, and the answer with its quotes.

    Raises ``KeyError`` and ``ValueError`` where it holds something else.
    """
    answer = Answer.model_validate(payload["answer"])
    news = block(Run(str(payload["lead"]), Style.ITALIC))
    return answer_pages(answer, str(payload["question"]), before=(news,))
