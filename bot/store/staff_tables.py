"""The tables of the staff desk, beside those of ``bot.store.tables``; ``migrations`` makes them too.

Times are seconds since 1970. Texts that people wrote stand as ASCII JSON. ``key`` names what a row came of, so that
the same update handled twice leaves one row.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, String, Table, Text, text

from bot.store.tables import METADATA

_Id = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up a key of this type alone."""
_WAITING = text("done_at IS NULL")

CASES = Table(
    "staff_cases",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("bot", BigInteger, nullable=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("holder", BigInteger, nullable=True),
    # Grows with every change; what is added to a case is numbered by it.
    Column("version", Integer, nullable=False),
    # The question, the conversation and the answer; nothing once the asker is forgotten.
    Column("record", Text, nullable=True),
    Column("language", String(8), nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("opened_at", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("wake_at", Double, nullable=True),
    Column("answered_at", Double, nullable=True),
    Column("closed_at", Double, nullable=True),
)
Index("ix_staff_cases_state", CASES.c.bot, CASES.c.state)
ADDRESSES = Table(
    "staff_addresses",
    METADATA,
    Column("case", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=False, index=True),
    Column("chat", BigInteger, nullable=False),
)
MESSAGES = Table(
    "staff_messages",
    METADATA,
    Column("case", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("side", String(8), nullable=False),
    Column("who", BigInteger, nullable=True),
    Column("text", Text, nullable=True),
    Column("at", Double, nullable=False),
)
EVENTS = Table(
    "staff_events",
    METADATA,
    Column("case", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("what", String(16), nullable=False),
    Column("who", BigInteger, nullable=True),
    Column("at", Double, nullable=False),
)
OUTBOX = Table(
    "staff_outbox",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("bot", BigInteger, nullable=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("chat", BigInteger, nullable=False),
    Column("case", BigInteger, nullable=True),
    Column("payload", Text, nullable=True),
    Column("due_at", Double, nullable=False),
    Column("holder", String(32), nullable=True),
    Column("until", Double, nullable=True),
    Column("tries", Integer, nullable=False),
    # Sent, or given up: then ``result`` says which.
    Column("done_at", Double, nullable=True),
    Column("result", Text, nullable=True),
)
Index("ix_staff_outbox_waiting", OUTBOX.c.bot, OUTBOX.c.id, sqlite_where=_WAITING, postgresql_where=_WAITING)
CURATED = Table(
    "staff_curated",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Column("changed_at", Double, nullable=False),
)
INQUIRIES = Table(
    "staff_inquiries",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("at", Double, nullable=False, index=True),
    # A keyed hash; nothing once the asker is forgotten, as of the question.
    Column("asker", String(64), nullable=True, index=True),
    Column("channel", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("question", Text, nullable=True),
    Column("milliseconds", Double, nullable=False),
    Column("feedback", Integer, nullable=False),
    Column("curated", BigInteger, nullable=True),
    Column("case", BigInteger, nullable=True, index=True),
)
# What a message of the bot shows, by the chat it stands in; an opened topic is told by its first message.
SHOWN = Table(
    "staff_shown",
    METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("case", BigInteger, nullable=True, index=True),
    # The letter it was sent for, and the how-manieth message of it.
    Column("letter", BigInteger, nullable=True, index=True),
    Column("step", Integer, nullable=True),
    # Whose words are in ``record``.
    Column("person", BigInteger, nullable=True, index=True),
    Column("record", Text, nullable=True),
    Column("at", Double, nullable=False, index=True),
)
AUDIT = Table(
    "staff_audit",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False, index=True),
    Column("who", BigInteger, nullable=False),
    Column("role", String(8), nullable=False),
    Column("action", String(24), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("detail", Text, nullable=False),
)
