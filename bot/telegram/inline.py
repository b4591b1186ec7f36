"""Questions typed after the bot's name in any chat: passages are offered to send there."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram import InlineQuery

from bot.answering.answer import Question
from bot.telegram.deliver import Deliver
from bot.telegram.inline_results import InlineResult, passage_results, starting_results
from bot.telegram.language import Spoken
from bot.telegram.passages import whole_paragraphs
from bot.telegram.prepared import Prepared
from documents.errors import DeskError
from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

log = logging.getLogger(__name__)


class Inline:
    """Offers passages. Nothing is remembered: the chat is somebody else's, and the question half typed."""

    def __init__(self, desk: AnswersQuestions, deliver: Deliver, prepared: Prepared) -> None:
        self._desk, self._deliver, self._prepared = desk, deliver, prepared

    async def offer(self, query: InlineQuery, spoken: Spoken) -> None:
        """Answer one question; where nothing is to be offered, the way to the bot itself is."""
        try:
            results = await asyncio.to_thread(self._results, query.query.strip(), spoken)
        except DeskError as error:
            log.error("passages could not be offered: %s", error)
            results = []
        except Exception:
            log.exception("the desk failed on a question")
            results = []
        key = "inline_ask" if results or not query.query.strip() else "inline_nothing"
        await self._deliver.answer_inline(query.id, results, phrases(spoken.menus)(f"telegram.{key}"))

    def _results(self, text: str, spoken: Spoken) -> list[InlineResult]:
        if not text:
            return starting_results(self._prepared.of(self._desk.library).topics, spoken.answers or spoken.menus)
        answer = self._desk.ask(Question(text=text, language=spoken.answers))
        cited = sorted(answer.citations, key=lambda each: each.related)
        return passage_results([*cited, *whole_paragraphs(answer.further, self._desk.library)], answer.language)
