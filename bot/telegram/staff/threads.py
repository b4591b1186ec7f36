"""Where a case stands in the staff's chat: in a topic of its own, or else below the card that opened it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, Message
from telegram.error import BadRequest, TelegramError

from bot.staff.cases import Case
from bot.staff.errors import Refused
from bot.staff.shown import Shown
from bot.telegram.callback import hashed
from bot.telegram.deliver import Place
from bot.telegram.pages import Page, block, page
from bot.telegram.persist import persist
from bot.telegram.render import Rows
from bot.telegram.staff.case_pages import case_pages, topic_name
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.limits import ASK_SECONDS, FORUM_SECONDS
from documents.library import Library, UnknownDocument
from prompts.phrases import phrases

log = logging.getLogger(__name__)

TOPIC, CARD, DETAILS, TOLD, ANSWER = "topic", "card", "details", "told", "answer"
DRAFT, WRONG = "draft", "wrong"
DECIDED = (OFFICIAL, CANCELLED) = ("official", "cancelled")
"""What a draft, or a question what is right, becomes."""
OF_A_CASE = (CARD, DETAILS, TOLD, ANSWER, DRAFT, WRONG, *DECIDED)
"""Kinds of messages that a reply to is of their case."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Where to write of a case, and the message to reply to; ``card`` is its first message."""

    place: Place
    card: int | None

    @property
    def reply_to(self) -> int | None:
        """The card, where there is no topic that says which case it is."""
        return self.card if self.place.topic is None else None


