"""The commands of staff, which Telegram lists in their chat alone."""

from __future__ import annotations

import logging
from functools import partial

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.telegram.persist import persist
from bot.telegram.staff.doorway import Doorway
from prompts.phrases import phrases

log = logging.getLogger(__name__)

LISTED = ("official", "wrong", "answers", "note", "stats")


async def list_commands(bot: Bot, doorway: Doorway) -> None:
    """Name them in the staff's chat; the desk works without."""
    if doorway.chat is None:
        return
    say, chat = phrases(doorway.language), doorway.chat
    commands = [BotCommand(name, say(f"casework.command_{name}")) for name in LISTED]
    try:
        await persist(partial(bot.set_my_commands, commands, scope=BotCommandScopeChat(chat)))
    except TelegramError as error:
        log.warning("the commands of staff could not be listed in their chat: %s", error)
