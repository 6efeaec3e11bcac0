"""What the database holds: people and invites, updates received, questions, answers, feedback."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint, false
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware in Python and stored as naive UTC, since SQLite keeps no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store UTC."""
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back an aware moment."""
        return value.replace(tzinfo=UTC) if value is not None else None


class Base(DeclarativeBase):
    """Root of the tables."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class PersonRow(Base):
    """Somebody who may ask, administer, or no longer either.

    Attributes:
        label: what admins call them; None for those known by channel and number only.
        groups: list of the groups of documents they belong to; None for none.
    """

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime]
    invited_by: Mapped[str | None] = mapped_column(String(64))
    label: Mapped[str | None] = mapped_column(String(128))
    groups: Mapped[list[Any] | None]


class InviteRow(Base):
    """An invitation that works once; only a hash of its code is kept."""

    __tablename__ = "invites"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    created: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(64))
    expires: Mapped[datetime]
    used: Mapped[datetime | None]
    used_by: Mapped[str | None] = mapped_column(String(64))


class RequestRow(Base):
    """A stranger who asks to be let in, until an admin has decided."""

    __tablename__ = "requests"

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(128))
    asked: Mapped[datetime]


class AuditRow(Base):
    """Something that was changed by an admin or at the command line.

    Attributes:
        actor: who did it; None for the command line.
        action: in a word, such as "invited".
        subject: whom or what it was done to.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str | None] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str | None] = mapped_column(String(256))


class ReceivedRow(Base):
    """An update that a channel delivered; its payload is wiped once it is finished.

    Attributes:
        problem: what it was and why it could not be read; None for those that could.
    """

    __tablename__ = "received"
    __table_args__ = (UniqueConstraint("channel", "key"), Index("ix_received_finished", "finished"))

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str | None] = mapped_column(Text)
    received: Mapped[datetime]
    attempts: Mapped[int]
    finished: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(400))


class QuestionRow(Base):
    """A question as asked.

    Attributes:
        place: the conversation it was asked in, such as `telegram:CHAT/PERSON`.
        origin: the message that asked it, within its place; an edited message keeps it.
        topic: what a question after it may live on: its text, with the questions it lives on itself.
        closed: whether the conversation was started afresh since.
    """

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("place", "origin"), Index("ix_questions_asked", "asked"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(64), index=True)
    place: Mapped[str] = mapped_column(String(96))
    origin: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    previous: Mapped[str | None] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    asked: Mapped[datetime]
    closed: Mapped[bool]


class AnswerRow(Base):
    """An answer as given; the newest of a question counts.

    Attributes:
        citations: list of {passage, document, quote, further, link, score}, best first.
        form: {kind, answers, verdict, parts, goes_on, language} as in the contract; None if it was kept before 0003.
        sent_as: the message that carried it, within its place; None until the channel has taken it.
        uncertain: whether it was sent without a word from the channel whether it arrived.
    """

    __tablename__ = "answers"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an old button must never find a younger answer

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(16), index=True)
    text: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[float]
    notes: Mapped[list[Any]]
    citations: Mapped[list[Any]]
    generation: Mapped[str] = mapped_column(String(64))
    elapsed_ms: Mapped[float]
    answered: Mapped[datetime]
    sent_as: Mapped[str | None] = mapped_column(String(64))
    uncertain: Mapped[bool] = mapped_column(default=False, server_default=false())
    form: Mapped[dict[str, Any] | None]


class FeedbackRow(Base):
    """One person's verdict on one answer.

    Attributes:
        reason: what was wrong with it, in a word; None where nobody said.
        citation: which of its citations is meant (0-based).
    """

    __tablename__ = "feedback"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    helpful: Mapped[bool]
    given: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(String(16))
    citation: Mapped[int | None]


class AwaitedRow(Base):
    """A question without an answer whose asker wants to be told once there is one.

    Attributes:
        tried: id of the generation that had no answer either.
        told: when the asker was told; None as long as they wait.
    """

    __tablename__ = "awaited"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]
    tried: Mapped[str] = mapped_column(String(64))
    told: Mapped[datetime | None]


class HandedRow(Base):
    """A question that was handed to the officer in charge, and what they answered.

    Attributes:
        answer: in the officer's own words; None until there is one, and where it was declined.
        closed: when it was answered or declined.
        sent: when the asker got the answer; None until then.
    """

    __tablename__ = "handed"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an old button must never answer a younger question

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), unique=True)
    asked: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(64))
    closed: Mapped[datetime | None]
    sent: Mapped[datetime | None]


class ShownRow(Base):
    """A message that shows an officer a question that was handed on, so that a reply to it is its answer."""

    __tablename__ = "shown"

    place: Mapped[str] = mapped_column(String(96), primary_key=True)
    message: Mapped[str] = mapped_column(String(64), primary_key=True)
    handed_id: Mapped[int] = mapped_column(ForeignKey("handed.id", ondelete="CASCADE"), index=True)


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


class SessionRow(Base):
    """A browser that somebody uses; only a hash of its cookie is kept.

    Attributes:
        seen: when it was last used, to within an hour.
    """

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), index=True)
    created: Mapped[datetime]
    seen: Mapped[datetime] = mapped_column(index=True)


class CodeRow(Base):
    """A code by which somebody who is let in already signs in to the pages, once; only a hash of it is kept."""

    __tablename__ = "sign_in_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), index=True)
    expires: Mapped[datetime]


class ClientRow(Base):
    """A program that may ask, by a token of which only a hash is kept.

    Attributes:
        per_minute: requests it may make in a minute.
        used: when it last asked, to within a minute; None if it never did.
        groups: list of the groups of documents it belongs to; None for none.
    """

    __tablename__ = "clients"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    per_minute: Mapped[int]
    created: Mapped[datetime]
    used: Mapped[datetime | None]
    revoked: Mapped[datetime | None]
    groups: Mapped[list[Any] | None]


class CitedRow(Base):
    """A passage as it stood when it was first cited, so that its address outlives every change of the documents.

    Attributes:
        document: {id, title, published, publisher, author, url, snapshot} of the document it stood in.
        generation: the index it was cited from.
    """

    __tablename__ = "cited_passages"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(200), index=True)
    document: Mapped[dict[str, Any]]
    ordinal: Mapped[int]
    page: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    generation: Mapped[str] = mapped_column(String(64))
    cited: Mapped[datetime]


class LedgerRow(Base):
    """One line of the ledger: that an answer was given, sealed; see `bot.records.ledger`.

    Attributes:
        answer_digest, question_digest: hashes (hex) of what was answered to whom, and of what was asked.
        forgotten: when the answer was forgotten; None while it is kept.
        seal: hash (hex) over this line and the seal of the line before.
    """

    __tablename__ = "ledger"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a line cut off is never numbered again

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    answer_digest: Mapped[str] = mapped_column(String(64))
    question_digest: Mapped[str] = mapped_column(String(64))
    forgotten: Mapped[datetime | None]
    seal: Mapped[str] = mapped_column(String(64))


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
