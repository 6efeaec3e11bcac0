"""The groups that people and programs belong to.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this layout."""
    op.add_column("people", sa.Column("groups", sa.JSON(), nullable=True))
    op.add_column("clients", sa.Column("groups", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Return to the layout before."""
    op.drop_column("clients", "groups")
    op.drop_column("people", "groups")
