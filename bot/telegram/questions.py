"""A question asked in a chat: from the message to the desk, and the answer back."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.answer import Answer, Question, Status
from bot.telegram.callback import Language
from bot.telegram.deliver import Deliver, Place
from bot.telegram.memory import Asker, Memory, Replied
from bot.telegram.pages import Page
from bot.telegram.passages import Key
from bot.telegram.render import answer_pages, line_page
from bot.telegram.staff.about import About
from bot.telegram.staff.asker import AskerSide, Confirmed
from bot.telegram.staff.asker_pages import offer_of, offer_page
from bot.telegram.under import with_foot
from bot.telegram.waiting import while_typing
from documents.errors import DeskError
from documents.text import language_of

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
    """The messages that answer a question, and the passages that come next where more like it is asked for.

    ``answer`` is ``None`` where the desk failed; ``curated`` the number of the official answer that was given;
    ``milliseconds`` how long it took.
    """

    pages: list[Page]
    further: tuple[Key, ...] = ()
    answer: Answer | None = None
    curated: int | None = None
    milliseconds: float = 0.0


class Questions:
    """Answers questions in the chats they come from, and answers them anew when they are edited."""

    def __init__(self, desk: AnswersQuestions, deliver: Deliver, memory: Memory, side: AskerSide) -> None:
        self._desk = desk
        self._deliver = deliver
        self._memory = memory
        self._side = side

    async def answer(self, asked: Asked) -> None:
        """Answer with new messages."""
        await self._answer(asked, ())

    async def answer_anew(self, asked: Asked) -> None:
        """Answer an edited question by editing the reply, or with a new one where none is remembered."""
        before = self._memory.reply_to(asked.place.chat, asked.message)
        if before and before.question == asked.question:
            return
        await self._answer(asked, before.messages if before else ())

    async def choose(self, asked: Asked, about: About, answer: int) -> bool:
        """Answer a question that official answers were offered to: by this one, or by the desk where it is 0.

        ``False`` where that one is not in force any more.
        """
        reply = await (self._chosen(asked, answer) if answer else self.reply(asked, confirmed=False))
        if reply is None:
            return False
        if reply.answer is not None:
            about = await self._side.settled(about, reply.answer, reply.curated)
        await self._show(asked, reply, (), about)
        return True

    async def reply(self, asked: Asked, *, confirmed: bool = True) -> Reply:
        """The messages that answer; one that says so where the desk failed.

        What staff confirmed comes first unless it is not to be looked at.
        """
        history = self._memory.earlier(asked.asker, asked.message)
        began = time.perf_counter()
        try:
            question = Question(text=asked.question, history=history, language=asked.answers)
            found = await while_typing(
                self._deliver, asked.place, lambda: self._found(asked, question, confirmed=confirmed)
            )
        except DeskError as error:
            log.error("a question could not be answered: %s", error)
            return Reply([line_page("unavailable", asked.language)])
        except Exception:
            log.exception("the desk failed on a question")
            return Reply([line_page("failed", asked.language)])
        milliseconds = 1000 * (time.perf_counter() - began)
        if found.answer is None:
            offered = offer_of(found.offered, asked.answers or language_of(asked.question))
            self._memory.asked(asked.asker, asked.message, asked.question)
            return Reply([offer_page(found.offered, offered.language)], (), offered, None, milliseconds)
        return self._replied(asked, found.answer, found.number, milliseconds)

    def _found(self, asked: Asked, question: Question, *, confirmed: bool) -> Confirmed:
        """What staff confirmed; where they confirmed only what is near, what the documents state comes before it."""
        found = self._side.confirmed(asked.question, asked.answers, self._desk.library) if confirmed else None
        if found is not None and found.answer is not None:
            return found
        answer = self._desk.ask(question)
        if found is None:
            return Confirmed(answer, None)
        if answer.status is not Status.ANSWERED:
            return found
        near = tuple(each.curated.question for each in found.offered)
        return Confirmed(answer.model_copy(update={"suggestions": (*answer.suggestions, *near)}), None)

    async def _chosen(self, asked: Asked, number: int) -> Reply | None:
        language = asked.answers or asked.language
        answer = await while_typing(
            self._deliver, asked.place, lambda: self._side.answer_of(number, language, self._desk.library)
        )
        return None if answer is None else self._replied(asked, answer, number, 0.0)

    def _replied(self, asked: Asked, answer: Answer, curated: int | None, milliseconds: float) -> Reply:
        if answer.status not in _OUTSIDE:
            self._memory.asked(asked.asker, asked.message, asked.question)
        pages = answer_pages(answer, None if asked.own else asked.question)
        person = self._side.hands_over(asked.place.chat)
        foot = with_foot(pages, answer, more=bool(answer.further), person=person)
        return Reply(foot, answer.further, answer, curated, milliseconds)

    async def _answer(self, asked: Asked, old: tuple[int, ...]) -> None:
        reply = await self.reply(asked)
        if reply.answer is None:
            await self._show(asked, reply, old, None)
            return
        noted = await self._side.noted(
            asked.asker, asked.message, asked.question, reply.answer, reply.milliseconds, reply.curated
        )
        last = await self._show(asked, reply, old, noted.about)
        if noted.due is not None and last is not None and self._side.hands_over(asked.place.chat):
            await self._side.hand_over(noted.about, asked.place, last, reply.answer.language, noted.due)

    async def _show(self, asked: Asked, reply: Reply, old: tuple[int, ...], about: About | None) -> int | None:
        """Show a reply, in the place of an older one where there is one; the last message of it."""
        pages = reply.pages
        shown: list[int] = []
        for index, page in enumerate(pages):
            message: int | None = old[index] if index < len(old) else None
            if message is None or not await self._deliver.edit(asked.place, message, page):
                message = await self._deliver.send(asked.place, page, reply_to=asked.message)
            if message is None:
                break
            shown.append(message)
            self._memory.showed(
                asked.place.chat, message, page, reply.further, about.as_json() if about is not None else None
            )
        for message in old[len(pages) :]:
            await self._deliver.delete(asked.place, message)
        self._memory.replied(asked.place.chat, asked.message, Replied(asked.question, tuple(shown)))
        return shown[-1] if shown else None
