"""The ledger of answers.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

import bot.records.tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this layout."""
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("at", bot.records.tables.UtcDateTime(), nullable=False),
        sa.Column("answer_digest", sa.String(length=64), nullable=False),
        sa.Column("question_digest", sa.String(length=64), nullable=False),
        sa.Column("forgotten", bot.records.tables.UtcDateTime(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_ledger_answer_id")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Return to the layout before."""
    op.drop_table("ledger")
