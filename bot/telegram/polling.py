"""Taking updates from Telegram: one request after the other, through whatever the network does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.store import StoreError
from bot.telegram.arrivals import WANTED, Raw, number_of
from bot.telegram.errors import BotError
from bot.telegram.limits import (
    BACKLOG,
    BACKLOG_LOOK_SECONDS,
    CONFIRM_SECONDS,
    POLL_SECONDS,
    POLL_SLACK_SECONDS,
    REJECTIONS,
    SILENCE_SECONDS,
)
from bot.telegram.persist import pauses, persist, wait_asked_for

log = logging.getLogger(__name__)


class Poller:
    """Asks for updates and hands them to ``take``, which keeps them; asks for no more while ``backlog()`` is long.

    What is not kept stays with Telegram, so a bot that stops or is killed loses nothing.
    """

    def __init__(self, bot: Bot, take: Callable[[list[Raw]], Awaitable[None]], backlog: Callable[[], int]) -> None:
        self._bot = bot
        self._take = take
        self._backlog = backlog
        self._offset: int | None = None
        self._heard = time.monotonic()
        self._trouble: str | None = None
        self._rejections = 0
        self._waits: Iterator[float] = pauses()

    async def run(self) -> None:
        """Poll until cancelled. Raises ``BotError`` when the token is no longer accepted."""
        while True:
            while self._backlog() > BACKLOG:
                await asyncio.sleep(BACKLOG_LOOK_SECONDS)
            try:
                updates = await self._updates(POLL_SECONDS, 100)
            except TelegramError as error:
                await asyncio.sleep(self._after(error))
                continue
            try:
                await self._take(updates)
            except StoreError as error:
                self._say(f"no updates are taken, as they cannot be kept ({error}). Trying on.")
                await asyncio.sleep(next(self._waits))
                continue
            self._recovered()
            self._took(updates)

    async def confirm(self) -> None:
        """Tell Telegram that everything taken so far need not be sent again."""
        if self._offset is not None:
            try:
                await asyncio.wait_for(persist(lambda: self._updates(0, 1)), CONFIRM_SECONDS)
            except (TelegramError, TimeoutError) as error:
                log.warning("the last updates could not be confirmed and may come again: %s", error)

    async def _updates(self, seconds: int, limit: int) -> list[Raw]:
        # The raw request instead of Bot.get_updates: there, one update that cannot be read loses all with it.
        if time.monotonic() - self._heard > SILENCE_SECONDS:
            self._offset = None
        wanted = {"offset": self._offset, "timeout": seconds, "limit": limit, "allowed_updates": list(WANTED)}
        result = await self._bot.do_api_request(
            "getUpdates", api_kwargs=wanted, read_timeout=seconds + POLL_SLACK_SECONDS
        )
        return [each for each in result if isinstance(each, dict)] if isinstance(result, list) else []

    def _took(self, updates: list[Raw]) -> None:
        numbers = [number for each in updates if (number := number_of(each)) is not None]
        if numbers:
            self._offset = max(self._offset or 0, *(number + 1 for number in numbers))
            self._heard = time.monotonic()

    def _after(self, error: TelegramError) -> float:
        """Seconds to wait after a failure; says once what the trouble is."""
        if isinstance(error, TimedOut):
            return next(self._waits)
        if isinstance(error, InvalidToken | EndPointNotFound):
            self._rejections += 1
            if self._rejections >= REJECTIONS:
                raise BotError("Telegram no longer accepts TELEGRAM_BOT_TOKEN; set the present one and start again.")
        if isinstance(error, Conflict):
            self._say(
                "another process takes this bot's updates (409 conflict); "
                "stop it, or give this one a token of its own. Trying on."
            )
        elif not isinstance(error, RetryAfter):
            self._say(f"no updates from Telegram ({error}). Trying on.")
        return max(wait_asked_for(error), next(self._waits))

    def _say(self, trouble: str) -> None:
        if self._trouble is None:
            log.warning("%s", trouble)
        self._trouble = trouble

    def _recovered(self) -> None:
        if self._trouble is not None:
            log.info("updates are taken again")
        self._trouble = None
        self._rejections = 0
        self._waits = pauses()
