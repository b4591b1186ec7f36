"""What is kept of a person, and that it can go."""

from __future__ import annotations

from sqlalchemy import Connection, delete, or_, select

from bot.store.database import Database
from bot.store.tables import PEOPLE, PERSONAL
from bot.store.votes import remove_votes


def language_of(connection: Connection, person: int) -> str | None:
    """The language a person has chosen."""
    return connection.execute(select(PEOPLE.c.language).where(PEOPLE.c.person == person)).scalar()


def set_language(database: Database, connection: Connection, person: int, language: str | None) -> None:
    """Keep the language a person has chosen; ``None`` takes the choice back."""
    if language is None:
        connection.execute(delete(PEOPLE).where(PEOPLE.c.person == person))
    else:
        database.put(connection, PEOPLE, {"person": person, "language": language, "used_at": database.now()})


def remove_person(connection: Connection, person: int, name: str | None = None) -> int:
    """Remove what is kept of a person, in every chat, and all of their private chat; how many rows that were.

    ``name`` is the keyed hash that stands for the person; without it their votes stay, as nothing leads to them.
    """
    removed = 0 if name is None else remove_votes(connection, name)
    removed += connection.execute(delete(PEOPLE).where(PEOPLE.c.person == person)).rowcount
    for table in PERSONAL:
        # A private chat has the number of its person.
        whose = or_(table.c.person == person, table.c.chat == person)
        removed += connection.execute(delete(table).where(whose)).rowcount
    return int(removed)
