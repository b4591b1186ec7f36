"""The one door every channel uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from bot.answering.answer import Answer, Question
from bot.answering.pipeline import answer
from bot.answering.tuning import answering_tuning
from bot.answering.turn import Room
from bot.settings import Settings
from documents.library import Library
from documents.loading import SHIPPED, load_library
from prompts.phrases import phrases
from retrieval.open import IndexAccess, IndexSettings

Progress = Callable[[int, int], None]
Notice = Callable[[str], None]


class AnswersQuestions(Protocol):
    """What a channel may rely on: a library to show, and answers."""

    @property
    def library(self) -> Library:
        """The documents answers stand on."""

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        """Answer one question. Blocking and thread-safe; never raises for what an asker typed."""


class Desk:
    """Answers questions from one library."""

    def __init__(self, room: Room) -> None:
        self._room = room

    @property
    def library(self) -> Library:
        """The documents answers stand on."""
        return self._room.library

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        """Answer one question; with ``explain`` the answer carries what every step saw and decided."""
        return answer(question, self._room, explain=explain)

    def stay(self) -> None:
        """Prepare for many questions; a process that answers one only need not."""
        self._room.searcher.stay()

    def counts(self) -> tuple[int, int]:
        """How many passages and known questions the index holds."""
        return self._room.searcher.counts()

    def close(self) -> None:
        """Let go of the index."""
        self._room.searcher.close()


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


def open_desk(
    settings: Settings,
    *,
    progress: Progress = lambda done, total: None,
    notice: Notice = lambda text: None,
    today: Callable[[], date] = date.today,
) -> Desk:
    """The desk of these settings; its index is built first where there is none.

    ``progress`` is told how many texts are embedded, of how many; ``notice`` what the user should know. Raises
    ``CorpusError``, ``KnowledgeError``, ``CatalogueError``, ``WeightsError``, ``IndexFolderError`` or
    ``ChromaServerError``, each one line that says what to do.
    """
    loaded = load_library(settings.corpus or SHIPPED, settings.database)
    access = IndexAccess(
        index_settings(settings, loaded.identity), loaded.library, loaded.knowledge, progress=progress, notice=notice
    )
    searcher = access.searcher(memory=settings.memory)
    return Desk(Room(loaded.library, searcher, answering_tuning(), phrases, today))
