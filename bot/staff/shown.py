"""What messages that staff and askers were sent show, so that a reply to one of them is known to be of its case."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select, update

from bot.staff.session import Session, Sessions, read, told
from bot.store.staff_tables import SHOWN

_S = SHOWN.c


class Shown(NamedTuple):
    """A message of the bot and what it shows: a ``kind`` (at most 16 characters), perhaps a case, a record.

    ``letter`` and ``step`` name what it was sent for; ``person`` is whose words are in the record.
    """

    chat: int
    message: int
    kind: str
    case: int | None = None
    letter: int | None = None
    step: int | None = None
    person: int | None = None
    record: Any = None


class ShownMessages:
    """Keeps them. Methods raise ``StoreError``."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def put(self, shown: Shown) -> None:
        """Keep what a message shows now."""
        with self._sessions.begun() as session:
            row = shown._asdict() | {"record": None if shown.record is None else told(shown.record)}
            session.database.put(session.connection, SHOWN, {"bot": session.bot, **row, "at": session.now})

    def at(self, chat: int, message: int) -> Shown | None:
        """What a message shows."""
        return next(iter(self._found(_S.chat == chat, _S.message == message)), None)

    def of_case(self, case: int, chat: int) -> tuple[Shown, ...]:
        """The messages of a case in a chat, the oldest first."""
        return self._found(_S.case == case, _S.chat == chat)

    def of_letter(self, letter: int) -> tuple[Shown, ...]:
        """The messages that were sent for a letter, the oldest first."""
        return self._found(_S.letter == letter)

    def lose(self, case: int, chat: int) -> None:
        """Let go of the messages of a case in a chat: they are not there any more."""
        with self._sessions.begun() as session:
            gone = delete(SHOWN).where(_S.bot == session.bot, _S.case == case, _S.chat == chat)
            session.connection.execute(gone)

    def _found(self, *conditions: Any) -> tuple[Shown, ...]:
        query = select(SHOWN).where(_S.bot == self._sessions.bot, *conditions).order_by(_S.message)
        with self._sessions.begun(writing=False) as session:
            return tuple(_shown(dict(row._mapping)) for row in session.connection.execute(query))


def shown_of(session: Session, person: int) -> tuple[Shown, ...]:
    """What messages show that stand in a person's private chat, or hold words of theirs."""
    query = select(SHOWN).where(or_(_S.person == person, _S.chat == person)).order_by(_S.message)
    return tuple(_shown(dict(row._mapping)) for row in session.connection.execute(query))


def forget_shown(session: Session, person: int, cases: Collection[int]) -> int:
    """Remove what names a person or their private chat, and words of theirs or of their cases; how many rows.

    Which messages are of their cases stays, so that these can be taken out of chats as well.
    """
    theirs = or_(_S.person == person, _S.chat == person)
    touched = session.connection.execute(delete(SHOWN).where(theirs)).rowcount
    wording = update(SHOWN).where(_S.case.in_(list(cases)), _S.record.is_not(None)).values(record=None)
    return int(touched + session.connection.execute(wording).rowcount)


def remove_old_shown(session: Session, before: float) -> int:
    """Remove what was last changed before a moment; how many rows."""
    return int(session.connection.execute(delete(SHOWN).where(_S.at < before)).rowcount)


def _shown(row: dict[str, Any]) -> Shown:
    del row["bot"], row["at"]
    return Shown(**{**row, "record": read(row["record"])})
