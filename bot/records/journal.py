"""Every update is written down before it is worked on and crossed out after its answer is sent.

So nothing is lost when the program dies in between: what is still open is worked on after the restart.

Several programs on one database may come to work on the same update, such as when the database is lost with the claims
on what they work on and a standby takes its place. Only one of them sends the answer: who writes its name beside the
update first. What has a name beside it and is still open was sent, or not, by a program that died: nobody knows.
"""

import contextlib
import hashlib
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, or_, select, text, update
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
_FOR_GOOD = """
SELECT set_config('synchronous_commit', 'on', true)
WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
"""


@dataclass(frozen=True, slots=True)
class Open:
    """An update that was not finished.

    Attributes:
        attempts: how often it was begun before.
        in_doubt: whether its answer may have been sent.
    """

    entry: int
    payload: str
    attempts: int
    in_doubt: bool = False


class Journal:
    """The updates of one channel; blocking, safe to use from several threads."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel
        self._claims = Claims(database, f"received:{channel}")
        self._name = secrets.token_hex(8)

    @property
    def is_shared(self) -> bool:
        """Whether several programs may work on it at the same time."""
        return self._database.is_shared

    def receive(self, number: int, payload: str) -> int | None:
        """Write an update down.

        Args:
            number: the channel's own number of it; with the payload it recognises a second delivery.
            payload: everything needed to work on it after a restart.

        Returns:
            The entry to finish later; None if the same update was received before.
        """
        row = ReceivedRow(
            channel=self._channel,
            key=_key(number, payload),
            payload=payload,
            received=datetime.now(UTC),
            attempts=1,
        )
        with self._writing_for_good() as session:
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

    def receive_late(self, number: int, payload: str) -> int | None:
        """Write down an update that is being worked on, of which nobody knows whether it was written down before.

        Returns:
            Its entry; None if another program has it, or has finished it.
        """
        entry = self.receive(number, payload)
        if entry is not None:
            return entry
        with self._database.reading() as session:
            known = select(ReceivedRow.id).where(
                ReceivedRow.channel == self._channel,
                ReceivedRow.key == _key(number, payload),
                ReceivedRow.finished.is_(None),
            )
            entry = session.scalars(known).first()
        return entry if entry is not None and self._claims.claim([entry]) else None

    def may_send(self, entry: int) -> bool:
        """Take the right to send the answer to an update; False if another program has it, or it is finished.

        It outlives the loss of the database's primary wherever its standby confirms what is written.
        """
        if not self.is_shared:
            return True
        ours = update(ReceivedRow).where(
            ReceivedRow.id == entry,
            ReceivedRow.finished.is_(None),
            or_(ReceivedRow.sender.is_(None), ReceivedRow.sender == self._name),
        )
        with self._writing_for_good() as session:
            return bool(session.execute(ours.values(sender=self._name).returning(ReceivedRow.id)).first())

    def keep(self) -> None:
        """Hold on to what is worked on, should the database have been away."""
        self._claims.renew()

    @contextlib.contextmanager
    def _writing_for_good(self) -> Iterator[Session]:
        """A session whose changes are on the disks of all that have to confirm them, whatever the server's default."""
        with self._database.writing() as session:
            if self.is_shared:
                session.execute(text(_FOR_GOOD))
            yield session

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
                update(ReceivedRow)
                .where(ReceivedRow.id == entry)
                .values(attempts=ReceivedRow.attempts - 1, sender=None)
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
            found = [
                Open(row.id, row.payload or "", row.attempts, row.sender not in {None, self._name}) for row in rows
            ]
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


def _key(number: int, payload: str) -> str:
    """By which a second delivery is recognised."""
    digest = hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"{number}-{digest}"
