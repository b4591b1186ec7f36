"""The bot as a process: how it starts, what stops it, and that nothing is lost, doubled or leaked on the way."""

from __future__ import annotations

import signal
import time
from collections import Counter

import pytest
from bot_api_server import TOKEN, BotApiServer
from conftest import SMALL_DESK, Start
from small_desk import LOAN, OPENING, SmallDesk

from bot.settings import Settings
from bot.telegram import BotError, run

SECRET = TOKEN.split(":")[1]


def ready(server: BotApiServer) -> None:
    server.wait(lambda: len(server.done("setMyCommands")) == 3, 60)


def test_it_survives_a_server_in_trouble_and_answers_each_update_once(server: BotApiServer, start: Start) -> None:
    for kind in ("502", "drop"):
        server.fault("getMe", kind)
    server.fault("deleteWebhook", "502")
    server.fault("setMyCommands", "drop")
    bot = start(server.url)
    ready(server)
    for kind in ("502", "drop_after"):
        server.fault("getUpdates", kind)
    server.say(1, "loan")
    server.push_again(3)
    server.say(2, "loan")
    server.wait_sent(1, seconds=60)
    server.wait_sent(2, seconds=60)
    assert len(server.sent(1)) == 1
    assert bot.stop() == 0
    assert SECRET not in bot.log
    assert "Traceback" not in bot.log


def test_three_hundred_quick_messages_amid_faults_are_each_answered_once(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    ready(server)
    server.fault("sendMessage", "429", 5)
    for _ in range(10):
        for kind in ("500", "502", "drop"):
            server.fault("sendMessage", kind, 1)
    for kind in ("429", "500"):
        server.fault("getUpdates", kind)
    for n in range(300):
        server.say(1 + n % 60, f"message {n}")
        if n % 7 == 0:
            server.push_again()
    server.wait(lambda: len(server.done("sendMessage")) >= 300, 120)
    assert bot.stop() == 0
    answered = Counter(m["text"].split("Echo: ")[1] for user in range(1, 61) for m in server.sent(user))
    assert answered == Counter(f"message {n}" for n in range(300))
    for user in range(1, 61):
        numbers = [int(m["text"].rsplit(" ", 1)[1]) for m in server.sent(user)]
        assert numbers == sorted(numbers)
    assert server.violations == []
    assert SECRET not in bot.log


def test_a_stop_signal_finishes_what_was_begun_and_exits_with_0(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    ready(server)
    server.fault("getUpdates", "500", 2)  # so that Telegram has not been told that the question was taken
    server.say(1, "slow but begun")
    server.wait(lambda: server.done("sendChatAction"))
    bot.signal(signal.SIGTERM)
    assert bot.ended(60) == 0
    assert "slow but begun" in server.sent(1)[0]["text"]
    # The next process does not answer it again, but what came in between.
    server.say(1, "in between")
    bot = start(server.url)
    texts = [m["text"].split("Echo: ")[1] for m in server.wait_sent(1, 2, 60)]
    assert texts == ["slow but begun", "in between"]
    assert bot.stop() == 0


def test_a_stop_signal_ends_a_bot_that_is_still_waiting_for_its_server(start: Start) -> None:
    bot = start("http://127.0.0.1:9")
    deadline = time.monotonic() + 60
    while "Trying on" not in bot.log and time.monotonic() < deadline:
        time.sleep(0.05)
    assert bot.stop() == 0
    assert bot.log.count("Trying on") == 1


def test_buttons_work_after_a_restart_and_the_fullest_log_holds_no_token(server: BotApiServer, start: Start) -> None:
    first = start(server.url, command=[*SMALL_DESK, "--debug"])
    server.say(1, "loan")
    (answer,) = server.wait_sent(1, 1, 60)
    first.signal(signal.SIGINT)
    assert first.ended(60) == 0
    assert "sendMessage" in first.log
    assert SECRET not in first.log
    start(server.url)
    server.press(1, answer, "Open ¶ 2")
    opened = server.wait(lambda: (m := server.sent(1)[0]) and OPENING in m["text"] and m, 60)
    server.press(1, opened, "Back")
    back = server.wait(lambda: (m := server.sent(1)[0]) and OPENING not in m["text"] and m)
    assert back["text"] == answer["text"]
    assert LOAN in back["text"]


def test_two_bots_of_one_token_are_said_in_one_line_and_both_keep_trying(server: BotApiServer, start: Start) -> None:
    one = start(server.url)
    ready(server)
    two = start(server.url)
    server.wait(lambda: len([c for c in server.calls if c.error and "Conflict" in c.error]) >= 2, 60)
    lines = [line for line in one.log.splitlines() if "409" in line]
    assert lines
    assert all("token of its own" in line for line in lines)
    assert two.stop() == 0
    server.say(1, "loan")
    server.wait_sent(1)
    assert "Traceback" not in one.log


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather"),
        ({"TELEGRAM_BOT_TOKEN": " "}, "TELEGRAM_BOT_TOKEN is not set"),
        ({"TELEGRAM_BOT_TOKEN": "my token/../x"}, "does not look like a token; copy it anew"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": "telegram.example"}, "TELEGRAM_API_BASE_URL must be"),
    ],
)
def test_what_is_missing_or_garbled_is_said_in_one_line(environment: dict[str, str], words: str) -> None:
    settings = Settings.model_validate(environment)
    with pytest.raises(BotError) as caught:
        run(SmallDesk(), settings)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_rejected_token_is_said_in_one_line_without_the_token(server: BotApiServer, start: Start) -> None:
    bot = start(server.url, token="1:AAwrong-secret-token")
    assert bot.ended(60) == 1
    (line,) = bot.log.splitlines()
    assert f"{server.url} rejects TELEGRAM_BOT_TOKEN; check the token" in line
    assert "secret" not in line


def test_a_desk_that_cannot_answer_is_said_and_logged_without_the_question(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    ready(server)
    server.say(1, "away with my secret question", language="en")
    server.say(2, "away with my secret question", language="zh")
    assert "cannot look anything up" in server.wait_sent(1)[0]["text"]
    assert server.wait_sent(2)[0]["text"] == "目前无法查阅文件，请过几分钟再问一次。"
    server.say(1, "loan")
    assert LOAN in server.wait_sent(1, 2)[1]["text"]
    assert bot.stop() == 0
    assert bot.log.count("http://harbour:8000: no server answers there") == 2
    assert "secret question" not in bot.log
    assert "Traceback" not in bot.log


def test_a_token_withdrawn_while_running_ends_the_bot_with_a_line(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    ready(server)
    server.token = "1:another"
    server.say(1, "wake up")
    assert bot.ended(60) == 1
    assert "no longer accepts TELEGRAM_BOT_TOKEN" in bot.log.splitlines()[-1]
    assert SECRET not in bot.log
