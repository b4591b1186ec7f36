"""Whether a message speaks to the bot, and what it says once mention and command are taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from telegram import Message, MessageEntity

from bot.telegram.commands import COMMANDS, Command

Kind = Command | Literal["question", "unknown"]

_MENTIONS: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,32}))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says to the bot: a command with what follows it, or a question.

    ``quoted`` is true where the text is of the message it replies to, as it holds no words of its own.
    """

    kind: Kind
    text: str
    quoted: bool = False


def said_to(message: Message, bot_id: int, username: str) -> Said | None:
    """What the message says to the bot; ``None`` where it speaks to somebody else.

    In a group only a mention, a reply to the bot and its commands speak to it.
    """
    if _came_by(message, bot_id):
        return None
    text = message.text or ""
    private = message.chat.type == message.chat.PRIVATE
    if match := _COMMAND.fullmatch(text.strip()):
        name, addressee, rest = match[1].lower(), match[2], (match[3] or "").strip()
        if addressee and addressee.lower() != username.lower():
            return None
        for command in COMMANDS:
            if name == command:
                return _asked(command, rest, message, bot_id) if command == "ask" else Said(command, rest)
        return Said("unknown", "") if private or addressee else None
    mentioned, rest = _without_mention(message, bot_id, username)
    if mentioned:
        return _asked("question", rest.strip(), message, bot_id)
    return Said("question", rest.strip()) if private or replies_to(message, bot_id) else None


def calls_on(message: Message, bot_id: int, username: str) -> bool:
    """Whether a message that holds no text speaks to the bot."""
    if message.chat.type == message.chat.PRIVATE or replies_to(message, bot_id):
        return True
    return bool(_mentions(message.parse_caption_entities(_MENTIONS), bot_id, username))


def mentions(message: Message, bot_id: int, username: str) -> bool:
    """Whether the words of a message name the bot."""
    return bool(_mentions(message.parse_entities(_MENTIONS), bot_id, username))


def replies_to(message: Message, bot_id: int) -> bool:
    """Whether the message replies to one of the bot's own."""
    original = _original(message)
    return original is not None and _wrote(original, bot_id)


def _asked(kind: Kind, text: str, message: Message, bot_id: int) -> Said:
    """A question; where it has no words, it asks about what it quotes of somebody else."""
    if text or not (quoted := _quoted(message, bot_id)):
        return Said(kind, text)
    return Said(kind, quoted, quoted=True)


def _quoted(message: Message, bot_id: int) -> str:
    """The words of the message it replies to, or those marked of it; nothing where the bot wrote them."""
    original = _original(message)
    if original is not None and _wrote(original, bot_id):
        return ""
    marked = message.quote.text if message.quote else ""
    whole = (original.text or original.caption or "") if original else ""
    return (marked or whole).strip()


def _original(message: Message) -> Message | None:
    """What it replies to; in a forum every message replies to the one that opened its topic, which says nothing."""
    original = message.reply_to_message
    return None if original is None or original.forum_topic_created else original


def _wrote(original: Message, bot_id: int) -> bool:
    return original.from_user is not None and original.from_user.id == bot_id


def _came_by(message: Message, bot_id: int) -> bool:
    """Whether somebody chose the message from what the bot offered inline: it is the bot's words, not a question."""
    return message.via_bot is not None and message.via_bot.id == bot_id


def _without_mention(message: Message, bot_id: int, username: str) -> tuple[bool, str]:
    text = message.text or ""
    mentions = _mentions(message.parse_entities(_MENTIONS), bot_id, username)
    for words in mentions:
        text = text.replace(words, " ", 1)
    return bool(mentions), text


def _mentions(entities: Mapping[MessageEntity, str], bot_id: int, username: str) -> set[str]:
    return {
        words
        for entity, words in entities.items()
        if words.lower() == f"@{username}".lower() or (entity.user and entity.user.id == bot_id)
    }
