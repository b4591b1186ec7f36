"""Desks as users would have them: files added to the circular, or a corpus of documents in place of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.desk import Desk, open_desk
from bot.settings import Settings
from bot.shelf import Failed, Shelf
from documents.intake import Facts

File = tuple[Path, Facts, str | None]
"""A file, what is said of it, and the omitted document it stands for."""


def staying(home: Path, files: Iterable[File] = (), *, corpus: Path | None = None) -> Desk:
    """A desk that is prepared for many questions, on the shipped corpus or ``corpus``, with these files added."""
    settings = Settings(CIRCULAR_HOME=home)
    if corpus is not None:
        settings = settings.model_copy(update={"corpus": corpus})
    with Shelf(settings) as shelf:
        for path, facts, stands_for in files:
            for added in shelf.add([path], facts, stands_for):
                if isinstance(added, Failed):
                    raise added.error
    desk = open_desk(settings)
    desk.stay()
    return desk
