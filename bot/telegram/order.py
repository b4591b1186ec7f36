"""In what order updates are handled: one user's one after the other, different users' at the same time.

Every update is kept in the store before it is handled, so it is this order across all replicas of the bot, and what
one of them was killed over is begun again by the next.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from bot.store import Arrived, Claimed, StoreError, TurnLost, Updates
from bot.store.presence import Presence
from bot.telegram.arrivals import Raw, kind_of, number_of, where_of, whose, written
from bot.telegram.aside import Aside
from bot.telegram.handling import Handling
from bot.telegram.keys import Pseudonyms
from bot.telegram.limits import (
    LOOK_SECONDS,
    RENEW_SECONDS,
    TRIES,
    TURN_MARGIN_SECONDS,
    TURN_SECONDS,
    USERS_AT_ONCE,
)
from bot.telegram.metrics import Metrics
from bot.telegram.persist import pauses

log = logging.getLogger(__name__)

T = TypeVar("T")


class InOrder:
    """Keeps updates, and handles those of up to ``users`` users at once, each user's in order.

    ``process`` handles one. The store is asked in ``aside``, and told in ``records`` what was sent. ``settle`` is how
    long an update waits for the one before it, in seconds.
    """

    def __init__(
        self,
        updates: Updates,
        presence: Presence,
        aside: Aside,
        records: Aside,
        process: Callable[[Raw], Awaitable[None]],
        pseudonyms: Pseudonyms,
        metrics: Metrics,
        *,
        settle: float = 0.0,
        users: int = USERS_AT_ONCE,
    ) -> None:
        self._updates, self._presence, self._aside, self._records = updates, presence, aside, records
        self._process, self._pseudonyms, self._metrics = process, pseudonyms, metrics
        self._settle, self._places = settle, users
        self._news, self._idle = asyncio.Event(), asyncio.Event()
        self._active: dict[asyncio.Task[None], Handling] = {}
        self._waiting = 0
        self._renewed = time.monotonic()
        self._trouble = False
        self._loops: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin with what is kept."""
        self._loops = [asyncio.create_task(self._hand_out()), asyncio.create_task(self._stay_known())]

    @property
    def alive(self) -> bool:
        """Whether updates are being handed out."""
        return bool(self._loops) and not any(loop.done() for loop in self._loops)

    @property
    def backlog(self) -> int:
        """How many updates are kept and not done."""
        return self._waiting

    async def take(self, raws: list[Raw]) -> None:
        """Keep updates, those that came before left out. Raises ``StoreError`` where they cannot be kept."""
        arrived = [
            Arrived(number, whose(each), json.dumps(each)) for each in raws if (number := number_of(each)) is not None
        ]
        if not arrived:
            return
        new = await self._aside(self._updates.take, arrived)
        self._metrics.took(len(arrived), new)
        self._waiting += new
        self._look()
        if self._settle:
            asyncio.get_running_loop().call_later(self._settle, self._look)

    async def ended(self) -> None:
        """Wait until it ends, which it does not by itself; raises what ended it."""
        await asyncio.wait(self._loops, return_when=asyncio.FIRST_COMPLETED)
        for loop in self._loops:
            if loop.done():
                loop.result()

    async def finish(self, seconds: float) -> bool:
        """Handle what is kept for up to ``seconds``, then stop; whether nothing is left."""
        self._settle = 0.0
        done = True
        try:
            await asyncio.wait_for(self._nothing_left(), seconds)
        except TimeoutError:
            done = False
        tasks = [*self._loops, *self._active]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(StoreError):  # they run out by themselves
            await self._aside(self._updates.release)
        return done

    async def _nothing_left(self) -> None:
        while self.alive:
            self._idle.clear()
            self._look()
            await self._idle.wait()
            if not self._active:
                return
            await asyncio.wait(list(self._active), return_when=asyncio.FIRST_COMPLETED)

    def _look(self) -> None:
        self._news.set()

    async def _hand_out(self) -> None:
        while True:
            self._news.clear()
            free = self._places - len(self._active)
            claimed = await self._claim(free) if free > 0 else []
            for each in claimed:
                self._begin(each)
            if not claimed and not self._trouble:
                self._idle.set()
            with contextlib.suppress(TimeoutError):
                # Not ``wait_for``, which in Python 3.11 misses a cancellation that comes with the news.
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._news.wait()

    async def _claim(self, free: int) -> list[Claimed]:
        try:
            served = [handling.claimed.who for handling in self._active.values()]
            claimed = await self._aside(self._updates.claim, free, self._settle, served)
        except StoreError as error:
            if not self._trouble:
                log.warning("updates wait: %s. Trying on.", error)
            self._trouble = True
            return []
        if self._trouble:
            log.info("updates are handled again")
        self._trouble = False
        return claimed

    def _begin(self, claimed: Claimed) -> None:
        parsed = json.loads(claimed.payload)
        raw: Raw = parsed if isinstance(parsed, dict) else {}

        async def record(step: int, result: Any) -> None:
            await self._patiently(partial(self._updates.sent, claimed.number, step, result), self._records)

        person, texts = self._pseudonyms.of(claimed.who), frozenset(written(raw))
        handling = Handling(claimed, where_of(raw), person, texts, record, self._held)
        task = asyncio.create_task(self._handle(handling, raw), name=f"update {claimed.number}")
        self._active[task] = handling
        task.add_done_callback(self._ended)

    def _held(self, handling: Handling) -> bool:
        since = time.monotonic() - max(handling.began, self._renewed)
        return not handling.lost and since < TURN_SECONDS - TURN_MARGIN_SECONDS

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._active[task]
        self._look()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an update could not be finished", exc_info=error)

    async def _handle(self, handling: Handling, raw: Raw) -> None:
        handling.begin()
        claimed, outcome = handling.claimed, "done"
        try:
            if claimed.tries > TRIES:
                log.error("update %s was begun %s times and never done; it is left out", claimed.number, TRIES)
                outcome = "left_out"
            else:
                handling.conversation = await self._patiently(partial(self._updates.conversation, handling.where))
                try:
                    await self._process(raw)
                except Exception:
                    log.exception("update %s could not be handled", claimed.number)
                    handling.failed = True
                outcome = "failed" if handling.failed else "done"
            handling.over = True
            if handling.lost:
                raise TurnLost(f"update {claimed.number} went to another replica")
            await self._patiently(partial(self._updates.finish, claimed, handling.where, handling.changes))
            self._waiting = max(0, self._waiting - 1)
        except TurnLost as lost:
            log.warning("%s", lost)
            outcome = "lost"
        finally:
            handling.over = True
        seconds = claimed.waited + time.monotonic() - handling.began
        self._metrics.handled(kind_of(raw), outcome, seconds)

    async def _patiently(self, call: Callable[[], T], aside: Aside | None = None) -> T:
        """What the call returns, once the store is there."""
        waits = pauses()
        while True:
            try:
                return await (aside or self._aside)(call)
            except StoreError as error:
                log.warning("an update waits: %s", error)
                await asyncio.sleep(next(waits))

    async def _stay_known(self) -> None:
        """Renew the turns of this replica, take those of replicas that are gone, and count."""
        while True:
            try:
                await self._bury()
                before, held = time.monotonic(), list(self._active.values())
                mine = await self._aside(self._updates.renew)
                self._renewed = before
                for handling in held:
                    handling.lost = handling.lost or handling.claimed.who not in mine
                self._waiting = await self._aside(self._updates.waiting)
                self._metrics.waiting(self._waiting, len(self._active))
            except StoreError as error:
                log.debug("turns are not renewed: %s", error)
            await asyncio.sleep(RENEW_SECONDS)

    async def _bury(self) -> None:
        others = await self._aside(self._updates.other_holders)
        gone = [each for each in others if self._presence.is_gone(each)]
        if gone:
            log.info("%s process(es) of this bot ended before they were done; going on with theirs", len(gone))
            await self._aside(self._updates.release, gone)
            self._look()
