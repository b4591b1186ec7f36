"""The product as it is delivered: ``circular bot`` with a token and an address, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bot_api_server import BotApiServer
from conftest import Start

from bot.pace import shipped_pace


@pytest.mark.slow
def test_circular_bot_answers_with_a_quote_opens_its_paragraph_and_knows_what_is_added_meanwhile(
    server: BotApiServer, start: Start, copied_home: Callable[[Path], Path], tmp_path: Path
) -> None:
    copied_home(tmp_path)
    bot = start(server.url, command=[sys.executable, "-m", "bot.cli", "bot"])
    server.say(1, "Which bank can lend to our company?")
    answer = server.wait_sent(1, seconds=120)[-1]
    quotes = [entity for entity in answer["entities"] if "blockquote" in entity["type"]]
    assert quotes
    assert "China Development Bank" in answer["text"]
    button = answer["reply_markup"]["inline_keyboard"][0][0]
    server.click(1, answer, button["callback_data"])
    opened = server.wait(lambda: (m := server.sent(1)[-1]) and m["text"] != answer["text"] and m)
    assert "policy-based loans" in opened["text"]
    assert "underline" in {entity["type"] for entity in opened["entities"]}

    asked = time.monotonic()
    file = tmp_path / "ferry.txt"
    file.write_text("Ferry Notice\n\nThe ferry to the island carries bicycles free of charge on Sundays.\n", "utf-8")
    command = [sys.executable, "-m", "bot.cli", "docs", "add", str(file)]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM_", "CIRCULAR_"))}
    subprocess.run(command, env={**inherited, "CIRCULAR_HOME": str(tmp_path)}, check=True, capture_output=True)
    time.sleep(max(0.0, asked + shipped_pace().look_seconds - time.monotonic()))
    server.say(2, "When does the ferry carry bicycles free of charge?")
    assert "on Sundays" in server.wait_sent(2, seconds=20)[-1]["text"]
    server.say(3, "/start")
    assert "Ferry Notice" in server.wait_sent(3, seconds=20)[-1]["text"]
    assert bot.stop() == 0
    assert server.token not in bot.log
    assert "documents in force: 2" in bot.log
    assert "built anew" not in bot.log, "an index that another process wrote in was taken for damaged"
