"""Sending files and pictures, with what can go wrong on the way told apart as for messages."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from telegram import Bot, InputFile, InputMediaPhoto, ReplyParameters
from telegram.error import ChatMigrated, TelegramError

from bot.telegram.deliver import Place
from bot.telegram.limits import CAPTION_UNITS
from bot.telegram.pages import shorten
from bot.telegram.persist import persist

log = logging.getLogger(__name__)

_MOST_PICTURES = 10
"""Telegram's bound on the pictures of one album; one alone is no album."""


class Picture(NamedTuple):
    """A picture to send: a name for its file, its bytes, and a line below it."""

    name: str
    content: bytes
    caption: str


class DeliverFiles:
    """Sends files. Nothing here raises for what Telegram or the network does; it logs a line."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def file(
        self, place: Place, name: str, content: bytes, caption: str = "", reply_to: int | None = None
    ) -> bool:
        """Send a file under a name; whether it was sent."""

        async def request(chat: int, topic: int | None, reply: ReplyParameters | None) -> None:
            await self._bot.send_document(
                chat,
                InputFile(content, filename=name),
                caption=shorten(caption, CAPTION_UNITS) or None,
                message_thread_id=topic,
                reply_parameters=reply,
                # A table of text is not looked into, and stays a file.
                disable_content_type_detection=True,
            )

        return await self._sent(place, reply_to, request)

    async def pictures(self, place: Place, pictures: Sequence[Picture], reply_to: int | None = None) -> bool:
        """Send pictures, several as albums; whether all were sent."""
        for at in range(0, len(pictures), _MOST_PICTURES):
            album = pictures[at : at + _MOST_PICTURES]

            async def request(
                chat: int, topic: int | None, reply: ReplyParameters | None, album: Sequence[Picture] = album
            ) -> None:
                if len(album) == 1:
                    (one,) = album
                    await self._bot.send_photo(
                        chat,
                        InputFile(one.content, filename=one.name),
                        caption=shorten(one.caption, CAPTION_UNITS) or None,
                        message_thread_id=topic,
                        reply_parameters=reply,
                    )
                    return
                media = [
                    InputMediaPhoto(
                        each.content, caption=shorten(each.caption, CAPTION_UNITS) or None, filename=each.name
                    )
                    for each in album
                ]
                await self._bot.send_media_group(chat, media, message_thread_id=topic, reply_parameters=reply)

            if not await self._sent(place, reply_to, request):
                return False
        return True

    @staticmethod
    async def _sent(
        place: Place,
        reply_to: int | None,
        request: Callable[[int, int | None, ReplyParameters | None], Awaitable[None]],
    ) -> bool:
        reply = None if reply_to is None else ReplyParameters(reply_to, allow_sending_without_reply=True)
        try:
            await persist(lambda: request(place.chat, place.topic, reply))
        except ChatMigrated as moved:
            return await DeliverFiles._sent(Place(moved.new_chat_id), None, request)
        except TelegramError as error:
            log.warning("a file could not be sent: %s", error)
            return False
        return True
