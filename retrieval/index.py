"""The life of an index: found, built, brought up to date, repaired.

``<home>/index/<fingerprint>/`` holds one index. Its file ``COMPLETE`` tells the hashes of the files that must stay as
they are: Chroma's native code does not survive every broken one. An index is first built in a folder of its own and
renamed when complete. After that it is changed in place, group by group; while it is, ``COMPLETE`` is called
``CHANGING``, so a process that was killed in the middle is noticed by the next one, which tries in a process apart
whether the database still opens, and then goes on where the other stopped, or builds anew. One process changes an index
at a time, by a lock; readers take none. What replaces a damaged index gets a folder of another name,
``<fingerprint>-<time>``: within a process Chroma holds on to whatever it opened at a path, broken or not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from documents.errors import DeskError
from documents.knowledge import Knowledge
from retrieval.build import Progress, bring_up_to_date, write_arrays
from retrieval.embedding.embedder import Embedder
from retrieval.groups import Wanted
from retrieval.place import ARRAYS, CHROMA, Place
from retrieval.store import ledger_of, settled_files
from retrieval.tuning import Tuning

COMPLETE, CHANGING = "COMPLETE", "CHANGING"
_BUILDING = ".building-"
_LOCK = ".lock"
_KEPT_SECONDS = 24 * 3600
"""How long a superseded index is kept: another process may still read it, and Chroma breaks without its folder."""
_WAIT_SECONDS = 600
_TRYING_SECONDS = 60


class IndexFolderError(DeskError, RuntimeError):
    """The index cannot be kept; the message says where and what to do."""


class DamagedIndex(DeskError, RuntimeError):
    """The index is not as it was written."""


class IndexFolder:
    """The indexes below one home folder; their collections on a Chroma server where ``url`` names one."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self._root, self._url = home / "index", url
        self._lock = FileLock(self._root / _LOCK, timeout=_WAIT_SECONDS)

    def place(self, key: str) -> Place:
        """Where the index of a fingerprint is, or would be built now."""
        return Place(self._folder(key), self._url, key)

    def _folder(self, key: str) -> Path:
        for mark in (COMPLETE, CHANGING):
            for folder in sorted(self._root.glob(f"{key}*")):
                if _holds(folder / mark, key):
                    return folder
        first = self._root / key
        return self._root / f"{key}-{time.time_ns():x}" if first.exists() else first

    def is_complete(self, key: str) -> bool:
        """Whether that index was built to its end, and is not being changed."""
        return _holds(self._folder(key) / COMPLETE, key)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """While no other process changes an index; raises ``IndexFolderError``. May be nested."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise IndexFolderError(
                f"{self._root}: another process has been building for long; try again later"
            ) from None
        except OSError as error:
            raise IndexFolderError(_why(self._root, error)) from None
        try:
            yield
        finally:
            self._lock.release()

    def update(
        self,
        key: str,
        wanted: Wanted,
        knowledge: Knowledge,
        tuning: Tuning,
        embedder: Callable[[], Embedder],
        progress: Progress = lambda done, total: None,
    ) -> Place:
        """Bring the index to hold exactly what is wanted, built first where there is none.

        ``embedder`` is asked for only where something is missing. Raises ``IndexFolderError`` where the home folder
        cannot be written, ``DamagedIndex`` where what is there cannot be used, ``ChromaServerError``.
        """
        with self.locked():
            place = self.place(key)
            if _holds(place.folder / COMPLETE, key):
                self.check(place.folder)
                held = ledger_of(place)
                if held == wanted.digests():
                    return place
                if not held:  # every index has a group of known questions, if an empty one
                    raise DamagedIndex("its ledger is gone")
            elif not (_holds(place.folder / CHANGING, key) and (self._url or _opens(place.folder / CHROMA))):
                self.discard(key)
                return self._build(key, wanted, knowledge, tuning, embedder, progress)
            self._change(place, lambda: bring_up_to_date(place, wanted, knowledge, embedder(), tuning, progress))
            return place

    def check(self, path: Path) -> None:
        """Raise ``DamagedIndex`` where a file of a complete index is not as it was written."""
        try:
            for line in (path / COMPLETE).read_text(encoding="utf-8").splitlines()[:-1]:
                digest, name = line.split(" ", 1)
                if _digest(path / name) != digest:
                    raise DamagedIndex(f"{name} has changed")
        except (OSError, ValueError) as error:
            raise DamagedIndex(str(error)) from None

    def discard(self, key: str) -> None:
        """Set aside an index that turned out to be damaged, so that the next ``update`` builds it anew."""
        folder = self._folder(key)
        with suppress(OSError):
            for mark in (COMPLETE, CHANGING):
                (folder / mark).unlink(missing_ok=True)

    def _change(self, place: Place, write: Callable[[], None]) -> None:
        folder, key = place.folder, place.key
        try:
            with suppress(FileNotFoundError):
                (folder / COMPLETE).rename(folder / CHANGING)
            with place.reached():
                write()
            self._complete(folder, key)
            (folder / CHANGING).unlink(missing_ok=True)
        except (DeskError, KeyboardInterrupt, SystemExit):
            raise
        except OSError as error:
            raise IndexFolderError(_why(self._root, error)) from None
        except BaseException as error:  # Chroma raises its own kinds for a damaged folder, and Rust's panics
            raise DamagedIndex(" ".join(str(error).split())) from None

    def _build(
        self,
        key: str,
        wanted: Wanted,
        knowledge: Knowledge,
        tuning: Tuning,
        embedder: Callable[[], Embedder],
        progress: Progress,
    ) -> Place:
        # Holding the lock, every half-built folder is one whose process has died.
        for left in self._root.glob(f"{_BUILDING}*"):
            shutil.rmtree(left, ignore_errors=True)
        work = self._root / f"{_BUILDING}{os.getpid()}-{time.time_ns()}"
        try:
            work.mkdir()
            model = embedder()
            write_arrays(work, knowledge, model, tuning)
            building = Place(work, self._url, key)
            with building.reached():
                bring_up_to_date(building, wanted, knowledge, model, tuning, progress)
            self._complete(work, key)
            target = self._folder(key)
            work.rename(target)
        except Exception as error:
            if isinstance(error, DeskError) or not _of_disk(error):
                raise
            raise IndexFolderError(_why(self._root, error)) from None
        finally:
            shutil.rmtree(work, ignore_errors=True)
        self._forget_old(target.name)
        return Place(target, self._url, key)

    def _complete(self, folder: Path, key: str) -> None:
        new = folder / f"{COMPLETE}.new"
        new.write_text(_seal(folder, key), encoding="utf-8")
        new.replace(folder / COMPLETE)

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


def _holds(mark: Path, key: str) -> bool:
    try:
        return mark.read_text(encoding="utf-8").split("\n")[-1] == key
    except (OSError, ValueError):
        return False


def _opens(folder: Path) -> bool:
    """Whether a database that was being written when its process died can be read: tried in a process apart."""
    command = [sys.executable, "-m", "retrieval.probe", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, timeout=_TRYING_SECONDS, check=False).returncode == 0
    except subprocess.TimeoutExpired:
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
