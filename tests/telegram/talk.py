"""How tests talk with the product: what a message of the bot holds, and what a press on a button leads to."""

from __future__ import annotations

from typing import Any

from bot_api_server import BotApiServer

Json = dict[str, Any]

WAIT = 20.0
"""Seconds: the first menu reads the prepared data, on a machine that may be busy."""


def labels(message: Json) -> list[str]:
    return [b["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for b in row]


def data(message: Json) -> list[str]:
    return [b["callback_data"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for b in row]


def quotes(message: Json) -> list[str]:
    text = message["text"].encode("utf-16-le")
    return [
        text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message["entities"]
        if "blockquote" in e["type"]
    ]


def asked(server: BotApiServer, user: int, text: str, **more: Any) -> Json:
    """The first message that answers what is said; for commands, which are answered with one."""
    chat = more.get("chat") or user
    before = len(server.sent(chat))
    server.say(user, text, **more)
    return server.wait_sent(chat, before + 1, WAIT)[before]


def pressed(server: BotApiServer, user: int, message: Json, label: str, **more: Any) -> Json:
    """What a message shows once a button of it was pressed that edits it."""
    server.press(user, message, label, **more)
    key = message["chat"]["id"], message["message_id"]
    return dict(server.wait(lambda: (m := server.messages[key]) != message and m, WAIT))


def answered(server: BotApiServer, user: int, message: Json, label: str, **more: Any) -> Json:
    """The new message that a pressed button leads to."""
    chat = message["chat"]["id"]
    before = len(server.sent(chat))
    server.press(user, message, label, **more)
    return server.wait_sent(chat, before + 1, WAIT)[before]


def notice(server: BotApiServer, query: str) -> str:
    """The notice a click was answered with, empty for none."""
    (call,) = server.wait(
        lambda: [c for c in server.done("answerCallbackQuery") if c.params["callback_query_id"] == query], WAIT
    )
    return str(call.params.get("text", ""))
