"""Whether a message speaks to the bot, and what it says once mention and command are taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from telegram import Message, MessageEntity

from bot.telegram.commands import COMMANDS, Command

Kind = Command | Literal["question", "unknown"]

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,32}))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says to the bot: a command with what follows it, or a question."""

    kind: Kind
    text: str


def said_to(message: Message, bot_id: int, username: str) -> Said | None:
    """What the message says to the bot; ``None`` where it speaks to somebody else.

    In a group only a mention, a reply to the bot and its commands speak to it.
    """
    text = message.text or ""
    private = message.chat.type == message.chat.PRIVATE
    if match := _COMMAND.fullmatch(text.strip()):
        name, addressee, rest = match[1].lower(), match[2], (match[3] or "").strip()
        if addressee and addressee.lower() != username.lower():
            return None
        for command in COMMANDS:
            if name == command:
                return Said(command, rest)
        return Said("unknown", "") if private or addressee else None
    mentioned, rest = _without_mention(message, bot_id, username)
    if private or mentioned or replies_to(message, bot_id):
        return Said("question", rest.strip())
    return None


def replies_to(message: Message, bot_id: int) -> bool:
    """Whether the message replies to one of the bot's own."""
    original = message.reply_to_message
    return bool(original and original.from_user and original.from_user.id == bot_id)


def _without_mention(message: Message, bot_id: int, username: str) -> tuple[bool, str]:
    text = message.text or ""
    entities = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    mentions = {
        words
        for entity, words in entities.items()
        if words.lower() == f"@{username}".lower() or (entity.user and entity.user.id == bot_id)
    }
    for words in mentions:
        text = text.replace(words, " ", 1)
    return bool(mentions), text
