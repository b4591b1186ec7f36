"""The library of a process that stays: read anew, as of one moment, whenever another process has changed it.

The corpus is read once. Of added documents only those are read again that have changed, and each to its end: what is
loaded stays what it was, whatever becomes of the database.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from documents.errors import DeskError
from documents.knowledge import Knowledge
from documents.library import HeldText
from documents.loading import Loaded, is_absent, load_corpus

if TYPE_CHECKING:
    from documents.catalogue import Catalogue

_SQLITE = "sqlite:///"
_ATTEMPTS = 10
"""How often the documents are read, at most, until no other process has changed them meanwhile."""


class StillChanging(DeskError):
    """Other processes change the library faster than it can be read."""


class Moment(NamedTuple):
    """What tells one state of the added documents from another; as it is by default where there never was one."""

    identity: str = ""
    revision: int = 0
    file: tuple[int, int] | None = None
    """Device and number of the database's file, where it is one: another file may have taken its place."""


class LiveLibrary:
    """The corpus in ``folder`` and the documents added to the database of this URL. For one thread at a time."""

    def __init__(self, folder: Path, database: str) -> None:
        """Read the corpus; raises ``CorpusError`` or ``KnowledgeError``."""
        self._database = database
        self._corpus, self._knowledge = load_corpus(folder)
        self._catalogue: Catalogue | None = None
        self._opened = Moment()
        self._texts: dict[str, HeldText] = {}

    def moment(self) -> Moment:
        """The state the added documents are in now: one query of one row. Raises ``CatalogueError``."""
        catalogue = self._current()
        return Moment() if catalogue is None else self._opened._replace(revision=catalogue.revision())

    def load(self) -> tuple[Moment, Loaded]:
        """The whole library as it was at one moment. Raises ``CatalogueError`` or ``StillChanging``."""
        for _ in range(_ATTEMPTS):
            moment = self.moment()
            self._texts = {text.document.id: self._read(text) for text in self._listed()}
            knowledge = self._knowledge.joined(self._confirmed())
            if self.moment() == moment:
                library = self._corpus.joined(self._texts.values())
                return moment, Loaded(library, knowledge.held_to(library), moment.identity)
        raise StillChanging("the library is being changed by another process; try again in a moment")

    def close(self) -> None:
        """Let go of the database."""
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None

    def _listed(self) -> tuple[HeldText, ...]:
        catalogue = self._current()
        return () if catalogue is None else catalogue.texts()

    def _confirmed(self) -> Knowledge:
        catalogue = self._current()
        return Knowledge() if catalogue is None else catalogue.knowledge()

    def _read(self, text: HeldText) -> HeldText:
        """This text with all its paragraphs; the one that is here already where it is the same."""
        held = self._texts.get(text.document.id)
        same = held is not None and held.known_digest == text.known_digest and held.document == text.document
        if held is None or not same:
            held = text
        _ = held.paragraphs
        return held

    def _current(self) -> Catalogue | None:
        """The database as it is now; ``None`` where there is none yet, or none any more."""
        if is_absent(self._database):
            self.close()
            return None
        # An open connection goes on reading a file that was deleted.
        file = _file_of(self._database)
        if self._catalogue is None or file != self._opened.file:
            self.close()
            # Only who has added documents waits for SQLAlchemy to be imported.
            from documents.catalogue import Catalogue

            catalogue = Catalogue(self._database)
            try:
                self._opened = Moment(catalogue.identity(), file=file)
            except BaseException:
                catalogue.close()
                raise
            self._catalogue = catalogue
        return self._catalogue


def _file_of(database: str) -> tuple[int, int] | None:
    if not database.startswith(_SQLITE):
        return None
    try:
        told = Path(database.removeprefix(_SQLITE)).stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino
