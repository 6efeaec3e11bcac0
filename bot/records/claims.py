"""Which program works on what, where several share a database: claims that end with the program that made them.

A claim is an advisory lock of PostgreSQL on a connection that lives as long as the program: when the program dies, or
its machine does, the database lets go of it by itself. SQLite has one program only, to which everything is granted.
"""

import logging
import threading
from collections.abc import Iterable
from zlib import crc32

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.records.database import Database

log = logging.getLogger(__name__)

_NUMBERS = 2**31
_ANSWERS = "SELECT pg_try_advisory_lock(:kind, :number)"
_ENDS = "SELECT pg_advisory_unlock(:kind, :number)"
_NOTICED = """
SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
    set_config('tcp_keepalives_count', '3', false)
"""
"""A machine that has lost its power says nothing: the server asks it, and lets go after 25 seconds of silence."""


class Claims:
    """Claims on numbered things of one kind; blocking, safe to use from several threads.

    Args:
        database: that everybody shares who may claim them.
        kind: what is claimed.
    """

    def __init__(self, database: Database, kind: str) -> None:
        self._database = database
        self._kind = crc32(kind.encode()) - _NUMBERS
        self._connection: Connection | None = None
        self._mine: set[int] = set()
        self._lock = threading.Lock()
        database.before_closing(self.close)

    def claim(self, numbers: Iterable[int]) -> set[int]:
        """Those of some numbers that are ours now: nobody else can claim them until they are released."""
        wanted = list(numbers)
        if not self._database.is_shared:
            return set(wanted)
        with self._lock:
            if not self._is_connected():
                return set()
            for number in wanted:
                if number not in self._mine and self._ask(_ANSWERS, number):
                    self._mine.add(number)
            return set() if self._connection is None else self._mine.intersection(wanted)

    def release(self, number: int) -> None:
        """Let others claim a number."""
        with self._lock:
            if number in self._mine:
                self._mine.discard(number)
                if self._is_connected():
                    self._ask(_ENDS, number)

    def holds(self, number: int) -> bool:
        """Whether a number is still ours: a connection that was lost has lost its claims, unless they were renewed."""
        if not self._database.is_shared:
            return True
        with self._lock:
            return self._is_connected() and number in self._mine

    def standing(self, number: int) -> bool | None:
        """Whether a number is ours, claimed now if nobody has it; None while the database cannot be asked."""
        if not self._database.is_shared:
            return True
        with self._lock:
            if not self._is_connected():
                return None
            if number not in self._mine and self._ask(_ANSWERS, number):
                self._mine.add(number)
            return None if self._connection is None else number in self._mine

    def renew(self) -> None:
        """Claim again what was claimed on a connection that is lost, as far as nobody else has done so meanwhile."""
        with self._lock:
            if self._mine:
                self._is_connected()

    def close(self) -> None:
        """Give everything up; others can claim it when this returns, where the database can be asked."""
        with self._lock:
            for number in list(self._mine):
                if self._connection is not None:
                    self._ask(_ENDS, number)
            self._disconnect()
            self._mine.clear()

    def _ask(self, query: str, number: int) -> bool:
        if self._connection is None:  # lost since the one asked before
            return False
        given = {"kind": self._kind, "number": number % _NUMBERS}
        try:
            return bool(self._connection.execute(text(query), given).scalar())
        except SQLAlchemyError:
            self._disconnect()
            return False

    def _is_connected(self) -> bool:
        """Connect if there is no connection, and claim again what the one before had claimed."""
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))
                return True
        except SQLAlchemyError as error:
            log.warning("the database was away, what was claimed is claimed again: %s", type(error).__name__)
            self._disconnect()
        try:
            engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
            self._connection = engine.connect()
            self._connection.execute(text(_NOTICED))
        except SQLAlchemyError:
            self._disconnect()
            return False
        lost = {number for number in self._mine if not self._ask(_ANSWERS, number)}
        if self._connection is None:
            return False
        self._mine -= lost
        return True

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.invalidate()  # so that the pool does not hand out a connection that still holds locks
                connection.close()
            except SQLAlchemyError:
                return
