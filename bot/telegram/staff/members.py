"""Who is in the staff's chat, as Telegram says; asked anew after a short while."""

from __future__ import annotations

import logging
import time
from typing import NamedTuple

from telegram import Bot, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, TelegramError

from bot.staff.errors import Refused
from bot.telegram.memory import Recent
from bot.telegram.persist import persist
from bot.telegram.staff.limits import MEMBER_ASK_SECONDS, MEMBER_SECONDS, MEMBERS_KEPT

log = logging.getLogger(__name__)

_IN = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER)


class _Known(NamedTuple):
    at: float
    inside: bool
    name: str | None


class Members:
    """Membership in one chat; nobody is in where there is no chat."""

    def __init__(self, bot: Bot, chat: int | None) -> None:
        self._bot, self._chat = bot, chat
        self._known: Recent[int, _Known] = Recent(MEMBERS_KEPT)

    async def has(self, person: int) -> bool:
        """Whether a person is in the chat; raises ``Refused`` where Telegram cannot say."""
        return (await self._of(person)).inside

    async def name(self, person: int) -> str:
        """What somebody who is or was in the chat is called; their number where that is not known."""
        try:
            known = await self._of(person)
        except Refused:
            return str(person)
        return known.name or str(person)

    async def _of(self, person: int) -> _Known:
        known = self._known.get(person)
        if known is None or time.monotonic() - known.at > MEMBER_SECONDS:
            known = await self._ask(self._chat, person) if self._chat is not None else _Known(0.0, False, None)
            self._known.put(person, known)
        return known

    async def _ask(self, chat: int, person: int) -> _Known:
        now = time.monotonic()
        try:
            member = await persist(lambda: self._bot.get_chat_member(chat, person), MEMBER_ASK_SECONDS)
        except BadRequest as error:
            # Of somebody who was never there Telegram says so in one of several ways; a wrong chat is worth a line.
            if "chat not found" in error.message.lower():
                log.error("CIRCULAR_STAFF_CHAT_ID names no chat that the bot is in: %s", error)
            return _Known(now, False, None)
        except TelegramError as error:
            log.warning("whether somebody is of the staff could not be asked: %s", error)
            raise Refused("role_unknown") from None
        inside = member.status in _IN or (isinstance(member, ChatMemberRestricted) and member.is_member)
        return _Known(now, inside, member.user.full_name)
