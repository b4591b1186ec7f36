"""A question asked in a chat: from the message to the desk, and the answer back."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.answer import Question, Status
from bot.telegram.callback import Language
from bot.telegram.deliver import Deliver, Place
from bot.telegram.memory import Asker, Memory, Replied
from bot.telegram.pages import Page
from bot.telegram.passages import Key
from bot.telegram.render import answer_pages, line_page
from bot.telegram.under import with_foot
from bot.telegram.waiting import while_typing
from documents.errors import DeskError

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

log = logging.getLogger(__name__)

_OUTSIDE = (Status.CONVERSATION, Status.OFF_TOPIC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with where it stands: the chat, the message that asks it, and the asker.

    ``language`` is that of what the bot says besides; ``answers`` that of the answer, ``None`` for the question's own.
    ``own`` is false where no message of the asker holds the question: the answer then names it.
    """

    place: Place
    message: int
    asker: Asker
    question: str
    language: Language
    answers: Language | None = None
    own: bool = True


class Reply(NamedTuple):
    """The messages that answer a question, and the passages that come next where more like it is asked for."""

    pages: list[Page]
    further: tuple[Key, ...] = ()


class Questions:
    """Answers questions in the chats they come from, and answers them anew when they are edited."""

    def __init__(self, desk: AnswersQuestions, deliver: Deliver, memory: Memory) -> None:
        self._desk = desk
        self._deliver = deliver
        self._memory = memory

    async def answer(self, asked: Asked) -> None:
        """Answer with new messages."""
        await self._show(asked, await self.reply(asked), ())

    async def answer_anew(self, asked: Asked) -> None:
        """Answer an edited question by editing the reply, or with a new one where none is remembered."""
        before = self._memory.reply_to(asked.place.chat, asked.message)
        if before and before.question == asked.question:
            return
        await self._show(asked, await self.reply(asked), before.messages if before else ())

    async def reply(self, asked: Asked) -> Reply:
        """The messages that answer; one that says so where the desk failed."""
        history = self._memory.earlier(asked.asker, asked.message)
        try:
            question = Question(text=asked.question, history=history, language=asked.answers)
            answer = await while_typing(self._deliver, asked.place, lambda: self._desk.ask(question))
        except DeskError as error:
            log.error("a question could not be answered: %s", error)
            return Reply([line_page("unavailable", asked.language)])
        except Exception:
            log.exception("the desk failed on a question")
            return Reply([line_page("failed", asked.language)])
        if answer.status not in _OUTSIDE:
            self._memory.asked(asked.asker, asked.message, asked.question)
        pages = answer_pages(answer, None if asked.own else asked.question)
        return Reply(with_foot(pages, answer, more=bool(answer.further)), answer.further)

    async def _show(self, asked: Asked, reply: Reply, old: tuple[int, ...]) -> None:
        pages = reply.pages
        shown: list[int] = []
        for index, page in enumerate(pages):
            message: int | None = old[index] if index < len(old) else None
            if message is None or not await self._deliver.edit(asked.place, message, page):
                message = await self._deliver.send(asked.place, page, reply_to=asked.message)
            if message is None:
                break
            shown.append(message)
            self._memory.showed(asked.place.chat, message, page, reply.further)
        for message in old[len(pages) :]:
            await self._deliver.delete(asked.place, message)
        self._memory.replied(asked.place.chat, asked.message, Replied(asked.question, tuple(shown)))
