"""The bar of files that are read: how many of them are done, and at which page each is whose pages take long."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from documents.readers.source import shown
from prompts.phrases import phrases

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ReadingBar:
    """Drawn on standard error once there is something to tell; may be told by several threads.

    One file alone has no bar but that of its pages. Where no terminal is, one plain line tells of several files.
    """

    def __init__(self, files: int) -> None:
        self._files, self._done = files, 0
        self._label = phrases("en")("cli.adding", count=files)
        self._bar: Progress | None = None
        self._all: TaskID | None = None
        self._pages: dict[Path, TaskID] = {}
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Tell how many files there are, where they are several."""
        if self._files <= 1:
            return
        if sys.stderr.isatty():
            with self._lock:
                self._drawn()
        else:
            print(f"{self._label} ...", file=sys.stderr, flush=True)

    def page(self, path: Path, page: int, of: int) -> None:
        """The ``page``-th of so many slow pages of a file is begun."""
        if not sys.stderr.isatty():
            return
        told = phrases("en")("cli.reading_page", file=shown(path), page=page, pages=of)
        with self._lock:
            bar = self._drawn()
            if path not in self._pages:
                self._pages[path] = bar.add_task(told, total=of)
            bar.update(self._pages[path], description=told, completed=page - 1, total=of)

    def done(self, path: Path) -> None:
        """A file has been read, or cannot be."""
        with self._lock:
            self._done += 1
            if self._bar is None:
                return
            if path in self._pages:
                self._bar.remove_task(self._pages.pop(path))
            if self._all is not None:
                self._bar.update(self._all, completed=self._done)

    def close(self) -> None:
        """Take it away."""
        with self._lock:
            if self._bar is not None:
                self._bar.stop()

    def _drawn(self) -> Progress:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            # Brackets in the name of a file are no markup; and what is printed to a file meanwhile goes there.
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
            self._bar = Progress(
                *columns,
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=sys.stdout.isatty(),
            )
            self._bar.start()
            if self._files > 1:
                self._all = self._bar.add_task(self._label, total=self._files)
        return self._bar


@contextmanager
def reading_bar(files: int) -> Iterator[ReadingBar]:
    """The bar of so many files, taken away at the end."""
    bar = ReadingBar(files)
    try:
        bar.begin()
        yield bar
    finally:
        bar.close()
