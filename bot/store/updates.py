"""Taken updates: kept until they are done, each user's in order, by one replica at a time.

A replica that is to handle a user's update takes the user's *turn*: a row that names it and runs out unless it is
renewed. What a killed replica began is thereby begun again by another one, with what it had sent by then.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, exists, func, or_, select, update

from bot.store.conversations import Changes, Conversation, Where, read_conversation, write_changes
from bot.store.database import Database
from bot.store.errors import TurnLost
from bot.store.tables import SENDS, TURNS, UPDATES

_U = UPDATES.c
_T = TURNS.c


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update as it came: its number, whose turn it waits for, and its JSON."""

    number: int
    who: int
    payload: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update to handle. ``tries`` counts from 1; ``sent`` is what an earlier try had sent, by step.

    ``waited`` is how long it had been waiting, in seconds.
    """

    number: int
    who: int
    payload: str
    tries: int
    waited: float
    sent: dict[int, Any] = field(default_factory=dict)


class Updates:
    """The updates of one bot, as one replica sees them. Blocking and thread-safe; raises ``StoreError``."""

    def __init__(self, database: Database, bot: int, holder: str, turn_seconds: float) -> None:
        self._database, self._bot, self._holder, self._seconds = database, bot, holder, turn_seconds

    def take(self, arrived: Sequence[Arrived]) -> int:
        """Keep updates that are not known yet, all of them or none; how many were new."""
        rows = {
            each.number: {
                "bot": self._bot,
                "number": each.number,
                "who": each.who,
                "payload": each.payload,
                "taken_at": self._database.now(),
                "tries": 0,
            }
            for each in arrived
        }
        if not rows:
            return 0
        with self._database.transaction(writing=True) as connection:
            statement = self._database.insert(UPDATES).values(list(rows.values())).on_conflict_do_nothing()
            return max(0, int(connection.execute(statement).rowcount))

    def claim(self, places: int, settle: float, besides: Collection[int] = ()) -> list[Claimed]:
        """Take the turns of up to ``places`` users who have updates waiting and whom nobody serves; the first of each.

        ``besides`` are users this replica serves: their turns may have run out while the database was away.
        An update whose predecessor in number has not come waits ``settle`` seconds for it: it may be the same user's.
        """
        with self._database.transaction(writing=True) as connection:
            now = self._database.now()
            before = UPDATES.alias()
            known = exists().where(before.c.bot == self._bot, before.c.number == _U.number - 1)
            busy = select(_T.who).where(_T.bot == self._bot, _T.until > now)
            first = (
                select(_U.who, func.min(_U.number).label("number"))
                .where(_U.bot == self._bot, _U.done_at.is_(None), _U.who.not_in(busy))
                .where(_U.who.not_in(list(besides)))
                .group_by(_U.who)
                .subquery()
            )
            waiting = (
                select(_U.who)
                .join(first, first.c.number == _U.number)
                .where(_U.bot == self._bot, or_(known, _U.taken_at <= now - settle))
                .order_by(_U.number)
                .limit(places)
            )
            # Every replica takes them in the same order, so that none waits for another in a circle.
            people = sorted(connection.execute(waiting).scalars())
            claimed = (self._claim_one(connection, who) for who in people)
            return sorted((each for each in claimed if each), key=lambda each: each.number)

    def _claim_one(self, connection: Connection, who: int) -> Claimed | None:
        now = self._database.now()
        turn = self._database.insert(TURNS).values(
            bot=self._bot, who=who, holder=self._holder, until=now + self._seconds
        )
        taken = {"holder": turn.excluded.holder, "until": turn.excluded.until}
        turn = turn.on_conflict_do_update(index_elements=[_T.bot, _T.who], set_=taken, where=_T.until <= now)
        if connection.execute(turn).rowcount < 1:
            return None
        row = connection.execute(
            select(_U.number, _U.payload, _U.tries, (now - _U.taken_at).label("waited"))
            .where(_U.bot == self._bot, _U.who == who, _U.done_at.is_(None))
            .order_by(_U.number)
            .limit(1)
        ).first()
        if row is None:
            connection.execute(delete(TURNS).where(_T.bot == self._bot, _T.who == who))
            return None
        this = (_U.bot == self._bot, _U.number == row.number)
        connection.execute(update(UPDATES).where(*this).values(tries=_U.tries + 1))
        sent = connection.execute(
            select(SENDS.c.step, SENDS.c.result).where(SENDS.c.bot == self._bot, SENDS.c.number == row.number)
        )
        results = {step: json.loads(result) for step, result in sent}
        return Claimed(row.number, who, row.payload or "null", row.tries + 1, float(row.waited), results)

    def conversation(self, where: Where) -> Conversation:
        """What an update at this place may need to know."""
        with self._database.transaction() as connection:
            return read_conversation(connection, self._bot, where)

    def sent(self, number: int, step: int, result: Any) -> None:
        """Remember what a step of handling an update has sent, until the update is done."""
        # A kill before this is written lets the message be sent again.
        with self._database.transaction(writing=True, urgent=True) as connection:
            row = {"bot": self._bot, "number": number, "step": step, "result": json.dumps(result)}
            self._database.put(connection, SENDS, row)

    def finish(self, claimed: Claimed, where: Where, changes: Changes) -> None:
        """Mark an update done with all that it changed, and give the turn back; all of it or nothing.

        Raises ``TurnLost`` where the turn is another replica's by now.
        """
        with self._database.transaction(writing=True) as connection:
            turn = (_T.bot == self._bot, _T.who == claimed.who, _T.holder == self._holder)
            if connection.execute(delete(TURNS).where(*turn)).rowcount < 1:
                raise TurnLost(f"update {claimed.number} went to another replica")
            write_changes(self._database, connection, self._bot, where, changes)
            this = (_U.bot == self._bot, _U.number == claimed.number)
            done = {"done_at": self._database.now(), "payload": None, "who": 0}
            connection.execute(update(UPDATES).where(*this).values(done))
            connection.execute(delete(SENDS).where(SENDS.c.bot == self._bot, SENDS.c.number == claimed.number))

    def renew(self) -> set[int]:
        """Renew every turn this replica has; whose they are."""
        with self._database.transaction(writing=True) as connection:
            mine = (_T.bot == self._bot, _T.holder == self._holder)
            connection.execute(update(TURNS).where(*mine).values(until=self._database.now() + self._seconds))
            return set(connection.execute(select(_T.who).where(*mine)).scalars())

    def release(self, holders: Collection[str] | None = None) -> None:
        """Give back all turns of replicas that are gone, or of this one."""
        with self._database.transaction(writing=True) as connection:
            whose = [self._holder] if holders is None else list(holders)
            connection.execute(delete(TURNS).where(_T.bot == self._bot, _T.holder.in_(whose)))

    def other_holders(self) -> list[str]:
        """The other replicas that have turns."""
        with self._database.transaction() as connection:
            others = select(_T.holder).where(_T.bot == self._bot, _T.holder != self._holder).distinct()
            return list(connection.execute(others).scalars())

    def waiting(self) -> int:
        """How many updates are taken and not done."""
        with self._database.transaction() as connection:
            count = select(func.count()).where(_U.bot == self._bot, _U.done_at.is_(None))
            return int(connection.execute(count).scalar_one())
