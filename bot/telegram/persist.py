"""Trying a request again when it is worth trying again, and not for ever."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.telegram.limits import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, SEND_ATTEMPTS, SEND_SECONDS

T = TypeVar("T")

_FINAL = (BadRequest, Forbidden, InvalidToken, EndPointNotFound, ChatMigrated, Conflict)


def is_final(error: TelegramError) -> bool:
    """Whether the same request would be refused again: not so for flood control, 5xx and lost connections."""
    return isinstance(error, _FINAL)


def pauses() -> Iterator[float]:
    """Seconds to wait after each failure: doubling up to a bound, spread so that many do not come back at once."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        yield pause * random.uniform(0.75, 1.25)  # noqa: S311 - no secret depends on it
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def wait_asked_for(error: TelegramError) -> float:
    """Seconds Telegram asks to wait before the next request; 0 where it asks for nothing."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wanted = error.retry_after
    return wanted.total_seconds() if isinstance(wanted, timedelta) else float(wanted)


async def persist(request: Callable[[], Awaitable[T]], seconds: float = SEND_SECONDS) -> T:
    """The result of ``request``, repeated through flood control, 5xx answers and lost connections.

    Raises the last ``TelegramError`` when it is final, after ``SEND_ATTEMPTS``, or when waiting would
    take longer than ``seconds`` in all. A connection lost after Telegram took a message cannot be told
    from one lost before: the message is then sent twice rather than not at all.
    """
    end = time.monotonic() + seconds
    waits = pauses()
    for attempt in range(1, SEND_ATTEMPTS + 1):
        try:
            return await request()
        except TelegramError as error:
            wait = max(wait_asked_for(error), next(waits))
            if is_final(error) or attempt == SEND_ATTEMPTS or time.monotonic() + wait > end:
                raise
            await asyncio.sleep(wait)
    raise AssertionError("unreachable")
