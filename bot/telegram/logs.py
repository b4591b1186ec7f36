"""Logging of the bot: quiet libraries, and the token in no line."""

from __future__ import annotations

import logging
import warnings

from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

# The HTTP client logs each address, which holds the token; the bot itself says what the others repeat with traces.
_QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram.request": logging.CRITICAL,
    "telegram.ext.AIORateLimiter": logging.CRITICAL,
}
_LEAST_SECRET = 8


class _Redacting(logging.Formatter):
    def __init__(self, form: logging.Formatter, secrets: list[str]) -> None:
        super().__init__()
        self._form = form
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = self._form.format(record)
        for secret in self._secrets:
            line = line.replace(secret, "<token>")
        return line


def set_up_logging(token: str) -> None:
    """Log to standard error unless that is arranged already, and keep ``token`` out of every line and trace."""
    root = logging.getLogger()
    if not root.handlers:
        logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
        logging.getLogger("bot").setLevel(logging.INFO)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    secrets = [token, *(part for part in token.split(":")[1:] if len(part) >= _LEAST_SECRET)]
    for handler in root.handlers:
        handler.setFormatter(_Redacting(handler.formatter or logging.Formatter(), secrets))
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
    warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)
