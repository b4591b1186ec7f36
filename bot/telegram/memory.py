"""What the running bot remembers of its conversations, bounded and gone with the process."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.telegram.limits import HISTORY, REMEMBERED_CHATS, REMEMBERED_REPLIES
from bot.telegram.pages import Page

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A mapping that keeps the ``most`` entries last used."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The entry, or ``None``."""
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return self._entries[key]

    def put(self, key: K, value: V) -> None:
        """Add or replace an entry; the one unused for longest goes when there are too many."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who converses where: in a group everybody has a conversation of their own."""

    chat: int
    user: int


@dataclass(frozen=True, slots=True)
class Replied:
    """The question of a message as it was answered, and the messages that answer it."""

    question: str
    messages: tuple[int, ...]


class Memory:
    """Earlier questions, which reply belongs to which question, and the last page of each answer."""

    def __init__(self) -> None:
        self._questions: Recent[Asker, tuple[tuple[int, str], ...]] = Recent(REMEMBERED_CHATS)
        self._replies: Recent[tuple[int, int], Replied] = Recent(REMEMBERED_REPLIES)
        self._pages: Recent[tuple[int, int], Page] = Recent(REMEMBERED_REPLIES)

    def earlier(self, asker: Asker, message: int) -> tuple[str, ...]:
        """The last questions asked before this message, oldest first."""
        before = [text for number, text in self._questions.get(asker) or () if number < message]
        return tuple(before[-HISTORY:])

    def asked(self, asker: Asker, message: int, question: str) -> None:
        """Remember a question; one of the same message is replaced."""
        others = [each for each in self._questions.get(asker) or () if each[0] != message]
        self._questions.put(asker, tuple(sorted([*others, (message, question)])[-HISTORY - 1 :]))

    def replied(self, chat: int, message: int, replied: Replied) -> None:
        """Remember how a message was answered."""
        self._replies.put((chat, message), replied)

    def reply_to(self, chat: int, message: int) -> Replied | None:
        """How a message was answered."""
        return self._replies.get((chat, message))

    def showed(self, chat: int, reply: int, page: Page) -> None:
        """Remember the page a reply shows when no paragraph is opened in it."""
        self._pages.put((chat, reply), page)

    def page_of(self, chat: int, reply: int) -> Page | None:
        """The page to go back to."""
        return self._pages.get((chat, reply))
