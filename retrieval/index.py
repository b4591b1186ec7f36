"""The life of an index: found, built, swapped in, repaired.

``<home>/index/<fingerprint>/`` holds one complete index; the file ``COMPLETE`` in it is written last, and tells the
hashes of the files that must stay as they are: Chroma's native code does not survive every broken one. An index is
built in a folder of its own and renamed when complete, so a process killed in the middle leaves the old index or none,
never a half. One process builds at a time, by a lock; readers take none. What replaces a damaged index gets a folder of
another name, ``<fingerprint>-<time>``: within a process Chroma holds on to whatever it opened at a path, broken or not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from documents.errors import DeskError
from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.build import Progress, build
from retrieval.embedding.embedder import Embedder
from retrieval.fingerprint import fingerprint
from retrieval.store import ARRAYS, CHROMA, settled_files
from retrieval.tuning import Tuning

COMPLETE = "COMPLETE"
_BUILDING = ".building-"
_LOCK = ".lock"
_KEPT_SECONDS = 24 * 3600
"""How long a superseded index is kept: another process may still read it, and Chroma breaks without its folder."""
_WAIT_SECONDS = 600


class IndexFolderError(DeskError, RuntimeError):
    """The index cannot be kept; the message says where and what to do."""


class IndexFolder:
    """The indexes below one home folder."""

    def __init__(self, home: Path) -> None:
        self._root = home / "index"

    def path(self, key: str) -> Path:
        """Where the index of a fingerprint is, or would be built now."""
        for folder in sorted(self._root.glob(f"{key}*")):
            if _holds(folder, key):
                return folder
        first = self._root / key
        return self._root / f"{key}-{time.time_ns():x}" if first.exists() else first

    def is_complete(self, key: str) -> bool:
        """Whether that index was built to its end."""
        return _holds(self.path(key), key)

    def ensure(
        self,
        library: Library,
        knowledge: Knowledge,
        tuning: Tuning,
        embedder_key: str,
        embedder: Callable[[], Embedder],
        progress: Progress = lambda done, total: None,
    ) -> Path:
        """The folder of a complete index of exactly this, built first where there is none.

        ``embedder`` is asked for only to build. Raises ``IndexFolderError`` where the home folder cannot be written.
        """
        key = fingerprint(library, knowledge, embedder_key, tuning)
        if self.is_complete(key):
            return self.path(key)
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            with FileLock(self._root / _LOCK, timeout=_WAIT_SECONDS):
                if not self.is_complete(key):
                    self._build(key, lambda folder: build(folder, library, knowledge, embedder(), tuning, progress))
        except Timeout:
            raise IndexFolderError(
                f"{self._root}: another process has been building for long; try again later"
            ) from None
        except Exception as error:
            if not _of_disk(error):
                raise
            raise IndexFolderError(_why(self._root, error)) from None
        return self.path(key)

    def check(self, path: Path) -> None:
        """Raise ``IndexFolderError`` where a file of a complete index is not as it was written."""
        try:
            for line in (path / COMPLETE).read_text(encoding="utf-8").splitlines()[:-1]:
                digest, name = line.split(" ", 1)
                if _digest(path / name) != digest:
                    raise IndexFolderError(f"{name} has changed")
        except (OSError, ValueError) as error:
            raise IndexFolderError(str(error)) from None

    def discard(self, key: str) -> None:
        """Set aside an index that turned out to be damaged, so that the next ``ensure`` builds it anew."""
        with suppress(OSError):
            (self.path(key) / COMPLETE).unlink(missing_ok=True)

    def _build(self, key: str, write: Callable[[Path], None]) -> None:
        # Holding the lock, every half-built folder is one whose process has died.
        for left in self._root.glob(f"{_BUILDING}*"):
            shutil.rmtree(left, ignore_errors=True)
        work = self._root / f"{_BUILDING}{os.getpid()}-{time.time_ns()}"
        work.mkdir()
        try:
            write(work)
            (work / COMPLETE).write_text(_seal(work, key), encoding="utf-8")
            target = self.path(key)
            work.rename(target)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        self._forget_old(target.name)

    def _forget_old(self, current: str) -> None:
        for folder in self._root.iterdir():
            if folder.is_dir() and folder.name not in (current,) and not folder.name.startswith(_BUILDING):
                with suppress(OSError):
                    if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
                        shutil.rmtree(folder, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(folder: Path, key: str) -> str:
    """Hash and name of each file that stays as it is, a line each; the key comes last, so a seal cut short lacks it."""
    files = [folder / ARRAYS, *settled_files(folder / CHROMA)]
    return "".join(f"{_digest(file)} {file.relative_to(folder).as_posix()}\n" for file in files) + key


def _holds(folder: Path, key: str) -> bool:
    try:
        return (folder / COMPLETE).read_text(encoding="utf-8").split("\n")[-1] == key
    except (OSError, ValueError):
        return False


def _of_disk(error: Exception) -> bool:
    """Whether writing failed: Chroma reports a full disk as an error of its own kind."""
    if isinstance(error, OSError):
        return True
    from chromadb.errors import ChromaError

    return isinstance(error, ChromaError)


def _why(folder: Path, error: Exception) -> str:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return f"{folder}: cannot be written ({reason}); let CIRCULAR_HOME name a folder with room that you may write to"
