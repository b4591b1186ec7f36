"""What a running bot keeps, opened and closed together: the store, its threads, and this process among its like."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from bot.settings import Settings
from bot.store import StoreError, open_store
from bot.store.presence import Presence
from bot.telegram.aside import Aside
from bot.telegram.limits import STAFF_THREADS, STORE_THREADS
from bot.telegram.older import take_over

log = logging.getLogger(__name__)


class Kept:
    """A context. Entering raises ``StoreError`` or ``OSError``; the tables are brought to the present schema."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            self.store = open_store(self._settings.bot_database)
            opening.callback(self.store.close)
            take_over(self._settings.home, self.store)
            self.presence = Presence(self._settings.home)
            opening.callback(self.presence.close)
            self.aside = Aside("store", STORE_THREADS)
            opening.callback(self.aside.close)
            self.staff = Aside("staff", STAFF_THREADS)
            opening.callback(self.staff.close)
            # What was sent is written at once, behind nothing else.
            self.records = Aside("records", 1)
            opening.callback(self.records.close)
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    async def remove_old(self, days: float) -> None:
        """Remove what has not been used for ``days``."""
        try:
            removed = await self.aside(self.store.remove_old, days)
        except StoreError as error:
            log.warning("what is old could not be removed: %s", error)
            return
        if removed:
            log.info("removed after %s days without use: %s rows", days, removed)
