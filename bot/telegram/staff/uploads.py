"""Files that were sent to be added, kept in the home folder until somebody decides, for a day at most."""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.staff.errors import Refused
from bot.telegram.staff.limits import FILE_NAME_BYTES, FILE_SECONDS

_FOLDER = "uploads"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:"|?*]+')
_KEY_BYTES = 6


class Uploads:
    """A folder for each file. Methods block, and raise ``OSError``."""

    def __init__(self, home: Path) -> None:
        self._folder = home / _FOLDER

    def keep(self, name: str, data: bytes) -> str:
        """Keep a file under its name; its key, 12 hexadecimal digits, the same for the same name and content."""
        safe = safe_name(name)
        named = hashlib.blake2b(safe.encode(), digest_size=_KEY_BYTES)
        named.update(data)
        key = named.hexdigest()
        folder = self._folder / key
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Beside the folder: what is in it is whole.
        fresh = self._folder / f"{key}.new"
        fresh.write_bytes(data)
        fresh.replace(folder / safe)
        return key

    def find(self, key: str) -> Path | None:
        """The file of this key, if it is still kept."""
        folder = self._folder / key
        return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None

    def begin(self, key: str) -> bool:
        """Note that a file is being added; whether that was begun before and never came to its end."""
        mark = self._mark(key)
        before = mark.exists()
        mark.touch()
        return before

    def end(self, key: str) -> None:
        """Note that a file is not being added any more."""
        self._mark(key).unlink(missing_ok=True)

    def drop(self, key: str) -> None:
        """Let go of a file, and of what is noted of it."""
        shutil.rmtree(self._folder / key, ignore_errors=True)
        self.end(key)

    def _mark(self, key: str) -> Path:
        return self._folder / f"{key}.begun"

    def remove_old(self) -> int:
        """Remove what nobody has decided on for a day; how many files."""
        removed = 0
        before = time.time() - FILE_SECONDS
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            try:
                if path.stat().st_mtime >= before:
                    continue
                if path.is_dir():
                    shutil.rmtree(path)
                    removed += 1
                else:
                    path.unlink()
            except OSError:
                continue  # another process was first, or somebody reads it
        return removed

    @contextmanager
    def claimed(self, key: str) -> Iterator[None]:
        """While it lasts, nobody else decides on this file; raises ``Refused`` where somebody does."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self._folder / f"{key}.lock", timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise Refused("document_decided") from None
        try:
            yield
        finally:
            lock.release()


def safe_name(name: str) -> str:
    """The name of a file as it can stand in a folder, with its ending; never a path."""
    last = re.split(r"[/\\]", name)[-1]
    last = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    ending = f".{ending}"[:12] if ending else ""
    room = FILE_NAME_BYTES - len(ending.encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .")
    return f"{stem or 'document'}{ending}"
