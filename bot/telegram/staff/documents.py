"""Documents that an admin sends in a chat: read, shown, added when told to."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message, Update

from bot.settings import Settings
from bot.staff.errors import Refused
from bot.staff.roles import Action, Role
from bot.telegram.address import calls_on
from bot.telegram.clicks import place_of
from bot.telegram.deliver import Place
from bot.telegram.render import line_page
from bot.telegram.staff.cases_offer import CaseOffers
from bot.telegram.staff.documents_adding import Adding, Spot
from bot.telegram.staff.documents_data import PREFIX, Add, Cancel, DocumentAction, decode_document
from bot.telegram.staff.documents_pages import fault_page, line
from bot.telegram.staff.documents_work import DocumentWork
from bot.telegram.staff.doorway import Doorway, refusal
from bot.telegram.staff.downloads import document_in, fetched, name_of
from documents.errors import DeskError
from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

log = logging.getLogger(__name__)


class Documents:
    """A part of the staff desk. Of each file there is one message, which is edited as things go on."""

    def __init__(self, doorway: Doorway, desk: AnswersQuestions, settings: Settings) -> None:
        self._doorway = doorway
        self._work = DocumentWork(settings, desk)
        self._offers = CaseOffers(doorway, desk, self._work)
        self._adding = Adding(doorway, self._work, self._offers)

    async def message(self, update: Update) -> bool:
        """Read a file that an admin sends alone to the bot, or in the staff's chat."""
        message = update.message
        document = document_in(message) if message is not None else None
        if message is None or document is None:
            return False
        private = message.chat.type == message.chat.PRIVATE
        if not private and not self._doorway.is_here(message.chat):
            return False
        actor = await self._doorway.actor(message)
        if actor.role is not Role.ADMIN:
            bot = message.get_bot()
            meant = private or calls_on(message, bot.id, bot.username)
            if actor.role is Role.NOBODY or not meant:
                return False
            # Refused, and noted.
            await self._doorway.allow(actor, Action.ADD_DOCUMENT, "file")
        language = await self._doorway.speaks(message.chat, message.from_user)
        place, deliver = place_of(message), self._doorway.deliver
        name = name_of(document)
        # Always sent, however fast the file is read: what is sent is counted when an update is handled again.
        shown = await deliver.send(place, line("reading", language, file=name), message.message_id)
        if shown is None:
            return True
        try:
            key = await self._work.keep(name, await fetched(document))
            page = await self._adding.seen(key, Spot(place, shown, language))
        except Refused as refused:
            page = fault_page(refusal(refused, language))
        except DeskError as error:
            page = fault_page(str(error))
        except Exception:
            log.exception("a file could not be read")
            page = line_page("failed", language)
        await deliver.edit(place, shown, page)
        return True

    async def click(self, query: CallbackQuery) -> bool:
        """Do what one of its buttons asks for."""
        data = query.data or ""
        if not data.startswith(PREFIX):
            return False
        actor = await self._doorway.actor(query)
        action = decode_document(data)
        if action is None or query.message is None:
            raise await self._doorway.turn_away(actor, "button", "forged", data)
        if not isinstance(action, Add | Cancel):
            await self._offers.click(query, actor, action)
            return True
        await self._doorway.allow(actor, Action.ADD_DOCUMENT, _subject(action))
        message = query.message
        place = place_of(message) if isinstance(message, Message) else Place(message.chat.id)
        spot = Spot(place, message.message_id, action.language)
        with self._work.uploads.claimed(action.key):
            name = await self._work.name(action.key)
            if isinstance(action, Cancel):
                await self._cancel(query, action, name, spot)
            else:
                name = name or await self._fetched_again(query, action.key)
                if name is None:
                    raise await self._doorway.turn_away(actor, "add_document", "file_gone", _subject(action))
                await self._doorway.deliver.answer_click(query.id)
                await self._adding.add(actor, action, name, spot)
        return True

    async def _cancel(self, query: CallbackQuery, action: Cancel, name: str | None, spot: Spot) -> None:
        await self._work.drop(action.key)
        await self._doorway.deliver.answer_click(query.id)
        told = name or phrases(action.language)("staff_documents.file")
        await self._adding.put(spot, line("cancelled", action.language, file=told))

    async def _fetched_again(self, query: CallbackQuery, key: str) -> str | None:
        """The name of a file that is not kept here, fetched from the message that sent it, if it is there.

        Raises ``Refused`` where Telegram does not give it.
        """
        message = query.message
        sent = message.reply_to_message if isinstance(message, Message) else None
        document = document_in(sent) if sent is not None else None
        if document is None:
            return None
        name = name_of(document)
        found = await self._work.keep(name, await fetched(document))
        if found != key:
            await self._work.drop(found)
            return None
        return name


def _subject(action: DocumentAction) -> str:
    match action:
        case Add(key, document):
            return f"file {key} as {document or 'new'}"
        case Cancel(key):
            return f"file {key}, not added"
        case _:
            return ""
