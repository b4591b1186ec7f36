"""A message that shows how far something is while it is done in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.telegram.deliver import Deliver, Place
from bot.telegram.pages import Page
from bot.telegram.staff.limits import PROGRESS_SECONDS

T = TypeVar("T")


class Progress:
    """Told from any thread, shown by edits of one message. Once ``during`` is cancelled, whoever tells it ends."""

    def __init__(self, deliver: Deliver, place: Place, message: int) -> None:
        self._deliver, self._place, self._message = deliver, place, message
        self._at: tuple[int, int] | None = None
        self._over = False

    def __call__(self, done: int, of: int) -> None:
        """Say how far it is; ends the thread by ``SystemExit`` where nobody waits for it any more."""
        if self._over:
            raise SystemExit
        self._at = (done, of)

    async def during(self, work: Awaitable[T], shows: Callable[[int, int], Page]) -> T:
        """What the work returns or raises; ``shows`` makes a page of how far it is."""
        self._at = shown = None
        task = asyncio.ensure_future(work)
        try:
            while not (await asyncio.wait({task}, timeout=PROGRESS_SECONDS))[0]:
                if (at := self._at) is not None and at != shown:
                    await self._deliver.edit(self._place, self._message, shows(*at))
                    shown = at
        except asyncio.CancelledError:
            self._over = True
            task.cancel()
            raise
        return task.result()
