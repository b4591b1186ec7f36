"""Several bots behind one webhook, on one PostgreSQL: together they answer as one would, whatever becomes of each."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import BotProcess
from webhook_api_server import WebhookApiServer, free_port, get, webhook_bot

from bot.telegram.limits import TURN_SECONDS

pytest_plugins = ["postgres_server"]
USERS = range(1, 13)


@pytest.fixture
def server() -> Iterator[WebhookApiServer]:
    server = WebhookApiServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def replicas(server: WebhookApiServer, postgres: Any, tmp_path: Path) -> Iterator[Callable[[int], list[BotProcess]]]:
    """Starts so many replicas at once, each with a home of its own, on one new database."""
    started: list[BotProcess] = []
    database = postgres.new_database()

    def begin(count: int) -> list[BotProcess]:
        before = len(server.done("setWebhook"))
        ports = [free_port() for _ in range(count)]
        server.targets = [f"http://127.0.0.1:{port}/tg" for port in ports]
        for port in ports:
            home = tmp_path / str(port)
            home.mkdir()
            command = webhook_bot(
                port,
                CIRCULAR_WEBHOOK_URL="http://127.0.0.1/tg",
                CIRCULAR_WEBHOOK_SECRET="one-for-all",
                CIRCULAR_DATABASE_URL=database,
            )
            started.append(BotProcess(server.url, home, command=command))
        server.wait(lambda: len(server.done("setWebhook")) == before + count, 20)
        return started[-count:]

    yield begin
    for each in started:
        each.stop()


def echoes(server: WebhookApiServer, user: int) -> list[str]:
    return [m["text"].split("Echo: ")[1] for m in server.sent(user)]


def test_replicas_that_start_at_once_answer_each_user_once_and_in_order(
    server: WebhookApiServer, replicas: Callable[[int], list[BotProcess]]
) -> None:
    bots = replicas(3)
    for n in range(6):
        for user in USERS:
            server.say(user, f"question {n}")
    server.wait(lambda: sum(len(server.sent(user)) for user in USERS) >= 6 * len(USERS), 40)
    time.sleep(0.5)
    for user in USERS:
        assert echoes(server, user) == [f"question {n}" for n in range(6)]
    # What one replica was told, another knows.
    for _ in range(3):
        server.say(1, "earlier")
    texts = server.wait(lambda: (sent := server.sent(1)[6:]) and len(sent) == 3 and sent)
    assert all("question 5" in m["text"] for m in texts)
    server.wait(lambda: sum(handled(target) for target in server.targets) == 6 * len(USERS) + 3)
    assert all(handled(target) for target in server.targets), "one of them did nothing"
    for bot in bots:
        assert bot.stop() == 0
        assert "Traceback" not in bot.log


def handled(target: str) -> int:
    """How many updates a replica has handled."""
    lines = str(get(target.replace("/tg", "/metrics"))[1]).splitlines()
    counts = [line.split()[-1] for line in lines if line.startswith("circular_updates_handled_total")]
    return sum(int(float(count)) for count in counts)


def test_what_a_killed_replica_had_begun_is_answered_by_the_other(
    server: WebhookApiServer, replicas: Callable[[int], list[BotProcess]]
) -> None:
    one, _ = replicas(2)
    for user in USERS:
        server.say(user, f"slow {user}")
        server.say(user, f"after {user}")
    server.wait(lambda: len(server.done("sendChatAction")) >= 2 and server.statuses.count(200) == 2 * len(USERS), 15)
    one.signal(signal.SIGKILL)
    one.ended()
    server.wait(lambda: all(len(server.sent(user)) >= 2 for user in USERS), 40)
    time.sleep(0.5)
    for user in USERS:
        assert echoes(server, user) == [f"slow {user}", f"after {user}"]


def test_while_the_database_is_away_longer_than_a_turn_lasts_nothing_is_lost_or_doubled(
    server: WebhookApiServer, replicas: Callable[[int], list[BotProcess]], postgres: Any
) -> None:
    (bot,) = replicas(1)
    ready = server.targets[0].replace("/tg", "/readyz")
    assert get(ready)[0] == 200
    server.say(1, "slow before")
    server.wait(lambda: server.done("sendChatAction"))
    postgres.stop("QUIT")
    try:
        server.say(1, "while away")
        server.wait(lambda: 503 in server.statuses, 15)
        status, said = get(ready)
        assert (status, said["store"], said["library"]) == (503, "away", "ok")
        time.sleep(TURN_SECONDS)
    finally:
        postgres.start()
    server.wait(lambda: len(server.sent(1)) >= 2, 30)
    server.wait(lambda: get(ready)[0] == 200, 15)
    time.sleep(0.5)
    assert echoes(server, 1) == ["slow before", "while away"]
    assert bot.stop() == 0
    assert "Traceback" not in bot.log
