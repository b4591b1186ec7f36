"""What a part of the staff desk in Telegram looks like to the bot, and what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from telegram import CallbackQuery, Message, Update

from bot.telegram.staff.asker_part import AskerPart
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.errors import RefusedHere
from bot.telegram.staff.threads import Threads
from documents.errors import DeskError


class Part(Protocol):
    """Something that staff, or askers, do with the staff desk. Methods may raise ``Refused`` and ``DeskError``."""

    async def message(self, update: Update) -> bool:
        """Do what a new message asks for; whether it was meant for this part."""

    async def click(self, query: CallbackQuery) -> bool:
        """Do what a button asks for; whether it is one of this part."""


class Parts:
    """All parts in order, the first one that is meant doing it. What is refused is told in one line."""

    def __init__(self, doorway: Doorway, threads: Threads, asker: AskerPart, parts: Sequence[Part]) -> None:
        self._doorway, self._threads, self._asker, self._parts = doorway, threads, asker, (asker, *parts)

    async def message(self, update: Update) -> bool:
        """Whether a new message was for one of them."""
        message = update.message
        if message is None:
            return False
        try:
            for part in self._parts:
                if await part.message(update):
                    return True
        except DeskError as error:
            await self._tell_why(message, error, "message")
            return True
        return False

    async def edited(self, message: Message) -> bool:
        """Whether an edited message is of a case: no answer is sought then.

        What went out to an asker stays as it was; what an asker writes anew is added.
        """
        try:
            return await self._threads.case_of(message) is not None or await self._asker.edited(message)
        except DeskError as error:
            await self._tell_why(message, error, "message")
            return True

    async def click(self, query: CallbackQuery) -> bool:
        """Whether a button was one of theirs."""
        try:
            for part in self._parts:
                if await part.click(query):
                    return True
        except DeskError as error:
            await self._tell_why(query, error, "button")
            return True
        return False

    async def _tell_why(self, update: Message | CallbackQuery, error: DeskError, what: str) -> None:
        if isinstance(error, RefusedHere):
            with suppress(DeskError):
                await self._doorway.turn_away(await self._doorway.actor(update), what, error.code)
        await self._doorway.say_why(update, error)
