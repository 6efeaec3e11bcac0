"""Who may ask and by what: people, invitations, browsers, programs, and what admins did."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.records.table_base import Base


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
