"""The commands of the bot, in the order in which Telegram lists them."""

from __future__ import annotations

from typing import Literal, get_args

Command = Literal["start", "programmes", "check", "ask", "sources", "language", "privacy", "export", "forget", "help"]
COMMANDS: tuple[Command, ...] = get_args(Command)
