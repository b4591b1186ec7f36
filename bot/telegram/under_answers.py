"""Clicks on what stands under an answer: votes, and more like it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message

from bot.telegram.callback import Language
from bot.telegram.clicks import place_of
from bot.telegram.deliver import Deliver, Place
from bot.telegram.keys import Pseudonyms
from bot.telegram.limits import MORE_AT_ONCE
from bot.telegram.memory import Asker, Memory
from bot.telegram.passages import Key, whole_paragraphs
from bot.telegram.questions import Asked, Questions
from bot.telegram.staff.about import about_of
from bot.telegram.staff.asker import AskerSide
from bot.telegram.under import further_page, without_more
from bot.telegram.under_data import AskPerson, More, Vote, decode_under
from bot.telegram.waiting import while_typing
from documents.errors import DeskError
from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

log = logging.getLogger(__name__)


class UnderAnswers:
    """Does what these buttons ask for."""

    def __init__(
        self,
        desk: AnswersQuestions,
        deliver: Deliver,
        memory: Memory,
        questions: Questions,
        pseudonyms: Pseudonyms,
        asker: AskerSide,
    ) -> None:
        self._desk, self._deliver, self._memory = desk, deliver, memory
        self._questions, self._pseudonyms, self._asker = questions, pseudonyms, asker

    async def click(self, query: CallbackQuery) -> bool:
        """Do what the button asks for; whether it is one of these."""
        action = decode_under(query.data or "")
        message = query.message
        if action is None or message is None:
            return False
        place = place_of(message) if isinstance(message, Message) else Place(message.chat.id)
        match action:
            case Vote():
                answer = self._pseudonyms.of_answer(place.chat, message.message_id, action.check)
                self._memory.voted(answer, self._pseudonyms.of(query.from_user.id), 1 if action.up else -1)
                await self._say(query, "voted_up" if action.up else "voted_down", action.language)
                await self._judged(query, place, message.message_id, action)
            case AskPerson():
                await self._ask_person(query, place, message.message_id, action)
            case More():
                await self._more(query, place, message.message_id, action)
        return True

    async def _judged(self, query: CallbackQuery, place: Place, message: int, vote: Vote) -> None:
        about = about_of(self._memory.about(place.chat, message))
        due = await self._asker.judged(about, query.from_user.id, up=vote.up)
        if about is not None and due is not None and self._asker.hands_over(place.chat):
            await self._asker.hand_over(about, place, message, vote.language, due)

    async def _ask_person(self, query: CallbackQuery, place: Place, message: int, action: AskPerson) -> None:
        about = about_of(self._memory.about(place.chat, message))
        if about is None or not self._asker.hands_over(place.chat):
            await self._say(query, "stale", action.language)
        elif about.asker != query.from_user.id:
            await self._say(query, "not_yours", action.language)
        else:
            try:
                await self._asker.hand_over(about, place, message, action.language)
            except DeskError as error:
                log.error("a question could not be handed over: %s", error)
                await self._say(query, "unavailable", action.language)
            else:
                await self._deliver.answer_click(query.id)

    async def _more(self, query: CallbackQuery, place: Place, message: int, action: More) -> None:
        keys = self._memory.further(place.chat, message)
        if keys is None:
            keys = await self._found_anew(query, place, action)
        if keys is None:
            await self._say(query, "stale", action.language)
            return
        shown, rest = keys[:MORE_AT_ONCE], keys[MORE_AT_ONCE:]
        # In a thread: the desk may look for a changed library first.
        citations = await while_typing(self._deliver, place, lambda: whole_paragraphs(shown, self._desk.library))
        if not citations:
            await self._say(query, "more_none", action.language)
            return
        await self._deliver.answer_click(query.id)
        page = further_page(citations, action.language, more=bool(rest))
        new = await self._deliver.send(place, page, reply_to=message)
        if new is None:
            return
        self._memory.showed(place.chat, new, page, rest)
        if before := self._memory.page_of(place.chat, message):
            now = without_more(before)
            await self._deliver.edit(place, message, now)
            self._memory.showed(place.chat, message, now, about=self._memory.about(place.chat, message))

    async def _found_anew(self, query: CallbackQuery, place: Place, action: More) -> tuple[Key, ...] | None:
        """What the question of an answer that is no longer remembered finds; its message replies to it."""
        message = query.message
        question = message.reply_to_message if isinstance(message, Message) else None
        # What follows a button replies to the bot's own message, which asks nothing.
        if question is None or not question.text or (question.from_user and question.from_user.is_bot):
            return None
        asker = Asker(place.chat, query.from_user.id)
        asked = Asked(place, question.message_id, asker, question.text, action.language, action.language)
        return (await self._questions.reply(asked)).further

    async def _say(self, query: CallbackQuery, key: str, language: Language) -> None:
        await self._deliver.answer_click(query.id, phrases(language)(f"telegram.{key}"))
