"""What was asked and answered: updates received, questions, answers, feedback, what was cited, the ledger."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.records.table_base import Base


class ReceivedRow(Base):
    """An update that a channel delivered; its payload is wiped once it is finished.

    Attributes:
        problem: what it was and why it could not be read; None for those that could.
        sender: the program that has the right to send its answer, where several share the database; see `Journal`.
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
    sender: Mapped[str | None] = mapped_column(String(32))


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
