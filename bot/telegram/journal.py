"""Every request to Telegram passes here: it keeps Telegram's limits, is counted, and a message is sent once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter

from bot.telegram.handling import current
from bot.telegram.limits import MARKS_A_SECOND
from bot.telegram.metrics import Metrics

log = logging.getLogger(__name__)

_Result = bool | dict[str, Any] | list[dict[str, Any]]
_SENDING = ("send", "copy", "forward")
_ASKING = "get"
_MARK = "sendChatAction"


class Journal(AIORateLimiter):
    """The library's rate limiter; messages sent while an update is handled go through ``Handling.once``.

    It stands where the library lets every request through one door, so no handler can forget it. Marks of typing take
    the place of no message: they have a limit of their own, and those above it are left out.
    """

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics
        self._marks = AsyncLimiter(MARKS_A_SECOND, 1)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> _Result:
        """Send a request, or give what it came to before."""
        limited = super().process_request
        if endpoint == _MARK and not self._marks.has_capacity():
            return True

        async def request() -> _Result:
            outcome = "ok"
            try:
                if endpoint == _MARK:
                    async with self._marks:
                        return await callback(*args, **kwargs)
                # What is only asked counts against no limit of messages.
                counted = {} if endpoint.startswith(_ASKING) else data
                return await limited(callback, args, kwargs, endpoint, counted, rate_limit_args)
            except TelegramError as error:
                outcome = type(error).__name__
                raise
            except asyncio.CancelledError:
                outcome = "cancelled"
                raise
            finally:
                log.debug("%s: %s", endpoint, outcome)
                self._metrics.requested(endpoint, outcome)

        handling = current()
        if handling is None or not _sends(endpoint):
            return await request()
        result: _Result = await handling.once(request)
        return result


def _sends(endpoint: str) -> bool:
    """Whether a request leaves a message; marks of typing and drafts pass."""
    return endpoint.startswith(_SENDING) and endpoint != _MARK and not endpoint.endswith("Draft")
