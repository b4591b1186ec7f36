"""Many cases at once before two bots on one PostgreSQL, of which one is killed: none is lost, no message comes twice.

``CIRCULAR_TEST_CASES`` says how many.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import BotProcess
from sqlalchemy import text
from staff_talk import ADMIN, ANNA, UNLIMITED
from webhook_api_server import WebhookApiServer, free_port

from documents.database import open_engine

pytest_plugins = ["postgres_server"]

CASES = int(os.environ.get("CIRCULAR_TEST_CASES", "20"))
STAFF = -100_700
SECONDS = 60 + CASES


@pytest.fixture
def server() -> Iterator[WebhookApiServer]:
    server = WebhookApiServer()
    server.start()
    server.found_group(STAFF, ANNA, forum=True)
    yield server
    server.stop()


@pytest.fixture
def bots(server: WebhookApiServer, postgres: Any, tmp_path: Path) -> Iterator[tuple[str, list[BotProcess]]]:
    """Two bots, each with a home of its own, and the one database of both."""
    database = postgres.new_database()
    started = [replica(server, tmp_path / name, database) for name in ("one", "two")]
    yield database, started
    for each in started:
        each.stop()


def replica(server: WebhookApiServer, folder: Path, database: str) -> BotProcess:
    """A bot behind the webhook."""
    folder.mkdir()
    port = free_port()
    told = {
        "CIRCULAR_WEBHOOK_URL": "http://127.0.0.1/tg",
        "CIRCULAR_WEBHOOK_SECRET": "one-for-all",
        "CIRCULAR_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "CIRCULAR_HASH_KEY": "one-for-all",
        "CIRCULAR_DATABASE_URL": database,
        "CIRCULAR_STAFF_CHAT_ID": STAFF,
        "CIRCULAR_ADMIN_IDS": ADMIN,
        "CIRCULAR_OFFICE_HOURS": "Sun 00:00-00:01; UTC",
    }
    words = ["env", *(f"{name}={value}" for name, value in told.items()), *UNLIMITED, "--webhook"]
    server.targets = [*server.targets, f"http://127.0.0.1:{port}/tg"]
    return BotProcess(server.url, folder, command=words)


def killed_where(bot: BotProcess, known: Callable[[], bool]) -> None:
    """Kill a bot at a moment at which this holds."""
    for _ in range(200):
        bot.signal(signal.SIGSTOP)
        time.sleep(0.1)
        if known():
            break
        bot.signal(signal.SIGCONT)
        time.sleep(0.01)
    bot.signal(signal.SIGKILL)
    bot.ended()


def test_of_many_cases_none_is_lost_and_no_message_comes_twice(
    server: WebhookApiServer, bots: tuple[str, list[BotProcess]]
) -> None:
    database, (killed, left) = bots
    server.wait(lambda: len(server.done("setWebhook")) == 2, 60)
    engine = open_engine(database)

    def rows(query: str) -> list[tuple[Any, ...]]:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def known() -> bool:
        """Whether what was sent to the staff is noted: between the two a kill lets a message come twice."""
        sent = server.sent(STAFF)
        return rows(f"SELECT count(*) FROM staff_shown WHERE chat = {STAFF}") == [(len(sent),)]

    askers = range(200_001, 200_001 + CASES)
    # The staff's chat is slow, so that all cases are open before most of them are shown.
    server.fault("createForumTopic", "429", 2, retry_after=3)
    for asker in askers:
        server.say(asker, f"Rats {asker}?")
        server.say(asker, f"Mice {asker}?")
    cards = "SELECT \"case\", message FROM staff_shown WHERE kind = 'card'"
    server.wait(lambda: len(rows(cards)) > CASES // 3, SECONDS)
    server.wait(lambda: rows("SELECT count(*) FROM bot_updates WHERE done_at IS NULL") == [(0,)], SECONDS)
    killed_where(killed, known)
    server.wait(lambda: len(rows(cards)) == CASES, SECONDS)
    threads = dict(rows("SELECT \"case\", message FROM staff_shown WHERE kind = 'topic'"))
    for case, topic in threads.items():
        server.say(ANNA, f"Answer to case {case}.", chat=STAFF, **server.in_topic(STAFF, topic))
    server.wait(lambda: rows("SELECT count(*) FROM staff_messages WHERE side = 'staff'") == [(CASES,)], SECONDS)
    server.wait(lambda: rows("SELECT count(*) FROM staff_outbox WHERE done_at IS NULL") == [(0,)], SECONDS)
    server.wait(lambda: rows("SELECT count(*) FROM bot_updates WHERE done_at IS NULL") == [(0,)], SECONDS)
    time.sleep(0.5)

    assert rows("SELECT count(*) FROM staff_cases") == [(CASES,)]
    said = Counter((asker, m["text"].split("\n")[0]) for asker in askers for m in server.sent(asker))
    assert {n for (_, first), n in said.items() if first.startswith("Your question")} == {1}
    assert {n for (_, first), n in said.items() if first.startswith("👤")} == {1}
    assert sum(first.startswith("👤") for _, first in said) == CASES
    titles = Counter(m["text"].split(" · ")[0] for m in server.sent(STAFF) if m.get("text", "").startswith("Case"))
    assert (len(titles), set(titles.values())) == (CASES, {1})
    assert len(server.done("createForumTopic")) == CASES
    engine.dispose()
    assert left.stop() == 0
    assert "Traceback" not in left.log
