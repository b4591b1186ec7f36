"""Sending: pages to messages, with what can go wrong on the way told apart."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.telegram.inline_results import InlineResult
from bot.telegram.limits import INLINE_CACHE_SECONDS, INLINE_SECONDS, NOTICE_UNITS
from bot.telegram.pages import Page, shorten
from bot.telegram.persist import persist
from bot.telegram.start import PLAIN_LINK

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to write: a chat and, in a forum, the topic."""

    chat: int
    topic: int | None = None


class Deliver:
    """Sends, edits and answers clicks. Nothing here raises for what Telegram or the network does; it logs a line."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @property
    def bot(self) -> Bot:
        """The bot that sends."""
        return self._bot

    async def send(self, place: Place, page: Page, reply_to: int | None = None) -> int | None:
        """Send a page; the id of the new message, or ``None`` where it could not be sent."""
        try:
            return (await self._send(place, page, reply_to)).message_id
        except ChatMigrated as moved:
            return await self.send(Place(moved.new_chat_id), page)
        except TelegramError as error:
            log.warning("a message could not be sent: %s", error)
            return None

    async def post(self, place: Place, page: Page, reply_to: int | None = None) -> int:
        """Send a page; the id of the new message. Raises ``TelegramError`` where it could not be sent."""
        return (await self._send(place, page, reply_to)).message_id

    async def edit(self, place: Place, message: int, page: Page) -> bool:
        """Put a page in the place of a message; whether the message now shows it."""

        async def request(text: str, parse_mode: str | None) -> None:
            await persist(
                lambda: self._bot.edit_message_text(
                    text,
                    chat_id=place.chat,
                    message_id=message,
                    parse_mode=parse_mode,
                    reply_markup=_keyboard(page),
                    link_preview_options=_NO_PREVIEW,
                )
            )

        try:
            try:
                await request(page.html, ParseMode.HTML)
            except BadRequest as error:
                if not _is_markup(error):
                    raise
                log.error("a page was refused as HTML and is shown as plain text: %s", error)
                await request(page.plain, None)
        except BadRequest as error:
            if "message is not modified" in error.message.lower():
                return True
            log.info("a message could not be edited: %s", error)
            return False
        except TelegramError as error:
            log.warning("a message could not be edited: %s", error)
            return False
        return True

    async def delete(self, place: Place, message: int) -> None:
        """Delete a message of the bot's own, if it can be."""
        try:
            await persist(lambda: self._bot.delete_message(place.chat, message))
        except TelegramError as error:
            log.info("a message could not be deleted: %s", error)

    async def answer_click(self, query: str, notice: str | None = None) -> None:
        """End the waiting mark on a button, with a notice or without; a click may be too old for it by now."""
        text = shorten(notice, NOTICE_UNITS) if notice else None
        try:
            await persist(lambda: self._bot.answer_callback_query(query, text=text))
        except BadRequest as error:
            log.info("a click was not answered: %s", error)
        except TelegramError as error:
            log.warning("a click was not answered: %s", error)

    async def answer_inline(self, query: str, found: Sequence[InlineResult], button: str) -> None:
        """Offer passages, with a button that leads to the bot; the query may be too old for it by now."""

        async def request(*, html: bool) -> None:
            results = [_article(each, html=html) for each in found]
            link = InlineQueryResultsButton(button, start_parameter=PLAIN_LINK)
            # What is offered depends on the language of whoever asks.
            await persist(
                lambda: self._bot.answer_inline_query(
                    query, results, cache_time=INLINE_CACHE_SECONDS, is_personal=True, button=link
                ),
                INLINE_SECONDS,
            )

        try:
            try:
                await request(html=True)
            except BadRequest as error:
                if not _is_markup(error):
                    raise
                log.error("passages were refused as HTML and are offered as plain text: %s", error)
                await request(html=False)
        except BadRequest as error:
            log.info("passages were not offered: %s", error)
        except TelegramError as error:
            log.warning("passages were not offered: %s", error)

    async def typing(self, place: Place) -> None:
        """Show that an answer is being written; not worth a second try."""
        try:
            await self._bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.topic)
        except TelegramError as error:
            log.debug("the typing mark was not shown: %s", error)

    async def _send(self, place: Place, page: Page, reply_to: int | None) -> Message:
        reply = None if reply_to is None else ReplyParameters(reply_to, allow_sending_without_reply=True)

        async def request(text: str, parse_mode: str | None) -> Message:
            return await persist(
                lambda: self._bot.send_message(
                    place.chat,
                    text,
                    parse_mode=parse_mode,
                    reply_markup=_keyboard(page),
                    reply_parameters=reply,
                    message_thread_id=place.topic,
                    link_preview_options=_NO_PREVIEW,
                )
            )

        try:
            return await request(page.html, ParseMode.HTML)
        except BadRequest as error:
            if not _is_markup(error):
                raise
            log.error("a page was refused as HTML and goes out as plain text: %s", error)
            return await request(page.plain, None)


def _article(result: InlineResult, *, html: bool) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        result.message.html if html else result.message.plain,
        parse_mode=ParseMode.HTML if html else None,
        link_preview_options=_NO_PREVIEW,
    )
    return InlineQueryResultArticle(result.id, result.title, content, description=result.description)


def _is_markup(error: BadRequest) -> bool:
    return "can't parse entities" in error.message.lower()


def _keyboard(page: Page) -> InlineKeyboardMarkup | None:
    if not page.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(each.label, callback_data=each.data) for each in row] for row in page.buttons]
    )
