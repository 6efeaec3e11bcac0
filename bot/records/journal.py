"""Every update is written down before it is worked on and crossed out after its answer is sent.

So nothing is lost when the program dies in between: what is still open is worked on after the restart.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.records.claims import Claims
from bot.records.database import Database
from bot.records.tables import ReceivedRow

MOST_ATTEMPTS = 3
DELIVERED_AGAIN = timedelta(minutes=10)
"""The same update so soon after it was finished is a second delivery; later it is a new one that looks the same."""

REMEMBERED = timedelta(days=2)
"""How long a finished update stays in the table."""

PROBLEMS_REMEMBERED = timedelta(days=30)
"""How long it stays there that an update could not be read."""

LONGEST_PROBLEM = 400


@dataclass(frozen=True, slots=True)
class Open:
    """An update that was not finished.

    Attributes:
        attempts: how often it was begun before.
    """

    entry: int
    payload: str
    attempts: int


class Journal:
    """The updates of one channel; blocking, safe to use from several threads."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel
        self._claims = Claims(database, f"received:{channel}")

    def receive(self, number: int, payload: str) -> int | None:
        """Write an update down.

        Args:
            number: the channel's own number of it; with the payload it recognises a second delivery.
            payload: everything needed to work on it after a restart.

        Returns:
            The entry to finish later; None if the same update was received before.
        """
        digest = hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        row = ReceivedRow(
            channel=self._channel,
            key=f"{number}-{digest}",
            payload=payload,
            received=datetime.now(UTC),
            attempts=1,
        )
        with self._database.writing() as session:
            known = session.scalars(
                select(ReceivedRow).where(ReceivedRow.channel == row.channel, ReceivedRow.key == row.key)
            ).first()
            if known is not None:
                if known.finished is None or known.finished > row.received - DELIVERED_AGAIN:
                    return None
                session.delete(known)
                session.flush()
            entry = self._add(session, row)
        return entry if entry is not None and self._claims.claim([entry]) else None

    def _add(self, session: Session, row: ReceivedRow) -> int | None:
        """Add a row; None if another program has just added the same."""
        try:
            with session.begin_nested():
                session.add(row)
                session.flush()
                return row.id
        except IntegrityError:
            return None

    def set_aside(self, number: int, problem: str) -> bool:
        """Note that an update could not be read.

        Args:
            number: the channel's own number of it.
            problem: what it was and why, with nothing of what it says.

        Returns:
            False if that was noted before.
        """
        key, now = f"{number}-unreadable", datetime.now(UTC)
        with self._database.writing() as session:
            known = select(ReceivedRow.id).where(ReceivedRow.channel == self._channel, ReceivedRow.key == key)
            if session.scalars(known).first() is not None:
                return False
            session.add(
                ReceivedRow(
                    channel=self._channel,
                    key=key,
                    payload=None,
                    received=now,
                    attempts=1,
                    finished=now,
                    problem=problem[:LONGEST_PROBLEM],
                )
            )
        return True

    def finish(self, entry: int) -> None:
        """Cross an update out and wipe what it said."""
        with self._database.writing() as session:
            session.execute(
                update(ReceivedRow).where(ReceivedRow.id == entry).values(finished=datetime.now(UTC), payload=None)
            )
        self._claims.release(entry)

    def put_back(self, entry: int) -> None:
        """Leave an update for later: what was begun does not count as an attempt, since nothing went wrong with it."""
        with self._database.writing() as session:
            session.execute(
                update(ReceivedRow).where(ReceivedRow.id == entry).values(attempts=ReceivedRow.attempts - 1)
            )

    def take_up(self, except_for: Collection[int] = ()) -> Sequence[Open]:
        """The updates that were left open, in their order; each call counts as an attempt on all of them.

        Of several programs on one database each gets others: those that none of them is working on.

        Args:
            except_for: entries that are being worked on.
        """
        mine = (
            ReceivedRow.channel == self._channel,
            ReceivedRow.finished.is_(None),
            ReceivedRow.id.not_in(except_for),
        )
        with self._database.writing() as session:
            left = select(ReceivedRow.id).where(*mine).with_for_update(skip_locked=True)
            ours = self._claims.claim(session.scalars(left).all())
            query = select(ReceivedRow).where(ReceivedRow.id.in_(ours), *mine).order_by(ReceivedRow.id)
            rows = session.scalars(query.execution_options(populate_existing=True)).all()
            found = [Open(row.id, row.payload or "", row.attempts) for row in rows]
            taken = [row.id for row in rows]
            session.execute(
                update(ReceivedRow).where(ReceivedRow.id.in_(taken)).values(attempts=ReceivedRow.attempts + 1)
            )
        return found

    def close(self) -> None:
        """Leave what is open to others."""
        self._claims.close()

    def purge(self) -> int:
        """Forget finished updates that no second delivery can follow any more; how many there were."""
        now = datetime.now(UTC)
        too_old = or_(
            and_(ReceivedRow.finished < now - REMEMBERED, ReceivedRow.problem.is_(None)),
            ReceivedRow.finished < now - PROBLEMS_REMEMBERED,
        )
        with self._database.writing() as session:
            gone = session.scalars(select(ReceivedRow.id).where(too_old)).all()
            session.execute(delete(ReceivedRow).where(too_old))
        return len(gone)
