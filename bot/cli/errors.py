"""Which errors are the user's to mend, and how they are told: one line on standard error, exit status 1."""

from __future__ import annotations

import sys
from typing import Any

from documents.errors import DeskError
from documents.readers.source import printable

_SETTINGS_ERROR = "ValidationError"
"""Pydantic's error for a setting or a row, told by name: importing pydantic to say that all is well takes too long."""


class UserError(DeskError):
    """Something the user can mend; the message says what, in one line."""


class ReaderLeft(Exception):
    """Nobody reads standard output any more; nothing has failed, and there is nothing left to do."""


def one_line(error: BaseException) -> str:
    """An error as one line that a terminal can show, without its class; it may hold the name of a file."""
    return printable(_said(error))


def _said(error: BaseException) -> str:
    if type(error).__name__ == _SETTINGS_ERROR:
        first: dict[str, Any] = getattr(error, "errors", list)()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    if isinstance(error, LookupError) and error.args:
        return str(error.args[0])
    return " ".join(str(error).split()) or type(error).__name__


def report(error: BaseException) -> None:
    """Print the one line."""
    expected = isinstance(error, DeskError | OSError) or type(error).__name__ == _SETTINGS_ERROR
    hint = "" if expected else f" (unexpected {type(error).__name__}; run again with --debug to see where)"
    print(f"circular: {one_line(error)}{hint}", file=sys.stderr)
