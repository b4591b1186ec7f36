"""Replicas that share a home folder know at once which of them are gone, by locks that end with their processes."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from filelock import FileLock, Timeout

_FOLDER = "bot-replicas"
_NAME = re.compile(r"[0-9a-f]{32}")


class Presence:
    """This replica among those of a home folder: ``name`` is its own, until ``close``. Raises ``OSError``."""

    def __init__(self, home: Path) -> None:
        self.name = uuid.uuid4().hex
        self._folder = home / _FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self._file(self.name))
        self._lock.acquire(timeout=0)

    def is_gone(self, name: str) -> bool:
        """Whether a replica of this home has ended; ``False`` as well for one that is not of this home."""
        if not _NAME.fullmatch(name) or name == self.name:
            return False
        file = self._file(name)
        if not file.exists():
            return False
        lock = FileLock(file)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            return False
        lock.release()
        file.unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Say that this replica is gone."""
        self._lock.release()
        self._file(self.name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.lock"
