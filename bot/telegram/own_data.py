"""/export: all that is held of whoever asks for it, as a file that only they are sent."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

from telegram import Message

from bot.store import StoreError
from bot.telegram.callback import Language
from bot.telegram.clicks import place_of
from bot.telegram.deliver import Deliver
from bot.telegram.deliver_files import DeliverFiles
from bot.telegram.pages import block, page
from bot.telegram.render import line_page
from prompts.phrases import phrases

log = logging.getLogger(__name__)


class OwnData:
    """Gives people what is held of them. ``held`` looks it up by their number; it blocks, and raises ``StoreError``."""

    def __init__(self, deliver: Deliver, held: Callable[[int], dict[str, Any]]) -> None:
        self._deliver, self._held = deliver, held
        self._files = DeliverFiles(deliver.bot)

    async def give(self, message: Message, rest: str, language: Language) -> None:
        """Answer /export; only in a chat with the bot alone, where nobody else reads it, and only of oneself."""
        place, user = place_of(message), message.from_user
        if message.chat.type != message.chat.PRIVATE or rest or user is None:
            refused = "only_alone" if not rest else "export_usage"
            line = page([block(phrases(language)(f"staff.refused_{refused}"))])
            await self._deliver.send(place, line, message.message_id)
            return
        try:
            held = await asyncio.to_thread(self._held, user.id)
        except StoreError as error:
            log.error("what is held of somebody could not be looked up: %s", error)
            await self._deliver.send(place, line_page("unavailable", language), message.message_id)
            return
        caption = phrases(language)("staff_numbers.export_own")
        await self._files.file(place, "export.json", file_of(held), caption, message.message_id)


def file_of(held: dict[str, Any]) -> bytes:
    """What is held of a person as JSON in UTF-8."""
    return (json.dumps(held, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8", "replace")
