"""Sends the messages of the staff desk: one process each, in the order of each chat, and never one that another has."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import replace

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.staff.errors import LeaseLost, Refused
from bot.staff.mail import Mail
from bot.staff.numbers import staff_numbers
from bot.staff.outbox import Letter
from bot.telegram.persist import wait_asked_for
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.letters import Letters
from bot.telegram.staff.limits import AT_ONCE, CLOSED_SECONDS, LEASE_MARGIN_SECONDS, LOOK_SECONDS, RENEW_SECONDS
from documents.errors import DeskError

log = logging.getLogger(__name__)


class Mailer:
    """The outbox as this process empties it."""

    def __init__(self, doorway: Doorway, letters: Letters, mail: Mail) -> None:
        self._doorway, self._letters, self._mail = doorway, letters, mail
        self._news = asyncio.Event()
        self._sending: dict[asyncio.Task[None], int] = {}
        self._lost: set[int] = set()
        self._renewed = time.monotonic()
        self._trouble = False

    def nudge(self) -> None:
        """Look at once: something has been written."""
        self._news.set()

    async def run(self) -> None:
        """Send what is there, and go on until cancelled."""
        renewing = asyncio.create_task(self._renew(), name="leases of messages")
        try:
            while True:
                self._news.clear()
                for letter in await self._claim():
                    task = asyncio.create_task(self._send(letter), name=f"message {letter.id}")
                    self._sending[task] = letter.id
                    task.add_done_callback(self._ended)
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._news.wait()
        finally:
            renewing.cancel()

    async def finish(self, seconds: float) -> bool:
        """Let what is on its way arrive for so long, and give back the rest; whether all arrived."""
        tasks = list(self._sending)
        _, left = await asyncio.wait(tasks, timeout=seconds) if tasks else (set(), set())
        for task in left:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(DeskError):  # the leases run out by themselves
            await self._doorway.call(self._mail.release)
        return not left

    async def _claim(self) -> list[Letter]:
        free = AT_ONCE - len(self._sending)
        if free < 1:
            return []
        before = time.monotonic()
        try:
            letters = await self._doorway.call(self._mail.claim, free)
        except DeskError as error:
            if not self._trouble:
                log.warning("messages of the staff desk wait: %s. Trying on.", error)
            self._trouble = True
            return []
        self._trouble = False
        if letters and not self._sending:
            self._renewed = before
        return letters

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            before, held = time.monotonic(), set(self._sending.values())
            if not held:
                continue
            try:
                mine = await self._doorway.call(self._mail.renew)
            except DeskError as error:
                log.debug("leases of messages are not renewed: %s", error)
                continue
            self._renewed = before
            self._lost |= held - mine

    def _held(self, letter: int) -> bool:
        since = time.monotonic() - self._renewed
        return letter not in self._lost and since < staff_numbers().outbox.lease_seconds - LEASE_MARGIN_SECONDS

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._lost.discard(self._sending.pop(task))
        self.nudge()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a message of the staff desk could not be dealt with", exc_info=error)

    async def _send(self, letter: Letter) -> None:
        try:
            await self._tried(letter)
        except LeaseLost as lost:
            log.warning("%s", lost)
        except DeskError as error:
            log.warning("message %s stays to be sent: %s", letter.id, error)

    async def _tried(self, letter: Letter) -> None:
        def sure() -> None:
            if not self._held(letter.id):
                raise LeaseLost(f"message {letter.id} went to another process")

        try:
            await self._letters.send(letter, sure)
        except Refused as refused:
            # The case it is of is gone, and with it whoever would read this.
            log.warning("message %s is of no case any more: %s", letter.id, refused)
            await self._doorway.call(self._mail.sent, letter)
        except ChatMigrated as moved:
            log.error("a chat is now %s; if it is the staff's, set CIRCULAR_STAFF_CHAT_ID to that", moved.new_chat_id)
            await self._doorway.call(self._mail.failed, letter)
        except (Forbidden, BadRequest) as error:
            if not _cannot_be_reached(error):
                log.error("a message of the staff desk was refused: %s", error)
                await self._doorway.call(self._mail.failed, letter)
            elif letter.chat != self._doorway.chat:
                await self._doorway.call(self._mail.blocked, letter)
            else:
                # Whoever runs the bot can mend that: nothing for staff is given up meanwhile.
                log.error("the staff's chat cannot be written to (%s); make the bot an administrator there", error)
                await self._doorway.call(self._mail.failed, replace(letter, tries=1), after=CLOSED_SECONDS)
        except TelegramError as error:
            log.warning("a message of the staff desk was not sent: %s", error)
            after = wait_asked_for(error) if isinstance(error, RetryAfter) else None
            await self._doorway.call(self._mail.failed, letter, after=after)
        else:
            await self._doorway.call(self._mail.sent, letter)


def _cannot_be_reached(error: TelegramError) -> bool:
    return isinstance(error, Forbidden) or "chat not found" in error.message.lower()
