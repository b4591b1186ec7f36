"""Updates by webhook: only Telegram is heard; all it brings, however often and in whatever order, is answered once."""

from __future__ import annotations

import json
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bot_api_server import TOKEN
from conftest import BotProcess, Start
from small_desk import LOAN, SmallDesk
from webhook_api_server import WebhookApiServer, free_port, get, post, post_without_length, webhook_bot

from bot.settings import Settings
from bot.telegram import BotError, run


@pytest.fixture
def server() -> Iterator[WebhookApiServer]:
    server = WebhookApiServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def port() -> int:
    return free_port()


def begin(server: WebhookApiServer, start: Start, port: int, **settings: object) -> BotProcess:
    before = len(server.done("setWebhook"))
    bot = start(server.url, command=webhook_bot(port, **settings))
    server.wait(lambda: len(server.done("setWebhook")) > before, 15)
    return bot


def echoes(server: WebhookApiServer, user: int) -> list[str]:
    return [m["text"].split("Echo: ")[1] for m in server.sent(user)]


def settled(server: WebhookApiServer, user: int, word: str = "settled") -> None:
    server.say(user, word)
    server.wait(lambda: echoes(server, user)[-1:] == [word], 15)


def test_updates_are_brought_and_answered_and_never_asked_for(
    server: WebhookApiServer, start: Start, port: int, tmp_path: Path
) -> None:
    bot = begin(server, start, port)
    server.say(1, "loan")
    (answer,) = server.wait_sent(1)
    assert LOAN in answer["text"]
    server.press(1, answer, "Open ¶ 2")
    server.wait(lambda: server.done("answerCallbackQuery"))
    assert server.webhook["allowed_updates"] == ["message", "edited_message", "callback_query", "inline_query"]
    assert not [c for c in server.calls if c.method in ("getUpdates", "deleteWebhook")]
    assert len(server.webhook["secret_token"]) >= 32
    secret = tmp_path / "webhook.secret"
    assert secret.read_text(encoding="ascii") == server.webhook["secret_token"]
    assert secret.stat().st_mode & 0o077 == 0
    assert bot.stop() == 0
    assert server.webhook["secret_token"] not in bot.log
    assert server.violations == []


def test_whoever_is_not_telegram_is_told_so_and_not_heard(server: WebhookApiServer, start: Start, port: int) -> None:
    bot = begin(server, start, port, CIRCULAR_WEBHOOK_SECRET="the-set-secret")
    assert server.webhook["secret_token"] == "the-set-secret"
    url = server.webhook["url"]
    server.held = True
    server.say(1, "loan")
    update = json.dumps(server.updates()[0]).encode()
    assert post(url, update, None)[0] == 401
    assert post(url, update, "the-set-secreT")[0] == 401
    assert post(url, update, "the-set-secret\xe9")[0] == 401
    assert post(url, update, "the-set-secret", method="PUT")[0] == 405
    assert get(url)[0] == 405
    assert post(url + "/x", update, "the-set-secret")[0] == 404
    assert post(f"http://127.0.0.1:{port}/", update, "the-set-secret")[0] == 404
    for body in (b"", b"{", b"[]", b'{"update_id": "7"}', b'{"update_id": true}', b"\xff", b"[" * 100_000):
        assert post(url, body, "the-set-secret")[0] == 400, body[:20]
    assert post(url, b'{"update_id": 99999999999999999999}', "the-set-secret")[0] == 400
    assert post(url, b" " * (2**20 + 1), "the-set-secret")[0] == 413
    assert post_without_length(url, b" " * 65_536, 40, "the-set-secret") == 413
    time.sleep(0.3)
    assert server.sent(1) == []
    metrics = get(f"http://127.0.0.1:{port}/metrics")[1]
    assert 'circular_webhook_requests_total{code="401"} 3.0' in metrics
    assert server.bring(server.updates()[0]) == 200
    server.wait_sent(1)
    assert bot.stop() == 0
    assert bot.log.count("requests to the webhook refused") == 1
    assert "the-set-secret" not in bot.log


def test_an_update_brought_many_times_at_once_is_answered_once(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    begin(server, start, port)
    server.held = True
    server.say(1, "loan")
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(server.bring, server.updates() * 12))
    assert statuses == [200] * 12
    server.wait_sent(1)
    assert server.bring(server.updates()[0]) == 200  # late, when it is long done
    server.held = False
    settled(server, 2)
    assert len(server.sent(1)) == 1


