"""An update as Telegram sends it: whose it is, where it stands, and what of it nobody may read in a log."""

from __future__ import annotations

from typing import Any

from bot.store import Where

Raw = dict[str, Any]
WANTED = ("message", "edited_message", "callback_query", "inline_query")
"""The kinds of updates the bot asks for."""

_WRITTEN = ("text", "caption", "query", "file_name")
_LARGEST = 2**63 - 1


def number_of(raw: object) -> int | None:
    """The number of an update; ``None`` for what is none."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if type(number) is int and abs(number) <= _LARGEST else None


def kind_of(raw: Raw) -> str:
    """One of ``WANTED``, or ``other``."""
    return next((kind for kind in WANTED if kind in raw), "other")


def where_of(raw: Raw) -> Where:
    """The place of an update; zeros for what it does not say."""
    content = _part(raw, kind_of(raw))
    message = _part(content, "message") if "callback_query" in raw else content
    return Where(_id(_part(message, "chat")), _speaker(content), _id(message, "message_id"))


def whose(raw: Raw) -> int:
    """Whose turn an update waits for: its person, or its chat where it names none."""
    where = where_of(raw)
    return where.person or where.chat


def written(raw: object) -> set[str]:
    """Every text in an update that somebody wrote."""
    found: set[str] = set()
    parts = [raw]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            found |= {text for name in _WRITTEN if isinstance(text := part.get(name), str)}
            parts += part.values()
        elif isinstance(part, list):
            parts += part
    return found


def _speaker(content: Raw) -> int:
    """Who acts: the chat that somebody speaks for, else the user; all who speak for a chat have the same user."""
    return _id(_part(content, "sender_chat")) or _id(_part(content, "from"))


def _part(raw: Raw, name: str) -> Raw:
    part = raw.get(name)
    return part if isinstance(part, dict) else {}


def _id(raw: Raw, name: str = "id") -> int:
    number = raw.get(name)
    return number if type(number) is int and abs(number) <= _LARGEST else 0
