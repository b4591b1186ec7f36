"""Logging of the bot: quiet libraries, and in no line the token, what somebody wrote, or who they are."""

from __future__ import annotations

import json
import logging
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

from telegram.error import TelegramError
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.telegram.handling import current
from documents.errors import DeskError

Form = Literal["plain", "json"]

# The HTTP client logs each address, which holds the token, and the library each message; the bot itself says what the
# others repeat with traces.
_QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,
    "telegram.request": logging.CRITICAL,
    "telegram.ext.AIORateLimiter": logging.CRITICAL,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "aiohttp": logging.WARNING,
    "filelock": logging.WARNING,
}
_LEAST_SECRET = 8
_LEAST_TEXT = 4
_SPEAKING = (DeskError, TelegramError, OSError)
"""Errors whose own words are of this house, of Telegram or of the system; those of others may repeat what they choked
on."""


class _Guarded(logging.Formatter):
    """Lines of another formatter without secrets, and without the words of the update that is being handled."""

    def __init__(self, form: logging.Formatter, secrets: Sequence[str]) -> None:
        super().__init__()
        self._form = form
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        handling = current()
        record.about = f" (update {handling.claimed.number}, user {handling.person})" if handling else ""
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = trace_of(record.exc_info[1])
        return self.guard(self._form.format(record))

    def guard(self, line: str) -> str:
        """The line with what must not stand in it taken out."""
        for secret in self._secrets:
            line = line.replace(secret, "<token>")
        handling = current()
        for text in sorted(handling.texts, key=len, reverse=True) if handling else ():
            if len(text) >= _LEAST_TEXT:
                line = line.replace(text, "<text>")
        return line


class _Json(_Guarded):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        handling = current()
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.guard(record.getMessage()),
        }
        if handling:
            line |= {"update": handling.claimed.number, "user": handling.person}
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = self.guard(trace_of(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def trace_of(error: BaseException) -> str:
    """Where an error came from and what kind it is; its words only where they cannot repeat what somebody wrote."""
    parts = []
    for each in _chain(error):
        words = f": {each}" if isinstance(each, _SPEAKING) else ""
        parts.append(f"{''.join(traceback.format_tb(each.__traceback__))}{type(each).__qualname__}{words}")
    return "Traceback (most recent call last):\n" + "\n\nled to\n\n".join(reversed(parts))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def set_up_logging(token: str, form: Form = "plain") -> Callable[[str], None]:
    """Log to standard error unless that is arranged already. ``token`` stands in no line and trace, and neither does
    what the returned function is told.

    ``json`` makes every line an object with ``time``, ``level``, ``logger`` and ``message``, and where an update is
    handled its number and whose it is, by a keyed hash.
    """
    root = logging.getLogger()
    if not root.handlers:
        logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s%(about)s")
        logging.getLogger("bot").setLevel(logging.INFO)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(max(level, root.level))
    hidden = [token, *(part for part in token.split(":")[1:] if len(part) >= _LEAST_SECRET)]
    guarded = _Json if form == "json" else _Guarded
    for handler in root.handlers:
        handler.setFormatter(guarded(handler.formatter or logging.Formatter(), hidden))
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
    warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)
    return hidden.append
