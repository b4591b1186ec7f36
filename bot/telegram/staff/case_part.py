"""What staff do with cases in their chat: answer in the thread, take, give back or on, put off, close and reopen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Message, Update

from bot.staff.cases import Case
from bot.staff.errors import Refused
from bot.staff.numbers import staff_numbers
from bot.staff.roles import Actor, Role
from bot.staff.shown import Shown
from bot.telegram.address import mentions, replies_to
from bot.telegram.clicks import place_of
from bot.telegram.pages import Button, Page, block, page
from bot.telegram.render import Rows
from bot.telegram.staff.attempts import command_of, is_second_hand
from bot.telegram.staff.case_data import PREFIX, CaseClick, Verb, decode_case, encode_case
from bot.telegram.staff.case_pages import give_rows, put_off_rows
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.limits import COLLEAGUES_OFFERED, PUT_OFF_HOURS
from bot.telegram.staff.mailer import Mailer
from bot.telegram.staff.threads import Threads
from prompts.phrases import phrases

_HOUR = 3600.0

More = Callable[[CallbackQuery, Message, CaseClick], Awaitable[None]]


class CasePart:
    """Messages in the threads of cases, and the buttons of cards.

    ``more`` does what has a part of its own: official answers, and corrections.
    """

    def __init__(self, doorway: Doorway, threads: Threads, mailer: Mailer, more: dict[Verb, More]) -> None:
        self._doorway, self._threads, self._mailer, self._more = doorway, threads, mailer, more

    async def message(self, update: Update) -> bool:
        """Send to the asker what is written into a case's thread, or keep it among staff."""
        message = update.message
        case = None if message is None else await self._threads.case_of(message)
        if message is None or case is None or _is_service(message):
            return False
        bot = message.get_bot()
        if message.text and mentions(message, bot.id, bot.username):
            return False  # a question to the desk
        actor = await self._doorway.actor(message)
        if is_second_hand(message):
            raise await self._doorway.turn_away(actor, "reply", "forwarded", f"case {case}")
        if not message.text:
            raise await self._doorway.turn_away(actor, "reply", "text_only", f"case {case}")
        command = command_of(message, message.get_bot().username)
        if command is not None and command.name == "note":
            await self._note(message, actor, case, command.rest)
        elif command is not None or message.text.startswith("/"):
            raise await self._doorway.turn_away(actor, "command", "unknown_command", f"case {case}")
        elif self._to_colleague(message):
            await self._doorway.call(self._doorway.staff.cases.note, actor, case, message.text, _key(message))
        else:
            await self._reply(message, actor, case, message.text)
        return True

    async def click(self, query: CallbackQuery) -> bool:
        """Do what a button of a card asks for."""
        data = query.data or ""
        if not data.startswith(PREFIX):
            return False
        actor = await self._doorway.actor(query)
        action, message = decode_case(data), query.message
        if action is None or not isinstance(message, Message):
            raise await self._doorway.turn_away(actor, "button", "forged", data)
        if not self._doorway.is_here(message.chat) or await self._threads.case_of_shown(message) != action.case:
            raise await self._doorway.turn_away(actor, "button", "forged", data)
        if (more := self._more.get(action.verb)) is not None:
            await more(query, message, action)
            return True
        rows = await self._do(actor, action)
        await self._doorway.deliver.answer_click(query.id)
        await self._threads.redraw(action.case, rows)
        return True

    async def _do(self, actor: Actor, action: CaseClick) -> Rows | None:
        """Do it; the buttons to choose from where it is a question, else the card has its own."""
        cases, call = self._doorway.staff.cases, self._doorway.call
        match action.verb:
            case Verb.TAKE:
                await call(cases.claim, actor, action.case)
            case Verb.BACK:
                await call(cases.release, actor, action.case)
            case Verb.WHEN:
                return put_off_rows(await call(cases.case, actor, action.case), self._doorway.language)
            case Verb.WHOM:
                return await self._colleagues(await call(cases.case, actor, action.case))
            case Verb.GIVE:
                await self._give(actor, action)
            case Verb.PUT_OFF:
                if action.hours not in PUT_OFF_HOURS:
                    raise await self._doorway.turn_away(actor, "button", "forged", encode_case(action))
                now = await call(self._doorway.staff.now)
                await call(cases.snooze, actor, action.case, now + action.hours * _HOUR)
            case Verb.CLOSE:
                await call(cases.close, actor, action.case)
            case Verb.REOPEN:
                await call(cases.reopen, actor, action.case)
            case _:
                await call(cases.case, actor, action.case)
        return None

    async def _colleagues(self, held: Case) -> Rows:
        """Buttons of those the case may be given to; raises ``Refused`` where there is nobody."""
        offered: list[tuple[int, str]] = []
        for person in await self._doorway.call(self._doorway.staff.cases.colleagues, held.holder):
            if (await self._doorway.colleague(person)).role is not Role.NOBODY:
                offered.append((person, await self._doorway.name_of(person)))
            if len(offered) == COLLEAGUES_OFFERED:
                break
        if not offered:
            raise Refused("no_colleague", days=staff_numbers().colleagues.past_days)
        return give_rows(held, offered, self._doorway.language)

    async def _give(self, actor: Actor, action: CaseClick) -> None:
        cases = self._doorway.staff.cases
        # Of the number of somebody who never acted here, such as a bot's, no button was made.
        if action.to is None or action.to not in await self._doorway.call(cases.colleagues):
            raise await self._doorway.turn_away(actor, "button", "forged", encode_case(action))
        to = await self._doorway.colleague(action.to)
        await self._doorway.call(cases.assign, actor, action.case, to)
        self._mailer.nudge()

    async def _reply(self, message: Message, actor: Actor, case: int, text: str) -> None:
        await self._doorway.call(self._doorway.staff.cases.reply, actor, case, text, _key(message))
        self._mailer.nudge()
        number = await self._doorway.deliver.send(place_of(message), self._on_its_way(case), message.message_id)
        if number is not None:
            shown = Shown(message.chat.id, number, "answer", case=case, record={"text": text})
            await self._doorway.call(self._doorway.staff.shown.put, shown)
        await self._threads.redraw(case)

    async def _note(self, message: Message, actor: Actor, case: int, text: str) -> None:
        if not text:
            raise await self._doorway.turn_away(actor, "note", "note_empty", f"case {case}")
        await self._doorway.call(self._doorway.staff.cases.note, actor, case, text, _key(message))
        line = page([block(phrases(self._doorway.language)("casework.noted"))])
        await self._doorway.deliver.send(place_of(message), line, message.message_id)

    def _on_its_way(self, case: int) -> Page:
        say = phrases(self._doorway.language)
        row = tuple(
            Button(say(f"casework.do_{verb.value}"), encode_case(CaseClick(verb, case)))
            for verb in (Verb.OFFICIAL, Verb.CLOSE)
        )
        return page([block(say("casework.on_its_way"))], (row,))

    @staticmethod
    def _to_colleague(message: Message) -> bool:
        """Whether it replies to somebody of the staff; in a topic every message replies to its opening."""
        original = message.reply_to_message
        if original is None or original.forum_topic_created is not None:
            return False
        return not replies_to(message, message.get_bot().id)


def _key(message: Message) -> str:
    return f"telegram:{message.get_bot().id}:{message.chat.id}:{message.message_id}"


def _is_service(message: Message) -> bool:
    """Whether Telegram wrote it: a topic opened, closed, renamed."""
    user = message.from_user
    from_machine = user is not None and user.is_bot and message.sender_chat is None
    return from_machine or not (message.text or message.effective_attachment or message.caption)
