"""The database: opened, brought to the newest layout, and handed out as sessions."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from corpus.errors import DanvanError

MIGRATIONS = Path(__file__).parent / "migrations"
FILE_NAME = "danvan.db"
BUSY_SECONDS = 5.0
"""How long a write waits for others that write."""

IMPATIENT_SECONDS = 0.2
"""How long it waits when another one has waited in vain in the last moments."""

RESTS_SECONDS = 10.0


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

    @classmethod
    def open(cls, url: str) -> "Database":
        """Open a database, creating or upgrading its tables.

        Args:
            url: as SQLAlchemy's, such as `sqlite:////var/lib/danvan/danvan.db`.

        Raises:
            DatabaseError: if it cannot be reached, written to, or was made by a newer program.
        """
        try:
            parsed = make_url(url)
            if parsed.get_backend_name() == "sqlite" and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(parsed, hide_parameters=True)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _configure_sqlite)
                event.listen(engine, "begin", _begin_sqlite)
            database = cls(engine)
            database._upgrade()
        except (SQLAlchemyError, CommandError, ArgumentError, OSError) as error:
            raise DatabaseError(f"the history database cannot be opened ({type(error).__name__})") from error
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

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()

    def _upgrade(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self._writing.begin() as connection:
            config.attributes["connection"] = connection
            if _revision(connection) != ScriptDirectory.from_config(config).get_current_head():
                command.upgrade(config, "head")


def default_url(data_dir: Path) -> str:
    """The SQLite database in the data folder."""
    return f"sqlite:///{data_dir / FILE_NAME}"


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


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """The library's errors as ours; parameters are hidden, so that nothing people typed is in them."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__)
        raise DatabaseError(f"the history database cannot be used: {reason}") from error
