"""What the bot keeps over restarts and kills when it polls, and what it says of its health."""

from __future__ import annotations

import signal
import sqlite3
import time
from pathlib import Path

import pytest
from bot_api_server import BotApiServer
from conftest import Start
from small_desk import LOAN
from webhook_api_server import bot_with, free_port, get

PROC = Path("/proc/net/tcp")


def echoes(server: BotApiServer, user: int) -> list[str]:
    return [m["text"].split("Echo: ")[1] for m in server.sent(user)]


def ready(server: BotApiServer, times: int = 1) -> None:
    server.wait(lambda: len(server.done("setMyCommands")) == 3 * times, 60)


def test_a_conversation_goes_on_after_a_restart(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    server.say(1, "first question")
    question = server.say(1, "loann")
    server.wait_sent(1, 2, 60)
    assert bot.stop() == 0
    start(server.url)
    server.say(1, "earlier")
    assert server.wait_sent(1, 3, 60)[-1]["text"].endswith("first question | loann")
    server.edit(question, "loan")
    server.wait(lambda: LOAN in server.sent(1)[1]["text"])
    assert len(server.sent(1)) == 3


def test_what_was_begun_when_the_bot_was_killed_is_answered_once(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    ready(server)
    for user in (1, 2, 3):
        server.say(user, f"slow {user}")
        server.say(user, f"after {user}")
    server.wait(lambda: len(server.done("sendChatAction")) >= 3)
    bot.signal(signal.SIGKILL)
    bot.ended()
    bot = start(server.url)
    server.wait(lambda: all(len(server.sent(user)) >= 2 for user in (1, 2, 3)), 20)
    assert bot.stop() == 0
    for user in (1, 2, 3):
        assert echoes(server, user) == [f"slow {user}", f"after {user}"]


def test_a_database_that_is_busy_for_a_while_loses_no_update(
    server: BotApiServer, start: Start, tmp_path: Path
) -> None:
    bot = start(server.url)
    ready(server)
    with sqlite3.connect(tmp_path / "bot.sqlite", isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        server.say(1, "while busy")
        time.sleep(1)
        assert server.sent(1) == []
        connection.execute("ROLLBACK")
    connection.close()
    server.wait_sent(1)
    assert echoes(server, 1) == ["while busy"]
    assert bot.stop() == 0


def test_of_what_is_done_no_text_and_no_person_is_left_among_the_updates(
    server: BotApiServer, start: Start, tmp_path: Path
) -> None:
    bot = start(server.url)
    server.say(4711, "loan")
    server.wait_sent(4711)
    assert bot.stop() == 0
    with sqlite3.connect(tmp_path / "bot.sqlite") as connection:
        rows = connection.execute("SELECT who, payload, done_at IS NULL FROM bot_updates").fetchall()
        sends = connection.execute("SELECT count(*) FROM bot_sends").fetchone()
    connection.close()
    assert rows == [(0, None, 0)]
    assert sends == (0,)


def test_what_was_not_used_for_long_is_removed_at_the_start(server: BotApiServer, start: Start, tmp_path: Path) -> None:
    bot = start(server.url)
    server.say(1, "old question")
    server.wait_sent(1, 1, 60)
    assert bot.stop() == 0
    with sqlite3.connect(tmp_path / "bot.sqlite") as connection:
        connection.execute("UPDATE bot_conversations SET used_at = used_at - 8 * 24 * 3600")
    connection.close()
    bot = start(server.url, command=bot_with(CIRCULAR_KEEP_DAYS=9))
    server.say(1, "earlier")
    assert server.wait_sent(1, 2, 60)[-1]["text"].endswith("old question")
    assert bot.stop() == 0
    with sqlite3.connect(tmp_path / "bot.sqlite") as connection:
        connection.execute("UPDATE bot_conversations SET used_at = used_at - 8 * 24 * 3600")
    connection.close()
    bot = start(server.url, command=bot_with(CIRCULAR_KEEP_DAYS=7))
    server.wait(lambda: "removed after 7 days without use: 1 rows" in bot.log, 60)
    server.say(1, "earlier")
    assert server.wait_sent(1, 3)[-1]["text"].endswith("nothing")


def test_health_and_metrics_are_served_while_polling_where_they_are_wanted(server: BotApiServer, start: Start) -> None:
    at = f"127.0.0.1:{free_port()}"
    for _ in range(40):
        server.fault("getMe", "502")
    bot = start(server.url, command=bot_with(CIRCULAR_METRICS_LISTEN=at))
    server.wait(lambda: any(c.method == "getMe" for c in server.calls), 60)
    assert get(f"http://{at}/healthz") == (200, {"alive": True})
    status, said = get(f"http://{at}/readyz")
    assert (status, said) == (503, {"ready": False, "bot": "connecting", "library": "ok", "store": "ok"})
    with server._changed:
        server._faults.clear()
    ready(server)
    server.say(1, "loan")
    server.push_again(2)
    server.say(1, "break")
    server.wait_sent(1, 2)
    status, said = server.wait(lambda: (got := get(f"http://{at}/readyz")) and got[0] == 200 and got)
    assert said == {"ready": True, "bot": "running", "library": "ok", "store": "ok"}
    server.wait(lambda: 'circular_updates_handled_total{kind="message",outcome="done"} 2.0' in metrics(at))
    lines = metrics(at)
    assert "circular_updates_taken_total 2.0" in lines
    assert 'circular_answer_seconds_count{status="answered"} 1.0' in lines
    assert 'circular_answer_seconds_count{status="failed"} 1.0' in lines
    assert 'circular_telegram_requests_total{method="sendMessage",outcome="ok"} 2.0' in lines
    assert any(line.startswith("process_resident_memory_bytes ") for line in lines)
    assert get(f"http://{at}/")[0] == 404
    assert bot.stop() == 0


def metrics(at: str) -> list[str]:
    return str(get(f"http://{at}/metrics")[1]).splitlines()


@pytest.mark.skipif(not PROC.exists(), reason="reads /proc")
def test_nothing_listens_where_nothing_is_said_of_it(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    ready(server)
    table = [line.split() for line in PROC.read_text("ascii").splitlines()[1:]]
    listening = {f"socket:[{row[9]}]" for row in table if row[3] == "0A"}
    held = {str(file.readlink()) for file in Path(f"/proc/{bot._process.pid}/fd").iterdir()}
    assert not listening & held


def test_languages_that_an_older_version_kept_in_a_file_are_taken_over(
    server: BotApiServer, start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "telegram-languages.json"
    file.write_text('{"1": "zh", "2": "en", "3": "xx"}', "utf-8")
    bot = start(server.url)
    for user in (1, 2, 3):
        server.say(user, "/start", language="zh" if user == 2 else "en")
    assert "引用原文" in server.wait_sent(1)[0]["text"]
    assert "引用原文" not in server.wait_sent(2)[0]["text"] + server.wait_sent(3)[0]["text"]
    assert bot.stop() == 0
    assert not file.exists()
