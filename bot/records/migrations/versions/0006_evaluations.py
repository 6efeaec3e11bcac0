"""How generations did on gold sets.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import bot.records.tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this layout."""
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", bot.records.tables.UtcDateTime(), nullable=False),
        sa.Column("generation", sa.String(64), nullable=False),
        sa.Column("gold", sa.String(200), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    """Return to the layout before."""
    op.drop_table("evaluations")
