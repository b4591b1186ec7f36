"""What stops the bot, said in one line."""


class BotError(Exception):
    """The bot cannot run. The message is one line for the operator and says what to do; it never holds the token."""
