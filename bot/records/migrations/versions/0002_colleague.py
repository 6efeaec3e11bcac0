"""What a colleague keeps: requests, audit, questions awaited and handed on, documents offered.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

import bot.records.tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this layout."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", bot.records.tables.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=True),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)

    op.create_table(
        "offered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", bot.records.tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "requests",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("asked", bot.records.tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_requests")),
    )
    op.create_table(
        "awaited",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("since", bot.records.tables.UtcDateTime(), nullable=False),
        sa.Column("tried", sa.String(length=64), nullable=False),
        sa.Column("told", bot.records.tables.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_awaited_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_awaited")),
    )
    op.create_table(
        "handed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("asked", bot.records.tables.UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.Column("closed", bot.records.tables.UtcDateTime(), nullable=True),
        sa.Column("sent", bot.records.tables.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_handed_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed")),
        sa.UniqueConstraint("question_id", name=op.f("uq_handed_question_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shown",
        sa.Column("place", sa.String(length=96), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("handed_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["handed_id"], ["handed.id"], name=op.f("fk_shown_handed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place", "message", name=op.f("pk_shown")),
    )
    with op.batch_alter_table("shown", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shown_handed_id"), ["handed_id"], unique=False)

    op.add_column("answers", sa.Column("uncertain", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.add_column("feedback", sa.Column("reason", sa.String(length=16), nullable=True))
    op.add_column("feedback", sa.Column("citation", sa.Integer(), nullable=True))

    op.add_column("people", sa.Column("label", sa.String(length=128), nullable=True))

    op.add_column("received", sa.Column("problem", sa.String(length=400), nullable=True))


def downgrade() -> None:
    """Return to the layout before."""
    op.drop_column("received", "problem")

    op.drop_column("people", "label")

    op.drop_column("feedback", "citation")
    op.drop_column("feedback", "reason")

    op.drop_column("answers", "uncertain")

    with op.batch_alter_table("shown", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shown_handed_id"))

    op.drop_table("shown")
    op.drop_table("handed")
    op.drop_table("awaited")
    op.drop_table("requests")
    op.drop_table("offered")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
