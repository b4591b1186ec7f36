"""The product as it is delivered: ``circular bot`` with a token and an address, and nothing else."""

from __future__ import annotations

import sys

import pytest
from bot_api_server import BotApiServer
from conftest import Start


@pytest.mark.slow
def test_circular_bot_answers_with_a_quote_and_opens_its_paragraph(server: BotApiServer, start: Start) -> None:
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
    assert bot.stop() == 0
    assert server.token not in bot.log
