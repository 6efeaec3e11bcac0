"""Vectors by content and model on disk, so that only new texts are embedded; losing it costs time, nothing else.

One SQLite file. Each row carries a checksum, for SQLite itself would not notice a flipped bit in a vector. Whatever is
wrong with the file is logged once: it is then set up anew, or done without.
"""

import contextlib
import errno
import hashlib
import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder.encoder import ModelFacts

log = logging.getLogger(__name__)

Vector = NDArray[np.float32]
Key = bytes
T = TypeVar("T")

_FILE = Path("cache", "vectors.sqlite")
_APPLICATION = 0x64616E76
"""SQLite's mark of whose file it is: "danv"."""
_FORMAT = 1
_AT_ONCE = 500
"""Keys a query; SQLite takes a limited number of parameters."""
_BUSY_SECONDS = 10
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
_NO_ROOM_ERRNO = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LAYOUT = """
PRAGMA auto_vacuum = INCREMENTAL;
BEGIN IMMEDIATE;
CREATE TABLE models (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, dimension INTEGER NOT NULL,
    UNIQUE (fingerprint, dimension));
CREATE TABLE vectors (model INTEGER NOT NULL, key BLOB NOT NULL, vector BLOB NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (model, key));
CREATE TABLE counts (model INTEGER NOT NULL, key BLOB NOT NULL, tokens INTEGER NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (model, key)) WITHOUT ROWID;
CREATE TABLE uses (generation TEXT PRIMARY KEY, model INTEGER NOT NULL, keys BLOB NOT NULL);
"""


