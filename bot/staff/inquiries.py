"""The log of inquiries: how each question ended, and by whom it was asked only as a keyed hash."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import Field
from sqlalchemy import delete, func, select, update

from bot.answering.answer import Language
from bot.staff.errors import Refused
from bot.staff.masking import masked
from bot.staff.rules import Ended
from bot.staff.session import Session, read, told
from bot.store.staff_tables import INQUIRIES
from documents.models import Frozen

_I = INQUIRIES.c


class Asked(Frozen):
    """A question that was answered by the desk. ``key`` names the update it came with, ``asker`` is a keyed hash.

    ``curated`` is the official answer that was given, if one was; ``milliseconds`` what the answer took.
    """

    key: str = Field(min_length=1, max_length=120)
    asker: str | None = Field(default=None, max_length=64)
    channel: str = Field(pattern=r"^[a-z]{1,16}$")
    language: Language
    status: str = Field(min_length=1, max_length=16)
    question: str
    milliseconds: float = Field(ge=0)
    curated: int | None = None


class Inquiry(Frozen):
    """A row of the log; ``question`` and ``asker`` are ``None`` once the asker is forgotten.

    ``feedback`` is -1, 0 or 1; ``case`` is the case it ended in, where it ended with a person.
    """

    id: int
    at: float
    asker: str | None
    channel: str
    language: str
    status: str
    question: str | None
    milliseconds: float
    feedback: int
    curated: int | None
    case: int | None


def log(session: Session, asked: Asked) -> int:
    """Keep an inquiry; its number, which is the same for the same key."""
    row = asked.model_dump() | {"question": told(masked(asked.question)), "at": session.now, "feedback": 0}
    statement = session.database.insert(INQUIRIES).values(row).on_conflict_do_nothing(index_elements=[_I.key])
    number = session.connection.execute(statement.returning(_I.id)).scalar()
    if number is None:
        number = session.connection.execute(select(_I.id).where(_I.key == asked.key)).scalar_one()
    return int(number)


def settle(session: Session, number: int, asker: str, status: str, curated: int | None) -> None:
    """Keep how an inquiry of this asker ended after all."""
    ended = update(INQUIRIES).where(_I.id == number, _I.asker == asker).values(status=status, curated=curated)
    session.connection.execute(ended)


def set_feedback(session: Session, number: int, feedback: int, asker: str) -> None:
    """Keep what the asker thought of an answer, the last word counting; raises ``Refused`` for anybody else."""
    said = update(INQUIRIES).where(_I.id == number, _I.asker == asker).values(feedback=feedback)
    if session.connection.execute(said).rowcount < 1:
        raise Refused("no_inquiry", inquiry=number)


def end_with(session: Session, numbers: Collection[int], case: int) -> None:
    """Say that inquiries ended with a person, in this case; those that did already stay as they are."""
    ended = update(INQUIRIES).where(_I.id.in_(list(numbers)), _I.case.is_(None))
    session.connection.execute(ended.values(case=case))


def last_of(session: Session, asker: str, most: int) -> tuple[Ended, ...]:
    """The last inquiries of an asker, oldest first, as the rules see them."""
    query = select(INQUIRIES).where(_I.asker == asker).order_by(_I.id.desc()).limit(most)
    rows = session.connection.execute(query).all()
    return tuple(Ended(row.id, row.at, row.status, row.feedback, row.case is not None) for row in reversed(rows))


def inquiries(session: Session, since: float, until: float | None = None) -> tuple[Inquiry, ...]:
    """The inquiries from one moment on, up to another, in order."""
    query = select(INQUIRIES).where(_I.at >= since).order_by(_I.at, _I.id)
    if until is not None:
        query = query.where(_I.at < until)
    return tuple(_inquiry(dict(row._mapping)) for row in session.connection.execute(query))


def inquiries_of(session: Session, asker: str, cases: Collection[int] = ()) -> tuple[Inquiry, ...]:
    """Those of one asker, or that came to one of these cases."""
    query = select(INQUIRIES).where((_I.asker == asker) | _I.case.in_(list(cases))).order_by(_I.id)
    return tuple(_inquiry(dict(row._mapping)) for row in session.connection.execute(query))


def forget_inquiries(session: Session, asker: str) -> int:
    """Take an asker and their words out of the log; how many rows. That somebody asked stays, and how it ended."""
    theirs = update(INQUIRIES).where(_I.asker == asker).values(asker=None, question=None)
    return int(session.connection.execute(theirs).rowcount)


def remove_old_inquiries(session: Session, before: float) -> int:
    """Remove what was asked before a moment; how many."""
    return int(session.connection.execute(delete(INQUIRIES).where(_I.at < before)).rowcount)


def count(session: Session) -> int:
    """How many are kept."""
    return int(session.connection.execute(select(func.count()).select_from(INQUIRIES)).scalar_one())


def _inquiry(row: dict[str, object]) -> Inquiry:
    kept = row.pop("question")
    del row["key"]
    return Inquiry.model_validate({**row, "question": read(kept if isinstance(kept, str) else None)})
