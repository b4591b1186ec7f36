"""Forgetting what is remembered of one user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.telegram.memory import Recent

K = TypeVar("K")
V = TypeVar("V")


class Forgets(Protocol):
    """Removes what is kept of a user; nothing happens where nothing is kept."""

    def forget(self, user: int, chat: int) -> None:
        """Remove all of it; ``chat`` is where they ask for it, one they certainly wrote in."""


class Droppable(Recent[K, V]):
    """A ``Recent`` out of which entries can be taken."""

    def drop(self, chosen: Callable[[K], bool]) -> list[K]:
        """Remove the entries whose key is chosen; these keys."""
        keys = [key for key in self._entries if chosen(key)]
        for key in keys:
            del self._entries[key]
        return keys
