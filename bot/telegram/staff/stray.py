"""What is meant for the staff desk and has no place at it: commands outside of cases, links that name its things."""

from __future__ import annotations

from telegram import CallbackQuery, Update

from bot.staff.roles import Action
from bot.telegram.staff.attempts import is_second_hand, is_staff_link
from bot.telegram.staff.doorway import Doorway

_COMMANDS = {"note": Action.NOTE, "reply": Action.REPLY, "close": Action.CLOSE, "take": Action.CLAIM}
_PREFIXES = ("st:", "so:", "sw:", "sd:", "sn:")


class StrayPart:
    """The last part: whatever gets here is turned away and noted."""

    def __init__(self, doorway: Doorway) -> None:
        self._doorway = doorway

    async def message(self, update: Update) -> bool:
        """Turn away links to things of the desk, and commands outside of a case."""
        message = update.message
        command = None if message is None else self._doorway.command(message, ("start", *_COMMANDS))
        if message is None or command is None:
            return False
        if is_staff_link(command):
            actor = await self._doorway.actor(message)
            raise await self._doorway.turn_away(actor, "link", "no_link", command.rest)
        if command.name not in _COMMANDS:
            return False  # an ordinary /start
        actor = await self._doorway.actor(message)
        if is_second_hand(message):
            raise await self._doorway.turn_away(actor, command.name, "forwarded")
        await self._doorway.allow(actor, _COMMANDS[command.name])
        raise await self._doorway.turn_away(actor, command.name, "official_where")

    async def click(self, query: CallbackQuery) -> bool:
        """Turn away buttons that no part knows."""
        if not (query.data or "").startswith(_PREFIXES):
            return False
        actor = await self._doorway.actor(query)
        raise await self._doorway.turn_away(actor, "button", "forged", query.data or "")
