"""What staff confirmed, in the database. An edit says which version it was made of, so none is lost to another."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Row, insert, select, update

from bot.staff.curated import Curated, Kept, Standing
from bot.staff.errors import Refused
from bot.staff.session import Session, read, told
from bot.store.staff_tables import CURATED

_K = CURATED.c


def add(session: Session, curated: Curated) -> Kept:
    """Keep it, in force."""
    row = {
        "state": Standing.LIVE.value,
        "version": 1,
        "record": told(curated.model_dump(mode="json")),
        "changed_at": session.now,
    }
    number = session.connection.execute(insert(CURATED).values(row).returning(_K.id)).scalar_one()
    return Kept(id=number, version=1, standing=Standing.LIVE, changed_at=session.now, curated=curated)


def change(session: Session, number: int, version: int, standing: Standing, curated: Curated) -> Kept:
    """Put this in the place of a version; raises ``Refused`` where that is not the last one any more."""
    values = {
        "state": standing.value,
        "version": version + 1,
        "record": told(curated.model_dump(mode="json")),
        "changed_at": session.now,
    }
    this = (_K.id == number, _K.version == version)
    if session.connection.execute(update(CURATED).where(*this).values(values)).rowcount < 1:
        raise Refused("changed_meanwhile", answer=number)
    return Kept(id=number, version=version + 1, standing=standing, changed_at=session.now, curated=curated)


def get(session: Session, number: int) -> Kept:
    """One of them; raises ``Refused`` where there is none."""
    row = session.connection.execute(select(CURATED).where(_K.id == number)).first()
    if row is None:
        raise Refused("no_answer", answer=number)
    return _kept(row)


def listed(session: Session, standings: Iterable[Standing] = tuple(Standing)) -> tuple[Kept, ...]:
    """Those that stand so, the oldest first."""
    query = select(CURATED).where(_K.state.in_([each.value for each in standings])).order_by(_K.id)
    return tuple(_kept(row) for row in session.connection.execute(query))


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    told = dict(row._mapping)
    standing, curated = Standing(told.pop("state")), Curated.model_validate(read(told.pop("record")))
    return Kept(**told, standing=standing, curated=curated)
