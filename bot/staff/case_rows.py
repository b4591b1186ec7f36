"""Cases in the database. Every change is one conditional update, so of two processes at once one makes it.

That update also locks the row and counts the version of the case up, by which messages and events are numbered: they
are in one order for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Row, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy import case as choice

from bot.staff.cases import ALIVE, MOVES, WAITING, Address, Case, Entry, Opening, Reason, Record, Side, State, What
from bot.staff.errors import Refused
from bot.staff.inquiries import end_with
from bot.staff.session import Session, read, told
from bot.staff.waiting import Waited
from bot.store.staff_tables import ADDRESSES, CASES, EVENTS, MESSAGES

_C = CASES.c
_BACK = choice((_C.holder.is_(None), State.OPEN.value), else_=State.ASSIGNED.value)
"""Open, or with whoever had taken it."""


def open_case(session: Session, opening: Opening) -> tuple[int, bool]:
    """The case of an opening, and whether it is new: the same key gives the same case."""
    row = {
        "bot": session.bot,
        "key": opening.key,
        "state": State.OPEN.value,
        "reason": opening.reason.value,
        "version": 1,
        "record": told(opening.record.model_dump(mode="json")),
        "language": opening.language,
        "reachable": True,
        "opened_at": session.now,
        "changed_at": session.now,
    }
    statement = session.database.insert(CASES).values(row).on_conflict_do_nothing(index_elements=[_C.key])
    case = session.connection.execute(statement.returning(_C.id)).scalar()
    if case is None:
        known = select(_C.id).where(_C.key == opening.key)
        return int(session.connection.execute(known).scalar_one()), False
    address = {"case": case, "person": opening.person, "chat": opening.chat}
    session.connection.execute(insert(ADDRESSES).values(address))
    _event(session, case, 1, What.OPENED, opening.person if opening.reason is Reason.ASKER else None)
    end_with(session, opening.inquiries, int(case))
    return int(case), True


def case_of_key(session: Session, key: str) -> int | None:
    """The case that this key opened, if one was."""
    case = session.connection.execute(select(_C.id).where(_C.key == key, _C.bot == session.bot)).scalar()
    return None if case is None else int(case)


def set_record(session: Session, case: int, record: Record) -> None:
    """Put a record in the place of the one of a case; nothing happens where the asker is forgotten."""
    kept = update(CASES).where(_C.id == case, _C.bot == session.bot, _C.record.is_not(None))
    session.connection.execute(kept.values(record=told(record.model_dump(mode="json")), version=_C.version + 1))


def move(
    session: Session,
    case: int,
    what: What,
    who: int | None,
    *,
    holders: Collection[int | None] | None = None,
    new_holder: int | None = None,
    keep_holder: bool = False,
    wake_at: float | None = None,
    due: bool = False,
) -> int:
    """Let something become of a case; its number in the course of the case.

    It must be in a state that allows it, and its holder one of ``holders`` where they are given; with ``due`` its time
    to be woken must have come. It is assigned only to who does not have it. Raises ``Refused``, and then nothing has
    changed: somebody else was first.
    """
    states, to = MOVES[what]
    conditions = [_C.id == case, _C.bot == session.bot, _C.state.in_([state.value for state in states])]
    if holders is not None:
        named = [holder for holder in holders if holder is not None]
        free = _C.holder.is_(None) if None in holders else _C.id < 0
        conditions.append(or_(free, _C.holder.in_(named)))
    if what is What.ASSIGNED:
        conditions.append(_C.holder.is_distinct_from(new_holder))
    if due:
        conditions.append(_C.wake_at <= session.now)
    values: dict[str, object] = {
        "state": to.value,
        "version": _C.version + 1,
        "changed_at": session.now,
        "wake_at": wake_at,
    }
    if not keep_holder:
        values["holder"] = new_holder
    if keep_holder and to is State.OPEN:
        values["state"] = _BACK
    if what is What.ANSWERED:
        values["answered_at"] = func.coalesce(_C.answered_at, session.now)
    if what is What.CLOSED:
        values["closed_at"] = session.now
    if what is What.REOPENED:
        values["closed_at"] = None
    number = session.connection.execute(update(CASES).where(*conditions).values(values).returning(_C.version)).scalar()
    if number is None:
        raise _refusal(session, case)
    _event(session, case, number, what, who)
    return int(number)


def say(session: Session, case: int, side: Side, who: int | None, text: str, key: str) -> bool:
    """Add a message to a case; ``False`` where one of this key is there already. Raises ``Refused``."""
    if session.connection.execute(select(MESSAGES.c.case).where(MESSAGES.c.key == key)).first():
        return False
    number = _count(session, case)
    row = {"case": case, "number": number, "key": key, "side": side.value, "who": who, "text": told(text)}
    row["at"] = session.now
    statement = session.database.insert(MESSAGES).values(row).on_conflict_do_nothing(index_elements=[MESSAGES.c.key])
    return session.connection.execute(statement).rowcount > 0


def set_reachable(session: Session, chat: int, reachable: bool) -> list[int]:
    """Mark the cases of a chat by whether its asker can be written to; those that this changed."""
    theirs = select(ADDRESSES.c.case).where(ADDRESSES.c.chat == chat)
    changed = session.connection.execute(
        update(CASES)
        .where(_C.bot == session.bot, _C.id.in_(theirs), _C.reachable != reachable, _C.state.in_(_values(ALIVE)))
        .values(reachable=reachable, version=_C.version + 1, changed_at=session.now)
        .returning(_C.id, _C.version)
    ).all()
    for case, number in changed:
        _event(session, case, number, What.REACHED if reachable else What.BLOCKED, None)
    return [int(case) for case, _ in changed]


def get_case(session: Session, case: int) -> Case:
    """A case with its course; raises ``Refused`` where there is none."""
    row = session.connection.execute(select(CASES).where(_C.id == case, _C.bot == session.bot)).first()
    if row is None:
        raise Refused("no_case", case=case)
    return _case(row, _entries(session, case))


def list_cases(session: Session, states: Iterable[State] = ALIVE) -> tuple[Case, ...]:
    """The cases of these states without their course, the oldest first."""
    query = select(CASES).where(_C.bot == session.bot, _C.state.in_(_values(states))).order_by(_C.id)
    return _cases(session, query)


def count_waiting(session: Session) -> int:
    """How many cases wait for staff, of every bot."""
    count = select(func.count()).where(_C.state.in_(_values(WAITING)))
    return int(session.connection.execute(count).scalar_one())


def cases_of(session: Session, person: int) -> tuple[Case, ...]:
    """The cases of an asker without their course, the latest first."""
    theirs = select(ADDRESSES.c.case).where(ADDRESSES.c.person == person)
    return _cases(session, select(CASES).where(_C.bot == session.bot, _C.id.in_(theirs)).order_by(_C.id.desc()))


def due_to_wake(session: Session) -> list[int]:
    """Snoozed cases whose time has come, the oldest first."""
    due = select(_C.id).where(_C.bot == session.bot, _C.state == State.SNOOZED.value, _C.wake_at <= session.now)
    return [int(case) for case in session.connection.execute(due.order_by(_C.id)).scalars()]


def address_of(session: Session, case: int) -> Address | None:
    """Where the asker of a case is written to; ``None`` once they are forgotten."""
    row = session.connection.execute(
        select(ADDRESSES.c.person, ADDRESSES.c.chat).where(ADDRESSES.c.case == case)
    ).first()
    return None if row is None else Address(person=row.person, chat=row.chat)


def waited(session: Session, since: float) -> tuple[Waited, ...]:
    """How long the cases opened since then waited for their first answer."""
    query = select(_C.opened_at, _C.answered_at, _C.closed_at).where(_C.bot == session.bot, _C.opened_at >= since)
    return tuple(Waited(row.opened_at, row.answered_at, row.closed_at) for row in session.connection.execute(query))


def forget_cases(session: Session, person: int) -> int:
    """Remove an asker from their cases: address, question, conversation and messages; how many cases that were.

    What stays is that there was a case, and when what became of it. One that is not closed is closed.
    """
    theirs = select(ADDRESSES.c.case).where(ADDRESSES.c.person == person)
    forgotten = session.connection.execute(
        update(CASES)
        .where(_C.id.in_(theirs))
        .values(
            record=None,
            reachable=False,
            state=State.CLOSED.value,
            wake_at=None,
            closed_at=func.coalesce(_C.closed_at, session.now),
            changed_at=session.now,
            version=_C.version + 1,
        )
        .returning(_C.id, _C.version)
    ).all()
    for case, number in forgotten:
        session.connection.execute(update(MESSAGES).where(MESSAGES.c.case == case).values(text=None))
        for table in (MESSAGES, EVENTS):
            session.connection.execute(
                update(table).where(table.c.case == case, table.c.who == person).values(who=None)
            )
        _event(session, case, number, What.FORGOTTEN, None)
    session.connection.execute(delete(ADDRESSES).where(ADDRESSES.c.person == person))
    return len(forgotten)


def remove_old_cases(session: Session, before: float) -> int:
    """Remove cases that nothing was done with since a moment, with everything of them; how many.

    What is put off to a later time stays.
    """
    old = (_C.changed_at < before, or_(_C.wake_at.is_(None), _C.wake_at < session.now))
    removed = session.connection.execute(delete(CASES).where(*old)).rowcount
    for table in (ADDRESSES, MESSAGES, EVENTS):
        session.connection.execute(delete(table).where(~exists().where(_C.id == table.c.case)))
    return int(removed)


def _count(session: Session, case: int) -> int:
    number = session.connection.execute(
        update(CASES)
        .where(_C.id == case, _C.bot == session.bot, _C.record.is_not(None))
        .values(version=_C.version + 1, changed_at=session.now)
        .returning(_C.version)
    ).scalar()
    if number is None:
        raise Refused("no_case", case=case)
    return int(number)


def _event(session: Session, case: int, number: int, what: What, who: int | None) -> None:
    row = {"case": case, "number": number, "what": what.value, "who": who, "at": session.now}
    session.connection.execute(insert(EVENTS).values(row))


def _refusal(session: Session, case: int) -> Refused:
    row = session.connection.execute(select(_C.state, _C.holder).where(_C.id == case, _C.bot == session.bot)).first()
    if row is None:
        return Refused("no_case", case=case)
    if row.holder is not None and row.state in _values(ALIVE):
        return Refused("held", case=case, holder=row.holder)
    return Refused("state", case=case, state=row.state)


def _values(states: Iterable[State]) -> list[str]:
    return [state.value for state in states]


def _cases(session: Session, query: Select[tuple[object, ...]]) -> tuple[Case, ...]:
    return tuple(_case(row, ()) for row in session.connection.execute(query))


def _case(row: Row[tuple[object, ...]], entries: tuple[Entry, ...]) -> Case:
    told = dict(row._mapping)
    record = read(told.pop("record"))
    for name in ("bot", "key", "version"):
        del told[name]
    return Case(**told, record=None if record is None else Record.model_validate(record), entries=entries)


def _entries(session: Session, case: int) -> tuple[Entry, ...]:
    events = session.connection.execute(select(EVENTS).where(EVENTS.c.case == case))
    messages = session.connection.execute(select(MESSAGES).where(MESSAGES.c.case == case))
    found = [Entry(number=e.number, at=e.at, who=e.who, what=What(e.what)) for e in events]
    found += [Entry(number=m.number, at=m.at, who=m.who, side=Side(m.side), text=read(m.text)) for m in messages]
    return tuple(sorted(found, key=lambda entry: entry.number))
