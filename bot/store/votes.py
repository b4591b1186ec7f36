"""What people think of answers: one vote a person and answer, and names in place of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, case, delete, func, select

from bot.store.database import Database
from bot.store.tables import VOTES


class Ballot(NamedTuple):
    """An answer and a voter, by keyed hashes of at most 32 characters that only the bot can make."""

    answer: str
    voter: str


class Tally(NamedTuple):
    """How many votes there are for and against answers."""

    up: int
    down: int


def write_votes(database: Database, connection: Connection, bot: int, votes: Mapping[Ballot, int]) -> None:
    """Keep votes, 1 or -1 each; a later one of the same person on the same answer takes the place of the earlier."""
    for ballot, vote in votes.items():
        row = {"bot": bot, "answer": ballot.answer, "asker": ballot.voter, "vote": vote}
        database.put(connection, VOTES, {**row, "used_at": database.now()})


def remove_votes(connection: Connection, voter: str) -> int:
    """Remove all votes of a voter; how many there were."""
    return int(connection.execute(delete(VOTES).where(VOTES.c.asker == voter)).rowcount)


def tally(connection: Connection, bot: int) -> Tally:
    """The votes on the answers of a bot."""
    up = func.coalesce(func.sum(case((VOTES.c.vote > 0, 1), else_=0)), 0)
    counted = select(up, func.count()).where(VOTES.c.bot == bot)
    positive, all_ = connection.execute(counted).one()
    return Tally(int(positive), int(all_) - int(positive))
