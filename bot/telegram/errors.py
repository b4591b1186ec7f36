"""What stops the bot, said in one line."""

from documents.errors import DeskError


class BotError(DeskError):
    """The bot cannot run. The message is one line for the operator and says what to do; it never holds the token."""
