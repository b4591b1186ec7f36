"""The tables of the bot. ``migrations`` makes them; a test holds the two together.

``bot`` is the id of the bot, so that two may share a database. Times are seconds since 1970. Texts that people wrote
stand as ASCII JSON: every database takes that, whatever they wrote.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Integer, MetaData, String, Table, Text, text

METADATA = MetaData()
_WAITING = text("done_at IS NULL")

UPDATES = Table(
    "bot_updates",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    # Whose turn it waits for; 0 once it is done, so that nothing personal is left of it.
    Column("who", BigInteger, nullable=False),
    Column("payload", Text, nullable=True),
    Column("taken_at", Double, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("done_at", Double, nullable=True),
)
Index("ix_bot_updates_waiting", UPDATES.c.bot, UPDATES.c.number, sqlite_where=_WAITING, postgresql_where=_WAITING)
SENDS = Table(
    "bot_sends",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("result", Text, nullable=False),
)
TURNS = Table(
    "bot_turns",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("who", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", String(32), nullable=False, index=True),
    Column("until", Double, nullable=False),
)
PEOPLE = Table(
    "bot_people",
    METADATA,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False),
    Column("used_at", Double, nullable=False),
)
CONVERSATIONS = Table(
    "bot_conversations",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("questions", Text, nullable=False),
    Column("used_at", Double, nullable=False),
)
REPLIES = Table(
    "bot_replies",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=False, index=True),
    Column("reply", Text, nullable=False),
    Column("used_at", Double, nullable=False),
)
PAGES = Table(
    "bot_pages",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=False, index=True),
    Column("page", Text, nullable=False),
    Column("used_at", Double, nullable=False),
)
VOTES = Table(
    "bot_votes",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    # Keyed hashes: the number of a private chat is that of its person.
    Column("answer", String(32), primary_key=True),
    Column("asker", String(32), primary_key=True, index=True),
    Column("vote", Integer, nullable=False),
    Column("used_at", Double, nullable=False),
)
PERSONAL = (CONVERSATIONS, REPLIES, PAGES)
"""Tables with a ``chat``, a ``person`` and a ``used_at``."""
