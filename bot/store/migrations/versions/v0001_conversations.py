"""Taken updates, turns, conversations, replies, pages, and languages."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _number(name: str, *, key: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), primary_key=key, autoincrement=False, nullable=False)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "bot_updates",
        _number("bot"),
        _number("number"),
        _number("who", key=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.Double(), nullable=True),
    )
    waiting = sa.text("done_at IS NULL")
    op.create_index(
        "ix_bot_updates_waiting", "bot_updates", ["bot", "number"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "bot_sends",
        _number("bot"),
        _number("number"),
        sa.Column("step", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
    )
    op.create_table(
        "bot_turns",
        _number("bot"),
        _number("who"),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
    )
    op.create_index("ix_bot_turns_holder", "bot_turns", ["holder"])
    op.create_table(
        "bot_people",
        _number("person"),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("used_at", sa.Double(), nullable=False),
    )
    op.create_table(
        "bot_conversations",
        _number("bot"),
        _number("chat"),
        _number("person"),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Double(), nullable=False),
    )
    for table, content in (("bot_replies", "reply"), ("bot_pages", "page")):
        op.create_table(
            table,
            _number("bot"),
            _number("chat"),
            _number("message"),
            _number("person", key=False),
            sa.Column(content, sa.Text(), nullable=False),
            sa.Column("used_at", sa.Double(), nullable=False),
        )
    for table in ("bot_conversations", "bot_replies", "bot_pages"):
        op.create_index(f"ix_{table}_person", table, ["person"])


def downgrade() -> None:
    """Remove them, with all that is in them."""
    for table in ("pages", "replies", "conversations", "people", "turns", "sends", "updates"):
        op.drop_table(f"bot_{table}")
