"""Who may ask and who may administer, whatever the channel: by identity, never by name."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update

from bot.records.database import Database
from bot.records.tables import InviteRow, PersonRow

TELEGRAM = "telegram"
"""The channel whose numbers the settings hold."""

INVITE_DAYS = 7
_CODE_BYTES = 16


class Role(StrEnum):
    """What a person may do."""

    STRANGER = "stranger"
    MEMBER = "member"
    ADMIN = "admin"
    REVOKED = "revoked"


MAY_ASK = frozenset({Role.MEMBER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the assistant."""

    id: str
    role: Role
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation that has not been used yet; its code is known only to whom it was given."""

    fingerprint: str
    role: Role
    expires: datetime


class Access:
    """Decides what a person may do; a person is named by channel and number, such as `telegram:12345`.

    Every answer comes from the database, so that an invitation or a revocation takes effect at once, wherever it was
    made. Blocking, safe to use from several threads.
    """

    def __init__(
        self, database: Database, *, admins: Collection[str] = (), members: Collection[str] = (), is_open: bool = False
    ) -> None:
        """Start with the people named in the settings.

        Args:
            database: where invited people are kept.
            admins: people who may always administer.
            members: people who may ask until they are revoked.
            is_open: whether everybody else may ask too.
        """
        self._database = database
        self._admins = frozenset(admins)
        self._members = frozenset(members)
        self._is_open = is_open

    def role(self, person: str) -> Role:
        """What this person may do right now."""
        if person in self._admins:
            return Role.ADMIN
        with self._database.reading() as session:
            row = session.get(PersonRow, person)
        if row is not None:
            return Role(row.role)
        return Role.MEMBER if self._is_open or person in self._members else Role.STRANGER

    def may_ask(self, person: str) -> bool:
        """Whether this person gets answers."""
        return self.role(person) in MAY_ASK

    def admins(self) -> Sequence[str]:
        """Everybody who may administer."""
        with self._database.reading() as session:
            invited = session.scalars(select(PersonRow.id).where(PersonRow.role == Role.ADMIN)).all()
        return sorted(self._admins.union(invited))

    def people(self) -> Sequence[Person]:
        """Everybody known by name of channel and number: from the settings and by invitation."""
        with self._database.reading() as session:
            rows = session.scalars(select(PersonRow).order_by(PersonRow.since)).all()
        found = {row.id: Person(row.id, Role(row.role), row.since) for row in rows}
        for person in (*sorted(self._admins), *sorted(self._members)):
            found.setdefault(person, Person(person, self.role(person), None))
        return list(found.values())

    def invite(self, role: Role = Role.MEMBER, by: str | None = None) -> str:
        """Make an invitation that works once within 7 days; its code."""
        code = secrets.token_urlsafe(_CODE_BYTES)
        now = datetime.now(UTC)
        with self._database.writing() as session:
            session.add(
                InviteRow(
                    code_hash=_hash(code),
                    role=role,
                    created=now,
                    created_by=by,
                    expires=now + timedelta(days=INVITE_DAYS),
                )
            )
        return code

    def invite_first_admin(self) -> str | None:
        """A new invitation for the first admin, in place of earlier ones; None once there is an admin."""
        if self.admins():
            return None
        with self._database.writing() as session:
            session.execute(
                delete(InviteRow).where(
                    InviteRow.role == Role.ADMIN, InviteRow.created_by.is_(None), InviteRow.used.is_(None)
                )
            )
        return self.invite(Role.ADMIN)

    def redeem(self, code: str, person: str) -> Role | None:
        """Let `person` in by an invitation; None if it is unknown, used or too old.

        An invitation never takes rights away: an admin stays one.
        """
        now = datetime.now(UTC)
        with self._database.writing() as session:
            row = session.get(InviteRow, _hash(code))
            if row is None or row.used is not None or row.expires < now:
                return None
            claimed = session.execute(
                update(InviteRow)
                .where(InviteRow.code_hash == row.code_hash, InviteRow.used.is_(None))
                .values(used=now, used_by=person)
                .returning(InviteRow.code_hash)
            ).first()
            if claimed is None:
                return None
            known = session.get(PersonRow, person)
            role = Role.ADMIN if known is not None and known.role == Role.ADMIN else Role(row.role)
            if known is None:
                session.add(PersonRow(id=person, role=role, since=now, invited_by=row.created_by))
            else:
                known.role, known.since = role, now
        return role

    def revoke(self, person: str) -> bool:
        """Shut somebody out at once; False if they were not in, or are an admin by the settings."""
        if self.role(person) not in MAY_ASK or person in self._admins:
            return False
        with self._database.writing() as session:
            session.merge(PersonRow(id=person, role=Role.REVOKED, since=datetime.now(UTC)))
        return True

    def invites(self) -> Sequence[Invite]:
        """Invitations that can still be used."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(InviteRow).where(InviteRow.used.is_(None), InviteRow.expires > datetime.now(UTC))
            ).all()
        return [Invite(row.code_hash[:8], Role(row.role), row.expires) for row in rows]


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
