"""Every update is written down before it is worked on and crossed out after its answer is sent.

So nothing is lost when the program dies in between: what is still open is worked on after the restart.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from bot.records.database import Database
from bot.records.tables import ReceivedRow

MOST_ATTEMPTS = 3
DELIVERED_AGAIN = timedelta(minutes=10)
"""The same update so soon after it was finished is a second delivery; later it is a new one that looks the same."""

REMEMBERED = timedelta(days=2)
"""How long a finished update stays in the table."""


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
            session.add(row)
            session.flush()
            return row.id

    def finish(self, entry: int) -> None:
        """Cross an update out and wipe what it said."""
        with self._database.writing() as session:
            session.execute(
                update(ReceivedRow).where(ReceivedRow.id == entry).values(finished=datetime.now(UTC), payload=None)
            )

    def take_up(self) -> Sequence[Open]:
        """The updates left open by an earlier run, in their order; each call counts as an attempt on all of them."""
        mine = (ReceivedRow.channel == self._channel, ReceivedRow.finished.is_(None))
        with self._database.writing() as session:
            rows = session.scalars(select(ReceivedRow).where(*mine).order_by(ReceivedRow.id)).all()
            found = [Open(row.id, row.payload or "", row.attempts) for row in rows]
            session.execute(update(ReceivedRow).where(*mine).values(attempts=ReceivedRow.attempts + 1))
        return found

    def purge(self) -> int:
        """Forget finished updates that no second delivery can follow any more; how many there were."""
        too_old = ReceivedRow.finished < datetime.now(UTC) - REMEMBERED
        with self._database.writing() as session:
            gone = session.scalars(select(ReceivedRow.id).where(too_old)).all()
            session.execute(delete(ReceivedRow).where(too_old))
        return len(gone)
