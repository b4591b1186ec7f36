"""Updates by webhook: Telegram brings them, and is told that it need not again once they are kept."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.settings import Settings
from bot.store import StoreError
from bot.telegram.arrivals import WANTED, Raw, number_of
from bot.telegram.errors import BotError
from bot.telegram.keys import kept_secret
from bot.telegram.limits import (
    BODY_SECONDS,
    REFUSALS_SAID_SECONDS,
    RETRY_AFTER_SECONDS,
    STARTUP_REMINDER_SECONDS,
    WEBHOOK_CONNECTIONS,
)
from bot.telegram.listen import Address, address_of
from bot.telegram.metrics import Metrics
from bot.telegram.persist import is_final, pauses, wait_asked_for

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
_SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")
_SECRET_FILE = "webhook.secret"  # noqa: S105
_PATH = "/telegram"
_TAKEN_PATHS = ("/healthz", "/readyz", "/metrics")


@dataclass(frozen=True, slots=True)
class WebhookAt:
    """Where Telegram brings updates: the public URL, the path of it, where this process listens, and the secret."""

    url: str
    path: str
    listen: Address
    secret: str = field(repr=False)


def webhook_of(settings: Settings) -> WebhookAt:
    """The webhook of these settings; a secret is made and kept where none is set. Raises ``BotError``."""
    url = (settings.webhook_url or "").strip()
    if not url:
        raise BotError(
            "CIRCULAR_WEBHOOK_URL is not set; set the public https address that Telegram is to bring updates to."
        )
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BotError("CIRCULAR_WEBHOOK_URL must be an https address without ? and #, such as https://bot.example/tg.")
    path = parts.path.rstrip("/") or _PATH
    if path in _TAKEN_PATHS or not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", path):
        raise BotError(
            "the path of CIRCULAR_WEBHOOK_URL must be letters, digits and . _ ~ - between /, and none of "
            f"{', '.join(_TAKEN_PATHS)}."
        )
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    if secret and not _SECRET.fullmatch(secret):
        raise BotError("CIRCULAR_WEBHOOK_SECRET must be 8 to 256 letters, digits, _ and -.")
    listen = address_of(settings.webhook_listen, "CIRCULAR_WEBHOOK_LISTEN")
    public = parts._replace(path=path).geturl()
    return WebhookAt(public, path, listen, secret or kept_secret(settings.home, _SECRET_FILE))


class Webhook:
    """Takes what Telegram brings, and nothing from anybody else.

    200 kept; 400 no update; 401 no or a wrong secret; 408 a body that does not end; 413 one too large; 503 it cannot
    be kept now, which makes Telegram bring it again. Other paths and methods are 404 and 405.
    """

    def __init__(self, at: WebhookAt, metrics: Metrics) -> None:
        self._at, self._metrics = at, metrics
        self._take: Callable[[list[Raw]], Awaitable[None]] | None = None
        self._refused, self._said = 0, float("-inf")

    def open(self, take: Callable[[list[Raw]], Awaitable[None]]) -> None:
        """Hand updates to ``take`` from now on, which keeps them."""
        self._take = take

    def close(self) -> None:
        """Take nothing any more; what comes is for another replica, or for later."""
        self._take = None

    def routes(self) -> list[web.RouteDef]:
        """Its one path."""
        return [web.post(self._at.path, self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        code, words = await self._received(request)
        self._metrics.called(code)
        if code in (400, 401, 408, 413):
            self._refuse(code, words)
        retry = {"Retry-After": str(RETRY_AFTER_SECONDS)} if code == 503 else None
        return web.json_response({"ok": code == 200, "description": words}, status=code, headers=retry)

    async def _received(self, request: web.Request) -> tuple[int, str]:
        given = request.headers.get(SECRET_HEADER, "")
        # Compared as bytes: the header may hold anything.
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._at.secret.encode()):
            return 401, f"{SECRET_HEADER} is missing or wrong"
        try:
            body = await asyncio.wait_for(request.read(), BODY_SECONDS)
        except web.HTTPRequestEntityTooLarge:
            return 413, "the body is too large for an update"
        except TimeoutError:
            return 408, "the body did not end"
        update = _update_in(body)
        if update is None:
            return 400, "the body is not an update"
        if self._take is None:
            return 503, "not taking updates now"
        try:
            await self._take([update])
        except StoreError as error:
            log.warning("an update was not kept: %s", error)
            return 503, "not taking updates now"
        return 200, "kept"

    def _refuse(self, code: int, words: str) -> None:
        self._refused += 1
        if time.monotonic() - self._said > REFUSALS_SAID_SECONDS:
            log.warning("requests to the webhook refused: %s, the last with %s: %s", self._refused, code, words)
            self._refused, self._said = 0, time.monotonic()


def _update_in(body: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed if number_of(parsed) is not None else None


async def set_webhook(bot: Bot, at: WebhookAt) -> None:
    """Tell Telegram where to bring updates, however long it takes; ``BotError`` where it refuses the address."""
    said = float("-inf")
    for pause in pauses():
        try:
            await bot.set_webhook(
                at.url, secret_token=at.secret, allowed_updates=list(WANTED), max_connections=WEBHOOK_CONNECTIONS
            )
            break
        except TelegramError as error:
            if is_final(error):
                raise BotError(f"Telegram refuses CIRCULAR_WEBHOOK_URL: {error}") from None
            if time.monotonic() - said > STARTUP_REMINDER_SECONDS:
                log.warning("the webhook is not set yet (%s). Trying on.", error)
                said = time.monotonic()
            await asyncio.sleep(max(pause, wait_asked_for(error)))
    log.info("updates come by webhook to %s", urlsplit(at.url).netloc)
