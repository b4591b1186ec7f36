"""Reads a file in a process of its own, with limits of time and memory: what breaks the reader breaks nothing else.

The file is read once, here; the process is given those bytes and never opens the file, so the hash and the blocks
always belong together. See ``readers.child`` for what the two say to each other.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from documents.blocks import Block, Style
from documents.errors import ReadingError
from documents.readers.source import Snapshot, fault, printable, snapshot

SECONDS = 120
"""Seconds for any file; a reader that finds many pages, or pages to be recognised, asks for more."""
MOST_SECONDS = 6 * 3600
"""Seconds above which no reader is given more."""
MEMORY_BYTES = 2 * 1024**3
"""Bytes of memory for the process (text recognition may take twice as much)."""
LARGEST_REPLY = 256 * 1024 * 1024
"""Bytes above which nothing more is taken from the process."""

_FOLDER = str(Path(__file__).resolve().parents[2])
# The folder of this program comes last, and the folder someone works in not at all: a file there that is called like a
# module must not be run.
_CODE = "import sys; sys.path.append(sys.argv[1]); from documents.readers.child import main; main()"
_PRIVATE = re.compile(r"TOKEN|SECRET|PASSWORD|KEY|CREDENTIAL|URL|DATABASE", re.I)
_AT_ONCE = 256 * 1024
_KILL = 9  # SIGKILL, which Windows does not know
_LONGEST_LINE = 1000  # characters of an error or a warning
_TO_DIE = 10.0  # seconds that the end of a process that was killed is waited for
_TO_END = 2.0  # seconds that the end of a process that says nothing more is waited for
_BROKEN = "cannot be read: it breaks the reader or needs too much memory; split it, or print it to a new PDF"
_KILLED = "was given up: the system ended its reader, as it does for want of memory; split it, or close other programs"

Progress = Callable[[int, int], None]
"""Is told the page that is begun and of how many, where pages take seconds each."""


class FileReading(NamedTuple):
    """What a file holds (see ``Reading``), and the SHA-256 of the very bytes that this was read from."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...]
    sha256: str


class _Child:
    """The process, from its start until nothing is left of it."""

    def __init__(self, taken: Snapshot, seconds: float) -> None:
        self.seconds, self.given_up = seconds, False
        self._taken, self._begun = taken, time.monotonic()
        self._came: queue.Queue[bytes] = queue.Queue()
        environment = {
            # What reads a file of a stranger has no use for passwords.
            **{name: value for name, value in os.environ.items() if not _PRIVATE.search(name)},
            # Every thread of a library reserves memory; on a large machine that alone would reach the limit.
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "2",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CODE, _FOLDER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment,
            start_new_session=True,  # Ctrl-C reaches this process alone, which then ends the whole group
        )
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._feed, self._listen)]
        for thread in self._threads:
            thread.start()

    def _feed(self) -> None:
        """Write the question and the bytes; the pipe stays open, as the sign that somebody waits."""
        pipe = self._process.stdin
        assert pipe is not None
        asked = {"path": str(self._taken.path), "size": len(self._taken.data), "memory": MEMORY_BYTES}
        with contextlib.suppress(OSError, ValueError):
            for part in (json.dumps(asked).encode() + b"\n", self._taken.data):
                left = memoryview(part)
                while left:
                    left = left[pipe.write(left) :]

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        count = 0
        with contextlib.suppress(OSError, ValueError):
            while count <= LARGEST_REPLY and (more := pipe.read(_AT_ONCE)):
                count += len(more)
                self._came.put(more)
        self._came.put(b"")

    def lines(self) -> Iterator[bytes]:
        """The lines that the process writes; raises ``TimeoutError`` once it has run for ``seconds``."""
        parts: list[bytes] = []
        while True:
            try:
                more = self._came.get(timeout=max(0.0, self._begun + self.seconds - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            if not more:
                return
            *whole, rest = more.split(b"\n")
            for line in whole:
                yield b"".join((*parts, line))
                parts = []
            parts.append(rest)

    def was_killed(self) -> bool:
        """Whether the system, and not this program, has killed the process."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=_TO_END) == -_KILL
        return False

    def kill(self) -> None:
        """Kill the process and all that it has started."""
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, _KILL)

    def end(self) -> None:
        """Kill the process, and wait until nothing is left of it."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=_TO_DIE)
        for thread in self._threads:
            thread.join(timeout=_TO_DIE)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()


_AT_WORK: set[_Child] = set()


def _object(taken: Snapshot, line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise fault(taken.path, _BROKEN)
    return told


def _reading(taken: Snapshot, told: dict[str, Any]) -> FileReading:
    """The reading in the last object of the process; raises ``ReadingError`` for a fault that it tells."""
    if "error" in told:
        raise ReadingError(printable(str(told["error"]))[:_LONGEST_LINE])
    try:
        blocks = tuple(
            Block(str(text), None if page is None else int(page), Style(style), None if level is None else int(level))
            for text, page, style, level in told["blocks"]
        )
        warnings = tuple(printable(str(warning))[:_LONGEST_LINE] for warning in told["warnings"])
    except (ValueError, TypeError, KeyError):
        raise fault(taken.path, _BROKEN) from None
    return FileReading(blocks, warnings, taken.sha256)


def _seconds(taken: Snapshot, told: object) -> float:
    if isinstance(told, int | float) and told >= 0:
        return float(told)
    raise fault(taken.path, _BROKEN)


def _pages(taken: Snapshot, told: object) -> tuple[int, int]:
    match told:
        case [int(page), int(of)]:
            return page, of
    raise fault(taken.path, _BROKEN)


def read_apart(path: Path, *, seconds: float = SECONDS, progress: Progress | None = None) -> FileReading:
    """Read a file of any kind there is a reader for; raises ``ReadingError`` with one line.

    ``seconds`` are those of an ordinary file; one with many pages, or with pages to be recognised, is given more.
    """
    taken = snapshot(path)
    child = _Child(taken, seconds)
    _AT_WORK.add(child)
    try:
        for line in child.lines():
            told = _object(taken, line)
            if "more" in told:
                child.seconds = min(child.seconds + _seconds(taken, told["more"]), max(seconds, MOST_SECONDS))
            elif "at" in told:
                at = _pages(taken, told["at"])
                if progress is not None:
                    progress(*at)
            else:
                return _reading(taken, told)
        if child.given_up:
            raise fault(path, "was given up while it was read; add it again")
        raise fault(path, _KILLED if child.was_killed() else _BROKEN)
    except TimeoutError:
        raise fault(path, f"takes longer than {child.seconds:.0f} seconds to read; split it, or save it anew") from None
    finally:
        _AT_WORK.discard(child)
        child.end()


def give_up() -> None:
    """End every reading that is under way in other threads; each raises ``ReadingError`` at once."""
    for child in tuple(_AT_WORK):
        child.given_up = True
        child.kill()
