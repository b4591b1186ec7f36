"""What the bot remembers of its conversations, as the update that is being handled sees it.

It is read from the store before an update is handled and written with the mark that it is done, so that a change is
there if and only if its update is done.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from bot.store import Ballot, Reply
from bot.telegram.callback import Language
from bot.telegram.handling import Handling, current
from bot.telegram.limits import HISTORY
from bot.telegram.pages import Button, Page
from bot.telegram.passages import Key

_LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh"}
K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A mapping in this process that keeps the ``most`` entries last used."""

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


Replied = Reply


class Memory:
    """Earlier questions, which reply belongs to which question, the last page of each answer, and languages chosen.

    An update knows its own place: of other chats, people and messages it knows what it has changed itself.
    """

    def earlier(self, asker: Asker, message: int) -> tuple[str, ...]:
        """The last questions asked before this message, oldest first."""
        before = [text for number, text in self._before(asker) if number < message]
        return tuple(before[-HISTORY:])

    def asked(self, asker: Asker, message: int, question: str) -> None:
        """Remember a question; one of the same message is replaced."""
        if self._is_here(asker):
            others = [each for each in self._before(asker) if each[0] != message]
            _now().changes.questions = tuple(sorted([*others, (message, question)])[-HISTORY - 1 :])

    def replied(self, chat: int, message: int, replied: Replied) -> None:
        """Remember how a message was answered."""
        _now().changes.replies[chat, message] = replied

    def reply_to(self, chat: int, message: int) -> Replied | None:
        """How a message was answered."""
        now = _now()
        here = (now.where.chat, now.where.message) == (chat, message)
        return now.changes.replies.get((chat, message), now.conversation.reply if here else None)

    def showed(
        self, chat: int, reply: int, page: Page, further: Sequence[Key] = (), about: Mapping[str, Any] | None = None
    ) -> None:
        """Remember the page a reply shows when no paragraph is opened in it; one without buttons is never left.

        ``further`` are the passages that come next where more like it is asked for; ``about`` is what is to be known
        of the answer besides, as JSON.
        """
        if page.buttons:
            stored = {**asdict(page), "further": list(further), "about": about}
            _now().changes.pages[chat, reply] = json.dumps(stored)

    def page_of(self, chat: int, reply: int) -> Page | None:
        """The page to go back to."""
        return _page(self._stored_page(chat, reply))

    def further(self, chat: int, reply: int) -> tuple[Key, ...] | None:
        """The passages that come next; ``None`` where that is not known."""
        return _further(self._stored_page(chat, reply))

    def about(self, chat: int, reply: int) -> Any:
        """What was kept of an answer besides its page; ``None`` where nothing was."""
        stored = self._stored_page(chat, reply)
        return stored.get("about") if isinstance(stored, dict) else None

    @staticmethod
    def _stored_page(chat: int, reply: int) -> Any:
        now = _now()
        here = (now.where.chat, now.where.message) == (chat, reply)
        stored = now.changes.pages.get((chat, reply), now.conversation.page if here else None)
        try:
            return None if stored is None else json.loads(stored)
        except ValueError:
            return None

    def voted(self, answer: str, voter: str, vote: int) -> None:
        """Keep what somebody thinks of an answer, 1 or -1; both are named by keyed hashes."""
        _now().changes.votes[Ballot(answer, voter)] = vote

    def language(self, user: int) -> Language | None:
        """The language a user has chosen; known of the user whose update is handled."""
        now = _now()
        if user in now.changes.languages:
            return _known(now.changes.languages[user])
        here = user == now.where.person and user not in now.changes.forgotten
        return _known(now.conversation.language) if here else None

    def set_language(self, user: int, language: Language | None) -> None:
        """Keep the language a user has chosen; ``None`` takes the choice back."""
        _now().changes.languages[user] = language

    def forget(self, user: int, chat: int) -> None:
        """Remove all that is kept of a user, in every chat, when this update is done; ``chat`` is where they ask."""
        now = _now()
        if user != now.where.person:
            raise ValueError("only whoever acts can ask to be forgotten")
        now.changes.forgotten[user] = now.person

    @staticmethod
    def _is_here(asker: Asker) -> bool:
        where = _now().where
        return (where.chat, where.person) == (asker.chat, asker.user)

    def _before(self, asker: Asker) -> tuple[tuple[int, str], ...]:
        if not self._is_here(asker) or asker.user in _now().changes.forgotten:
            return ()
        changed = _now().changes.questions
        return _now().conversation.questions if changed is None else changed


def _now() -> Handling:
    handling = current()
    if handling is None:
        raise RuntimeError("the memory is that of an update, and none is being handled")
    return handling


def _known(name: str | None) -> Language | None:
    return _LANGUAGES.get(name or "")


def _page(stored: Any) -> Page | None:
    """The page that was stored; ``None`` as well where another version of the bot has stored another kind of page."""
    try:
        rows = tuple(tuple(Button(**button) for button in row) for row in stored["buttons"])
        return Page(str(stored["html"]), str(stored["plain"]), rows)
    except (ValueError, TypeError, KeyError):
        return None


def _further(stored: Any) -> tuple[Key, ...] | None:
    try:
        return tuple((str(document), int(number)) for document, number in stored["further"])
    except (ValueError, TypeError, KeyError):
        return None
