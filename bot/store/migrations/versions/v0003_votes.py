"""What people think of answers."""

import sqlalchemy as sa
from alembic import op

revision = "votes"
down_revision = "staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "bot_votes",
        sa.Column("bot", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(32), primary_key=True, nullable=False),
        sa.Column("asker", sa.String(32), primary_key=True, nullable=False),
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.Double(), nullable=False),
    )
    op.create_index("ix_bot_votes_asker", "bot_votes", ["asker"])


def downgrade() -> None:
    """Remove it, with all that is in it."""
    op.drop_table("bot_votes")