class Threads:
    """The cases of the staff's chat."""

    def __init__(self, bot: Bot, doorway: Doorway, library: Callable[[], Library]) -> None:
        self._bot, self._doorway, self._library = bot, doorway, library
        self._forum: tuple[float, bool] | None = None
        self._drawing: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def case_of(self, message: Message) -> int | None:
        """The case that a message in the staff's chat is written to, if it is to one."""
        if not self._doorway.is_here(message.chat):
            return None
        numbers = [message.message_thread_id, message.reply_to_message.message_id if message.reply_to_message else None]
        for number in numbers:
            shown = None if number is None else await self._at(number)
            if shown is not None and (shown.kind == TOPIC or shown.kind in OF_A_CASE):
                return shown.case
        return None

    async def case_of_shown(self, message: Message) -> int | None:
        """The case that a message of the bot in the staff's chat shows, under which somebody clicks."""
        shown = await self._at(message.message_id)
        return shown.case if shown is not None else None

    async def of(self, case: int) -> Thread | None:
        """Where a case stands; ``None`` where it is not shown yet."""
        chat = self._doorway.chat
        if chat is None:
            return None
        shown = await self._doorway.call(self._doorway.staff.shown.of_case, case, chat)
        topic = next((each.message for each in shown if each.kind == TOPIC), None)
        card = next((each.message for each in shown if each.kind == CARD), None)
        return None if topic is None and card is None else Thread(Place(chat, topic), card)

    async def opened(self, case: int, letter: int | None = None, *, whole: bool = False) -> Thread:
        """Where a case stands, shown there first where it is not; with ``whole`` all of it, where only a part was.

        Raises ``TelegramError``, and ``Refused`` where there is no such case.
        """
        thread = await self.of(case)
        if thread is not None and thread.card is not None and not whole:
            return thread
        chat = self._doorway.chat
        if chat is None:
            raise Refused("no_case", case=case)
        held = await self._doorway.call(self._doorway.staff.cases.look, case)
        topic = thread.place.topic if thread is not None else None
        if thread is None:
            topic = await self._topic(chat, held, letter)
        place, card = Place(chat, topic), thread.card if thread is not None else None
        shown = await self._doorway.call(self._doorway.staff.shown.of_case, case, chat)
        done = {each.step for each in shown if each.kind in (CARD, DETAILS)}
        for number, each in enumerate(await self._pages(held)):
            if number not in done:
                sent = await self._doorway.deliver.post(place, each, card if topic is None else None)
                kind, record = (DETAILS, None) if number else (CARD, _drawn(each))
                await self._keep(Shown(chat, sent, kind, case=case, letter=letter, step=number, record=record))
                card = card or sent
        return Thread(place, card)

    async def say(
        self, case: int, shown: Page, kind: str, *, record: Any = None, letter: int | None = None, step: int = 0
    ) -> int:
        """Write into the thread of a case; the message. Raises ``TelegramError``."""
        thread = await self.opened(case, letter)
        try:
            sent = await self._doorway.deliver.post(thread.place, shown, thread.reply_to)
        except BadRequest as error:
            if thread.place.topic is None or "thread not found" not in error.message.lower():
                raise
            # Somebody deleted the topic: the case gets another one.
            log.warning("the topic of case %s is gone; another one is opened", case)
            await self._doorway.call(self._doorway.staff.shown.lose, case, thread.place.chat)
            thread = await self.opened(case, letter)
            sent = await self._doorway.deliver.post(thread.place, shown, thread.reply_to)
        await self._keep(Shown(thread.place.chat, sent, kind, case=case, letter=letter, step=step, record=record))
        return sent

    async def redraw(self, case: int, rows: Rows | None = None) -> None:
        """Let the card of a case show how it stands now, perhaps with other buttons; nothing where it is not shown."""
        # Of two at once the later would draw over with what it read before, or the same once more. Other cards need
        # not wait for an edit that hangs.
        async with self._drawing.setdefault(case, asyncio.Lock()):
            await self._redraw(case, rows)

    async def _redraw(self, case: int, rows: Rows | None) -> None:
        thread = await self.of(case)
        if thread is None or thread.card is None:
            return
        held = await self._doorway.call(self._doorway.staff.cases.look, case)
        card = (await self._pages(held))[0]
        if rows is not None:
            card = replace(card, buttons=rows)
        shown = await self._at(thread.card)
        # Nothing is asked of Telegram that changes nothing: a group has a limit of its own.
        if shown is None or shown.record == _drawn(card):
            return
        if await self._doorway.deliver.edit(thread.place, thread.card, card):
            await self._keep(shown._replace(record=_drawn(card)))

    async def erase(self, case: int) -> None:
        """Take the words of an asker out of what the bot has written of their case into the staff's chat."""
        chat = self._doorway.chat
        if chat is None:
            return
        gone = page([block(phrases(self._doorway.language)("casework.removed"))])
        for shown in await self._doorway.call(self._doorway.staff.shown.of_case, case, chat):
            if shown.kind in (DETAILS, TOLD, DRAFT, WRONG, CANCELLED):
                await self._doorway.deliver.edit(Place(chat), shown.message, gone)

    async def _pages(self, held: Case) -> list[Page]:
        holder = None if held.holder is None else await self._doorway.name_of(held.holder)
        return await self._doorway.call(case_pages, held, self._doorway.language, holder, self._title)

    def _title(self, document: str) -> str:
        try:
            return self._library().document(document).title
        except UnknownDocument:
            return document

    async def _topic(self, chat: int, held: Case, letter: int | None) -> int | None:
        """A new topic; ``None`` where the chat has none, or the bot may not open one."""
        if not await self._has_topics(chat):
            return None
        name = topic_name(held, self._doorway.language)
        try:
            made = await persist(lambda: self._bot.create_forum_topic(chat, name), ASK_SECONDS)
        except BadRequest as error:
            log.error(
                "no topic could be opened in the staff's chat (%s); make the bot an administrator who manages topics",
                error,
            )
            self._forum = (time.monotonic(), False)
            return None
        number = made.message_thread_id
        await self._keep(Shown(chat, number, TOPIC, case=held.id, letter=letter))
        return number

    async def _has_topics(self, chat: int) -> bool:
        if self._forum is None or time.monotonic() - self._forum[0] > FORUM_SECONDS:
            try:
                found = await persist(lambda: self._bot.get_chat(chat), ASK_SECONDS)
            except BadRequest as error:
                raise error
            except TelegramError:
                if self._forum is None:
                    raise
                return self._forum[1]
            self._forum = (time.monotonic(), bool(found.is_forum))
        return self._forum[1]

    async def _keep(self, shown: Shown) -> None:
        await self._doorway.call(self._doorway.staff.shown.put, shown)

    async def _at(self, message: int) -> Shown | None:
        chat = self._doorway.chat
        return None if chat is None else await self._doorway.call(self._doorway.staff.shown.at, chat, message)


def _drawn(card: Page) -> str:
    """What tells one state of a card from another."""
    return hashed(f"{card.html}{card.buttons}")
