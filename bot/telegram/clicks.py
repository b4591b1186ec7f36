"""Clicks on the buttons under an answer: open a paragraph, read on, go back, ask a suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message

from bot.telegram.callback import Back, Language, Open, Suggestion, decode
from bot.telegram.deliver import Deliver, Place
from bot.telegram.memory import Asker, Memory
from bot.telegram.pages import Page
from bot.telegram.questions import Asked, Questions
from bot.telegram.render import paragraph_page
from bot.telegram.waiting import while_typing
from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions


class Clicks:
    """Does what a button asks for. Everything it needs is in the button and its message."""

    def __init__(self, desk: AnswersQuestions, deliver: Deliver, memory: Memory, questions: Questions) -> None:
        self._desk = desk
        self._deliver = deliver
        self._memory = memory
        self._questions = questions

    async def handle(self, query: CallbackQuery, language: Language) -> None:
        """Answer one click, whatever it carries."""
        action = decode(query.data or "")
        message = query.message
        if action is None or message is None:
            await self._refuse(query, "stale", language)
            return
        place = place_of(message) if isinstance(message, Message) else Place(message.chat.id)
        if isinstance(action, Open):
            await self._open(query, place, message.message_id, action)
        elif not isinstance(message, Message):
            await self._refuse(query, "stale", action.language)
        elif isinstance(action, Back):
            await self._back(query, place, message, action)
        else:
            await self._ask(query, place, message, action)

    async def _open(self, query: CallbackQuery, place: Place, message: int, action: Open) -> None:
        # In a thread: the desk may look for a changed library first.
        page = await while_typing(self._deliver, place, lambda: paragraph_page(self._desk.library, action))
        if page is None:
            await self._refuse(query, "paragraph_gone", action.language)
            return
        await self._deliver.answer_click(query.id)
        if action.apart:
            await self._deliver.send(place, page, reply_to=message)
        else:
            await self._put(place, message, page)

    async def _back(self, query: CallbackQuery, place: Place, message: Message, action: Back) -> None:
        page = self._memory.page_of(place.chat, message.message_id)
        question = message.reply_to_message
        if page is None and (question is None or not question.text):
            await self._refuse(query, "stale", action.language)
            return
        await self._deliver.answer_click(query.id)
        if page is None and question is not None and question.text:
            # The process that wrote the answer is gone; the message still holds the question it replies to.
            asker = Asker(place.chat, query.from_user.id)
            asked = Asked(place, question.message_id, asker, question.text, action.language, action.language)
            reply = await self._questions.reply(asked)
            page = reply.pages[-1]
            self._memory.showed(place.chat, message.message_id, page, reply.further)
        if page is not None:
            await self._put(place, message.message_id, page)

    async def _ask(self, query: CallbackQuery, place: Place, message: Message, action: Suggestion) -> None:
        keyboard = message.reply_markup.inline_keyboard if message.reply_markup else ()
        label = next((each.text for row in keyboard for each in row if each.callback_data == query.data), None)
        if not label:
            await self._refuse(query, "stale", action.language)
            return
        await self._deliver.answer_click(query.id)
        asker = Asker(place.chat, query.from_user.id)
        asked = Asked(place, message.message_id, asker, label, action.language, action.language, own=False)
        await self._questions.answer(asked)

    async def _put(self, place: Place, message: int, page: Page) -> None:
        if not await self._deliver.edit(place, message, page):
            await self._deliver.send(place, page)

    async def _refuse(self, query: CallbackQuery, key: str, language: str) -> None:
        await self._deliver.answer_click(query.id, phrases(language)(f"telegram.{key}"))


def place_of(message: Message) -> Place:
    """Where to answer a message."""
    return Place(message.chat.id, message.message_thread_id if message.is_topic_message else None)
