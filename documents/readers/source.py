"""A file as bytes, read once, with its faults told in one line.

A file can change, or go away, while it is read. So it is read once: a ``Snapshot`` keeps the bytes and their hash, and
within ``held`` every reader that asks for the file is given exactly these bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

from documents.errors import ReadingError

LARGEST_ACCEPTED = 100 * 1024 * 1024
"""Bytes above which no file is looked at, whatever its kind; every kind has a limit of its own below."""
LARGEST_FILE = 50 * 1024 * 1024
"""Bytes above which no file is read, where its kind has no other limit."""
LONGEST_NAME = 120
"""Characters of a file's name that a line shows."""
_END_OF_NAME = 20  # characters from the end of a long name, which tell what kind of file it is
_AT_ONCE = 1024 * 1024  # bytes that are read at once
# Control characters, line ends, halves of characters (bytes of a name that are no UTF-8), and what turns the direction
# of a line around or shows nothing, so that one name could look like another.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\uffff]+"
)


class Snapshot(NamedTuple):
    """The content of a file at one moment, and its SHA-256 in hexadecimal digits."""

    path: Path
    data: bytes
    sha256: str


_HELD: ContextVar[tuple[Path, bytes] | None] = ContextVar("held", default=None)


def printable(text: str) -> str:
    """Words of the system or of a file on one line: what cannot be printed becomes a space."""
    return _UNPRINTABLE.sub(" ", text)


def shown(path: Path) -> str:
    """The name of a file as a line can show it: printable, and shortened in its middle where it is long."""
    name = printable(path.name or str(path))
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - _END_OF_NAME - 1]}…{name[-_END_OF_NAME:]}"


def fault(path: Path, what: str) -> ReadingError:
    """The error that says in one line what is wrong with a file: its name, then ``what``."""
    return ReadingError(f"{shown(path)}: {what}")


def size_in_words(count: int) -> str:
    """A number of bytes as people say it: ``3 MB``."""
    return f"{count // (1024 * 1024)} MB" if count >= 1024 * 1024 else f"{count // 1024} KB"


@contextmanager
def held(path: Path, data: bytes) -> Iterator[None]:
    """Within it, ``load`` gives these bytes for this path, and the file itself is not touched."""
    token = _HELD.set((path, data))
    try:
        yield
    finally:
        _HELD.reset(token)


def _too_large(path: Path, largest: int) -> ReadingError:
    return fault(path, f"is larger than {size_in_words(largest)}; split it, or save it without pictures")


def _check(path: Path, status: os.stat_result, largest: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise fault(path, "is a folder; name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise fault(path, "is not an ordinary file; save the document to a file first")
    if status.st_size > largest:
        raise _too_large(path, largest)


def _content(path: Path, largest: int) -> bytes:
    """The bytes of an ordinary file, at most one more than ``largest``."""
    _check(path, path.stat(), largest)  # before it is opened: to open a device can do something
    # Should a pipe have taken the place of the file since, opening it does not wait for its other end.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        before = os.fstat(file.fileno())
        _check(path, before, largest)
        data = bytearray()
        while len(data) <= largest and (more := file.read(min(_AT_ONCE, largest + 1 - len(data)))):
            data += more
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise fault(path, "is being written while it is read; try again once it is saved")
    return bytes(data)


def load(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """The content of a file of at most ``largest`` bytes.

    Raises ``ReadingError`` for what is missing, no ordinary file, empty, too large or not to be opened.
    """
    kept = _HELD.get()
    try:
        data = kept[1] if kept and kept[0] == path else _content(path, largest)
    except FileNotFoundError:
        raise fault(path, "there is no such file; check the name") from None
    except PermissionError:
        raise fault(path, "may not be opened; ask for the right to read it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = printable(getattr(error, "strerror", None) or str(error))
        raise fault(path, f"cannot be opened: {reason}") from None
    if len(data) > largest:
        raise _too_large(path, largest)
    if not data:
        raise fault(path, "is empty; save the document again")
    return data


def snapshot(path: Path, largest: int = LARGEST_ACCEPTED) -> Snapshot:
    """A file as it is now; raises ``ReadingError`` as ``load`` does."""
    data = load(path, largest)
    return Snapshot(path, data, hashlib.sha256(data).hexdigest())
