"""How long what is kept is kept."""

from __future__ import annotations

from sqlalchemy import delete, exists, or_

from bot.store.database import Database
from bot.store.tables import PEOPLE, PERSONAL, SENDS, TURNS, UPDATES, VOTES

DAY_SECONDS = 24 * 3600.0
NUMBER_DAYS = 3.0
"""Telegram brings an update again for a day, and after a week of silence it may give its number to another one."""


def remove_old(database: Database, days: float) -> int:
    """Remove what has not been used for ``days``, and numbers of updates done long ago; how many personal rows."""
    removed = 0
    with database.transaction(writing=True) as connection:
        now = database.now()
        old = now - days * DAY_SECONDS
        for table in (*PERSONAL, PEOPLE, VOTES):
            removed += connection.execute(delete(table).where(table.c.used_at < old)).rowcount
        known = now - min(days, NUMBER_DAYS) * DAY_SECONDS
        late = or_(UPDATES.c.done_at < known, UPDATES.c.done_at.is_(None) & (UPDATES.c.taken_at < old))
        connection.execute(delete(UPDATES).where(late))
        alone = ~exists().where(UPDATES.c.bot == SENDS.c.bot, UPDATES.c.number == SENDS.c.number)
        connection.execute(delete(SENDS).where(alone))
        connection.execute(delete(TURNS).where(TURNS.c.until < now - DAY_SECONDS))
    return removed
