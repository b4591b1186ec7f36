"""What the messages of the staff desk show."""

import sqlalchemy as sa
from alembic import op

revision = "shown"
down_revision = "votes"
branch_labels = None
depends_on = None

_INDEXED = ("case", "letter", "person", "at")


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "staff_shown",
        sa.Column("bot", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("chat", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("letter", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("at", sa.Double(), nullable=False),
    )
    for name in _INDEXED:
        op.create_index(f"ix_staff_shown_{name}", "staff_shown", [name])


def downgrade() -> None:
    """Remove it, with all that is in it."""
    op.drop_table("staff_shown")
