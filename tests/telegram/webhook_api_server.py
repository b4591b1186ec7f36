"""The strict server that brings updates by webhook, and what tests need to run bots that take them so."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from bot_api_server import BotApiServer, Json, RefusedError, bad
from conftest import SMALL_DESK

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_KINDS = {"message", "edited_message", "callback_query", "inline_query"}


class WebhookApiServer(BotApiServer):
    """Brings each update until it is taken, several at the same time, to the targets in turn.

    ``targets`` are the addresses of replicas, where they differ from the one set; ``held`` keeps updates back;
    ``stalls`` makes it refuse further messages in a chat for half a minute after so many; where it ``refuses``, no
    webhook pleases it.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.webhook: Json = {}
        self.targets: list[str] = []
        self.held = False
        self.stalls: dict[int, int] = {}
        self.refuses = False
        self.statuses: list[int] = []
        self._brought: set[int] = set()
        self._bringing = ThreadPoolExecutor(8)
        threading.Thread(target=self._bring_all, daemon=True).start()

    def updates(self) -> list[Json]:
        """Every update there was, oldest first."""
        with self._changed:
            return list(self._updates)

    def bring(self, update: Json, target: str | None = None) -> int:
        """Bring one update once; the status, 0 where nobody answers."""
        try:
            return post(target or self.webhook["url"], json.dumps(update).encode(), self.webhook["secret_token"])[0]
        except OSError:
            return 0

    def _bring_all(self) -> None:
        while True:
            time.sleep(0.005)
            if self.held or not self.webhook:
                continue
            for at, update in enumerate(self.updates()):
                if id(update) not in self._brought:
                    self._brought.add(id(update))
                    self._bringing.submit(self._bring, at, update)

    def _bring(self, at: int, update: Json) -> None:
        while True:
            targets = self.targets or [self.webhook["url"]]
            status = self.bring(update, targets[at % len(targets)])
            with self._changed:
                self.statuses.append(status)
            if status == 200:
                return
            at += 1
            time.sleep(0.1)

    def _do_setWebhook(self, params: Json) -> bool:  # noqa: N802
        if self.refuses or urlsplit(params["url"]).scheme not in ("http", "https"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not _SECRET.fullmatch(params.get("secret_token", "")):
            raise bad("secret token contains unallowed characters")
        kinds = json.loads(params["allowed_updates"])
        if not set(kinds) <= _KINDS:
            raise bad("unknown kind of update")
        self.webhook = {**params, "allowed_updates": kinds}
        return True

    def _do_sendMessage(self, params: Json) -> Json:  # noqa: N802
        chat = self._chat(params)
        if len(self.sent(chat)) >= self.stalls.get(chat, 10**9):
            raise RefusedError(429, "Too Many Requests: retry after 30", retry_after=30)
        return super()._do_sendMessage(params)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def post(url: str, body: bytes, secret: str | None, method: str = "POST") -> tuple[int, Json]:
    """One request; the status and what it says."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers[SECRET_HEADER] = secret
    return _open(urllib.request.Request(url, data=body, headers=headers, method=method))


def get(url: str) -> tuple[int, Json | str]:
    """What an address says."""
    return _open(urllib.request.Request(url))


def post_without_length(url: str, chunk: bytes, times: int, secret: str) -> int:
    """Send a body that does not say how long it is; the status."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    body = (chunk for _ in range(times))
    try:
        with contextlib.suppress(OSError):  # where the answer comes before the end
            connection.request("POST", parts.path, body=body, headers={SECRET_HEADER: secret}, encode_chunked=True)
        return connection.getresponse().status
    finally:
        connection.close()


def _open(request: urllib.request.Request) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            status, body = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    try:
        return status, json.loads(body)
    except ValueError:
        return status, body.decode()


def bot_with(*, webhook: bool = False, debug: bool = False, **settings: object) -> list[str]:
    """The command of a bot with further settings."""
    words = [f"{name}={value}" for name, value in settings.items()]
    return ["env", *words, *SMALL_DESK, *(["--webhook"] if webhook else []), *(["--debug"] if debug else [])]


def webhook_bot(port: int, **settings: object) -> list[str]:
    """The command of a bot that takes updates by webhook at this port."""
    given = {"CIRCULAR_WEBHOOK_URL": f"http://127.0.0.1:{port}/tg", "CIRCULAR_WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
    return bot_with(webhook=True, **{**given, **settings})
