"""Forgetting what is remembered of one user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.telegram.limits import REMEMBERED_CHATS, REMEMBERED_REPLIES
from bot.telegram.memory import Asker, Memory, Recent, Replied
from bot.telegram.pages import Page

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


class ForgettingMemory(Memory):
    """The memory of conversations, which can be made to forget one user."""

    def __init__(self) -> None:
        super().__init__()
        self._questions = self._asked = Droppable[Asker, tuple[tuple[int, str], ...]](REMEMBERED_CHATS)
        self._replies = self._answered = Droppable[tuple[int, int], Replied](REMEMBERED_REPLIES)
        self._pages = self._shown = Droppable[tuple[int, int], Page](REMEMBERED_REPLIES)

    def forget(self, user: int, chat: int) -> None:
        """Remove the user's questions everywhere, and the replies in every chat they asked in.

        Whose question a reply in a group answers is not remembered; for the others there, a button back asks their
        question once more.
        """
        # A private chat has the number of its user.
        chats = {user, chat, *(asker.chat for asker in self._asked.drop(lambda asker: asker.user == user))}
        self._answered.drop(lambda reply: reply[0] in chats)
        self._shown.drop(lambda reply: reply[0] in chats)
