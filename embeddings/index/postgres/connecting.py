"""Connections to the database of an index: a pool for searches, single ones for work that takes long."""

import contextlib
import logging
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.errors import IndexingError, SettingsError, UnreachableIndexError
from embeddings.index.postgres.reasons import next_step, reason_of

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

SEARCH_SECONDS = 2.5
"""After which a search is given up, so that whoever asked is told to try again within three seconds."""
CONNECT_SECONDS = 2
SILENT_SECONDS = 3
_SEARCHES_AT_ONCE = 8
_MISSING = 'PostgreSQL needs packages that are not installed; run: pip install "danvan[postgres]"'


class Connections:
    """Connects to one database.

    Args:
        url: as SQLAlchemy's, `postgresql+psycopg://USER:PASSWORD@HOST/NAME`; several hosts, of which the one that
            accepts writes is taken, as `postgresql+psycopg://USER:PASSWORD@/NAME?host=A:5432&host=B:5432`.

        patience: seconds after which a search is given up.

    Raises:
        SettingsError: if the address cannot be read, or PostgreSQL's packages are not installed.
    """

    def __init__(self, url: str, patience: float = SEARCH_SECONDS) -> None:
        self.arguments = arguments_of(url)
        self._patience = patience
        self._pool: ConnectionPool[Any] | None = None
        self._opening = threading.Lock()
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # it warns of what is raised anyway

    @property
    def name(self) -> str:
        """The database, in words that show no password."""
        return f"{self.arguments.get('dbname', '')} on {self.arguments.get('host', 'this machine')}"

    @contextlib.contextmanager
    def searching(self) -> Iterator["Connection[Any]"]:
        """A connection of the pool in a transaction that only reads and may not take long.

        Raises:
            UnreachableIndexError: if the database does not answer in time.
        """
        with translated(self.name), self._opened().connection(timeout=self._patience) as connection:
            yield connection

    @contextlib.contextmanager
    def working(self) -> Iterator["Connection[Any]"]:
        """A connection of its own, each statement committed unless a transaction is begun, that may take long.

        Raises:
            UnreachableIndexError: if the database cannot be reached.
            IndexingError: if it refuses what is asked of it, or its disk is full.
        """
        import psycopg  # noqa: PLC0415 - an extra
        from psycopg.rows import tuple_row  # noqa: PLC0415

        with translated(self.name), psycopg.connect(**self.arguments, autocommit=True, row_factory=tuple_row) as one:
            yield one

    def close(self) -> None:
        """Close the pool."""
        if self._pool is not None:
            self._pool.close(timeout=CONNECT_SECONDS)
            self._pool = None

    def _opened(self) -> "ConnectionPool[Any]":
        from psycopg_pool import ConnectionPool  # noqa: PLC0415

        with self._opening:
            if self._pool is None:
                self._pool = ConnectionPool(
                    kwargs=self.arguments | {"autocommit": True},
                    min_size=0,
                    max_size=_SEARCHES_AT_ONCE,
                    open=True,
                    timeout=self._patience,
                    reconnect_timeout=self._patience,
                    configure=lambda connection: _for_searching(connection, self._patience),
                    check=ConnectionPool.check_connection,
                    name="index",
                )
            return self._pool


def arguments_of(url: str) -> dict[str, Any]:
    """What libpq needs to connect to an address; `target_session_attrs` finds the primary among several hosts.

    Raises:
        SettingsError: if the address cannot be read, or PostgreSQL's packages are not installed.
    """
    from sqlalchemy import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        import pgvector  # noqa: F401, PLC0415
        import psycopg_pool  # noqa: F401, PLC0415
        from sqlalchemy.dialects.postgresql.psycopg import dialect  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(_MISSING) from error
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SettingsError(
            "DANVAN_DATABASE_URL must be a database address such as postgresql+psycopg://USER:PASSWORD@HOST/NAME"
        ) from error
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise SettingsError(
            "DANVAN_INDEX=postgres needs a PostgreSQL database: set DANVAN_DATABASE_URL to postgresql+psycopg://..."
        )
    reader: Any = dialect
    arguments: dict[str, Any] = reader().create_connect_args(parsed.set(drivername="postgresql+psycopg"))[1]
    arguments.pop("context", None)
    several = "," in str(arguments.get("host", ""))
    defaults: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": SILENT_SECONDS * 1000}
    if several:
        defaults["target_session_attrs"] = "read-write"
    return defaults | arguments


@contextlib.contextmanager
def translated(name: str) -> Iterator[None]:
    """The library's errors as ours; nothing that was asked is in them."""
    import psycopg  # noqa: PLC0415
    from psycopg import errors  # noqa: PLC0415
    from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests  # noqa: PLC0415

    try:
        yield
    except (errors.DiskFull, errors.OutOfMemory) as error:
        raise IndexingError(f"the database {name} has no room left; what was published is unchanged") from error
    except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
        raise UnreachableIndexError(f"a table of the index is gone from the database {name}") from error
    except (psycopg.OperationalError, PoolTimeout, PoolClosed, TooManyRequests, psycopg.InterfaceError) as error:
        raise UnreachableIndexError(
            f"the database {name} cannot be reached ({reason_of(error)}); {next_step(error)}"
        ) from error
    except psycopg.Error as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise IndexingError(f"the database {name} refuses: {reason}") from error


def _for_searching(connection: "Connection[Any]", patience: float) -> None:
    from pgvector.psycopg import register_vector  # noqa: PLC0415

    if not connection.execute("SELECT to_regtype('vector')").fetchone()[0]:  # type: ignore[index] # one row always
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")  # nothing was built here yet
    connection.execute(f"SET statement_timeout = {round(patience * 1000)}")
    connection.execute("SET default_transaction_read_only = on")
    connection.execute("SET hnsw.iterative_scan = strict_order")
    register_vector(connection)
