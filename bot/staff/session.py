"""One transaction on the tables of the staff desk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Double, literal, select

from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Session:
    """A transaction of a bot, with the time at which it began (seconds since 1970)."""

    database: Database
    connection: Connection
    bot: int
    now: float


class Sessions:
    """Makes transactions. ``clock`` is the time where it is not to be that of the database."""

    def __init__(self, database: Database, bot: int, clock: Callable[[], float] | None = None) -> None:
        self._database, self._bot, self._clock = database, bot, clock

    @property
    def bot(self) -> int:
        """Whose tables these are."""
        return self._bot

    @contextmanager
    def begun(self, *, writing: bool = True) -> Iterator[Session]:
        """A transaction, committed at the end; raises ``StoreError`` for what the database does."""
        with self._database.transaction(writing=writing) as connection:
            now: ColumnElement[float] = self._database.now() if self._clock is None else literal(self._clock(), Double)
            moment = float(connection.execute(select(now)).scalar_one())
            yield Session(self._database, connection, self._bot, moment)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def told(value: Any) -> str:
    """A text or structure as it is kept."""
    return json.dumps(value)


def read(kept: str | None) -> Any:
    """What was kept; ``None`` where nothing is."""
    return None if kept is None else json.loads(kept)
