"""Every version of every document, byte for byte by its SHA-256, and a log of what was done and when."""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.atomic import sync_folder, write_atomically
from corpus.errors import CorpusError

LOG = "log.jsonl"
_UNFINISHED = "unfinished.json"
_HEX = frozenset("0123456789abcdef")
_SHA256 = 64


def now() -> str:
    """This moment in UTC, ISO with seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: what was done to a document.

    Attributes:
        action: added, replaced, corrected, removed or restored.
        file: its path in the folder of documents, with `/`.
        document: id of the document; None for a file of JSON lines, which holds many.
        address: where it was fetched from, or is known to stand.
        sha256: of the bytes this is about: those that were removed, else those that lie there afterwards.
        previous: SHA-256 of the bytes that lay there before, None if there were none.
        moved_from: the file these took the place of, where its ending was another.
        source: the file, member of an archive or address it was taken from.
        known: what `sources.toml` said of it afterwards; before, if it was removed.
        key: the name under which `sources.toml` knows it.
        time: UTC.
    """

    action: str
    file: str
    document: str | None
    address: str | None
    sha256: str
    size: int
    previous: str | None = None
    moved_from: str | None = None
    source: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    time: str = field(default_factory=now)


class Snapshots:
    """`DATA_DIR/snapshots`: `ab/SHA256` files, `log.jsonl`, and what was being done when a process died.

    Reading needs no lock; who writes holds the lock of the data folder.

    Attributes:
        folder: where all of it lies.
    """

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when something is kept."""
        self.folder = folder
        self._log = folder / LOG
        self._unfinished = folder / _UNFINISHED

    def keep(self, raw: bytes) -> str:
        """Keep bytes durably, unless they are kept already; return their SHA-256.

        Raises:
            OSError: if they cannot be written.
        """
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.path(sha256)
        try:
            whole = path.stat().st_size == len(raw) and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        except OSError:
            whole = False
        if not whole:
            write_atomically(path, raw)
        return sha256

    def path(self, sha256: str) -> Path:
        """Where bytes with this SHA-256 are kept, or would be."""
        return self.folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """The bytes with this SHA-256.

        Raises:
            CorpusError: if they are not kept, or no longer what they were.
        """
        try:
            raw = self.path(sha256).read_bytes()
        except OSError as error:
            raise CorpusError(f"the snapshot {sha256[:12]} cannot be read: {error.strerror or error}") from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise CorpusError(f"the snapshot {sha256[:12]} is damaged: bring it back from a backup")
        return raw

    def entries(self) -> Iterator[LogEntry]:
        """The log, oldest first; a line that is no entry (half written when a process died) is passed over."""
        try:
            stream = self._log.open("rb")
        except FileNotFoundError:
            return
        names = {each.name for each in fields(LogEntry)}
        with stream:
            for line in stream:
                with suppress(ValueError, TypeError, AttributeError):
                    record = json.loads(line)
                    yield LogEntry(**{name: value for name, value in record.items() if name in names})

    def stamp(self) -> tuple[int, int] | None:
        """Something that differs once the log has grown; None while there is no log."""
        try:
            found = self._log.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def append(self, entry: LogEntry) -> None:
        """Write an entry durably; half a line that a killed process left is ended first.

        Raises:
            OSError: if it cannot be written; the log then is as it was, or ends in half a line.
        """
        line = (json.dumps(asdict(entry), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
        self.folder.mkdir(parents=True, exist_ok=True)
        is_new = not self._log.exists()
        with self._log.open("ab+") as stream:
            if stream.tell() > 0:
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":
                    stream.write(b"\n")
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
        if is_new:
            sync_folder(self.folder)

    def begin(self, entry: LogEntry) -> None:
        """Note what is about to be done, for whoever comes after a process that died over it (see `unfinished`)."""
        write_atomically(self._unfinished, json.dumps(asdict(entry)).encode(), durable=False)

    def finish(self) -> None:
        """What was begun is done."""
        self._unfinished.unlink(missing_ok=True)

    def unfinished(self) -> LogEntry | None:
        """The entry that reached the log while what it says may not have been done to the end; None if all is done."""
        try:
            begun: Any = json.loads(self._unfinished.read_bytes())
            entry = LogEntry(**begun)
        except (OSError, ValueError, TypeError):
            return None
        last = deque(self.entries(), maxlen=1)
        return entry if last and last[0] == entry else None

    def problems(self) -> list[str]:
        """What is wrong with the snapshots, a sentence each: every kept file is read and compared with its name."""
        found = []
        for path in sorted(self.folder.glob("??/*")):
            if len(path.name) != _SHA256 or not _HEX.issuperset(path.name):
                continue
            try:
                self.read(path.name)
            except CorpusError as error:
                found.append(str(error))
        kept = {path.name for path in self.folder.glob("??/*")}
        lost = sorted({entry.sha256 for entry in self.entries()} - kept)
        found.extend(f"the snapshot {sha256[:12]}, which the log names, is missing" for sha256 in lost)
        return found
