"""How often somebody may still ask, counted by all front ends together.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this layout."""
    op.create_table(
        "buckets",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("filled", sa.Double(), nullable=False),
    )
    op.create_index("ix_buckets_filled", "buckets", ["filled"])


def downgrade() -> None:
    """Return to the layout before."""
    op.drop_table("buckets")
