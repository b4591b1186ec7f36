"""The update that is being handled: what was known when it began, what it changes, and what it has sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from bot.store import Changes, Claimed, Conversation, TurnLost, Where
from bot.telegram.limits import LOOK_SECONDS

_CURRENT: ContextVar[Handling | None] = ContextVar("handling", default=None)


def current() -> Handling | None:
    """The update that this task handles, if it does."""
    return _CURRENT.get()


@dataclass(slots=True)
class Handling:
    """One update in the hands of one task.

    ``record`` keeps what a step has sent; ``held`` says whether the user's turn is still this replica's. ``texts`` is
    what nobody may read in a log, ``person`` what its user is called there.
    """

    claimed: Claimed
    where: Where
    person: str
    texts: frozenset[str]
    record: Callable[[int, Any], Awaitable[None]]
    held: Callable[[Handling], bool]
    conversation: Conversation = field(default_factory=Conversation)
    changes: Changes = field(default_factory=Changes)
    began: float = field(default_factory=time.monotonic)
    failed: bool = False
    lost: bool = False
    over: bool = False
    _step: int = 0
    _sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def begin(self) -> None:
        """Make it what this task, and every task begun by it, handles."""
        _CURRENT.set(self)

    async def once(self, request: Callable[[], Awaitable[Any]]) -> Any:
        """The result of ``request``, which sends a message; that of an earlier try where it was sent then.

        A process that is killed after Telegram has taken the message and before that is recorded will send this one
        message again: the Bot API has no way to ask.
        """
        if self.over:
            return await request()
        async with self._sending:
            if self._step in self.claimed.sent:
                result = self.claimed.sent[self._step]
                self._step += 1
                return result
            await self._be_sure()
            result = await request()
            step, self._step = self._step, self._step + 1
            # A stop in this moment must not undo the record.
            await asyncio.shield(self.record(step, brief(result)))
            return result

    async def _be_sure(self) -> None:
        """Wait until the turn is certainly this replica's: nothing is sent while the store is away, either."""
        while not self.held(self):
            if self.lost:
                raise TurnLost(f"update {self.claimed.number}: its turn has gone to another replica")
            await asyncio.sleep(LOOK_SECONDS)


def brief(result: Any) -> Any:
    """Of a sent message what is needed to answer to it, and nothing that anybody wrote."""
    if isinstance(result, list):
        return [brief(each) for each in result]
    if not isinstance(result, dict):
        return result
    chat = result.get("chat")
    kept = {name: result[name] for name in ("message_id", "date", "message_thread_id") if name in result}
    if isinstance(chat, dict):
        kept["chat"] = {name: chat[name] for name in ("id", "type") if name in chat}
    return kept
