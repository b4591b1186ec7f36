"""Which update goes where."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import TYPE_CHECKING, Any

from telegram import Message, Update, User
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.telegram.address import Said, replies_to, said_to
from bot.telegram.callback import Language, Open
from bot.telegram.clicks import Clicks, place_of
from bot.telegram.deliver import Deliver
from bot.telegram.memory import Asker, Memory
from bot.telegram.pages import Page
from bot.telegram.questions import Asked, Questions
from bot.telegram.render import greeting_pages, help_pages, line_page, paragraph_page

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE

_DEEP_LINK = re.compile(r"p-(\d{1,6})")


class Handlers:
    """The bot's answers to messages, edits and clicks."""

    def __init__(self, desk: AnswersQuestions, deliver: Deliver) -> None:
        memory = Memory()
        self._desk = desk
        self._deliver = deliver
        self._questions = Questions(desk, deliver, memory)
        self._clicks = Clicks(desk, deliver, memory, self._questions)

    def register(self, application: App) -> None:
        """Add them to the application."""
        new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
        application.add_handler(CallbackQueryHandler(self._click))
        application.add_handler(MessageHandler(new & filters.TEXT, self._text))
        application.add_handler(MessageHandler(edited & filters.TEXT, self._edited))
        application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, self._other))
        application.add_error_handler(_log_error)

    async def _click(self, update: Update, _context: Context) -> None:
        if update.callback_query:
            await self._clicks.handle(update.callback_query, language_of(update.callback_query.from_user))

    async def _text(self, update: Update, context: Context) -> None:
        message = update.message
        said = _heard(message, context)
        if message is None or said is None:
            return
        language = language_of(message.from_user)
        if said.kind == "start":
            # In a thread: the desk may look for a changed library first.
            await self._send(message, await asyncio.to_thread(self._start, said.text, language))
        elif said.kind in ("help", "unknown"):
            await self._send(message, help_pages(language))
        elif not said.text:
            await self._send(message, [line_page("empty", language)])
        else:
            await self._questions.answer(_asked(message, said, language))

    async def _edited(self, update: Update, context: Context) -> None:
        message = update.edited_message
        said = _heard(message, context)
        if message is not None and said is not None and said.kind in ("question", "ask") and said.text:
            await self._questions.answer_anew(_asked(message, said, language_of(message.from_user)))

    async def _other(self, update: Update, context: Context) -> None:
        message = update.message
        if message is None or _from_machine(message):
            return
        if message.chat.type == message.chat.PRIVATE or replies_to(message, context.bot.id):
            await self._send(message, [line_page("text_only", language_of(message.from_user))])

    def _start(self, link: str, language: Language) -> list[Page]:
        library = self._desk.library
        match = _DEEP_LINK.fullmatch(link)
        if match is None:
            return greeting_pages(library, language)
        first = next(iter(library.in_force()), None)
        page = None
        if first is not None:
            page = paragraph_page(library, Open(first.id, int(match[1]), language, from_answer=False))
        return [page or line_page("no_such_paragraph", language)]

    async def _send(self, message: Message, pages: list[Page]) -> None:
        private = message.chat.type == message.chat.PRIVATE
        for page in pages:
            await self._deliver.send(place_of(message), page, None if private else message.message_id)


def language_of(user: User | None) -> Language:
    """The language to greet a user in, from the language of their Telegram."""
    return "zh" if user and (user.language_code or "").lower().startswith("zh") else "en"


def _heard(message: Message | None, context: Context) -> Said | None:
    if message is None or _from_machine(message):
        return None
    return said_to(message, context.bot.id, context.bot.username)


def _from_machine(message: Message) -> bool:
    """Whether another bot wrote it; an anonymous administrator is shown as a bot that speaks for a chat."""
    return bool(message.from_user and message.from_user.is_bot and message.sender_chat is None)


def _asked(message: Message, said: Said, language: str) -> Asked:
    asker = Asker(message.chat.id, message.from_user.id if message.from_user else 0)
    return Asked(place_of(message), message.message_id, asker, said.text, language)


async def _log_error(update: object, context: Context) -> None:
    number = update.update_id if isinstance(update, Update) else "?"
    log.error("update %s could not be handled", number, exc_info=context.error)
