"""The strict server and the real bot as a process.

This folder has no ``__init__.py``: as a package named ``telegram`` it would hide the library of that name.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from bot_api_server import TOKEN, BotApiServer
from forked import Popen

SMALL_DESK = [sys.executable, str(Path(__file__).with_name("small_desk.py"))]
_users = count(1_001)


class BotProcess:
    """A bot process; its log is a file."""

    def __init__(
        self,
        url: str,
        folder: Path,
        token: str | None = TOKEN,
        command: list[str] = SMALL_DESK,
        corpus: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self._log = folder / "bot.log"
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM_", "CIRCULAR_"))}
        environment = {**inherited, "TELEGRAM_API_BASE_URL": url, "CIRCULAR_HOME": str(folder), "NO_PROXY": "*"}
        if token is not None:
            environment["TELEGRAM_BOT_TOKEN"] = token
        if corpus is not None:
            environment["CIRCULAR_CORPUS"] = str(corpus)
        environment |= settings or {}
        with self._log.open("ab") as log:
            self._process = Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        return self._process.pid

    def signal(self, number: int = signal.SIGTERM) -> None:
        self._process.send_signal(number)

    def ended(self, seconds: float = 10) -> int:
        """The exit code, once it has ended."""
        return self._process.wait(seconds)

    def stop(self) -> int:
        """End it and return the exit code."""
        if self._process.poll() is None:
            self.signal()
        try:
            return self.ended()
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"the bot did not stop; its log:\n{self.log}") from None


Start = Callable[..., BotProcess]


@pytest.fixture
def user() -> int:
    """A user nobody else in the run is."""
    return next(_users)


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    server = BotApiServer().start()
    yield server
    server.stop()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts bots that are stopped after the test."""
    started: list[BotProcess] = []

    def begin(url: str, **more: object) -> BotProcess:
        started.append(BotProcess(url, tmp_path, **more))  # type: ignore[arg-type]
        return started[-1]

    yield begin
    for each in started:
        each.stop()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApiServer]:
    """A server with a bot that many tests share, each as a user of its own."""
    server = BotApiServer().start()
    bot = BotProcess(server.url, tmp_path_factory.mktemp("bot"))
    try:
        server.wait(lambda: server.done("getUpdates") or server.done("setMyCommands"), 15)
        yield server
    finally:
        code = bot.stop()
        server.stop()
    assert code == 0, bot.log
    assert server.token not in bot.log


@pytest.fixture(scope="session")
def product(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApiServer]:
    """A server with the product, ``circular bot`` on the shipped circular, shared like ``live``."""
    folder = tmp_path_factory.mktemp("product") / "home"
    shutil.copytree(home, folder)
    server = BotApiServer().start()
    bot = BotProcess(server.url, folder, command=[sys.executable, "-m", "bot.cli", "bot"])
    try:
        server.wait(lambda: len(server.done("setMyCommands")) == 3, 60)
        yield server
    finally:
        code = bot.stop()
        server.stop()
    assert code == 0, bot.log
    assert "Traceback" not in bot.log
    assert server.token not in bot.log
