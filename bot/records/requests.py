"""Strangers who ask to be let in, until an admin has decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from bot.records.access import LONGEST_LABEL, Role
from bot.records.audit import AuditAction, note
from bot.records.database import Database
from bot.records.tables import AuditRow, PersonRow, RequestRow

MOST_OPEN = 100
"""Beyond so many open requests nobody can make another: somebody is playing."""

DECLINED_FOR = timedelta(days=7)


class Asked(StrEnum):
    """What became of somebody's wish to be let in."""

    NEW = "new"
    ALREADY = "already"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who waits for an admin's decision."""

    person: str
    name: str
    asked: datetime


class Requests:
    """Wishes to be let in; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, person: str, name: str) -> Asked:
        """Note that somebody asks to be let in; only a new request is worth telling the admins."""
        now = datetime.now(UTC)
        with self._database.writing() as session:
            if session.get(RequestRow, person) is not None:
                return Asked.ALREADY
            declined = select(AuditRow.id).where(
                AuditRow.action == AuditAction.DECLINED, AuditRow.subject == person, AuditRow.at > now - DECLINED_FOR
            )
            count = session.scalar(select(func.count()).select_from(RequestRow)) or 0
            if count >= MOST_OPEN or session.scalars(declined).first() is not None:
                return Asked.NOT_NOW
            session.add(RequestRow(person=person, name=name[:LONGEST_LABEL], asked=now))
        return Asked.NEW

    def open(self) -> Sequence[Request]:
        """Who waits, the longest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(RequestRow).order_by(RequestRow.asked)).all()
        return [Request(row.person, row.name, row.asked) for row in rows]

    def decide(self, person: str, by: str, *, let_in: bool) -> Request | None:
        """Let somebody in under the name they asked with, or do not; None if nobody of that number waits any more."""
        with self._database.writing() as session:
            row = session.get(RequestRow, person)
            if row is None:
                return None
            found = Request(row.person, row.name, row.asked)
            session.delete(row)
            if let_in:
                session.merge(
                    PersonRow(id=person, role=Role.MEMBER, since=datetime.now(UTC), invited_by=by, label=row.name)
                )
            note(session, by, AuditAction.LET_IN if let_in else AuditAction.DECLINED, person)
        return found
