"""In what order updates are handled: one user's one after the other, different users' at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.limits import UPDATES_AT_ONCE, USERS_AT_ONCE


class InOrder(BaseUpdateProcessor):
    """Handles updates of ``users`` users at once, and of each user in the order they came."""

    def __init__(self, users: int = USERS_AT_ONCE) -> None:
        super().__init__(UPDATES_AT_ONCE)
        self._users = asyncio.Semaphore(users)
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the user's turn, then for a free place, then handle the update."""
        async with self._turn(_whose(update)), self._users:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    @asynccontextmanager
    async def _turn(self, user: int) -> AsyncIterator[None]:
        lock, waiting = self._turns.get(user, (asyncio.Lock(), 0))
        self._turns[user] = (lock, waiting + 1)
        try:
            # asyncio.Lock serves in the order of asking, and updates ask in the order they came.
            async with lock:
                yield
        finally:
            lock, waiting = self._turns.pop(user)
            if waiting > 1:
                self._turns[user] = (lock, waiting - 1)


def _whose(update: object) -> int:
    if not isinstance(update, Update):
        return 0
    whose = update.effective_user or update.effective_chat
    return whose.id if whose else 0
