"""${message}.

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}
"""

import sqlalchemy as sa
from alembic import op

import bot.records.tables

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this layout."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Return to the layout before."""
    ${downgrades if downgrades else "pass"}
