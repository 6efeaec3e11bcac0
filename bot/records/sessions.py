"""Who sits at which browser: sessions, and the codes by which people who are let in already sign in."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from bot.records.database import Database
from bot.records.tables import CodeRow, SessionRow

SESSION_DAYS = 90
"""A browser that was not used for so long has to sign in again."""

CODE_MINUTES = 10
_SEEN_EVERY = timedelta(hours=1)
_TOKEN_BYTES = 24
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 8


class Sessions:
    """Sessions and codes in the database; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, person: str, token: str | None = None) -> str:
        """Begin a session.

        Args:
            person: whose it is.
            token: what the browser holds already; a new one where it shall hold another.

        Returns:
            The token that only this browser is to know.
        """
        token, now = token or secrets.token_urlsafe(_TOKEN_BYTES), datetime.now(UTC)
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.seen < now - timedelta(days=SESSION_DAYS)))
            session.merge(SessionRow(token_hash=hash_of(token), person=person, created=now, seen=now))
        return token

    def person(self, token: str) -> str | None:
        """Whose session this is, None if it has ended or never was."""
        now = datetime.now(UTC)
        with self._database.reading() as session:
            row = session.get(SessionRow, hash_of(token))
        if row is None or row.seen < now - timedelta(days=SESSION_DAYS):
            return None
        if row.seen < now - _SEEN_EVERY:
            with self._database.writing() as session:
                found = session.get(SessionRow, row.token_hash)
                if found is not None:
                    found.seen = now
        return row.person

    def close(self, token: str) -> None:
        """End a session."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == hash_of(token)))

    def code(self, person: str) -> str:
        """A code that signs this person in once within a few minutes, in place of earlier ones; `ABCD-EFGH`."""
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        now = datetime.now(UTC)
        with self._database.writing() as session:
            session.execute(delete(CodeRow).where((CodeRow.person == person) | (CodeRow.expires < now)))
            expires = now + timedelta(minutes=CODE_MINUTES)
            session.add(CodeRow(code_hash=hash_of(code), person=person, expires=expires))
        half = _CODE_LENGTH // 2
        return f"{code[:half]}-{code[half:]}"

    def redeem(self, code: str) -> str | None:
        """Whose code this is; it works no more. None if it is unknown, used or too old."""
        digest = hash_of("".join(c for c in code.upper() if c.isalnum()))
        with self._database.writing() as session:
            gone = session.execute(
                delete(CodeRow)
                .where(CodeRow.code_hash == digest, CodeRow.expires >= datetime.now(UTC))
                .returning(CodeRow.person)
            ).first()
        return gone[0] if gone else None


def hash_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256 (hex)."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
