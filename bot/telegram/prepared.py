"""What is prepared beside the documents, held to the library as it is now: programmes for menus, the check."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import NamedTuple

from bot.eligibility.check import Check
from bot.telegram.topics import Topics
from documents.conditions import Programmes, load_programmes
from documents.errors import DeskError
from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import load_corpus

log = logging.getLogger(__name__)


class Content(NamedTuple):
    """What menus and the check show of one library."""

    topics: Topics
    check: Check


class Prepared:
    """Reads the prepared data of a corpus when it is first asked for, which takes a second. Safe for threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._knowledge: Knowledge | None = None
        self._now: Content | None = None

    def of(self, library: Library) -> Content:
        """The content for this library; made anew when it is another one than before. Never raises ``DeskError``.

        What cannot be read is told in the log, and there are no menus of it then: questions are answered all the same.
        """
        with self._lock:
            if self._now is None or self._now.topics.library is not library:
                self._now = self._made(library)
            return self._now

    def _made(self, library: Library) -> Content:
        if self._knowledge is None:
            self._knowledge = self._read()
        try:
            programmes = load_programmes(self._folder, library)
        except DeskError as error:
            log.warning("there is no eligibility check: %s", error)
            programmes = Programmes()
        return Content(Topics(self._knowledge.held_to(library), library), Check(programmes, library))

    def _read(self) -> Knowledge:
        try:
            return load_corpus(self._folder)[1]
        except DeskError as error:
            log.warning("there are no menus of programmes: %s", error)
            return Knowledge()
