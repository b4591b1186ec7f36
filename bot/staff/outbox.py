"""Messages to be sent: written with what they follow from, and sent by one process at a time.

A process that is to send a message takes a lease of it, which runs out unless the message is marked. What a killed
process had taken is then sent by another. A message that was marked as sent is never given out again; one that was
sent by a process killed before it could mark it may come twice, as with the bot's own answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, update

from bot.staff.errors import LeaseLost
from bot.staff.numbers import OutboxNumbers
from bot.staff.session import Session, read, told
from bot.store.staff_tables import OUTBOX

_O = OUTBOX.c
_SENT, _BLOCKED, _GIVEN_UP = "sent", "blocked", "given_up"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to send: to which chat, what, and of which case. ``tries`` counts from 1."""

    id: int
    chat: int
    case: int | None
    payload: Mapping[str, Any]
    tries: int


def put(session: Session, key: str, chat: int, payload: Mapping[str, Any], case: int | None = None) -> bool:
    """Have a message sent; ``False`` where one of this key is there already, sent or not."""
    row = {
        "bot": session.bot,
        "key": key,
        "chat": chat,
        "case": case,
        "payload": told(dict(payload)),
        "due_at": session.now,
        "tries": 0,
    }
    statement = session.database.insert(OUTBOX).values(row).on_conflict_do_nothing(index_elements=[_O.key])
    return session.connection.execute(statement).rowcount > 0


def claim(session: Session, holder: str, places: int, numbers: OutboxNumbers) -> list[Letter]:
    """Lease up to ``places`` messages that are due and that nobody is sending; of each chat the oldest alone.

    Messages of one chat thereby go in the order they were written. ``holder`` has at most 32 characters.
    """
    earlier = OUTBOX.alias()
    before = exists().where(
        earlier.c.bot == _O.bot, earlier.c.chat == _O.chat, earlier.c.id < _O.id, earlier.c.done_at.is_(None)
    )
    free = (_O.bot == session.bot, _O.done_at.is_(None), _O.due_at <= session.now)
    unheld = or_(_O.until.is_(None), _O.until <= session.now)
    waiting = select(_O.id).where(*free, unheld, ~before).order_by(_O.id).limit(places)
    letters = []
    for letter in session.connection.execute(waiting).scalars().all():
        row = session.connection.execute(
            update(OUTBOX)
            .where(_O.id == letter, *free, unheld)
            .values(holder=holder, until=session.now + numbers.lease_seconds, tries=_O.tries + 1)
            .returning(_O.chat, _O.case, _O.payload, _O.tries)
        ).first()
        if row is not None:
            letters.append(Letter(letter, row.chat, row.case, read(row.payload) or {}, row.tries))
    return letters


def renew(session: Session, holder: str, numbers: OutboxNumbers) -> set[int]:
    """Renew the leases of a process; of which messages it has them."""
    mine = (_O.bot == session.bot, _O.holder == holder, _O.done_at.is_(None))
    renewed = update(OUTBOX).where(*mine).values(until=session.now + numbers.lease_seconds).returning(_O.id)
    return {int(letter) for letter in session.connection.execute(renewed).scalars()}


def release(session: Session, holders: Collection[str]) -> int:
    """Give back what processes that are gone had taken; how many messages."""
    gone = (_O.bot == session.bot, _O.holder.in_(list(holders)), _O.done_at.is_(None))
    return int(session.connection.execute(update(OUTBOX).where(*gone).values(holder=None, until=None)).rowcount)


def mark_sent(session: Session, letter: int, holder: str, result: Any = None) -> None:
    """Say that a message was sent; its text is removed. Raises ``LeaseLost`` where another process has it by now."""
    _finish(session, letter, holder, {"outcome": _SENT, "result": result})


def mark_blocked(session: Session, letter: int, holder: str) -> None:
    """Say that whoever it is to does not let the bot write; it is not tried again. Raises ``LeaseLost``."""
    _finish(session, letter, holder, {"outcome": _BLOCKED})


def mark_failed(
    session: Session, letter: Letter, holder: str, numbers: OutboxNumbers, *, after: float | None = None
) -> bool:
    """Say that a message could not be sent; whether it will be tried again, ``after`` so many seconds where said.

    Raises ``LeaseLost``.
    """
    if letter.tries >= numbers.most_tries:
        _finish(session, letter.id, holder, {"outcome": _GIVEN_UP})
        return False
    pause = min(numbers.first_pause_seconds * 2 ** (letter.tries - 1), numbers.longest_pause_seconds)
    later = {"holder": None, "until": None, "due_at": session.now + (pause if after is None else after)}
    mine = (_O.id == letter.id, _O.holder == holder, _O.done_at.is_(None))
    if session.connection.execute(update(OUTBOX).where(*mine).values(later)).rowcount < 1:
        raise LeaseLost(f"message {letter.id} went to another process")
    return True


def drop_unsent(session: Session, chats: Collection[int], cases: Collection[int]) -> int:
    """Take out the messages to these chats, and of these cases, that nobody has sent yet; how many."""
    theirs = or_(_O.chat.in_(list(chats)), _O.case.in_(list(cases)))
    return int(session.connection.execute(delete(OUTBOX).where(theirs, _O.done_at.is_(None))).rowcount)


def waiting(session: Session) -> int:
    """How many messages are not sent yet."""
    count = select(func.count()).where(_O.bot == session.bot, _O.done_at.is_(None))
    return int(session.connection.execute(count).scalar_one())


def known(session: Session, key: str) -> bool:
    """Whether a message of this key was ever to be sent."""
    return session.connection.execute(select(_O.id).where(_O.key == key)).first() is not None


def remove_old_letters(session: Session, before: float) -> int:
    """Remove messages that were sent or given up before a moment, or have waited since; how many."""
    old = or_(_O.done_at < before, _O.done_at.is_(None) & (_O.due_at < before))
    return int(session.connection.execute(delete(OUTBOX).where(old)).rowcount)


def _finish(session: Session, letter: int, holder: str, result: Mapping[str, Any]) -> None:
    mine = (_O.id == letter, _O.holder == holder, _O.done_at.is_(None))
    done = {"done_at": session.now, "payload": None, "result": told(dict(result)), "holder": None, "until": None}
    if session.connection.execute(update(OUTBOX).where(*mine).values(done)).rowcount < 1:
        raise LeaseLost(f"message {letter} went to another process")


__all__ = [
    "Letter",
    "claim",
    "drop_unsent",
    "known",
    "mark_blocked",
    "mark_failed",
    "mark_sent",
    "put",
    "release",
    "remove_old_letters",
    "renew",
    "waiting",
]
