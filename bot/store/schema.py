"""The schema of the bot's tables, brought to the present version when the store is opened."""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Engine, func, select

from bot.store.errors import StoreError

VERSIONS = "bot_schema"
"""The table that holds the version; the library's tables stand beside the bot's and have none."""
_MIGRATING = 0x636972_626F74
"""The number of the lock under which one process migrates; any that nobody else uses."""


def migrate(engine: Engine, shown: str) -> None:
    """Bring the database to the present schema; processes that start at once wait for each other.

    Raises ``StoreError`` where a newer program made it, and SQLAlchemy's errors.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    with resources.as_file(resources.files("bot.store").joinpath("migrations")) as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        with engine.begin() as connection:
            # SQLite's writing transactions exclude each other from the beginning.
            if engine.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError:
                raise StoreError(
                    f"{shown}: a newer version of circular-desk made the bot's tables; install that one"
                ) from None
