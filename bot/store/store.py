"""The store as a whole."""

from __future__ import annotations

from sqlalchemy import literal, select

from bot.store.database import Database
from bot.store.keeping import remove_old
from bot.store.people import language_of, remove_person, set_language
from bot.store.updates import Updates
from bot.store.votes import Tally, tally


class Store:
    """Everything the bot keeps. Blocking and thread-safe; every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """Where it is kept, for what else is kept there."""
        return self._database

    def updates(self, bot: int, holder: str, turn_seconds: float) -> Updates:
        """The updates of a bot, as the replica ``holder`` sees them; its turns run out after ``turn_seconds``."""
        return Updates(self._database, bot, holder, turn_seconds)

    def language(self, person: int) -> str | None:
        """The language a person has chosen; ``None`` where they have not."""
        with self._database.transaction() as connection:
            return language_of(connection, person)

    def set_language(self, person: int, language: str | None) -> None:
        """Keep the language a person has chosen, at most 8 characters; ``None`` takes the choice back."""
        with self._database.transaction(writing=True) as connection:
            set_language(self._database, connection, person, language)

    def forget(self, person: int, name: str) -> int:
        """Remove all that is kept of a person, whom the keyed hash ``name`` stands for; how many rows that were.

        What the person sends while this is done is not part of it: it is handled after.
        """
        with self._database.transaction(writing=True) as connection:
            return remove_person(connection, person, name)

    def votes(self, bot: int) -> Tally:
        """How many votes there are on the answers of a bot."""
        with self._database.transaction() as connection:
            return tally(connection, bot)

    def remove_old(self, days: float) -> int:
        """Remove what has not been used for ``days``; how many rows that were, technical ones not counted."""
        return remove_old(self._database, days)

    def check(self) -> None:
        """Raise ``StoreError`` where the database does not answer."""
        with self._database.transaction() as connection:
            connection.execute(select(literal(1)))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def open_store(url: str) -> Store:
    """The store in the database of this URL, with its tables brought to the present schema. Raises ``StoreError``."""
    return Store(Database(url))
