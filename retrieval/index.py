"""The life of an index: found, built, brought up to date, repaired.

``<home>/index/<fingerprint>/`` holds one index. Its file ``COMPLETE`` tells the hashes of the files that must stay as
they are: Chroma's native code does not survive every broken one. An index is first built in a folder of its own and
renamed when complete. After that it is changed in place, group by group; while it is, ``COMPLETE`` is called
``CHANGING``, so a process that was killed in the middle is noticed by the next one, which tries in a process apart
whether the database still opens, and then goes on where the other stopped, or builds anew. One process changes an index
at a time, by a lock, for which readers do not wait. What replaces a damaged index gets a folder of another name,
``<fingerprint>-<time>``: within a process Chroma holds on to whatever it opened at a path, broken or not.

A home keeps one index. Whoever has written one removes the others but those that a process has open, as Chroma breaks
without its folder: readers hold theirs (``Place.held``). What is removed is renamed first, so that it is never half
there, and its collections go from the server that the folder names.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import time
import uuid
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
from retrieval.store import LEDGER, PASSAGES, QUESTIONS, ledger_of, settled_files
from retrieval.tuning import Tuning

COMPLETE, CHANGING = "COMPLETE", "CHANGING"
SERVER = "SERVER"
"""The file in an index folder that names the Chroma server with its collections; not there where they are in it."""
IDENTITY = "home.id"
"""The file of a home folder that tells its collections on a server from those of every other home."""
_BUILDING, _LEAVING = ".building-", ".leaving-"
_NAME = re.compile(rf"(?:{re.escape(_BUILDING)}|{re.escape(_LEAVING)})?([0-9a-f]{{20}})(?:-.*)?")
_LOCK = ".lock"
_WAIT_SECONDS = 600
_TRYING_SECONDS = 60


class IndexFolderError(DeskError, RuntimeError):
    """The index cannot be kept; the message says where and what to do."""


class DamagedIndex(DeskError, RuntimeError):
    """The index is not as it was written."""


class IndexFolder:
    """The indexes below one home folder; their collections on a Chroma server where ``url`` names one."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self._home, self._root, self._url = home, home / "index", url
        self._lock = FileLock(self._root / _LOCK, timeout=_WAIT_SECONDS)

    def identity(self) -> str:
        """What tells this home from every other one on a server, made on first use; raises ``IndexFolderError``.

        It stays as long as its file does; a copy of the home folder has the same.
        """
        file = self._home / IDENTITY
        try:
            if not file.exists():
                with self.locked():
                    if not file.exists():
                        new = file.with_name(f"{IDENTITY}.new")
                        new.write_text(uuid.uuid4().hex, encoding="utf-8")
                        new.replace(file)
            return file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise IndexFolderError(_why(file, error)) from None

    def place(self, key: str) -> Place:
        """Where the index of a fingerprint is, or would be built now."""
        return Place(self._folder(key), self._url, key)

    def _folder(self, key: str) -> Path:
        for mark in (COMPLETE, CHANGING):
            for folder in sorted(self._root.glob(f"{key}*")):
                if _holds(folder / mark, key) and _server(folder) == self._url:
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
            elif not _holds(place.folder / CHANGING, key):
                place = self._build(place, wanted, knowledge, tuning, embedder, progress)
                self._forget_others(place)
                return place
            elif not (self._url or _opens(place.folder / CHROMA)):
                raise DamagedIndex("a change of it was cut short")
            self._change(place, lambda: bring_up_to_date(place, wanted, knowledge, embedder(), tuning, progress))
            self._forget_others(place)
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
        place: Place,
        wanted: Wanted,
        knowledge: Knowledge,
        tuning: Tuning,
        embedder: Callable[[], Embedder],
        progress: Progress,
    ) -> Place:
        key = place.key
        self._sweep(key)  # makes room; a half-built index on a server is gone on with
        work = self._root / f"{_BUILDING}{key}-{time.time_ns():x}"
        try:
            work.mkdir()
            if self._url:
                (work / SERVER).write_text(self._url, encoding="utf-8")
            model = embedder()
            write_arrays(work, knowledge, model, tuning)
            building = Place(work, self._url, key)
            with building.reached():
                bring_up_to_date(building, wanted, knowledge, model, tuning, progress)
            self._complete(work, key)
            work.rename(place.folder)
        except Exception as error:
            if isinstance(error, DeskError) or not _of_disk(error):
                raise
            raise IndexFolderError(_why(self._root, error)) from None
        finally:
            if not self._url:  # else the folder stays, as it tells which collections are half-built
                shutil.rmtree(work, ignore_errors=True)
        return place

    def _complete(self, folder: Path, key: str) -> None:
        new = folder / f"{COMPLETE}.new"
        new.write_text(_seal(folder, key), encoding="utf-8")
        new.replace(folder / COMPLETE)

    def _forget_others(self, kept: Place) -> None:
        """Remove every other index of this home that no process has open."""
        for folder in tuple(self._root.iterdir()):
            key = _key_of(folder)
            if key is None or folder == kept.folder or folder.name.startswith((_BUILDING, _LEAVING)):
                continue
            with suppress(OSError), Place(folder).alone():
                folder.rename(self._root / f"{_LEAVING}{key}-{time.time_ns():x}")
        self._sweep(kept.key)

    def _sweep(self, kept: str) -> None:
        """Remove what was set aside or, as whoever has the lock is alone, left half-built by a process that died."""
        left = [f for mark in (_BUILDING, _LEAVING) for f in self._root.glob(f"{mark}*")]
        keys = {kept, *(_key_of(folder) for folder in self._root.iterdir() if folder not in left)}
        for folder in left:
            key, server = _key_of(folder), _server(folder)
            if server and key is not None and key not in keys:
                if server != self._url:
                    continue  # it goes once that server is named again
                # Whatever keeps the server from it, the next one that writes tries again.
                with suppress(Exception):
                    _drop(Place(folder, server, key))
                    shutil.rmtree(folder, ignore_errors=True)
            else:
                shutil.rmtree(folder, ignore_errors=True)


def _key_of(folder: Path) -> str | None:
    """The fingerprint that an index folder is named after; ``None`` for whatever else lies beside them."""
    match = _NAME.fullmatch(folder.name)
    return match[1] if match else None


def _server(folder: Path) -> str | None:
    """The Chroma server with the collections of an index; ``None`` where they are in its folder."""
    try:
        return (folder / SERVER).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _drop(place: Place) -> None:
    """Take the collections of an index off its server; raises whatever Chroma does where that fails."""
    from chromadb.errors import NotFoundError

    client = place.client()
    try:
        for name in (PASSAGES, QUESTIONS, LEDGER):
            with suppress(NotFoundError, ValueError):
                client.delete_collection(place.collection(name))
    finally:
        client.close()


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