def test_updates_that_overtake_each_other_are_answered_in_order(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    begin(server, start, port)
    settled(server, 1, "first")
    server.held = True
    for word in ("second", "third", "fourth"):
        server.say(1, word)
    for update in reversed(server.updates()[1:]):
        assert server.bring(update) == 200
        time.sleep(0.06)
    server.wait_sent(1, 4)
    assert echoes(server, 1) == ["first", "second", "third", "fourth"]


def test_a_stop_finishes_what_was_begun_and_leaves_the_rest_with_telegram(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    bot = begin(server, start, port)
    server.say(1, "slow but begun")
    server.wait(lambda: server.done("sendChatAction"))
    bot.signal(signal.SIGTERM)
    server.wait(lambda: get(f"http://127.0.0.1:{port}/readyz")[0] == 503)
    assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
    server.say(2, "too late")
    server.wait(lambda: 503 in server.statuses)
    assert bot.ended(8) == 0
    assert echoes(server, 1) == ["slow but begun"]
    assert server.sent(2) == []
    begin(server, start, port)
    server.wait_sent(2)
    settled(server, 1)
    assert (echoes(server, 1), echoes(server, 2)) == (["slow but begun", "settled"], ["too late"])


def test_what_a_killed_bot_had_begun_is_answered_once_by_the_next(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    bot = begin(server, start, port)
    for user in range(1, 9):
        server.say(user, f"slow {user}")
        server.say(user, f"after {user}")
    server.wait(lambda: server.done("sendChatAction") and server.statuses.count(200) == 16)
    bot.signal(signal.SIGKILL)
    bot.ended()
    again = begin(server, start, port)
    server.wait(lambda: all(len(server.sent(user)) == 2 for user in range(1, 9)), 20)
    settled(server, 99)
    for user in range(1, 9):
        assert echoes(server, user) == [f"slow {user}", f"after {user}"]
    assert "ended before they were done" in again.log


def test_of_a_long_answer_the_next_bot_sends_the_messages_that_are_missing(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    server.stalls[1] = 3
    bot = begin(server, start, port)
    server.say(1, "long")
    server.wait(lambda: [c for c in server.calls if c.error and "retry after 30" in c.error])
    bot.signal(signal.SIGKILL)
    bot.ended()
    server.stalls.clear()
    begin(server, start, port)
    server.wait(lambda: any("reply_markup" in m for m in server.sent(1)), 15)
    pages = [m["text"].rsplit("\n", 1)[1] for m in server.sent(1)]
    assert len(pages) > 4
    assert pages == [f"{n}/{len(pages)}" for n in range(1, len(pages) + 1)]


def test_kills_at_any_moment_lose_nothing_and_double_at_most_the_message_in_flight(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    kills, asked = 5, [f"question {n}" for n in range(60)]
    bot = begin(server, start, port)
    for n, word in enumerate(asked):
        server.say(1, word)
        if n % 12 == 6:
            server.wait(lambda n=n: len(server.sent(1)) > n // 2, 20)
            bot.signal(signal.SIGKILL)
            bot.ended()
            bot = start(server.url, command=webhook_bot(port))
    server.wait(lambda: set(echoes(server, 1)) == set(asked), 60)
    counts = Counter(echoes(server, 1))
    assert set(counts) == set(asked)
    assert sum(counts.values()) - len(asked) <= kills
    once = list(dict.fromkeys(echoes(server, 1)))
    assert once == asked


def test_health_is_with_the_webhook_and_metrics_go_where_they_are_told(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    apart = free_port()
    begin(server, start, port, CIRCULAR_METRICS_LISTEN=f"127.0.0.1:{apart}")
    assert get(f"http://127.0.0.1:{port}/healthz") == (200, {"alive": True})
    assert get(f"http://127.0.0.1:{port}/readyz")[0] == 200
    assert get(f"http://127.0.0.1:{port}/metrics")[0] == 404
    assert "circular_updates_taken_total" in get(f"http://127.0.0.1:{apart}/metrics")[1]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "CIRCULAR_WEBHOOK_URL is not set; set the public https address"),
        ({"CIRCULAR_WEBHOOK_URL": "bot.example/tg"}, "CIRCULAR_WEBHOOK_URL must be an https address"),
        ({"CIRCULAR_WEBHOOK_URL": "https://b.example/tg?x=1"}, "CIRCULAR_WEBHOOK_URL must be an https address"),
        ({"CIRCULAR_WEBHOOK_URL": "https://b.example/{x}"}, "the path of CIRCULAR_WEBHOOK_URL must be"),
        ({"CIRCULAR_WEBHOOK_URL": "https://b.example/metrics"}, "the path of CIRCULAR_WEBHOOK_URL must be"),
        ({"CIRCULAR_WEBHOOK_SECRET": "has space inside"}, "CIRCULAR_WEBHOOK_SECRET must be 8 to 256 letters"),
        ({"CIRCULAR_WEBHOOK_LISTEN": "8080"}, "CIRCULAR_WEBHOOK_LISTEN must be host:port"),
        ({"CIRCULAR_WEBHOOK_LISTEN": "127.0.0.1:http"}, "CIRCULAR_WEBHOOK_LISTEN must be host:port"),
        ({"CIRCULAR_WEBHOOK_LISTEN": "127.0.0.1:99999"}, "CIRCULAR_WEBHOOK_LISTEN must be host:port"),
        ({"CIRCULAR_WEBHOOK_LISTEN": "192.0.2.1:8080"}, "CIRCULAR_WEBHOOK_LISTEN: 192.0.2.1:8080 cannot be listened"),
        ({"CIRCULAR_HOME": "/proc/none"}, "/proc/none"),
        ({"CIRCULAR_METRICS_LISTEN": "nowhere"}, "CIRCULAR_METRICS_LISTEN must be host:port"),
    ],
)
def test_what_is_missing_or_garbled_is_said_in_one_line(settings: dict[str, str], words: str, tmp_path: Path) -> None:
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "CIRCULAR_HOME": tmp_path, "TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
    address = {"CIRCULAR_WEBHOOK_URL": "https://b.example/tg"} if settings else {}
    with pytest.raises(BotError) as caught:
        run(SmallDesk(), Settings.model_validate({**given, **address, **settings}), webhook=True)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_address_telegram_refuses_ends_the_bot_with_a_line(
    server: WebhookApiServer, start: Start, port: int
) -> None:
    server.refuses = True
    bot = start(server.url, command=webhook_bot(port))
    assert bot.ended() == 1
    last = bot.log.splitlines()[-1]
    assert last.startswith("Telegram refuses CIRCULAR_WEBHOOK_URL: Bad webhook: ")
