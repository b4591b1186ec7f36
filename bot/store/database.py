"""The store's database: opened, brought to the present schema, and used in transactions whose faults are one line."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import ColumnElement, Connection, Double, Table, cast, event, extract, func, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.store.errors import StoreError
from bot.store.gate import Gate
from bot.store.schema import migrate
from documents.database import WRITING, fault, open_engine, shown

_CANNOT_BE_OPENED = "the bot's database cannot be opened"
_FAILED = "the bot's database failed"
_KINDS = ("sqlite", "postgresql")


class Database:
    """A database with the bot's tables. Safe to use from several threads and processes."""

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            self._engine = open_engine(url)
        except (SQLAlchemyError, OSError, ImportError, ValueError, TypeError) as error:
            raise StoreError(fault(url, error, _CANNOT_BE_OPENED)) from None
        self._kind = self._engine.dialect.name
        self._gate = Gate() if self._kind == "sqlite" else None
        try:
            if self._kind not in _KINDS:
                raise StoreError(f"{shown(url)}: the bot keeps its data in SQLite or PostgreSQL only")
            if self._kind == "sqlite":
                event.listen(self._engine, "connect", _write_ahead)
            with self._engine.connect():
                pass  # nothing is tried twice where the database cannot be reached
            migrate(self._engine, shown(url))
        except StoreError:
            self.close()
            raise
        except (SQLAlchemyError, OSError, ImportError, ValueError, TypeError) as error:
            self.close()
            raise StoreError(fault(url, error, _CANNOT_BE_OPENED)) from None

    @contextmanager
    def transaction(self, *, writing: bool = False, urgent: bool = False) -> Iterator[Connection]:
        """A transaction, committed at the end; ``urgent`` ones go before others of this process that write.

        Raises ``StoreError`` for what the database does.
        """
        gate = self._gate.passed(urgent=urgent) if writing and self._gate else nullcontext()
        try:
            # SQLAlchemy does not keep how many rows an insert made unless it is told to.
            options = {WRITING: writing, "preserve_rowcount": True}
            with gate, self._engine.execution_options(**options).begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(fault(self._url, error, _FAILED)) from None

    def now(self) -> ColumnElement[float]:
        """The time by one clock for all: that of the server, or of the machine the file is on. Seconds since 1970."""
        if self._kind == "postgresql":
            return cast(extract("epoch", func.clock_timestamp()), Double)
        return literal(time.time(), Double)

    def insert(self, table: Table) -> Any:
        """An insert that can be told what to do where the row is there already."""
        return postgresql.insert(table) if self._kind == "postgresql" else sqlite.insert(table)

    def put(self, connection: Connection, table: Table, row: dict[str, Any], keep: tuple[str, ...] = ()) -> None:
        """Add a row, or set the columns of the one with its key; those of ``keep`` stay as they are then."""
        fixed = {column.name for column in table.primary_key} | set(keep)
        statement = self.insert(table).values(row)
        changed = {name: statement.excluded[name] for name in row if name not in fixed}
        connection.execute(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _write_ahead(connection: Any, _record: object) -> None:
    # Readers and the one writer do not wait for each other, and a transaction is one write to the disk.
    with contextlib.suppress(Exception):  # where the file system cannot, the default does
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
