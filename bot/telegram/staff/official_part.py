"""Official answers in the staff's chat: made of a reply, changed, approved, listed, edited and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pydantic import ValidationError
from telegram import CallbackQuery, Message, Update

from bot.staff.cases import Case, Side
from bot.staff.curated import Kept
from bot.staff.roles import Action, Actor
from bot.staff.shown import Shown
from bot.telegram.callback import Language
from bot.telegram.clicks import place_of
from bot.telegram.pages import block, page
from bot.telegram.staff.attempts import Command, is_second_hand
from bot.telegram.staff.case_data import CaseClick
from bot.telegram.staff.confirming import Confirming
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.draft import Draft, changed, curated_of, draft_of, draft_of_kept
from bot.telegram.staff.errors import RefusedHere
from bot.telegram.staff.limits import EXPIRY_MONTHS, FIRST_EXPIRY_MONTHS
from bot.telegram.staff.official_data import PREFIX, Do, OfficialClick, decode_official
from bot.telegram.staff.official_pages import draft_page, list_page, official_page
from bot.telegram.staff.threads import CANCELLED, DECIDED, DRAFT, OFFICIAL, Threads
from documents.library import Library
from prompts.phrases import phrases

_COMMANDS = ("official", "answers")
_MONTH_DAYS = 30.44


class OfficialPart:
    """``/official`` and ``/answers``, replies to drafts, and the buttons under these."""

    def __init__(self, doorway: Doorway, threads: Threads, library: Callable[[], Library]) -> None:
        self._doorway, self._threads, self._library = doorway, threads, library
        self._confirming = Confirming(doorway)

    async def message(self, update: Update) -> bool:
        """Begin or change a draft, or list what is in force."""
        message = update.message
        if message is None or not message.text:
            return False
        command = self._doorway.command(message, _COMMANDS)
        shown = None if command is not None else await self._draft_replied_to(message)
        if command is None and shown is None:
            return False
        actor = await self._doorway.actor(message)
        if is_second_hand(message):
            raise await self._doorway.turn_away(actor, command.name if command else "edit", "forwarded")
        if shown is not None:
            await self._change(message, actor, shown)
        elif command is not None and command.name == "official":
            await self._begin(message, actor, command)
        else:
            await self._list(message, actor)
        return True

    async def click(self, query: CallbackQuery) -> bool:
        """Do what a button of a draft, an official answer or their list asks for."""
        data = query.data or ""
        if not data.startswith(PREFIX):
            return False
        actor = await self._doorway.actor(query)
        action, message = decode_official(data), query.message
        if action is None or not isinstance(message, Message) or not self._is_place(message):
            raise await self._doorway.turn_away(actor, "button", "forged", data)
        if action.do in (Do.APPROVE, Do.CANCEL, Do.EXPIRES):
            await self._decide(query, message, actor, action)
        else:
            await self._look(query, message, actor, action)
        return True

    async def offered(self, query: CallbackQuery, message: Message, click: CaseClick) -> None:
        """Begin a draft by the button of a case: of the reply it stands under, or of the last one."""
        actor = await self._doorway.actor(query)
        shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, message.message_id)
        text = shown.record.get("text") if shown is not None and isinstance(shown.record, dict) else None
        await self._draft(actor, click.case, text)
        await self._doorway.deliver.answer_click(query.id)

    async def _begin(self, message: Message, actor: Actor, command: Command) -> None:
        case = await self._threads.case_of(message)
        if case is None:
            await self._doorway.allow(actor, Action.DRAFT)
            raise await self._doorway.turn_away(actor, "official", "official_where")
        original = message.reply_to_message
        text = command.rest or None
        if text is None and original is not None and original.text:
            shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, original.message_id)
            bot = original.from_user is not None and original.from_user.id == message.get_bot().id
            kept = shown.record.get("text") if shown is not None and isinstance(shown.record, dict) else None
            text = kept if bot else original.text
        await self._draft(actor, case, text)

    async def _draft(self, actor: Actor, number: int, text: str | None) -> None:
        case = await self._doorway.call(self._doorway.staff.cases.case, actor, number)
        await self._doorway.allow(actor, Action.DRAFT, f"case {number}: draft")
        text = text or _last_reply(case)
        if text is None:
            raise await self._doorway.turn_away(actor, "official", "official_no_text", f"case {number}")
        today = await self._doorway.call(self._doorway.staff.today)
        draft = await self._doorway.call(
            lambda: draft_of(case, text, self._library(), _in_months(today, FIRST_EXPIRY_MONTHS))
        )
        record = draft.model_dump(mode="json")
        await self._threads.say(number, draft_page(draft, self._doorway.language), DRAFT, record=record)

    async def _draft_replied_to(self, message: Message) -> Shown | None:
        original = message.reply_to_message
        by_bot = (
            original is not None and original.from_user is not None and (original.from_user.id == message.get_bot().id)
        )
        if original is None or not by_bot or not self._is_place(message):
            return None
        shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, original.message_id)
        return shown if shown is not None and shown.kind in (DRAFT, *DECIDED) else None

    async def _change(self, message: Message, actor: Actor, shown: Shown) -> None:
        await self._doorway.allow(actor, Action.DRAFT, f"draft {shown.message}")
        # What is decided is not changed by a reply, nor does that go to the asker.
        if shown.kind != DRAFT or shown.record is None:
            raise RefusedHere("draft_gone")
        try:
            draft = changed(Draft.model_validate(shown.record), message.text or "")
        except ValidationError:
            raise RefusedHere("draft_too_long") from None
        await self._put(message, shown, draft)
        language = await self._doorway.speaks(message.chat, message.from_user)
        line = page([block(phrases(language)("official.changed"))])
        await self._doorway.deliver.send(place_of(message), line, message.message_id)

    async def _decide(self, query: CallbackQuery, message: Message, actor: Actor, action: OfficialClick) -> None:
        shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, message.message_id)
        if shown is None or shown.kind != DRAFT or shown.record is None:
            raise await self._doorway.turn_away(actor, "button", "draft_gone", query.data or "")
        draft = Draft.model_validate(shown.record)
        if action.do is Do.APPROVE:
            await self._approve(query, message, actor, shown, draft)
            return
        if action.do is Do.EXPIRES and action.number not in (0, *EXPIRY_MONTHS):
            raise await self._doorway.turn_away(actor, "button", "forged", query.data or "")
        await self._doorway.allow(actor, Action.DRAFT, f"draft {shown.message}")
        await self._doorway.deliver.answer_click(query.id)
        if action.do is Do.CANCEL:
            line = page([block(phrases(await self._speaks(query, message))("official.cancelled"))])
            await self._doorway.deliver.edit(place_of(message), message.message_id, line)
            await self._keep(shown._replace(kind=CANCELLED, record=None))
        else:
            today = await self._doorway.call(self._doorway.staff.today)
            expires_on = _in_months(today, action.number) if action.number else None
            await self._put(message, shown, draft.model_copy(update={"expires_on": expires_on}))

    async def _approve(self, query: CallbackQuery, message: Message, actor: Actor, shown: Shown, draft: Draft) -> None:
        try:
            curated = curated_of(draft)
        except ValidationError:
            raise RefusedHere("draft_too_long") from None
        kept = await self._confirming.confirm(actor, curated, draft.edits, draft.version)
        await self._doorway.deliver.answer_click(query.id)
        await self._keep(shown._replace(kind=OFFICIAL, record={"answer": kept.id}))
        await self._show(query, message, kept)

    async def _look(self, query: CallbackQuery, message: Message, actor: Actor, action: OfficialClick) -> None:
        answers = self._doorway.staff.answers
        if action.do is Do.LIST:
            listed = await self._doorway.call(answers.answers, actor)
            await self._doorway.deliver.answer_click(query.id)
            shown = list_page(listed, action.number, await self._speaks(query, message))
            await self._doorway.deliver.edit(place_of(message), message.message_id, shown)
            return
        if action.do is Do.WITHDRAW:
            kept = await self._confirming.withdraw(actor, action.number)
        else:
            kept = await self._doorway.call(answers.answer, actor, action.number)
        await self._doorway.deliver.answer_click(query.id)
        if action.do is Do.EDIT:
            await self._edit(query, message, kept)
        else:
            await self._show(query, message, kept)

    async def _edit(self, query: CallbackQuery, message: Message, kept: Kept) -> None:
        draft = draft_of_kept(kept)
        drawn = draft_page(draft, await self._speaks(query, message))
        number = await self._doorway.deliver.send(place_of(message), drawn, message.message_id)
        if number is not None:
            await self._keep(Shown(message.chat.id, number, DRAFT, record=draft.model_dump(mode="json")))

    async def _show(self, query: CallbackQuery, message: Message, kept: Kept) -> None:
        approver = await self._doorway.name_of(kept.curated.approved_by)
        language, zone = await self._speaks(query, message), self._doorway.staff.office.zone
        shown = official_page(kept, language, zone, approver)
        await self._doorway.deliver.edit(place_of(message), message.message_id, shown)

    async def _list(self, message: Message, actor: Actor) -> None:
        listed = await self._doorway.call(self._doorway.staff.answers.answers, actor)
        if not self._is_place(message):
            raise await self._doorway.turn_away(actor, "answers", "elsewhere")
        language = await self._doorway.speaks(message.chat, message.from_user)
        await self._doorway.deliver.send(place_of(message), list_page(listed, 0, language), message.message_id)

    async def _put(self, message: Message, shown: Shown, draft: Draft) -> None:
        language = await self._doorway.speaks(message.chat, message.from_user)
        await self._keep(shown._replace(record=draft.model_dump(mode="json")))
        await self._doorway.deliver.edit(place_of(message), shown.message, draft_page(draft, language))

    def _is_place(self, message: Message) -> bool:
        return self._doorway.is_here(message.chat) or message.chat.type == message.chat.PRIVATE

    async def _speaks(self, query: CallbackQuery, message: Message) -> Language:
        return await self._doorway.speaks(message.chat, query.from_user)

    async def _keep(self, shown: Shown) -> None:
        await self._doorway.call(self._doorway.staff.shown.put, shown)


def _last_reply(case: Case) -> str | None:
    return next((each.text for each in reversed(case.entries) if each.side is Side.STAFF and each.text), None)


def _in_months(today: date, months: int) -> date:
    return today + timedelta(days=round(months * _MONTH_DAYS))
