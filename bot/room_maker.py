"""Makes the room that questions are answered in: the library as it is now, and the search over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from bot.answering.tuning import answering_tuning
from bot.answering.turn import Room
from bot.settings import Settings
from bot.staff.space import ComparesQuestions, space_of
from documents.live import LiveLibrary, Moment
from documents.loading import SHIPPED, load_corpus
from prompts.phrases import phrases
from retrieval.embedding.embedder import Embedder
from retrieval.index import IndexFolder
from retrieval.open import IndexAccess, IndexSettings, remembering
from retrieval.search import Searcher
from retrieval.tuning import tuning

Progress = Callable[[int, int], None]
Notice = Callable[[str], None]


class Made(NamedTuple):
    """A room, and the moment of the library it was made of."""

    moment: Moment
    room: Room


def index_settings(settings: Settings, library_id: str = "") -> IndexSettings:
    """Where these settings keep the index; ``library_id`` is the identity of the database of added documents."""
    # In a home folder of its own the default database needs no name; on a server every library does.
    shared = settings.chroma_url or settings.database_url
    return IndexSettings(
        home=settings.home,
        chroma_url=settings.chroma_url,
        namespace=f"{settings.corpus or ''} {library_id}".strip() if shared else str(settings.corpus or ""),
        choice=settings.embedder,
        weights=settings.weights,
        threads=settings.threads,
    )


class RoomMaker:
    """Makes rooms of these settings, one at a time; the model is loaded for the first one and kept."""

    def __init__(self, settings: Settings, today: Callable[[], date]) -> None:
        self._settings, self._today = settings, today
        self._library = LiveLibrary(settings.corpus or SHIPPED, settings.database)
        self._embedder: Embedder | None = None

    def make(self, progress: Progress = lambda done, total: None, notice: Notice = lambda text: None) -> Made:
        """A room of the library as it is now; what its index lacks is added first."""
        moment, loaded = self._library.load()
        access = IndexAccess(
            index_settings(self._settings, loaded.identity),
            loaded.library,
            loaded.knowledge,
            embedder=self._embedder,
            progress=progress,
            notice=notice,
        )
        self._embedder = access.embedder
        searcher = access.searcher(memory=self._settings.memory, reading=self._settings.reading)
        return Made(moment, Room(loaded.library, searcher, loaded.knowledge, answering_tuning(), phrases, self._today))

    def moment(self) -> Moment:
        """The state of the library now; raises ``CatalogueError``."""
        return self._library.moment()

    def wait_for_writers(self) -> None:
        """Return when no process changes the index; raises ``IndexFolderError`` after ten minutes.

        To be called before a room is made: who waits with the library read already holds what has been overtaken, and
        would put the index back to it.
        """
        with IndexFolder(self._settings.home, self._settings.chroma_url).locked():
            pass

    def stay(self, room: Room) -> bool:
        """Read what a room answers from into memory and let go of its index; whether all of it is in memory now.

        Where it is not, the index stays open.
        """
        room.searcher.stay()
        if not self._in_memory(room.searcher):
            return False
        room.searcher.close()
        return True

    def question_space(self) -> ComparesQuestions:
        """The space of the shipped known questions; confirmed ones change it too little to read them.

        To be called once a room is made.
        """
        settings = self._settings
        if self._embedder is None:
            raise RuntimeError("the model is loaded with the first room")
        knowledge = load_corpus(settings.corpus or SHIPPED)[1]
        return space_of(self._embedder, knowledge, remembering(self._embedder, settings.home))

    def shares_index(self) -> bool:
        """Whether a room with an open index and a new one would get in each other's way.

        Within a process Chroma shares what it holds of a folder, and does not notice what other processes write there:
        the new room would find a database that does not hold what it should. Connections to a server are apart.
        """
        return self._settings.chroma_url is None

    def close(self) -> None:
        """Let go of the database."""
        self._library.close()

    def _in_memory(self, searcher: Searcher) -> bool:
        # Passages always are; known questions up to a number.
        return not self._settings.memory or searcher.counts()[1] <= tuning().resident_limit
