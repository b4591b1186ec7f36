"""Opens the desk for a command, with its progress and notices on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.settings import Settings


def read_settings() -> Settings:
    """The settings of this process."""
    from bot.settings import Settings

    return Settings()


def notice(text: str) -> None:
    """Tell the user something on standard error."""
    print(phrases("en")("cli.repaired", text=text), file=sys.stderr)


def _building(count: int) -> str:
    return phrases("en")("cli.building", count=count)


@contextmanager
def progress_bar(label: Callable[[int], str] = _building) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, drawn when the first step is reported; one plain line where no terminal is."""
    shown: list[Callable[[int, int], None]] = []
    closers: list[Callable[[], None]] = []

    def start(total: int) -> Callable[[int, int], None]:
        told = label(total)
        if not sys.stderr.isatty():
            print(f"{told} ...", file=sys.stderr, flush=True)
            return lambda done, of: None
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        bar.start()
        closers.append(bar.stop)
        task = bar.add_task(told, total=total)
        return lambda done, of: bar.update(task, completed=done, total=of)

    def report(done: int, total: int) -> None:
        if not shown:
            shown.append(start(total))
        shown[0](done, total)

    try:
        yield report
    finally:
        for close in closers:
            close()


@contextmanager
def opened_desk(*, stay: bool = False, settings: Settings | None = None) -> Iterator[Desk]:
    """The desk, closed at the end; ``stay`` prepares it for many questions."""
    from bot.desk import open_desk

    with progress_bar() as progress:
        desk = open_desk(settings or read_settings(), progress=progress, notice=notice)
    try:
        if stay:
            desk.stay()
        yield desk
    finally:
        desk.close()
