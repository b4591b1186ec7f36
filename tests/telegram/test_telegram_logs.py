"""What stands in the log of the real bot, and what never does: the token, what somebody wrote, and who they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bot_api_server import TOKEN, BotApiServer
from conftest import Start
from webhook_api_server import bot_with

from bot.telegram.keys import Pseudonyms, kept_secret
from bot.telegram.logs import trace_of

SECRET = TOKEN.split(":")[1]
WORDS = ("quicksilver plover", "水银鸻鸟在岸边")


def lines(log: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.splitlines()]


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("form", ["plain", "json"])
def test_no_token_no_text_and_no_user_stands_in_the_log(
    server: BotApiServer, start: Start, form: str, debug: bool
) -> None:
    bot = start(server.url, command=bot_with(debug=debug, CIRCULAR_LOG=form))
    server.say(471_147, f"loan {WORDS[0]}")
    (answer,) = server.wait_sent(471_147, 1, 60)
    server.press(471_147, answer, "Open ¶ 2")
    for word in ("break", "away", "which", "long"):
        for words in WORDS:
            server.say(471_147, f"{word} {words}")
    server.blocked.add(88_231)
    server.say(88_231, f"loan {WORDS[0]}")
    server.push_raw({"message": {"message_id": "x", "chat": 5, "text": WORDS[0]}})
    server.push_raw({"message": {"text": WORDS[1], "from": {"id": WORDS[0]}}})
    server.fault("sendMessage", "429", 1)
    server.fault("sendMessage", "502", 1)
    server.say(471_147, "done?")
    server.wait(lambda: any("Echo: done?" in m["text"] for m in server.sent(471_147)), 60)
    assert bot.stop() == 0
    assert "the desk failed on a question" in bot.log
    for never in (SECRET, *WORDS, "quicksilver", "471147", "88231", "RuntimeError: "):
        assert never not in bot.log, never
    if form == "json":
        said = lines(bot.log)
        assert all({"time", "level", "logger", "message"} <= set(line) for line in said)
        (first, *_) = [line for line in said if "trace" in line and "desk failed" in line["message"]]
        assert "RuntimeError" in first["trace"]
        assert first["update"] > 1000


def test_a_user_has_the_same_name_in_every_line_and_over_restarts_and_another_by_another_key(
    server: BotApiServer, start: Start
) -> None:
    def names(count: int) -> list[str]:
        server.say(1, "break once")
        server.wait_sent(1, count, 60)
        assert bot.stop() == 0
        return [line["user"] for line in lines(bot.log) if "desk failed" in line["message"]]

    bot = start(server.url, command=bot_with(CIRCULAR_LOG="json"))
    first = names(1)
    bot = start(server.url, command=bot_with(CIRCULAR_LOG="json"))
    second = names(2)
    assert second == first * 2
    bot = start(server.url, command=bot_with(CIRCULAR_LOG="json", CIRCULAR_HASH_KEY="of my own"))
    assert names(3)[-1] == Pseudonyms("of my own").of(1) != first[0]
    assert "of my own" not in bot.log


@pytest.mark.parametrize("form", ["plain", "json"])
def test_words_of_the_update_in_hand_are_taken_out_of_whatever_is_logged(form: str, tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", _LOGS, form, TOKEN], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stderr
    assert "plover" not in said
    assert SECRET not in said
    assert "hidden-key" not in said
    assert said.count("<text>") == 2
    assert said.count("<token>") == 2
    assert "(update 7, user abc)" in said if form == "plain" else '"update": 7, "user": "abc"' in said


_LOGS = """
import logging, sys
from bot.store import Claimed, Where
from bot.telegram.handling import Handling
from bot.telegram.logs import set_up_logging

set_up_logging(sys.argv[2], sys.argv[1])("hidden-key")
texts = frozenset(["a plover\\non a \\"quay\\"", "a plover"])
Handling(Claimed(7, 1, "", 1, 0.0), Where(1, 1, 1), "abc", texts, None, None).begin()
log = logging.getLogger("anything")
log.warning("it said a plover\\non a \\"quay\\" and hidden-key")
try:
    raise KeyError("a plover")
except KeyError:
    log.exception("failed on %s with %s", "a plover", sys.argv[2])
"""


def test_a_made_secret_is_kept_and_its_owners_alone(tmp_path: Path) -> None:
    made = kept_secret(tmp_path / "home", "a.key")
    assert len(made) > 40
    assert kept_secret(tmp_path / "home", "a.key") == made
    assert kept_secret(tmp_path / "home", "b.key") != made
    assert (tmp_path / "home" / "a.key").stat().st_mode & 0o077 == 0


def test_a_trace_says_where_and_what_kind_and_no_words_that_may_be_a_users(tmp_path: Path) -> None:
    def fails(text: str) -> None:
        try:
            {}[text]
        except KeyError as error:
            raise ValueError(f"cannot read {text!r}") from error

    try:
        fails(" ".join(("my", "secret")))
    except ValueError as error:
        trace = trace_of(error)
    assert "my secret" not in trace
    assert trace.index("KeyError") < trace.index("ValueError")
    assert "in fails" in trace
    with pytest.raises(OSError, match="missing") as caught:
        (tmp_path / "missing").read_text("utf-8")
    assert "No such file" in trace_of(caught.value)
