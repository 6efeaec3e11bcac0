"""How often somebody may do something, counted in the database by all front ends together."""

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.records.database import Database
from bot.records.tables import BucketRow

MINUTE = 60.0
_FORGOTTEN_SECONDS = 3600.0
_NOW = text("SELECT extract(epoch FROM clock_timestamp())")
_FORGET = text(
    "DELETE FROM buckets WHERE key IN (SELECT key FROM buckets WHERE filled < :before FOR UPDATE SKIP LOCKED)"
)
"""Buckets that have long been full again."""


class SharedLimits:
    """Token buckets by key, as `bot.web.limits.Limits`, in a PostgreSQL database; blocking, safe to use from anywhere.

    The clock is the database's, so that those of the machines need not agree.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def wait(self, *wanted: tuple[str, float]) -> float:
        """Take a token from each of several buckets, or from none of them.

        Args:
            wanted: (key, tokens a minute); a bucket holds as many as it gets in a minute.

        Returns:
            0 if they were taken, else the seconds after which to try again.

        Raises:
            DatabaseError: if the database cannot be used.
        """
        rates = {key[:200]: rate for key, rate in wanted}
        keys = sorted(rates)  # always locked in one order
        with self._database.writing() as session:
            now = float(session.execute(_NOW).scalar_one())
            session.execute(_FORGET, {"before": now - _FORGOTTEN_SECONDS})
            full = [{"key": key, "tokens": rates[key], "filled": now} for key in keys]
            session.execute(insert(BucketRow).values(full).on_conflict_do_nothing())
            query = select(BucketRow).where(BucketRow.key.in_(keys)).order_by(BucketRow.key).with_for_update()
            buckets = {row.key: row for row in session.scalars(query)}
            tokens = {
                key: min(rates[key], row.tokens + max(0.0, now - row.filled) * rates[key] / MINUTE)
                for key, row in buckets.items()
            }
            missing = [(1 - tokens[key]) * MINUTE / rates[key] for key in keys if tokens[key] < 1]
            if missing:
                return max(missing)
            for key in keys:
                taken = {"tokens": tokens[key] - 1, "filled": now}
                session.execute(update(BucketRow).where(BucketRow.key == key).values(**taken))
        return 0.0
