"""Which update goes where."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from telegram import Message, Update, User
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.settings import Settings
from bot.telegram.address import Said, calls_on, said_to
from bot.telegram.clicks import Clicks, place_of
from bot.telegram.deliver import Deliver
from bot.telegram.deliver_files import DeliverFiles
from bot.telegram.inline import Inline
from bot.telegram.keys import Pseudonyms
from bot.telegram.language import Languages, Spoken
from bot.telegram.memory import Asker, Memory
from bot.telegram.menus import Menus
from bot.telegram.own_data import OwnData
from bot.telegram.pages import Page
from bot.telegram.prepared import Prepared
from bot.telegram.questions import Asked, Questions
from bot.telegram.render import line_page
from bot.telegram.staff.asker_part import AskerPart
from bot.telegram.staff.case_data import Verb
from bot.telegram.staff.case_part import CasePart
from bot.telegram.staff.documents import Documents
from bot.telegram.staff.export import ExportPart
from bot.telegram.staff.numbers import NumbersPart
from bot.telegram.staff.official_part import OfficialPart
from bot.telegram.staff.opening import Office, Service
from bot.telegram.staff.part import Part, Parts
from bot.telegram.staff.stray import StrayPart
from bot.telegram.staff.wrong_part import WrongPart
from bot.telegram.under_answers import UnderAnswers
from bot.telegram.waiting import while_typing
from documents.loading import SHIPPED

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """The bot's answers to messages, edits, clicks and what is typed after its name."""

    def __init__(
        self,
        desk: AnswersQuestions,
        deliver: Deliver,
        settings: Settings,
        pseudonyms: Pseudonyms,
        memory: Memory,
        office: Office,
    ) -> None:
        self._deliver, self._memory = deliver, memory
        self._languages = Languages(memory)
        self._questions = Questions(desk, deliver, memory, office.asker)
        self._clicks = Clicks(desk, deliver, memory, self._questions)
        self._under = UnderAnswers(desk, deliver, memory, self._questions, pseudonyms, office.asker)
        prepared = Prepared(settings.corpus or SHIPPED)
        self._inline = Inline(desk, deliver, prepared)
        kept = (memory, office.asker)
        self._menus = Menus(desk, deliver, self._questions, prepared, self._languages, kept, settings)
        self._own_data = OwnData(deliver, office.asker.export)
        self._staff = None if office.service is None else self._parts(office.service, desk, settings)

    def _parts(self, service: Service, desk: AnswersQuestions, settings: Settings) -> Parts:
        """What is done at the staff desk, in the order in which it is looked whether something is meant for it."""
        doorway, threads, mailer = service.doorway, service.threads, service.mailer
        files = DeliverFiles(doorway.deliver.bot)
        official, wrong = OfficialPart(doorway, threads, lambda: desk.library), WrongPart(doorway, threads, desk)
        parts: tuple[Part, ...] = (
            official,
            wrong,
            NumbersPart(doorway, files),
            ExportPart(doorway, files),
            CasePart(doorway, threads, mailer, {Verb.OFFICIAL: official.offered, Verb.WRONG: wrong.offered}),
            Documents(doorway, desk, settings),
            StrayPart(doorway),
        )
        return Parts(doorway, threads, AskerPart(doorway, threads, self._questions, self._memory), parts)

    def register(self, application: App) -> None:
        """Add them to the application."""
        new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
        application.add_handler(CallbackQueryHandler(self._click))
        application.add_handler(InlineQueryHandler(self._typed))
        application.add_handler(MessageHandler(new & filters.TEXT, self._text))
        application.add_handler(MessageHandler(edited & filters.TEXT, self._edited))
        application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, self._other))
        application.add_error_handler(_log_error)

    async def _click(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        if query and self._staff is not None and await self._staff.click(query):
            return
        if query and not await self._menus.click(query) and not await self._under.click(query):
            await self._clicks.handle(query, (await self._spoken(query.from_user)).menus)

    async def _typed(self, update: Update, _context: Context) -> None:
        if query := update.inline_query:
            await self._inline.offer(query, await self._spoken(query.from_user))

    async def _text(self, update: Update, context: Context) -> None:
        message = update.message
        if self._staff is not None and await self._staff.message(update):
            return
        said = _heard(message, context)
        if message is None or said is None:
            return
        spoken = await self._spoken(message.from_user)
        if said.kind == "question" or said.kind == "ask":
            if said.text:
                await self._questions.answer(_asked(message, said, spoken))
            else:
                await self._send(message, [line_page("empty", spoken.menus)])
        elif said.kind == "export":
            await self._own_data.give(message, said.text, spoken.menus)
        else:
            command = "help" if said.kind == "unknown" else said.kind
            # In a thread: the desk may look for a changed library first.
            pages = await while_typing(
                self._deliver, place_of(message), lambda: self._menus.pages(command, said.text, spoken)
            )
            await self._send(message, pages)

    async def _edited(self, update: Update, context: Context) -> None:
        message = update.edited_message
        if message is not None and self._staff is not None and await self._staff.edited(message):
            return
        said = _heard(message, context)
        if message is not None and said is not None and said.kind in ("question", "ask") and said.text:
            await self._questions.answer_anew(_asked(message, said, await self._spoken(message.from_user)))

    async def _other(self, update: Update, context: Context) -> None:
        message = update.message
        if message is None or _from_machine(message):
            return
        if self._staff is not None and await self._staff.message(update):
            return
        if calls_on(message, context.bot.id, context.bot.username):
            await self._send(message, [line_page("text_only", (await self._spoken(message.from_user)).menus)])

    async def _spoken(self, user: User | None) -> Spoken:
        return await asyncio.to_thread(self._languages.of, user)

    async def _send(self, message: Message, pages: list[Page]) -> None:
        private = message.chat.type == message.chat.PRIVATE
        for page in pages:
            await self._deliver.send(place_of(message), page, None if private else message.message_id)


def _heard(message: Message | None, context: Context) -> Said | None:
    if message is None or _from_machine(message):
        return None
    return said_to(message, context.bot.id, context.bot.username)


def _from_machine(message: Message) -> bool:
    """Whether another bot wrote it; an anonymous administrator is shown as a bot that speaks for a chat."""
    return bool(message.from_user and message.from_user.is_bot and message.sender_chat is None)


def _asked(message: Message, said: Said, spoken: Spoken) -> Asked:
    # Whoever speaks for a chat, as an anonymous administrator does, is that chat: they share one user among all groups.
    speaker = message.sender_chat or message.from_user
    asker = Asker(message.chat.id, speaker.id if speaker else 0)
    own = not said.quoted
    return Asked(place_of(message), message.message_id, asker, said.text, spoken.menus, spoken.answers, own)


async def _log_error(update: object, context: Context) -> None:
    number = update.update_id if isinstance(update, Update) else "?"
    log.error("update %s could not be handled", number, exc_info=context.error)
