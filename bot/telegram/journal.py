"""Every request to Telegram passes here: it keeps Telegram's limits, is counted, and a message is sent once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter

from bot.telegram.handling import current
from bot.telegram.metrics import Metrics

log = logging.getLogger(__name__)

_Result = bool | dict[str, Any] | list[dict[str, Any]]
_SENDING = ("send", "copy", "forward")


class Journal(AIORateLimiter):
    """The library's rate limiter; messages sent while an update is handled go through ``Handling.once``.

    It stands where the library lets every request through one door, so no handler can forget it.
    """

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics

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

        async def request() -> _Result:
            outcome = "ok"
            try:
                return await limited(callback, args, kwargs, endpoint, data, rate_limit_args)
            except TelegramError as error:
                outcome = type(error).__name__
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
    return endpoint.startswith(_SENDING) and endpoint != "sendChatAction" and not endpoint.endswith("Draft")
