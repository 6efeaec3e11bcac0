"""Answers that all front ends on one database may give again: kept for a day, by the digest of what they depend on."""

import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from bot.records.database import Database
from bot.records.tables import KeptAnswerRow

KEPT_FOR = timedelta(days=1)
"""What `today` is changes an answer, so that none is wanted for longer."""
OF_OTHER_GENERATIONS = timedelta(hours=1)
"""Somebody may still answer from an index that has been replaced."""
MOST = 100_000
_PRUNED_EVERY = 200


class KeptAnswers:
    """The table of one PostgreSQL database; blocking, safe to use from several threads.

    Args:
        open_database: opens it, when the first answer is looked for.
    """

    def __init__(self, open_database: Callable[[], Database]) -> None:
        self._open = open_database
        self._opening = threading.Lock()
        self._opened: Database | None = None
        self._kept = itertools.count(1)

    def take(self, key: str) -> str | None:
        """The answer that is kept under a key.

        Raises:
            DatabaseError: if the database cannot be used.
        """
        with self._database().reading() as session:
            return session.scalar(select(KeptAnswerRow.content).where(KeptAnswerRow.key == key))

    def keep(self, key: str, generation: str, content: str) -> None:
        """Keep an answer, unless another front end has kept it; now and then those that nobody wants are removed.

        Raises:
            DatabaseError: if the database cannot be used.
        """
        now = datetime.now(UTC)
        row = {"key": key, "at": now, "generation": generation, "content": content}
        with self._database().writing() as session:
            session.execute(insert(KeptAnswerRow).values(row).on_conflict_do_nothing())
        if next(self._kept) % _PRUNED_EVERY == 0:
            self.prune(generation, now)

    def prune(self, generation: str, now: datetime, most: int = MOST) -> None:
        """Remove what is too old, what was found in other indexes, and the oldest beyond `most`.

        Raises:
            DatabaseError: if the database cannot be used.
        """
        row = KeptAnswerRow
        replaced = (row.generation != generation) & (row.at < now - OF_OTHER_GENERATIONS)
        beyond = select(row.key).order_by(row.at.desc(), row.key).offset(most)
        with self._database().writing() as session:
            session.execute(delete(row).where(or_(row.at < now - KEPT_FOR, replaced)))
            session.execute(delete(row).where(row.key.in_(beyond)))

    def close(self) -> None:
        """Release the connections."""
        with self._opening:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _database(self) -> Database:
        with self._opening:
            if self._opened is None:
                self._opened = self._open()
            return self._opened
