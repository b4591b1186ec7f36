"""What askers do at the staff desk: write on to a case, say who they are, choose what was offered to them."""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update

from bot.staff.cases import Case, Contact
from bot.staff.errors import Refused
from bot.staff.shown import Shown
from bot.telegram.clicks import place_of
from bot.telegram.memory import Asker, Memory
from bot.telegram.pages import block, page
from bot.telegram.people import person_of
from bot.telegram.questions import Asked, Questions
from bot.telegram.staff.about import about_of
from bot.telegram.staff.asker_data import AskerAction, ChooseOffered, GiveName, SayRole, decode_asker
from bot.telegram.staff.asker_pages import notice_page
from bot.telegram.staff.attempts import is_second_hand
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.limits import NAME_UNITS
from bot.telegram.staff.threads import Threads
from prompts.phrases import phrases

_WRITES_TO = ("notice", "reply")


class AskerPart:
    """Messages that reply to what was said of a case, and the buttons of notices and offers."""

    def __init__(self, doorway: Doorway, threads: Threads, questions: Questions, memory: Memory) -> None:
        self._doorway, self._threads = doorway, threads
        self._questions, self._memory = questions, memory

    async def message(self, update: Update) -> bool:
        """Add to a case what replies to a notice or to a person's answer."""
        message = update.message
        return message is not None and await self._writes(message)

    async def edited(self, message: Message) -> bool:
        """Add what was written anew."""
        return await self._writes(message)

    async def _writes(self, message: Message) -> bool:
        if not message.text or self._doorway.is_here(message.chat) or is_second_hand(message):
            return False
        shown = await self._replied_to(message)
        if shown is None or message.from_user is None or message.sender_chat is not None:
            return False
        edited = f":{message.edit_date.timestamp():.0f}" if message.edit_date is not None else ""
        key = f"telegram:{message.get_bot().id}:{message.chat.id}:{message.message_id}{edited}"
        if message.chat.type == message.chat.PRIVATE:
            await self._doorway.call(self._doorway.staff.asking.reached, message.chat.id)
        case = await self._doorway.call(self._doorway.staff.asking.writes, message.from_user.id, message.text, key)
        if case is None:
            return False
        language = await self._doorway.speaks(message.chat, message.from_user)
        line = page([block(phrases(language)("casework.passed_on"))])
        await self._doorway.deliver.send(place_of(message), line, message.message_id)
        return True

    async def click(self, query: CallbackQuery) -> bool:
        """Do what a button of a notice or an offer asks for."""
        action, message = decode_asker(query.data or ""), query.message
        if action is None or not isinstance(message, Message):
            return False
        if isinstance(action, ChooseOffered):
            await self._choose(query, message, action)
        else:
            await self._describe(query, message, action)
        return True

    async def _replied_to(self, message: Message) -> Shown | None:
        original = message.reply_to_message
        if original is None or original.from_user is None or original.from_user.id != message.get_bot().id:
            return None
        shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, original.message_id)
        return shown if shown is not None and shown.kind in _WRITES_TO else None

    async def _choose(self, query: CallbackQuery, message: Message, action: ChooseOffered) -> None:
        about = about_of(self._memory.about(message.chat.id, message.message_id))
        if about is None:
            await self._notice(query, "stale", action)
        elif about.asker != query.from_user.id:
            await self._notice(query, "not_yours", action)
        else:
            await self._doorway.deliver.answer_click(query.id)
            asker = Asker(message.chat.id, about.asker)
            language = action.language
            asked = Asked(place_of(message), message.message_id, asker, about.question, language, language, own=False)
            if not await self._questions.choose(asked, about, action.answer):
                await self._questions.choose(asked, about, 0)

    async def _describe(self, query: CallbackQuery, message: Message, action: SayRole | GiveName) -> None:
        shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, message.message_id)
        role = action.role if isinstance(action, SayRole) else None
        if shown is None or shown.case != action.case or (role is not None and person_of(role) is None):
            raise await self._forged(query)
        contact = None
        if isinstance(action, GiveName):
            user = query.from_user
            name = f"{user.full_name} @{user.username}" if user.username else user.full_name
            contact = Contact(agreed=True, name=name[:NAME_UNITS])
        described = self._doorway.staff.asking.describes
        try:
            case = await self._doorway.call(described, query.from_user.id, action.case, role=role, contact=contact)
        except Refused:
            raise await self._forged(query) from None
        await self._show(query, message, action, case, shown)

    async def _show(
        self, query: CallbackQuery, message: Message, action: AskerAction, case: Case, shown: Shown
    ) -> None:
        await self._doorway.deliver.answer_click(query.id)
        record = case.record
        kept = shown.record if isinstance(shown.record, dict) else {}
        told = notice_page(
            str(kept.get("notice", "")),
            case.id,
            action.language,
            new=bool(kept.get("new", True)),
            role=record.role if record else None,
            named=record is not None and record.contact is not None,
        )
        await self._doorway.deliver.edit(place_of(message), message.message_id, told)
        await self._threads.redraw(case.id)

    async def _forged(self, query: CallbackQuery) -> Refused:
        actor = await self._doorway.actor(query)
        return await self._doorway.turn_away(actor, "button", "forged", query.data or "")

    async def _notice(self, query: CallbackQuery, key: str, action: AskerAction) -> None:
        await self._doorway.deliver.answer_click(query.id, phrases(action.language)(f"telegram.{key}"))
