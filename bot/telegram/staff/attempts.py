"""What a message asks of the staff desk, and what of it is not acted upon whoever sends it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from telegram import Message

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,32}))?(?:\s+(.*))?", re.DOTALL)
_STAFF_LINK = re.compile(
    r"(?:st|sd|sn|staff|case|answer|official|admin|export|forget)[-_].*", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what follows it; ``addressed`` where it names the bot."""

    name: str
    rest: str
    addressed: bool = False


def command_of(message: Message, username: str, names: Collection[str] | None = None) -> Command | None:
    """The command of a message, where it is one of these and for this bot; every command where none are named."""
    match = _COMMAND.fullmatch((message.text or "").strip())
    if match is None or (match[2] and match[2].lower() != username.lower()):
        return None
    name = match[1].lower()
    return Command(name, (match[3] or "").strip(), bool(match[2])) if names is None or name in names else None


def is_second_hand(message: Message) -> bool:
    """Whether somebody passed on what was written elsewhere: that is nobody's order."""
    return message.forward_origin is not None or message.via_bot is not None


def is_staff_link(command: Command) -> bool:
    """Whether /start came with what would name something of the staff desk; no link does."""
    return command.name == "start" and _STAFF_LINK.fullmatch(command.rest) is not None
