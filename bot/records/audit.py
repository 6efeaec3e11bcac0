"""Who changed what: people let in and shut out, documents, indexes; by admins and at the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.records.database import Database
from bot.records.tables import AuditRow


class AuditAction(StrEnum):
    """What can be done that others should be able to see later."""

    INVITED = "invited"
    WITHDREW = "withdrew"
    REDEEMED = "redeemed"
    LET_IN = "let_in"
    DECLINED = "declined"
    REVOKED = "revoked"
    NAMED = "named"
    GROUPED = "grouped"
    ADDED = "added"
    CORRECTED = "corrected"
    REMOVED = "removed"
    REINDEXED = "reindexed"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit.

    Attributes:
        actor: who did it; None for the command line.
        subject: whom or what it was done to.
    """

    at: datetime
    actor: str | None
    action: AuditAction
    subject: str | None


def note(session: Session, actor: str | None, action: AuditAction, subject: str | None) -> None:
    """Write a line within a change, so that both are kept or neither."""
    session.add(AuditRow(at=datetime.now(UTC), actor=actor, action=action, subject=subject[:256] if subject else None))


class Audit:
    """The lines of the audit, newest first; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, actor: str | None, action: AuditAction, subject: str | None = None) -> None:
        """Write a line about something that is not kept in the database itself."""
        with self._database.writing() as session:
            note(session, actor, action, subject)

    def last(self, count: int) -> Sequence[Entry]:
        """The newest lines."""
        with self._database.reading() as session:
            rows = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(count)).all()
        return [Entry(row.at, row.actor, AuditAction(row.action), row.subject) for row in rows]
