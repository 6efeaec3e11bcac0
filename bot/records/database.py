"""The database: opened, brought to the newest layout, and handed out as sessions."""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from corpus.errors import DanvanError
from embeddings.index.postgres.reasons import next_step, reason_of

MIGRATIONS = Path(__file__).parent / "migrations"
FILE_NAME = "danvan.db"
BUSY_SECONDS = 5.0
"""How long a write waits for others that write."""

IMPATIENT_SECONDS = 0.2
"""How long it waits when another one has waited in vain in the last moments."""

RESTS_SECONDS = 10.0
UPGRADE_LOCK = 0x64616E7602
CONNECT_SECONDS = 2
SILENT_SECONDS = 3
"""After which a connection whose other end says nothing is given up, so that whoever waits is told so."""

STATEMENT_SECONDS = 15

_UNREADABLE = "the address of a database must be such as postgresql+psycopg://USER:PASSWORD@HOST:5432/NAME"


class DatabaseError(DanvanError):
    """The database cannot be opened or used."""


class Database:
    """Sessions on one database; safe to use from several threads and processes.

    While a database stays locked, only the first writes wait for it: those that follow fail at once, so that
    whoever can do without is not held up in a row.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(danvan_writes=True)
        self._locked_at = -RESTS_SECONDS
        self._before_closing: list[Callable[[], None]] = []

    @classmethod
    def open(cls, url: str) -> "Database":
        """Open a database, creating or upgrading its tables.

        Args:
            url: as SQLAlchemy's, such as `sqlite:////var/lib/danvan/danvan.db`.

        Raises:
            DatabaseError: if it cannot be reached, written to, or was made by a newer program.
        """
        try:
            parsed = _with_driver(make_url(url))
        except (ArgumentError, ValueError) as error:
            raise DatabaseError(_UNREADABLE) from error
        try:
            if parsed.get_backend_name() == "sqlite" and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(parsed, hide_parameters=True, **_options(parsed))
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _configure_sqlite)
                event.listen(engine, "begin", _begin_sqlite)
            elif engine.dialect.name == "postgresql":
                event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
            database = cls(engine)
            database._upgrade()
        except ModuleNotFoundError as error:
            raise DatabaseError(
                'the database needs packages that are not installed; run: pip install "danvan[postgres]"'
            ) from error
        except CommandError as error:
            raise DatabaseError(
                f"the history database {_name(parsed)} is of a newer version of danvan; install that one"
            ) from error
        except (SQLAlchemyError, OSError) as error:
            cause = getattr(error, "orig", None) or error
            then = "check that the file is whole and can be written to" if _is_file(parsed) else next_step(cause)
            raise DatabaseError(
                f"the history database {_name(parsed)} cannot be opened ({reason_of(cause)}); {then}"
            ) from error
        return database

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads.

        Raises:
            DatabaseError: if the database cannot be used.
        """
        with _translated(), Session(self._engine) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all.

        Raises:
            DatabaseError: if the database cannot be used: it is locked, the disk is full, the server is gone.
        """
        lately = time.monotonic() - self._locked_at < RESTS_SECONDS
        writing = self._writing.execution_options(danvan_patience=IMPATIENT_SECONDS if lately else BUSY_SECONDS)
        try:
            with _translated(), Session(writing, expire_on_commit=False) as session, session.begin():
                yield session
        except DatabaseError as error:
            if isinstance(error.__cause__, OperationalError):
                self._locked_at = time.monotonic()
            raise

    @property
    def engine(self) -> Engine:
        """The engine, for what holds a connection of its own."""
        return self._engine

    @property
    def is_shared(self) -> bool:
        """Whether several machines may use it at the same time."""
        return self._engine.dialect.name == "postgresql"

    def before_closing(self, step: Callable[[], None]) -> None:
        """Have something done before the connections are released, by what holds one of its own."""
        self._before_closing.append(step)

    def close(self) -> None:
        """Release the connections."""
        for step in self._before_closing:
            step()
        self._engine.dispose()

    def _upgrade(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self._writing.begin() as connection:
            if self.is_shared:  # of several programs that start at once, one creates the tables
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            config.attributes["connection"] = connection
            if _revision(connection) != ScriptDirectory.from_config(config).get_current_head():
                command.upgrade(config, "head")


def default_url(data_dir: Path) -> str:
    """The SQLite database in the data folder."""
    return f"sqlite:///{data_dir / FILE_NAME}"


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _name(url: URL) -> str:
    """A database, in words that show no password."""
    if _is_file(url):
        return url.database or "in memory"
    hosts = url.host or url.query.get("host", "")
    return f"{url.database or ''} on {(hosts if isinstance(hosts, str) else ', '.join(hosts)) or 'this machine'}"


def _with_driver(url: URL) -> URL:
    """PostgreSQL is spoken to by psycopg 3, however the address names it."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in {"postgres", "postgresql"} else url


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "postgresql":
        return {}
    arguments: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": SILENT_SECONDS * 1000,
        "options": f"-c statement_timeout={STATEMENT_SECONDS * 1000} -c lock_timeout={BUSY_SECONDS * 1000:.0f}",
    }
    if len(url.query.get("host", ())) > 1:  # of several hosts the one that accepts writes
        arguments["target_session_attrs"] = "read-write"
    given = {name: value for name, value in arguments.items() if name not in url.query}
    return {"pool_pre_ping": True, "pool_timeout": SILENT_SECONDS, "connect_args": given}


def _revision(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    return MigrationContext.configure(connection).get_current_revision()


def _configure_sqlite(connection: Any, _record: object) -> None:
    """Set up one connection; NORMAL keeps all commits when the process is killed; a power cut may cost some."""
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000:.0f}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: one that begins as a reader may not wait for it later."""
    options = connection.get_execution_options()
    if "danvan_patience" in options:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={options['danvan_patience'] * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("danvan_writes") else "BEGIN")


def _without_nul(
    _connection: Connection,
    _cursor: object,
    statement: str,
    parameters: Any,
    _context: object,
    _many: bool,  # noqa: FBT001 - SQLAlchemy's way
) -> tuple[str, Any]:
    """PostgreSQL's texts hold every character but this one."""

    def cleaned(values: Any) -> Any:
        if isinstance(values, dict):
            return {
                name: value.replace("\0", "") if isinstance(value, str) else value for name, value in values.items()
            }
        return values

    return statement, [cleaned(one) for one in parameters] if isinstance(parameters, list) else cleaned(parameters)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """The library's errors as ours; parameters are hidden, so that nothing people typed is in them."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__)
        raise DatabaseError(f"the history database cannot be used: {reason}") from error