def key_of(text: str) -> Key:
    """SHA-256 of an embedded text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class VectorCache:
    """What a model made of texts, by `key_of` the text; for one thread.

    Args:
        data_dir: the cache is the file `cache/vectors.sqlite` in it.
        facts: of the model.
        writing: False to open it for reading only, and not at all if there is none.
    """

    def __init__(self, data_dir: Path, facts: ModelFacts, *, writing: bool = True) -> None:
        self.path = data_dir / _FILE
        self._facts = facts
        self._writing = writing
        self._model = 0
        self._database: sqlite3.Connection | None = None
        try:
            self._open()
        except (sqlite3.Error, OSError) as error:
            if self._give_up(error):
                with contextlib.suppress(sqlite3.Error, OSError):
                    self._open()

    def vectors(self, keys: Iterable[Key]) -> dict[Key, Vector]:
        """Those of these vectors that are known, each (dimension,) float32."""
        size = 4 * self._facts.dimension
        return {
            key: np.frombuffer(blob, dtype="<f4").astype(np.float32, copy=False)
            for key, blob, checksum in self._look_up("vectors", "vector", keys)
            if isinstance(blob, bytes) and len(blob) == size and checksum == zlib.crc32(key + blob)
        }

    def counts(self, keys: Iterable[Key]) -> dict[Key, int]:
        """Those of these texts' numbers of tokens that are known."""
        return {
            key: tokens
            for key, tokens, checksum in self._look_up("counts", "tokens", keys)
            if isinstance(tokens, int) and checksum == _count_checksum(key, tokens)
        }

    def add_vectors(self, vectors: Mapping[Key, Vector]) -> None:
        """Keep vectors, committed at once."""
        rows = []
        for key, vector in vectors.items():
            blob = np.asarray(vector, dtype="<f4").tobytes()
            rows.append((self._model, key, blob, zlib.crc32(key + blob)))
        self._write("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)

    def add_counts(self, counts: Mapping[Key, int]) -> None:
        """Keep numbers of tokens, committed at once."""
        rows = [(self._model, key, tokens, _count_checksum(key, tokens)) for key, tokens in counts.items()]
        self._write("INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)", rows)

    def keep_only(self, generation: str, keys: Iterable[Key], kept: Sequence[str]) -> None:
        """Note what a generation was built of, and remove what none of the `kept` generations was."""

        def trim(database: sqlite3.Connection) -> None:
            database.execute(
                "INSERT OR REPLACE INTO uses VALUES (?, ?, ?)", (generation, self._model, b"".join(sorted(keys)))
            )
            gone = {row[0] for row in database.execute("SELECT generation FROM uses")} - {generation, *kept}
            database.executemany("DELETE FROM uses WHERE generation = ?", [(name,) for name in gone])
            database.execute("CREATE TEMP TABLE IF NOT EXISTS needed (model, key, PRIMARY KEY (model, key))")
            database.execute("DELETE FROM needed")
            for model, joined in database.execute("SELECT model, keys FROM uses").fetchall():
                used = [(model, joined[i : i + 32]) for i in range(0, len(joined), 32)]
                database.executemany("INSERT OR IGNORE INTO needed VALUES (?, ?)", used)
            for table in ("vectors", "counts"):
                database.execute(
                    f"DELETE FROM {table} WHERE NOT EXISTS "  # noqa: S608 - no value, one of two names
                    f"(SELECT 1 FROM needed WHERE needed.model = {table}.model AND needed.key = {table}.key)"
                )
            database.execute("DELETE FROM models WHERE id NOT IN (SELECT model FROM uses)")

        if self._writing and self._try(lambda database: _in_one_transaction(database, trim)) is not None:
            self._try(lambda database: database.execute("PRAGMA incremental_vacuum").fetchall())

    def close(self) -> None:
        """Release the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> None:
        if not self._writing and not self.path.exists():
            return
        if self._writing:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        mode = "rwc" if self._writing else "ro"
        database = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
        )
        try:
            self._prepare(database)
        except BaseException:
            database.close()
            raise
        self._database = database

    def _prepare(self, database: sqlite3.Connection) -> None:
        whose = (_pragma(database, "application_id"), _pragma(database, "user_version"))
        if self._writing and whose == (0, 0) and not database.execute("SELECT 1 FROM sqlite_schema").fetchone():
            marks = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_FORMAT}; COMMIT;"
            database.executescript(_LAYOUT + marks)
        elif whose != (_APPLICATION, _FORMAT):
            raise sqlite3.DatabaseError("another program or another version of this one made it")
        facts = (self._facts.fingerprint, self._facts.dimension)
        if self._writing:
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("INSERT OR IGNORE INTO models (fingerprint, dimension) VALUES (?, ?)", facts)
        found = database.execute("SELECT id FROM models WHERE fingerprint = ? AND dimension = ?", facts).fetchone()
        self._model = found[0] if found else 0

    def _look_up(self, table: str, column: str, keys: Iterable[Key]) -> Iterator[tuple[Key, object, int]]:
        wanted = list(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            query = (
                f"SELECT key, {column}, checksum FROM {table} "  # noqa: S608 - names of our own
                f"WHERE model = ? AND key IN ({_marks(some)})"
            )
            yield from self._try(lambda db: db.execute(query, (self._model, *some)).fetchall()) or ()  # noqa: B023

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._writing and rows:
            self._try(lambda db: _in_one_transaction(db, lambda open_db: open_db.executemany(statement, rows)))

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the database; once that fails, nothing more is tried."""
        if self._database is None:
            return None
        try:
            return work(self._database)
        except sqlite3.Error as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> bool:
        """Say so, once; a damaged or foreign file is removed. Returns whether a new one can take its place."""
        full = getattr(error, "sqlite_errorcode", None) in _NO_ROOM or getattr(error, "errno", None) in _NO_ROOM_ERRNO
        level = logging.INFO if full else logging.WARNING  # who builds an index hears of a full disk anyway
        log.log(level, "the cache of vectors %s cannot be used (%s): texts are embedded anew", self.path, error)
        self.close()
        code = getattr(error, "sqlite_errorcode", None)
        damaged = isinstance(error, sqlite3.DatabaseError) and (code is None or code & 0xFF in _DAMAGED)
        if self._writing and damaged:
            for path in (self.path, self.path.with_name(f"{self.path.name}-journal")):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        return self._writing and damaged


def _in_one_transaction(database: sqlite3.Connection, work: Callable[[sqlite3.Connection], object]) -> bool:
    database.execute("BEGIN IMMEDIATE")
    try:
        work(database)
        database.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise
    return True


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _count_checksum(key: Key, tokens: int) -> int:
    return zlib.crc32(key + tokens.to_bytes(8, "little", signed=True))
