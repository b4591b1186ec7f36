"""The database of the library by its URL: how it is opened, and its faults in one line without the password.

SQLite and PostgreSQL are made to behave alike: any text goes in, one that writes waits for another one but not for
ever, and a connection that broke is made anew.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

WRITING = "desk_writing"
"""The execution option of a connection that says whether its transactions write; they do where nothing is said."""
BUSY_SECONDS = 60
"""How long a writer waits for another one."""
_CONNECTING_SECONDS = 10
_SETTING = "CIRCULAR_DATABASE_URL"
_SUCH_AS = "postgresql://user:password@host/database"
_SCHEMES = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_LONGEST_REASON = 200
_NO_URL = f"is not the URL of a database, such as {_SUCH_AS}; in a user or password write @ : / ? as %40 %3A %2F %3F"
_NO_DRIVER = f"there is no such kind of database or driver; use {_SUCH_AS}, or a SQLite file by leaving {_SETTING} out"
_NO_PACKAGE = "install the Python package of this driver"
_NO_PSYCOPG = "pip install 'circular-desk[postgres]', and write postgresql:// without a driver"
_AWAY = f"see that the server runs, and the host, port, database, user and password in {_SETTING}"
# What to do by the code a PostgreSQL server gives; it says in its own language what is wrong.
_ADVICE = {
    "22P05": "create a database with ENCODING 'UTF8'",
    "42501": "make its user the owner of the database, or grant it CREATE on the schema",
    "55P03": "another process is changing the library; try again when it is done",
}

# Where a program sets up no log, Python would print what the driver ignores between the lines that people read.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


def with_driver(url: str) -> str:
    """The URL with psycopg 3 named as the driver of a PostgreSQL that names none; every other URL as it is."""
    scheme, separator, rest = url.strip().partition("://")
    driver = _SCHEMES.get(scheme.lower())
    return f"{driver}{separator}{rest}" if driver and separator else url


def shown(url: str) -> str:
    """A URL as a line may show it: without user, password and options, and no more than its kind where in doubt."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return _SETTING
    if scheme.startswith("sqlite") and rest.startswith("/"):
        return url.partition("?")[0]  # a path may hold any sign
    before, _, place = rest.rpartition("@")
    # Either a password that holds a question mark, or options that hold an @: what follows may be part of a secret.
    return f"{scheme}://{'…' if '?' in before else place.partition('?')[0]}"


def open_engine(url: str) -> Engine:
    """An engine for the database of this URL; no connection is made yet, but the folder of a SQLite file is.

    Raises SQLAlchemy's errors, ``ImportError``, ``OSError``, or ``ValueError`` for what is no URL.
    """
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    parsed = make_url(with_driver(url))
    match parsed.get_backend_name():
        case "sqlite":
            engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        case "postgresql":
            _refuse_loose_signs(parsed)
            engine = create_engine(
                parsed,
                pool_pre_ping=True,
                # Writers wait for each other at one row (see ``Catalogue``); a stricter level would refuse the second.
                isolation_level="READ COMMITTED",
                connect_args=_psycopg_options(parsed) if parsed.get_driver_name() == "psycopg" else {},
            )
            event.listen(engine, "begin", _begin_postgresql)
        case _:
            engine = create_engine(parsed, pool_pre_ping=True)
    return engine


def fault(url: str, error: BaseException, failed: str) -> str:
    """One line on what an opening or a use of the database came to, and what to do; ``failed`` says which it was."""
    cause = getattr(error, "orig", None) or error
    reason = f"{failed} ({' '.join(str(cause).split())[:_LONGEST_REASON]})"
    advice = ""
    match error:
        case NoSuchModuleError():
            reason = f"{failed}: {_NO_DRIVER}"
        case ImportError():
            advice = _NO_PSYCOPG if with_driver(url).startswith("postgresql") else _NO_PACKAGE
        case ArgumentError() | ValueError() | TypeError():
            # SQLAlchemy's own words may repeat all of it, and no part can be told from a password.
            return f"{_SETTING} {_NO_URL}"
        case _:
            remote = not url.startswith("sqlite")
            otherwise = _AWAY if remote and isinstance(error, OperationalError) else ""
            advice = _ADVICE.get(getattr(cause, "sqlstate", None) or "", otherwise)
    return " ".join(f"{shown(url)}: {reason}{'; ' if advice else ''}{advice}".split())


def _refuse_loose_signs(parsed: URL) -> None:
    # SQLAlchemy takes what follows the first @ for the host, and the driver would name that in its complaint.
    if "@" in f"{parsed.host}{parsed.database}":
        raise ArgumentError(_NO_URL)


def _psycopg_options(parsed: URL) -> dict[str, Any]:
    options = {
        # The encoding of the database need not hold for this side: without it, one made in the C locale gives bytes.
        "client_encoding": "utf8",
        # Poolers between here and the server hand a connection to several clients; statements kept there would clash.
        "prepare_threshold": None,
    }
    return options if "connect_timeout" in parsed.query else {"connect_timeout": _CONNECTING_SECONDS, **options}


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITING, True))


def _prepare_sqlite(connection: object, _record: object) -> None:
    # The driver's own transactions begin too late: two writers that both read first would deadlock.
    connection.isolation_level = None  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if _writes(connection):
        # The second ends the transaction of a machine that went away with it: the server would wait for hours.
        connection.exec_driver_sql(
            f"SELECT set_config('lock_timeout', '{BUSY_SECONDS}s', true), "
            f"set_config('idle_in_transaction_session_timeout', '{BUSY_SECONDS}s', true)"
        )


__all__ = ["BUSY_SECONDS", "WRITING", "fault", "open_engine", "shown", "with_driver"]
