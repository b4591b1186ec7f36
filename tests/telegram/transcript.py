"""A conversation with the bot as the asker sees it, written down as Markdown that a person can read.

Messages stand in the order in which they are seen, with their buttons. A line of a quotation begins with ``>``, and a
quotation that the chat folds ends with ``⌄``. What was marked in an opened paragraph stands between ``==``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from bot_api_server import BotApiServer
from talk import answered, asked, notice, pressed

Json = dict[str, Any]

STORED = Path(__file__).with_name("transcripts")
_WRITE = os.environ.get("CIRCULAR_TRANSCRIPTS") == "write"
_SPECIAL = re.compile(r"[\\`*_<\[\]=]")
_MARKS = {"bold": "**", "italic": "_", "underline": "=="}


class Transcript:
    """One asker's conversation: what they do, and what they see of it."""

    def __init__(self, server: BotApiServer, user: int, language: str, title: str) -> None:
        self._server, self._user, self._language = server, user, language
        self._parts = [f"# {title}"]
        self._messages = 0

    def say(self, text: str) -> Json:
        """Write to the bot; its message."""
        self._parts.append(f"## Asker: {text}")
        return self._new(asked(self._server, self._user, text, language=self._language))

    def turn_to(self, message: Json, label: str) -> Json:
        """Press a button that changes its message; what it shows then."""
        self._pressed(message, label)
        now = pressed(self._server, self._user, message, label, language=self._language)
        self._parts += ["_The message now reads:_", *message_lines(now)]
        return now

    def lead_to(self, message: Json, label: str) -> Json:
        """Press a button that leads to another message; that message."""
        self._pressed(message, label)
        return self._new(answered(self._server, self._user, message, label, language=self._language))

    def vote(self, message: Json, label: str) -> None:
        """Press a button that is answered with a notice alone."""
        self._pressed(message, label)
        query = self._server.press(self._user, message, label, language=self._language)
        self._parts.append(f"_A notice:_ {_escaped(notice(self._server, query))}")

    def written(self) -> str:
        """All of it. Fails where the bot has sent more than was looked at."""
        assert len(self._server.sent(self._user)) == self._messages
        return "\n\n".join(self._parts) + "\n"

    def _new(self, message: Json) -> Json:
        self._messages += 1
        self._parts += message_lines(message)
        return message

    def _pressed(self, message: Json, label: str) -> None:
        (whole,) = [each for row in _rows(message) for each in row if label in each][:1]
        self._parts.append(f"## Asker presses: {whole}")


def holds(name: str, written: str) -> None:
    """Hold a conversation to the stored one, or store it where ``CIRCULAR_TRANSCRIPTS=write``."""
    file = STORED / f"{name}.md"
    if _WRITE:
        file.write_text(written, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == written, f"{file}: see README.md beside it"


def message_lines(message: Json) -> list[str]:
    """The text of a message and its rows of buttons, as paragraphs of Markdown."""
    rows = [" ".join(f"`[{label}]`" for label in row) for row in _rows(message)]
    return [_text(message["text"], message["entities"]), *(["\\\n".join(rows)] if rows else [])]


def _rows(message: Json) -> list[list[str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def _text(text: str, entities: list[Json]) -> str:
    """The text with its styles; line ends inside a paragraph stay line ends."""
    characters, ends = _by_units(text)
    puts: dict[int, str] = {}
    for each in (each for each in entities if each["type"] in _MARKS):
        begin, end = each["offset"], each["offset"] + each["length"]
        while end > begin and characters[ends[end] - 1].isspace():
            end -= 1  # Markdown does not end a style after a space
        puts[begin] = puts.get(begin, "") + _MARKS[each["type"]]
        puts[end] = _MARKS[each["type"]] + puts.get(end, "")
    quotes = {e["offset"]: (e["offset"] + e["length"], e["type"]) for e in entities if "blockquote" in e["type"]}
    lines, line, quoted_to, folds = [], "", -1, False
    for at, place in sorted(ends.items()):
        if at in quotes:
            quoted_to, folds = quotes[at][0], quotes[at][1].startswith("expandable")
            line = "> " + line
        line += puts.get(at, "") + (" ⌄" if folds and at == quoted_to else "")
        character = characters[place] if place < len(characters) else "\n"
        if character == "\n":
            lines.append(line)
            line = "> " if at < quoted_to else ""
        else:
            line += _escaped(character)
    return _broken(lines)


def _by_units(text: str) -> tuple[str, dict[int, int]]:
    """The text, and for each offset in UTF-16 units, the end included, the place of its character."""
    places, at = {}, 0
    for place, character in enumerate(text):
        places[at] = place
        at += 2 if character > "\uffff" else 1
    return text, {**places, at: len(text)}


def _broken(lines: list[str]) -> str:
    out = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        quote_ends = line.startswith(">") and not following.startswith(">")
        quote_begins = following.startswith(">") and not line.startswith(">")
        if not line or not following:
            out += line + "\n"
        elif quote_begins or quote_ends:
            out += line + "\n\n"
        else:
            out += line + "\\\n"
    return out.rstrip("\n")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
