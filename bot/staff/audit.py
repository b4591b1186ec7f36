"""The audit log: every action at the staff desk, those that were refused included."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, select

from bot.staff.roles import Actor, Role
from bot.staff.session import Session, read, told
from bot.store.staff_tables import AUDIT
from documents.models import Frozen

_A = AUDIT.c


class Outcome(StrEnum):
    """What came of an action: done, not allowed to somebody of that role, or not possible as things stood."""

    DONE = "done"
    NOT_ALLOWED = "not_allowed"
    REFUSED = "refused"


class Noted(Frozen):
    """A row of the log. ``subject`` names what it was done to, such as ``case 7``."""

    at: float
    who: int
    role: str
    action: str
    subject: str
    outcome: Outcome
    detail: dict[str, Any]


def note(
    session: Session, actor: Actor, action: str, subject: str, outcome: Outcome, detail: Mapping[str, Any]
) -> None:
    """Add a row."""
    row = {
        "at": session.now,
        "who": actor.person,
        "role": actor.role.value,
        "action": action,
        "subject": subject,
        "outcome": outcome.value,
        "detail": told(dict(detail)),
    }
    session.connection.execute(insert(AUDIT).values(row))


def noted(session: Session, since: float = 0.0, most: int = 1000) -> tuple[Noted, ...]:
    """The last rows since a moment, oldest first."""
    query = select(AUDIT).where(_A.at >= since).order_by(_A.id.desc()).limit(most)
    rows = session.connection.execute(query).all()
    return tuple(_noted(dict(row._mapping)) for row in reversed(rows))


def noted_of(session: Session, person: int) -> tuple[Noted, ...]:
    """What a person did at the staff desk, oldest first."""
    query = select(AUDIT).where(_A.who == person).order_by(_A.id)
    return tuple(_noted(dict(row._mapping)) for row in session.connection.execute(query))


def acted(session: Session, since: float, without: int | None = None) -> tuple[int, ...]:
    """Who of the staff did something since a moment, whoever did last first; ``without`` is left out."""
    query = select(_A.who).where(_A.at >= since, _A.outcome == Outcome.DONE.value, _A.role != Role.NOBODY.value)
    if without is not None:
        query = query.where(_A.who != without)
    return tuple(session.connection.execute(query.group_by(_A.who).order_by(func.max(_A.id).desc())).scalars())


def remove_old_notes(session: Session, before: float) -> int:
    """Remove what was done before a moment; how many rows."""
    return int(session.connection.execute(delete(AUDIT).where(_A.at < before)).rowcount)


def _noted(row: dict[str, Any]) -> Noted:
    del row["id"]
    return Noted.model_validate({**row, "detail": read(row["detail"]) or {}})
