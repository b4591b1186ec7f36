"""Thirty questions a second for a minute, of 300 users, to the product before the strict server of the tests.

Thirty messages a second is all that Telegram lets a bot send. ``--quick`` takes ten seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from benchmarks.live_bot import BOT, PRODUCT, BotApiServer, BotProcess, processor_seconds, resident_mb
from benchmarks.shared import gold_rows, machine, percentile, table
from bot.desk import open_desk
from bot.settings import Settings
from prompts.phrases import LANGUAGES, phrases

A_SECOND, SECONDS, USERS = 30, 60, 300
FIRST_USER = 100_000
PATIENCE_SECONDS = 120
"""How long the answers may take after the last question."""


class Load(NamedTuple):
    """What was asked and when, by message, and when each of its messages was there."""

    asked: dict[int, float]
    answered: dict[int, list[float]]
    failed: int
    """Answers that say that something went wrong."""
    refused: list[str]
    memory: tuple[float, float, float]
    """Of the process in megabytes: before the first question, at its highest, after the last answer."""
    worked: float
    """Seconds of processor time the process took for all of it."""
    log: str


def main() -> None:
    seconds = 10 if "--quick" in sys.argv else SECONDS
    print(f"{machine()}; {A_SECOND} questions a second for {seconds} s from {USERS} users")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        open_desk(_settings(home)).close()
        _print(_run(home, seconds))


def _run(home: Path, seconds: int) -> Load:
    server = BotApiServer().start()
    bot = BotProcess(server.url, home, command=PRODUCT)
    server.wait(lambda: len(server.done("setMyCommands")) == 3, 60)
    questions = cycle([row["question"] for row in gold_rows() if not row.get("history")])
    server.say(1, next(questions))
    server.wait_sent(1, seconds=30)  # the first one of a process loads what the others use
    before = highest = resident_mb(bot.pid)
    worked = processor_seconds(bot.pid)
    asked: dict[int, float] = {}
    began = time.monotonic()
    for number in range(A_SECOND * seconds):
        time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
        at = time.monotonic()
        asked[server.say(FIRST_USER + number % USERS, next(questions))["message_id"]] = at
        if number % A_SECOND == 0:
            highest = max(highest, resident_mb(bot.pid))
    end = time.monotonic() + PATIENCE_SECONDS
    while len(_answered(server)) < len(asked) and time.monotonic() < end:
        time.sleep(0.5)
    time.sleep(2)
    after, worked = resident_mb(bot.pid), processor_seconds(bot.pid) - worked
    bot.stop()
    server.stop()
    answered = _answered(server)
    lines = {phrases(language)(f"telegram.{key}") for language in LANGUAGES for key in ("failed", "unavailable")}
    failed = sum(1 for message in server.messages.values() if message.get("text") in lines)
    return Load(asked, answered, failed, server.violations, (before, max(highest, after), after), worked, bot.log)


def _answered(server: BotApiServer) -> dict[int, list[float]]:
    """When the messages that reply to each question were there."""
    found: dict[int, list[float]] = {}
    for call in server.done("sendMessage"):
        original = call.result.get("reply_to_message")
        if call.result["from"]["id"] == BOT["id"] and original and original["chat"]["id"] >= FIRST_USER:
            found.setdefault(original["message_id"], []).append(call.at)
    return found


def _print(load: Load) -> None:
    first = [1000 * (load.answered[each][0] - at) for each, at in load.asked.items() if each in load.answered]
    whole = [1000 * (load.answered[each][-1] - at) for each, at in load.asked.items() if each in load.answered]
    never = len(load.asked) - len(first)
    table(
        ["from update to sent message, ms", "p50", "p95", "highest"],
        [
            [name, *(f"{percentile(sample, share):.0f}" for share in (50, 95, 100))]
            for name, sample in (("first message", first), ("whole answer", whole))
            if sample
        ],
    )
    messages = sum(map(len, load.answered.values()))
    print(f"questions {len(load.asked)}, answered {len(first)} by {messages} messages")
    print(
        f"errors: never answered {never}, said to have failed {load.failed}, refused by the server {len(load.refused)}"
    )
    print(f"tracebacks in the log: {load.log.count('Traceback')}")
    print(f"processor time of the bot: {1000 * load.worked / len(load.asked):.0f} ms a question")
    print("memory, MB: start {:.0f}, highest {:.0f}, end {:.0f}".format(*load.memory))
    if never or load.failed or load.refused:
        sys.exit(1)


def _settings(home: Path) -> Settings:
    """The default settings with this home, whatever the environment says."""
    fields = Settings.model_fields.items()
    defaults = {field.alias or name: field.get_default(call_default_factory=True) for name, field in fields}
    return Settings.model_validate({**defaults, "CIRCULAR_HOME": home})


if __name__ == "__main__":
    main()
