"""Programs that may ask: each has a name, a token that is shown once, and a limit."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.records.database import Database
from bot.records.sessions import hash_of
from bot.records.tables import ClientRow
from corpus.errors import SettingsError
from corpus.groups import Groups

PER_MINUTE = 60
PREFIX = "danvan_"
CLIENT = "client"
"""The channel of programs."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,49}", re.ASCII)
_TOKEN_BYTES = 32
_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Client:
    """A program that may ask.

    Attributes:
        per_minute: requests it may make in a minute.
        used: when it last asked, to within a minute; None if it never did.
        revoked: when its token was made worthless; None while it works.
        groups: the groups of documents it belongs to.
    """

    name: str
    per_minute: int
    created: datetime
    used: datetime | None
    revoked: datetime | None
    groups: Groups = frozenset()

    @property
    def person(self) -> str:
        """How the core names it."""
        return f"{CLIENT}:{self.name}"


class Clients:
    """Programs in the database; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, per_minute: int = PER_MINUTE, groups: Groups = frozenset()) -> str:
        """Let a program in; its token, which is kept nowhere.

        Raises:
            SettingsError: if the name cannot be one, or is taken.
        """
        if not _NAME.fullmatch(name):
            raise SettingsError(f"{name[:60]!r} is no name for a client: use 1 to 50 letters, digits, '.', '_' or '-'")
        token = f"{PREFIX}{secrets.token_urlsafe(_TOKEN_BYTES)}"
        with self._database.writing() as session:
            known = session.get(ClientRow, name)
            if known is not None and known.revoked is None:
                raise SettingsError(f"there is a client {name} already: revoke it first, or choose another name")
            session.merge(
                ClientRow(
                    name=name,
                    token_hash=hash_of(token),
                    per_minute=per_minute,
                    created=datetime.now(UTC),
                    used=None,
                    revoked=None,
                    groups=sorted(groups),
                )
            )
        return token

    def find(self, token: str) -> Client | None:
        """The program that a token belongs to, None if it belongs to none or was made worthless."""
        now = datetime.now(UTC)
        with self._database.reading() as session:
            row = session.scalars(select(ClientRow).where(ClientRow.token_hash == hash_of(token))).first()
        if row is None or row.revoked is not None:
            return None
        if row.used is None or row.used < now - _USED_EVERY:
            with self._database.writing() as session:
                found = session.get(ClientRow, row.name)
                if found is not None:
                    found.used = now
        return _client(row)

    def groups(self, person: str) -> Groups:
        """The groups of documents that the program of this name in the core (`client:NAME`) belongs to right now."""
        with self._database.reading() as session:
            row = session.get(ClientRow, person.removeprefix(f"{CLIENT}:"))
        return _client(row).groups if row is not None else frozenset()

    def revoke(self, name: str) -> bool:
        """Make a program's token worthless at once; False if there is no such program, or it is already."""
        with self._database.writing() as session:
            row = session.get(ClientRow, name)
            if row is None or row.revoked is not None:
                return False
            row.revoked = datetime.now(UTC)
        return True

    def all(self) -> Sequence[Client]:
        """All of them by name, those whose token is worthless too."""
        with self._database.reading() as session:
            return [_client(row) for row in session.scalars(select(ClientRow).order_by(ClientRow.name))]


def _client(row: ClientRow) -> Client:
    return Client(row.name, row.per_minute, row.created, row.used, row.revoked, frozenset(row.groups or ()))
