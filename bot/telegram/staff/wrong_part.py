"""``/wrong``: a status is corrected in two taps, on the right one and on that it is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic import ValidationError
from telegram import CallbackQuery, Message, Update

from bot.answering.answer import Question
from bot.staff.cases import Given
from bot.staff.curated import Kept
from bot.staff.roles import Action, Actor
from bot.staff.shown import Shown
from bot.telegram.callback import Language
from bot.telegram.clicks import place_of
from bot.telegram.pages import Page
from bot.telegram.staff.about import given_by
from bot.telegram.staff.attempts import Command, is_second_hand
from bot.telegram.staff.case_data import CaseClick
from bot.telegram.staff.confirming import Confirming
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.errors import RefusedHere
from bot.telegram.staff.official_pages import official_page
from bot.telegram.staff.threads import OFFICIAL, WRONG, Threads
from bot.telegram.staff.wrong import Wrong, correction_of, named_anew, wrong_of
from bot.telegram.staff.wrong_pages import BACK, CONFIRM, PREFIX, decode_wrong, wrong_page
from documents.library import Library

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions


class WrongPart:
    """Corrections of the question of a case, or of one that is written after the command."""

    def __init__(self, doorway: Doorway, threads: Threads, desk: AnswersQuestions) -> None:
        self._doorway, self._threads, self._desk = doorway, threads, desk
        self._confirming = Confirming(doorway)

    async def message(self, update: Update) -> bool:
        """Ask what is right, or take other paragraphs from a reply to that."""
        message = update.message
        if message is None or not message.text:
            return False
        command = self._doorway.command(message, ("wrong",))
        shown = None if command is not None else await self._replied_to(message)
        if command is None and shown is None:
            return False
        actor = await self._doorway.actor(message)
        if is_second_hand(message):
            raise await self._doorway.turn_away(actor, "wrong", "forwarded")
        if not self._is_place(message):
            raise await self._doorway.turn_away(actor, "wrong", "elsewhere")
        await self._doorway.allow(actor, Action.CORRECT, "question")
        if shown is not None:
            await self._name(message, shown)
        elif command is not None:
            await self._begin(message, actor, command)
        return True

    async def click(self, query: CallbackQuery) -> bool:
        """Choose what is right, go back, or confirm it."""
        data = query.data or ""
        if not data.startswith(PREFIX):
            return False
        actor = await self._doorway.actor(query)
        chosen, message = decode_wrong(data), query.message
        if chosen is None or not isinstance(message, Message) or not self._is_place(message):
            raise await self._doorway.turn_away(actor, "button", "forged", data)
        shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, message.message_id)
        if shown is None or shown.kind != WRONG or shown.record is None:
            raise await self._doorway.turn_away(actor, "button", "draft_gone", data)
        wrong = Wrong.model_validate(shown.record)
        if chosen == CONFIRM:
            await self._confirm(query, message, actor, shown, wrong)
            return True
        await self._doorway.allow(actor, Action.CORRECT, "question")
        if chosen != BACK and not 0 <= int(chosen) < len(wrong.choices):
            raise await self._doorway.turn_away(actor, "button", "forged", data)
        await self._doorway.deliver.answer_click(query.id)
        changed = wrong.model_copy(update={"chosen": None if chosen == BACK else int(chosen)})
        await self._put(message, shown, changed, await self._doorway.speaks(message.chat, query.from_user))
        return True

    async def offered(self, query: CallbackQuery, _message: Message, click: CaseClick) -> None:
        """Ask what is right by the button of a case."""
        actor = await self._doorway.actor(query)
        await self._of_case(actor, click.case, "")
        await self._doorway.deliver.answer_click(query.id)

    async def _begin(self, message: Message, actor: Actor, command: Command) -> None:
        case = await self._threads.case_of(message)
        if case is not None:
            await self._of_case(actor, case, command.rest)
            return
        if not command.rest:
            raise RefusedHere("wrong_where")
        wrong = await self._doorway.call(self._asked, command.rest)
        language = await self._doorway.speaks(message.chat, message.from_user)
        drawn = await self._drawn(wrong, language)
        number = await self._doorway.deliver.send(place_of(message), drawn, message.message_id)
        if number is not None:
            shown = Shown(message.chat.id, number, WRONG, record=wrong.model_dump(mode="json"))
            await self._doorway.call(self._doorway.staff.shown.put, shown)

    async def _of_case(self, actor: Actor, number: int, named: str) -> None:
        case = await self._doorway.call(self._doorway.staff.cases.case, actor, number)
        await self._doorway.allow(actor, Action.CORRECT, f"case {number}")
        if case.record is None:
            raise RefusedHere("forgotten", case=number)
        question, given = case.record.question, case.record.answer
        wrong = await self._doorway.call(lambda: wrong_of(number, question, given, named, self._desk.library))
        drawn = await self._drawn(wrong, self._doorway.language)
        await self._threads.say(number, drawn, WRONG, record=wrong.model_dump(mode="json"))

    def _asked(self, question: str) -> Wrong:
        given: Given = given_by(self._desk.ask(Question(text=question)))
        return wrong_of(None, question, given, "", self._desk.library)

    async def _name(self, message: Message, shown: Shown) -> None:
        if shown.record is None:
            raise RefusedHere("draft_gone")
        wrong = Wrong.model_validate(shown.record)
        changed = await self._doorway.call(lambda: named_anew(wrong, message.text or "", self._desk.library))
        await self._put(message, shown, changed, await self._doorway.speaks(message.chat, message.from_user))

    async def _confirm(self, query: CallbackQuery, message: Message, actor: Actor, shown: Shown, wrong: Wrong) -> None:
        try:
            curated = correction_of(wrong)
        except ValidationError:
            raise RefusedHere("draft_too_long") from None
        if curated is None:
            raise await self._doorway.turn_away(actor, "button", "forged", query.data or "")
        kept = await self._confirming.confirm(actor, curated)
        await self._doorway.deliver.answer_click(query.id)
        await self._doorway.call(
            self._doorway.staff.shown.put, shown._replace(kind=OFFICIAL, record={"answer": kept.id})
        )
        drawn = await self._confirmed(kept, await self._doorway.speaks(message.chat, query.from_user))
        await self._doorway.deliver.edit(place_of(message), message.message_id, drawn)

    async def _confirmed(self, kept: Kept, language: Language) -> Page:
        approver = await self._doorway.name_of(kept.curated.approved_by)
        return official_page(kept, language, self._doorway.staff.office.zone, approver)

    async def _put(self, message: Message, shown: Shown, wrong: Wrong, language: Language) -> None:
        changed = shown._replace(record=wrong.model_dump(mode="json"))
        await self._doorway.call(self._doorway.staff.shown.put, changed)
        drawn = await self._drawn(wrong, language)
        await self._doorway.deliver.edit(place_of(message), shown.message, drawn)

    async def _drawn(self, wrong: Wrong, language: Language) -> Page:
        library: Callable[[], Library] = lambda: self._desk.library  # noqa: E731
        return await self._doorway.call(lambda: wrong_page(wrong, library(), language))

    async def _replied_to(self, message: Message) -> Shown | None:
        original = message.reply_to_message
        if original is None or original.from_user is None or original.from_user.id != message.get_bot().id:
            return None
        if not self._is_place(message):
            return None
        shown = await self._doorway.call(self._doorway.staff.shown.at, message.chat.id, original.message_id)
        return shown if shown is not None and shown.kind == WRONG else None

    def _is_place(self, message: Message) -> bool:
        return self._doorway.is_here(message.chat) or message.chat.type == message.chat.PRIVATE
