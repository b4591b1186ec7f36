"""What the staff desk does by the clock: cases woken, the weekly report, what is old removed, the library followed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from bot.telegram.limits import DAY_SECONDS
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.limits import LIBRARY_SECONDS, TICK_SECONDS
from bot.telegram.staff.uploads import Uploads
from documents.errors import DeskError
from documents.library import Library

log = logging.getLogger(__name__)


class Timers:
    """Every process does all of it; the staff desk sees to it that it happens once."""

    def __init__(self, doorway: Doorway, library: Callable[[], Library], uploads: Uploads) -> None:
        self._doorway, self._library, self._uploads = doorway, library, uploads
        self._known: Library | None = None

    async def run(self) -> None:
        """Go on until cancelled."""
        await asyncio.gather(
            self._every(TICK_SECONDS, self._tick),
            self._every(DAY_SECONDS, self._day),
            self._every(LIBRARY_SECONDS, self._hold),
        )

    async def _every(self, seconds: float, work: Callable[[], Any]) -> None:
        while True:
            await self._tried(work)
            await asyncio.sleep(seconds)

    def _hold(self) -> None:
        """Hold what is confirmed against the documents, at the start and when these have changed."""
        library = self._library()
        if library is not self._known:
            self._doorway.staff.answers.reconcile()
            self._known = library

    async def _tried(self, work: Callable[[], Any]) -> bool:
        try:
            await self._doorway.call(work)
        except DeskError as error:
            log.warning("the staff desk could not do what the hour asks for: %s", error)
            return False
        except Exception:
            log.exception("the staff desk failed at what the hour asks for")
            return False
        return True

    def _tick(self) -> None:
        self._uploads.remove_old()
        staff = self._doorway.staff
        staff.cases.wake()
        # In the first office hour of a week, not in the night before it.
        if staff.office.is_open(staff.now()):
            staff.post_digest()

    def _day(self) -> None:
        self._doorway.staff.remove_old()
