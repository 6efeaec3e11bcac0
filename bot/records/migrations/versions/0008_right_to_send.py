"""Which program sends the answer to an update, where several work on one database.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this layout."""
    op.add_column("received", sa.Column("sender", sa.String(32), nullable=True))


def downgrade() -> None:
    """Return to the layout before."""
    op.drop_column("received", "sender")
