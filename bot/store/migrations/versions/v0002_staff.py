"""Cases with their messages, official answers, the log of inquiries, and the audit log of the staff desk."""

import sqlalchemy as sa
from alembic import op

revision = "staff"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", _ID, primary_key=True, autoincrement=True, nullable=False)


def _case() -> sa.Column[int]:
    return sa.Column("case", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False, nullable=False)


def _key() -> sa.Column[str]:
    return sa.Column("key", sa.String(120), nullable=False, unique=True)


def _at(name: str = "at", *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=nullable)


def _cases() -> None:
    op.create_table(
        "staff_cases",
        _id(),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        _key(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("holder", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        _at("opened_at"),
        _at("changed_at"),
        _at("wake_at", nullable=True),
        _at("answered_at", nullable=True),
        _at("closed_at", nullable=True),
    )
    op.create_index("ix_staff_cases_state", "staff_cases", ["bot", "state"])
    op.create_table(
        "staff_addresses",
        _case(),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_staff_addresses_person", "staff_addresses", ["person"])
    op.create_table(
        "staff_messages",
        _case(),
        _number(),
        _key(),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        _at(),
    )
    op.create_table(
        "staff_events",
        _case(),
        _number(),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=True),
        _at(),
    )


def _outbox() -> None:
    op.create_table(
        "staff_outbox",
        _id(),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        _key(),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        _at("due_at"),
        sa.Column("holder", sa.String(32), nullable=True),
        _at("until", nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        _at("done_at", nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
    )
    waiting = sa.text("done_at IS NULL")
    op.create_index(
        "ix_staff_outbox_waiting", "staff_outbox", ["bot", "id"], sqlite_where=waiting, postgresql_where=waiting
    )


def _records() -> None:
    op.create_table(
        "staff_curated",
        _id(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        _at("changed_at"),
    )
    op.create_table(
        "staff_inquiries",
        _id(),
        _key(),
        _at(),
        sa.Column("asker", sa.String(64), nullable=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("milliseconds", sa.Double(), nullable=False),
        sa.Column("feedback", sa.Integer(), nullable=False),
        sa.Column("curated", sa.BigInteger(), nullable=True),
        sa.Column("case", sa.BigInteger(), nullable=True),
    )
    for column in ("at", "asker", "case"):
        op.create_index(f"ix_staff_inquiries_{column}", "staff_inquiries", [column])
    op.create_table(
        "staff_audit",
        _id(),
        _at(),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    )
    op.create_index("ix_staff_audit_at", "staff_audit", ["at"])


def upgrade() -> None:
    """Make them."""
    _cases()
    _outbox()
    _records()


def downgrade() -> None:
    """Remove them, with all that is in them."""
    for table in ("audit", "inquiries", "curated", "outbox", "events", "messages", "addresses", "cases"):
        op.drop_table(f"staff_{table}")
