"""Changes to the folder of documents, each in steps that a killed process or a full disk cannot leave half done."""

import hashlib
from contextlib import suppress
from pathlib import Path, PurePosixPath

from corpus.atomic import sweep_parts, sync_folder, write_atomically
from corpus.errors import CorpusError
from corpus.folder.sources_file import SourcesFile
from corpus.library.snapshots import LogEntry, Snapshots

ADDED, REMOVED = "added", "removed"


class Changes:
    """Writes in this order: snapshot, log, document, `sources.toml`.

    What reached the log is carried out by the next writer if this one dies (`recover`); what did not has not happened.
    For one writer at a time.
    """

    def __init__(self, folder: Path, snapshots: Snapshots) -> None:
        """Take the folder of documents and where its versions are kept."""
        self._folder = folder
        self._snapshots = snapshots
        self._sources: SourcesFile | None = None

    def current_bytes(self, file: str) -> bytes | None:
        """The bytes of a file in the folder; None if there is none.

        Raises:
            OSError: if it is there but cannot be read.
        """
        try:
            return (self._folder / file).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, entry: LogEntry, raw: bytes | None) -> None:
        """Carry out an entry that leaves a document in the folder.

        Args:
            entry: what is done; its `previous` version is kept first, even if it was put there by hand.
            raw: the document's bytes, None if only what is known of it changes.

        Raises:
            OSError: if something cannot be written; what is in the log by then is carried out by the next writer.
        """
        self._ready_sources(entry)
        if entry.previous and (old := self.current_bytes(entry.moved_from or entry.file)) is not None:
            self._snapshots.keep(old)
        kept = self.current_bytes(entry.file) if raw is None else raw
        if kept is not None:
            self._snapshots.keep(kept)
        self._log_and_do(entry, raw)

    def remove(self, entry: LogEntry, raw: bytes) -> None:
        """Carry out an entry that takes a document, which holds these bytes, out of the folder.

        Raises:
            OSError: as `put`.
        """
        self._ready_sources(entry)
        self._snapshots.keep(raw)
        self._log_and_do(entry, None)

    def recover(self) -> None:
        """Do what a process began and did not finish, and sweep what it left half written.

        A file that somebody has changed by hand since is left as it is.

        Raises:
            CorpusError: if the snapshot that is needed is damaged.
            OSError: if something cannot be written.
        """
        for part in (self._folder, self._snapshots.folder):
            sweep_parts(part)
        entry = self._snapshots.unfinished()
        if entry is not None:
            raw = self.current_bytes(entry.file)
            lies = hashlib.sha256(raw).hexdigest() if raw is not None else None
            if entry.action == REMOVED:
                if lies in (None, entry.sha256):
                    self._do(entry, None)
            elif lies == entry.sha256:
                self._do(entry, None)
            elif lies == (None if entry.moved_from else entry.previous):
                self._do(entry, self._snapshots.read(entry.sha256))
        self._snapshots.finish()

    def _ready_sources(self, entry: LogEntry) -> None:
        """See to it, before anything is written, that `sources.toml` can be changed if it will have to be.

        A new document of which nothing is known loses only what an older one left there under its name: where the
        file cannot be read, that says nothing now either.
        """
        if self._sources is None and (entry.known or entry.key):
            try:
                self._sources = SourcesFile(self._folder)
            except CorpusError:
                if entry.action != ADDED or entry.known:
                    raise

    def _log_and_do(self, entry: LogEntry, raw: bytes | None) -> None:
        self._snapshots.begin(entry)
        self._snapshots.append(entry)
        self._do(entry, raw)
        self._snapshots.finish()

    def _do(self, entry: LogEntry, raw: bytes | None) -> None:
        if raw is not None:
            write_atomically(self._folder / entry.file, raw)
        if entry.action == REMOVED:
            self._unlink(entry.file)
        if entry.moved_from and entry.moved_from != entry.file:
            self._unlink(entry.moved_from)
        self._ready_sources(entry)
        if self._sources is None:
            return
        try:
            if entry.moved_from and entry.moved_from != entry.file:
                self._sources.put(entry.moved_from, {})
            self._sources.put(entry.key or entry.file, {} if entry.action == REMOVED else entry.known)
            self._sources.save()
        except BaseException:
            self._sources = None  # what it holds is no longer what lies on the disk
            raise

    def _unlink(self, file: str) -> None:
        path = self._folder / file
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
        for parent in PurePosixPath(file).parents:
            if parent != PurePosixPath():
                with suppress(OSError):
                    (self._folder / parent).rmdir()
