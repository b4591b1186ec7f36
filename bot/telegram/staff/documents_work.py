"""What is done with files that were sent: kept, read, added. All of it in threads of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.settings import Settings
from bot.shelf import Added, Seen, Shelf
from bot.staff.errors import Refused
from bot.telegram.aside import Aside
from bot.telegram.callback import find_document
from bot.telegram.memory import Recent
from bot.telegram.staff.limits import DOCUMENT_THREADS, READINGS_KEPT
from bot.telegram.staff.uploads import Uploads
from documents.errors import DeskError
from documents.readers.apart import FileReading, give_up, read_apart

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

P = ParamSpec("P")
T = TypeVar("T")
Told = Callable[[int, int], None]


class DocumentWork:
    """Methods raise ``Refused`` where a file is not kept any more, and ``DeskError`` with the line of the library."""

    def __init__(self, settings: Settings, desk: AnswersQuestions) -> None:
        self._settings, self._desk = settings, desk
        self.uploads = Uploads(settings.home)
        self._threads = Aside("documents", DOCUMENT_THREADS)
        self._readings: Recent[str, FileReading] = Recent(READINGS_KEPT)
        self._lock = threading.Lock()

    async def keep(self, name: str, data: bytes) -> str:
        """Keep a file until somebody decides; its key."""
        try:
            return await self._threads(self.uploads.keep, name, data)
        except OSError as error:
            raise DeskError(
                f"{self._settings.home}: {error.strerror or error}; the file cannot be kept there"
            ) from None

    async def drop(self, key: str) -> None:
        """Let go of a file."""
        await self._threads(self.uploads.drop, key)

    async def name(self, key: str) -> str | None:
        """The name of a file that is still kept."""
        path = await self._threads(self.uploads.find, key)
        return None if path is None else path.name

    async def look(self, key: str, told: Told) -> Seen:
        """What a file was read as; ``told`` is told of pages that take long."""
        try:
            return await self._threads(self._look, key, told)
        except asyncio.CancelledError:
            give_up()
            raise

    async def begin(self, key: str) -> bool:
        """Note that a file is being added; whether a process was ended over that before."""
        return await self._threads(self.uploads.begin, key)

    async def end(self, key: str) -> None:
        """Note that it is not being added any more."""
        await self._threads(self.uploads.end, key)

    async def take(self, key: str, document: str | None, told: Told) -> Added:
        """Add a file, in the place of the omitted document that is named so, or as a new one."""
        try:
            return await self._threads(self._take, key, document, told)
        except asyncio.CancelledError:
            give_up()
            raise

    async def follow(self, told: Told) -> None:
        """Let answers stand on what was added; ``told`` is told how many paragraphs are prepared, of how many."""
        await self._threads(self._desk.follow, told)

    async def apart(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What another call that takes long returns or raises."""
        return await self._threads(work, *args, **kwargs)

    def _look(self, key: str, told: Told) -> Seen:
        path, reading = self._read(key, told)
        with Shelf(self._settings) as shelf:
            return shelf.look(path, reading)

    def _take(self, key: str, document: str | None, told: Told) -> Added:
        path, reading = self._read(key, told)
        with Shelf(self._settings) as shelf:
            if document is None:
                return shelf.take(path, reading)
            found = find_document(shelf.library, document)
            if found is None:
                raise Refused("no_document", document=document)
            return shelf.take(path, reading, found.id)

    def _read(self, key: str, told: Told) -> tuple[Path, FileReading]:
        """A kept file and what it was read as; read again where that is not remembered any more."""
        path = self.uploads.find(key)
        if path is None:
            raise Refused("file_gone")
        with self._lock:
            reading = self._readings.get(key)
        if reading is None:
            reading = read_apart(path, progress=told)
            with self._lock:
                self._readings.put(key, reading)
        return path, reading
