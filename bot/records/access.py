"""Who may ask and who may administer, whatever the channel: by identity, never by name."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update

from bot.records.audit import AuditAction, note
from bot.records.database import Database
from bot.records.tables import InviteRow, PersonRow, RequestRow
from corpus.errors import DanvanError
from corpus.groups import Groups, written

TELEGRAM = "telegram"
"""The channel whose numbers the settings hold."""

INVITE_DAYS = 7
_CODE_BYTES = 16
_FINGERPRINT = 8


class Role(StrEnum):
    """What a person may do."""

    STRANGER = "stranger"
    MEMBER = "member"
    ADMIN = "admin"
    REVOKED = "revoked"


LONGEST_LABEL = 128

MAY_ASK = frozenset({Role.MEMBER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the assistant.

    Attributes:
        label: what the admins call them.
        groups: the groups of documents they belong to.
    """

    id: str
    role: Role
    since: datetime | None
    label: str | None = None
    groups: Groups = frozenset()


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation that has not been used yet; its code is known only to whom it was given."""

    fingerprint: str
    role: Role
    expires: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What an invitation has brought somebody, and who had made it (None for the command line)."""

    role: Role
    by: str | None


class LastAdminError(DanvanError):
    """Somebody cannot be shut out, since nobody would be left to administer."""


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
            return self._role_by(person, session.get(PersonRow, person))

    def is_admin_by_settings(self, person: str) -> bool:
        """Whether the settings make this person an admin: nobody can be shut out by whoever cannot change those."""
        return person in self._admins

    def _role_by(self, person: str, row: PersonRow | None) -> Role:
        """What is kept of a person goes before the settings; a row that only holds a name says nothing."""
        if person in self._admins:
            return Role.ADMIN
        if row is not None and row.role != Role.STRANGER:
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
        found = {row.id: Person(row.id, self._role_by(row.id, row), row.since, row.label, _groups(row)) for row in rows}
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
            note(session, by, AuditAction.INVITED, f"{role} {_hash(code)[:_FINGERPRINT]}")
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

    def redeem(self, code: str, person: str, name: str | None = None) -> Redeemed | None:
        """Let `person` in by an invitation; None if it is unknown, withdrawn, used or too old.

        An invitation never takes rights away: an admin stays one.

        Args:
            code: of the invitation.
            person: who brings it.
            name: what they call themselves, kept as the admins' name for them if they have none yet.
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
                known = PersonRow(id=person, invited_by=row.created_by)
                session.add(known)
            known.role, known.since = role, now
            known.label = known.label or (name[:LONGEST_LABEL] if name else None)
            session.execute(delete(RequestRow).where(RequestRow.person == person))
            note(session, person, AuditAction.REDEEMED, f"{role} {row.code_hash[:_FINGERPRINT]}")
            return Redeemed(role, row.created_by)

    def revoke(self, person: str, by: str | None = None) -> bool:
        """Shut somebody out at once; False if they were not in, or are an admin by the settings.

        Raises:
            LastAdminError: if nobody would be left to administer.
        """
        if self.role(person) not in MAY_ASK or person in self._admins:
            return False
        with self._database.writing() as session:
            admins = set(session.scalars(select(PersonRow.id).where(PersonRow.role == Role.ADMIN))) | self._admins
            if admins == {person}:
                raise LastAdminError(f"{person} is the only admin: invite another one first")
            row = session.get(PersonRow, person)
            if row is None:
                row = PersonRow(id=person)
                session.add(row)
            row.role, row.since = Role.REVOKED, datetime.now(UTC)
            note(session, by, AuditAction.REVOKED, person)
        return True

    def name(self, person: str, label: str, by: str | None = None) -> bool:
        """Give somebody a name that the admins know them by; False if nobody of that number is let in."""
        if self.role(person) is Role.STRANGER:
            return False
        with self._database.writing() as session:
            row = session.get(PersonRow, person)
            if row is None:  # let in by the settings
                row = PersonRow(id=person, role=Role.STRANGER, since=datetime.now(UTC))
                session.add(row)
            row.label = " ".join(label.split())[:LONGEST_LABEL] or None
            note(session, by, AuditAction.NAMED, person)
        return True

    def groups(self, person: str) -> Groups | None:
        """The groups of documents somebody belongs to right now; None for an admin, who sees everything."""
        if person in self._admins:
            return None
        with self._database.reading() as session:
            row = session.get(PersonRow, person)
        return None if row is not None and row.role == Role.ADMIN else _groups(row)

    def assign(self, person: str, groups: Groups, by: str | None = None) -> bool:
        """Have somebody belong to exactly these groups; False if nobody of that number is let in."""
        if self.role(person) is Role.STRANGER:
            return False
        with self._database.writing() as session:
            row = session.get(PersonRow, person)
            if row is None:  # let in by the settings
                row = PersonRow(id=person, role=Role.STRANGER, since=datetime.now(UTC))
                session.add(row)
            row.groups = sorted(groups)
            note(session, by, AuditAction.GROUPED, f"{person} {written(groups)}")
        return True

    def invites(self) -> Sequence[Invite]:
        """Invitations that can still be used."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(InviteRow)
                .where(InviteRow.used.is_(None), InviteRow.expires > datetime.now(UTC))
                .order_by(InviteRow.created)
            ).all()
        return [Invite(row.code_hash[:_FINGERPRINT], Role(row.role), row.expires, row.created_by) for row in rows]

    def withdraw(self, fingerprint: str, by: str | None = None) -> bool:
        """Make an open invitation worthless; False if there is none of that fingerprint."""
        if len(fingerprint) != _FINGERPRINT:
            return False
        with self._database.writing() as session:
            row = session.scalars(
                select(InviteRow).where(
                    InviteRow.code_hash.startswith(fingerprint, autoescape=True), InviteRow.used.is_(None)
                )
            ).first()
            if row is None:
                return False
            note(session, by, AuditAction.WITHDREW, f"{row.role} {fingerprint}")
            session.delete(row)
        return True


def _groups(row: PersonRow | None) -> Groups:
    return frozenset(row.groups or ()) if row is not None else frozenset()


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
