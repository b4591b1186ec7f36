"""The one door every channel uses."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date
from typing import Protocol

from bot.answering.answer import Answer, Question
from bot.answering.pipeline import answer
from bot.answering.turn import Room
from bot.looking import Looking
from bot.pace import Pace, shipped_pace
from bot.room_maker import Made, Notice, Progress, RoomMaker, index_settings
from bot.rooms import Rooms
from bot.settings import Settings
from bot.staff.space import ComparesQuestions
from documents.errors import DeskError
from documents.library import Library

log = logging.getLogger(__name__)


class CannotFollow(DeskError):
    """The library has changed, and this process cannot open it anew."""


class AnswersQuestions(Protocol):
    """What a channel may rely on: a library to show, and answers."""

    @property
    def library(self) -> Library:
        """The documents answers stand on. May block for some seconds where they have just changed."""

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        """Answer one question. Blocking and thread-safe; never raises for what an asker typed.

        Raises ``DeskError`` where something it needs is away, such as a server; the next question may be answered.
        """

    def follow(self, progress: Progress = ...) -> None:
        """Move to the library as it is now, and return when answers stand on it."""


class Desk:
    """Answers questions from one library; one that stays follows what other processes add, replace and remove."""

    def __init__(self, maker: RoomMaker, made: Made, pace: Pace) -> None:
        self._maker, self._pace = maker, pace
        self._rooms, self._moment = Rooms(made.room), made.moment
        self._in_memory = False
        self._looking: Looking | None = None
        self._moving = threading.Lock()

    @property
    def library(self) -> Library:
        """The documents answers stand on."""
        self._look_around()
        return self._room.library

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        """Answer one question; with ``explain`` the answer carries what every step saw and decided."""
        self._look_around()
        with self._rooms.entered() as room:
            return answer(question, room, explain=explain)

    def stay(self) -> None:
        """Prepare for many questions, and follow the library from now on; a process that answers one need not."""
        if self._looking is None:
            self._in_memory = self._maker.stay(self._room)
            self._looking = Looking(self._look, self._pace)

    def follow(self, progress: Progress = lambda done, total: None) -> None:
        """Move to the library as it is now, rather than at the next look; blocks for what its index lacks.

        ``progress`` is told how many texts are embedded, of how many; a ``SystemExit`` that it raises ends this, and
        what is lacking is added at a later look. Raises ``DeskError`` where the library cannot be followed.
        """
        with self._moving:
            self._move(progress)

    def question_space(self) -> ComparesQuestions:
        """Where questions are compared with those that staff confirmed; 1.5 s."""
        return self._maker.question_space()

    def counts(self) -> tuple[int, int]:
        """How many passages and known questions the index holds."""
        return self._room.searcher.counts()

    def close(self) -> None:
        """Let go of the library and the index, once the questions that are being answered are."""
        if self._looking is not None:
            self._looking.close()
        self._rooms.close()
        self._maker.close()

    @property
    def _room(self) -> Room:
        return self._rooms.current

    def _look_around(self) -> None:
        if self._looking is not None:
            self._looking.fresh()

    def _look(self) -> None:
        """Move where the library has changed, unless that is under way: nobody who asks waits for what takes long."""
        if self._moving.acquire(blocking=False):
            try:
                self._move(lambda done, total: None)
            finally:
                self._moving.release()

    def _move(self, progress: Progress) -> None:
        """Move to a new room where the library has changed; whatever fails, the room stays that is there."""
        if self._maker.moment() == self._moment:
            return
        if not self._in_memory and self._maker.shares_index():
            raise CannotFollow(
                "documents have changed, but there are more known questions than are kept in memory; start again"
            )
        self._maker.wait_for_writers()
        made = self._maker.make(progress, log.warning)
        try:
            in_memory = self._maker.stay(made.room)
        except BaseException:
            made.room.searcher.close()
            raise
        self._rooms.move(made.room)
        self._moment, self._in_memory = made.moment, in_memory
        log.info("the library has changed; documents in force: %d", len(made.room.library.in_force()))


def open_desk(
    settings: Settings,
    *,
    progress: Progress = lambda done, total: None,
    notice: Notice = lambda text: None,
    today: Callable[[], date] = date.today,
    pace: Pace | None = None,
) -> Desk:
    """The desk of these settings; its index is built first where there is none.

    ``progress`` is told how many texts are embedded, of how many; ``notice`` what the user should know. Raises
    ``CorpusError``, ``KnowledgeError``, ``CatalogueError``, ``WeightsError``, ``IndexFolderError`` or
    ``ChromaServerError``, each one line that says what to do.
    """
    maker = RoomMaker(settings, today)
    try:
        return Desk(maker, maker.make(progress, notice), pace or shipped_pace())
    except BaseException:
        maker.close()
        raise


__all__ = ["AnswersQuestions", "CannotFollow", "Desk", "Notice", "Progress", "index_settings", "open_desk"]
