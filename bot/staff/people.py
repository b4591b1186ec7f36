"""All that is held of a person, to be shown to them or removed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from bot.staff.audit import noted_of
from bot.staff.case_rows import address_of, cases_of, forget_cases, get_case
from bot.staff.inquiries import forget_inquiries, inquiries_of
from bot.staff.outbox import drop_unsent
from bot.staff.session import Session
from bot.staff.shown import forget_shown, shown_of
from bot.store.people import remove_person
from bot.store.tables import METADATA

EXPORT_FORMAT = "circular-desk/person/1"
"""Names the layout of the JSON: change it when that changes."""
_STAFF = "staff_"


def export_person(session: Session, person: int, asker: str) -> dict[str, Any]:
    """Everything held of a person, as JSON takes it; ``asker`` is the keyed hash that stands for them.

    Rows of the bot's tables are told by the table, whichever names the person or the hash.
    """
    cases = [get_case(session, case.id) for case in cases_of(session, person)]
    return {
        "format": EXPORT_FORMAT,
        "person": person,
        "bot": _rows_of(session, person, asker),
        "cases": [{**case.model_dump(mode="json"), "address": _address(session, case.id)} for case in cases],
        "inquiries": [
            inquiry.model_dump(mode="json") for inquiry in inquiries_of(session, asker, [case.id for case in cases])
        ],
        "messages_shown": [each._asdict() for each in shown_of(session, person)],
        "staff_actions": [each.model_dump(mode="json") for each in noted_of(session, person)],
    }


def forget_person(session: Session, person: int, asker: str) -> int:
    """Remove everything held of a person but what they did as staff; how many rows that touched.

    Of cases and inquiries stays that there was one, when, and how it ended.
    """
    # A group is not theirs: of what is to be said there only that goes which is of their cases.
    cases = [case.id for case in cases_of(session, person)]
    touched = drop_unsent(session, [person], cases) + forget_shown(session, person, cases)
    touched += forget_inquiries(session, asker) + forget_cases(session, person)
    return touched + remove_person(session.connection, person, asker)


def _address(session: Session, case: int) -> dict[str, int] | None:
    address = address_of(session, case)
    return None if address is None else address.model_dump()


def _rows_of(session: Session, person: int, asker: str) -> dict[str, list[dict[str, Any]]]:
    named = {"person": person, "who": person, "chat": person, "asker": asker}
    found = {}
    for name, table in sorted(METADATA.tables.items()):
        conditions = [table.c[column] == value for column, value in named.items() if column in table.c]
        if conditions and not name.startswith(_STAFF):
            rows = session.connection.execute(select(table).where(or_(*conditions)))
            found[name] = [dict(row._mapping) for row in rows]
    return {name: rows for name, rows in found.items() if rows}
