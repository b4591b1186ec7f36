"""A file as bytes, with its faults told in one line."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from documents.errors import ReadingError

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes above which no file is read."""
_LONGEST_NAME = 120
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def fault(path: Path, what: str) -> ReadingError:
    """The error that says in one line what is wrong with a file: its name, then ``what``."""
    name = _UNPRINTABLE.sub(" ", path.name or str(path))[:_LONGEST_NAME]
    return ReadingError(f"{name}: {what}")


def size_in_words(count: int) -> str:
    """A number of bytes as people say it: ``3 MB``."""
    return f"{count // (1024 * 1024)} MB" if count >= 1024 * 1024 else f"{count // 1024} KB"


def load(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """The content of a file of at most ``largest`` bytes.

    Raises ``ReadingError`` for what is missing, no ordinary file, empty, too large or not to be opened.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise fault(path, "is a folder; name a file in it")
        if not stat.S_ISREG(status.st_mode):
            raise fault(path, "is not an ordinary file; save the document to a file first")
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except FileNotFoundError:
        raise fault(path, "there is no such file; check the name") from None
    except PermissionError:
        raise fault(path, "may not be opened; ask for the right to read it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = _UNPRINTABLE.sub(" ", getattr(error, "strerror", None) or str(error))
        raise fault(path, f"cannot be opened: {reason}") from None
    if len(data) > largest:
        raise fault(path, f"is larger than {size_in_words(largest)}; split it, or save it without pictures")
    if not data:
        raise fault(path, "is empty; save the document again")
    return data
