"""All tables of the database: those of people and of questions, and the few that stand alone."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.records.people_tables import AuditRow, ClientRow, CodeRow, InviteRow, PersonRow, RequestRow, SessionRow
from bot.records.question_tables import (
    AnswerRow,
    AwaitedRow,
    CitedRow,
    FeedbackRow,
    HandedRow,
    LedgerRow,
    QuestionRow,
    ReceivedRow,
    ShownRow,
)
from bot.records.table_base import Base, UtcDateTime

__all__ = [
    "AnswerRow",
    "AuditRow",
    "AwaitedRow",
    "Base",
    "BucketRow",
    "CitedRow",
    "ClientRow",
    "CodeRow",
    "EvaluationRow",
    "FactRow",
    "FeedbackRow",
    "HandedRow",
    "InviteRow",
    "LedgerRow",
    "OfferedRow",
    "PersonRow",
    "QuestionRow",
    "ReceivedRow",
    "RequestRow",
    "SessionRow",
    "ShownRow",
    "UtcDateTime",
]


class OfferedRow(Base):
    """A document that an admin sent, looked at but not yet added.

    Attributes:
        source: the file as it was stored, or the address.
    """

    __tablename__ = "offered"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class FactRow(Base):
    """Something a running program noted for others, such as the bot's user name."""

    __tablename__ = "facts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class EvaluationRow(Base):
    """How a generation did on a gold set; see `bot.records.evaluations`."""

    __tablename__ = "evaluations"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    generation: Mapped[str] = mapped_column(String(64))
    gold: Mapped[str] = mapped_column(String(200))
    n: Mapped[int]
    figures: Mapped[dict[str, Any]]


class BucketRow(Base):
    """How often somebody may still do something; see `shared_limits`.

    Attributes:
        tokens: left when it was last taken from.
        filled: when that was, in seconds since 1970 by the database's clock.
    """

    __tablename__ = "buckets"
    __table_args__ = (Index("ix_buckets_filled", "filled"),)

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    tokens: Mapped[float]
    filled: Mapped[float]


class KeptAnswerRow(Base):
    """An answer that a front end has given; see `kept_answers`.

    Attributes:
        key: digest of all it depends on.
        generation: of the index it was found in.
    """

    __tablename__ = "kept_answers"
    __table_args__ = (Index("ix_kept_answers_at", "at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
    generation: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
