"""Who acts at the staff desk in Telegram, and how they are told that they may not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from typing import ParamSpec, TypeVar

from telegram import CallbackQuery, Chat, Message, User

from bot.staff.audit import Outcome
from bot.staff.desk import StaffDesk
from bot.staff.errors import Refused
from bot.staff.roles import Action, Actor, Role
from bot.telegram.aside import Aside
from bot.telegram.callback import Language
from bot.telegram.clicks import place_of
from bot.telegram.deliver import Deliver
from bot.telegram.language import Languages
from bot.telegram.pages import block, page
from bot.telegram.staff.attempts import Command, command_of
from bot.telegram.staff.limits import ACTION_CHARACTERS, SUBJECT_CHARACTERS
from bot.telegram.staff.members import Members
from documents.errors import DeskError
from prompts.phrases import phrases

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_PEOPLE = ("holder", "colleague")
"""Fields of what is refused that hold somebody's number; their name is said."""


class Doorway:
    """The opened staff desk with what everything at it needs.

    ``chat`` is the staff's chat, if there is one; ``language`` the one spoken there.
    """

    def __init__(
        self,
        staff: StaffDesk,
        deliver: Deliver,
        members: Members,
        languages: Languages,
        aside: Aside,
        *,
        chat: int | None,
        language: Language,
    ) -> None:
        self.staff, self.deliver, self.chat, self.language = staff, deliver, chat, language
        self._members, self._languages, self._aside = members, languages, aside

    async def call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a blocking call of the staff desk returns or raises, in a thread."""
        return await self._aside(work, *args, **kwargs)

    async def actor(self, update: Message | CallbackQuery) -> Actor:
        """Whoever wrote or clicked, with their role now; raises ``Refused`` where that cannot be told.

        Whoever speaks for a chat or is a bot is nobody: the audit log could not name them.
        """
        user = update.from_user
        behind = update.sender_chat if isinstance(update, Message) else None
        if user is None or user.is_bot or behind is not None:
            return Actor(person=behind.id if behind else user.id if user else 0, role=Role.NOBODY)
        return await self._with_role(user.id)

    async def colleague(self, person: int) -> Actor:
        """Somebody else than whoever acts, with their role now; raises ``Refused`` where that cannot be told."""
        try:
            return await self._with_role(person)
        except Refused:
            raise Refused("staff_unknown") from None

    async def name_of(self, person: int) -> str:
        """What somebody of the staff is called; their number where Telegram does not say."""
        return await self._members.name(person)

    async def _with_role(self, person: int) -> Actor:
        if self.staff.actor(person, lambda _: False).role is Role.ADMIN:
            return Actor(person=person, role=Role.ADMIN)
        member = await self._members.has(person)
        return self.staff.actor(person, lambda _: member)

    async def allow(self, actor: Actor, action: Action, subject: str = "") -> None:
        """Let somebody do what the staff desk's own methods do not check, and note it; raises ``Refused``."""
        await self.call(self.staff.allow, actor, action, subject[:SUBJECT_CHARACTERS])

    async def turn_away(self, actor: Actor, action: str, code: str, subject: str = "", **fields: object) -> Refused:
        """What to raise for an attempt that is no action of the desk, once it is noted in the audit log."""
        outcome = Outcome.NOT_ALLOWED if actor.role is Role.NOBODY else Outcome.REFUSED
        name, what = action[:ACTION_CHARACTERS], subject[:SUBJECT_CHARACTERS]
        await self.call(self.staff.turned_away, actor, name, what, outcome, code)
        return Refused(code, **fields)

    def command(self, message: Message, names: Collection[str]) -> Command | None:
        """The command of a message, where it is one of these; in a group of others only where it names the bot."""
        command = command_of(message, message.get_bot().username, names)
        private = message.chat.type == message.chat.PRIVATE
        if command is None or private or command.addressed or self.is_here(message.chat):
            return command
        return None

    def is_here(self, chat: Chat) -> bool:
        """Whether a chat is the staff's."""
        return self.chat is not None and chat.id == self.chat

    async def speaks(self, chat: Chat, user: User | None) -> Language:
        """The language of what is said there: that of the staff's chat, else of whoever acts."""
        if self.is_here(chat):
            return self.language
        return (await asyncio.to_thread(self._languages.of, user)).menus

    async def say_why(self, update: Message | CallbackQuery, error: DeskError) -> None:
        """Say in one line why something was not done."""
        message = update if isinstance(update, Message) else update.message
        language = self.language if message is None else await self.speaks(message.chat, update.from_user)
        if isinstance(error, Refused):
            people = {name: who for name, who in error.fields.items() if name in _PEOPLE and isinstance(who, int)}
            names = {name: await self.name_of(who) for name, who in people.items()}
            error = Refused(error.code, **{**error.fields, **names})
        line = refusal(error, language)
        if isinstance(update, CallbackQuery):
            await self.deliver.answer_click(update.id, line)
        else:
            await self.deliver.send(place_of(update), page([block(line)]), update.message_id)


def refusal(error: DeskError, language: Language) -> str:
    """Why something was refused, or that it did not work, in one line."""
    say = phrases(language)
    if not isinstance(error, Refused):
        log.error("the staff desk could not do what was asked: %s", error)
        return say("telegram.unavailable")
    fields = dict(error.fields)
    if "state" in fields:
        fields["state"] = say(f"staff.state_{fields['state']}")
    return say(f"staff.refused_{error.code}", **fields)
