"""The room questions are answered in, exchanged for another one while questions are being answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.answering.turn import Room


class _Held:
    """A room, and how many questions are being answered in it."""

    def __init__(self, room: Room) -> None:
        self.room, self.guests, self.left = room, 0, False

    @property
    def empty(self) -> bool:
        return self.left and self.guests == 0


class Rooms:
    """One room at a time; the one before is closed when the last question in it is answered. Safe for threads."""

    def __init__(self, room: Room) -> None:
        self._lock = threading.Lock()
        self._current = _Held(room)
        self._closed = False

    @property
    def current(self) -> Room:
        """The room the next question gets. It may be closed at any time; ``entered`` keeps it open."""
        return self._current.room

    @contextmanager
    def entered(self) -> Iterator[Room]:
        """A room that stays open for as long as it is used."""
        with self._lock:
            held = self._current
            held.guests += 1
        try:
            yield held.room
        finally:
            with self._lock:
                held.guests -= 1
                last = held.empty
            if last:
                held.room.searcher.close()

    def move(self, room: Room) -> None:
        """Give this room to every question from now on; where all is closed, it is closed too."""
        with self._lock:
            refused = self._closed
            before = self._current
            if not refused:
                self._current, before.left = _Held(room), True
            closing = room if refused else before.room if before.empty else None
        if closing is not None:
            closing.searcher.close()

    def close(self) -> None:
        """Close the room, when the last question in it is answered."""
        with self._lock:
            again, self._closed = self._closed, True
            held = self._current
            held.left = True
            last = held.empty and not again
        if last:
            held.room.searcher.close()
