"""What is held of somebody else as a file, for admins; one's own is given in ``bot.telegram.own_data``."""

from __future__ import annotations

from telegram import CallbackQuery, Update

from bot.staff.errors import Refused
from bot.telegram.clicks import place_of
from bot.telegram.deliver_files import DeliverFiles
from bot.telegram.own_data import file_of
from bot.telegram.staff.attempts import command_of, is_second_hand
from bot.telegram.staff.doorway import Doorway
from prompts.phrases import phrases

_COMMAND = "export"
_LARGEST = 2**63 - 1


class ExportPart:
    """A part of the staff desk: /export with the number of a person, in a chat with the bot alone."""

    def __init__(self, doorway: Doorway, files: DeliverFiles) -> None:
        self._doorway, self._files = doorway, files

    async def message(self, update: Update) -> bool:
        """Answer /export where it names somebody."""
        message = update.message
        command = command_of(message, message.get_bot().username, (_COMMAND,)) if message is not None else None
        if message is None or command is None or not command.rest:
            return False
        actor = await self._doorway.actor(message)
        if is_second_hand(message):
            raise await self._doorway.turn_away(actor, _COMMAND, "forwarded")
        if message.chat.type != message.chat.PRIVATE:
            # Everybody there would read it.
            raise await self._doorway.turn_away(actor, _COMMAND, "only_alone")
        person = person_of(command.rest)
        if person is None:
            raise Refused("export_usage")
        language = await self._doorway.speaks(message.chat, message.from_user)
        held = await self._doorway.call(self._doorway.staff.export, actor, person)
        caption = phrases(language)("staff_numbers.export", person=person)
        await self._files.file(place_of(message), f"export-{person}.json", file_of(held), caption, message.message_id)
        return True

    async def click(self, query: CallbackQuery) -> bool:
        """It has no buttons."""
        return False


def person_of(rest: str) -> int | None:
    """The number of a person; ``None`` for what is none."""
    return int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 20 and 0 < int(rest) <= _LARGEST else None
