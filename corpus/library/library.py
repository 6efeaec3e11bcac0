"""The library: documents added, corrected, fetched anew, removed and brought back, every version of them kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from corpus.errors import CorpusError, UnreadableError
from corpus.folder.folder_contents import FolderContents, Origin, Problem
from corpus.folder.page_cache import PageCache
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, JSON_LINES, read_folder, seed
from corpus.folder.sources_file import checked_value
from corpus.intake.fetching import Fetcher
from corpus.intake.gathering import GatheredFile, Intake, gathered
from corpus.intake.received import Fetched
from corpus.library.accepting import Acceptance
from corpus.library.changes import Changes
from corpus.library.finding import find, find_one, find_version
from corpus.library.inventory import Inventory
from corpus.library.outcomes import Action, Outcome
from corpus.library.recognising import Newcomer, Recognition, examine
from corpus.library.snapshots import LogEntry, Snapshots
from corpus.limits import DEFAULT_LIMITS, IntakeLimits
from corpus.models import Document

__all__ = ["DEFAULT_DOCUMENTS", "Action", "FolderContents", "Library", "Outcome", "Problem", "read_folder", "seed"]

_AT_ONCE = 20  # addresses fetched before what came is written, so that nobody waits for the lock meanwhile


class Library:
    """The folder of documents with its snapshots.

    Every change is undone by what is kept in `DATA_DIR/snapshots`; a process that is killed leaves either what was or
    what was to be (see `corpus.library.changes`).

    Attributes:
        snapshots: every version and the log.
    """

    def __init__(  # noqa: PLR0913 - collaborators by keyword
        self,
        folder: Path,
        data_dir: Path,
        *,
        limits: IntakeLimits = DEFAULT_LIMITS,
        fetcher: Fetcher | None = None,
        seeds: bool = False,
        writer: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """Put a library together; nothing is read or written yet.

        Args:
            folder: the documents.
            data_dir: for snapshots and caches.
            limits: of what is added.
            fetcher: by default one that heeds the limits.
            seeds: fill a folder that does not exist yet with the five articles.
            writer: holds the data folder against other writers.
        """
        self.snapshots = Snapshots(data_dir / "snapshots")
        self._folder = folder
        self._limits = limits
        self._pages = data_dir / "cache" / "pages"
        self._cache = PageCache(self._pages)
        self._intake = Intake(folder, data_dir, limits, fetcher or Fetcher(limits))
        self._seeds = seeds
        self._writer = writer

    def read(self) -> FolderContents:
        """The documents as they are understood; before the folder is seeded, what it will be seeded with."""
        return read_folder(self._files_in(), self._cache, self._limits)

    def add(self, sources: Sequence[str], *, force: bool = False, dry_run: bool = False) -> Iterator[Outcome]:
        """Add files, folders, archives and addresses; each is told as soon as it is done.

        Args:
            sources: paths and addresses.
            force: add what is there already once more, and take a page that shrank suspiciously.
            dry_run: say what would be done; write nothing.

        Raises:
            DanvanError: if the library cannot be used or another process is writing.
            OSError: if something cannot be written; what was told before is done.
        """
        fetched = {source: list(self._intake.gather(source)) for source in sources if "://" in source}
        with nullcontext() if dry_run else self._changing() as changes:
            cache = PageCache(self._pages, writing=False) if dry_run else self._cache
            reading = read_folder(self._files_in(), cache, self._limits)
            acceptance = Acceptance(self._inventory(reading), changes, cache)
            for source in sources:
                for item in fetched.get(source) or self._intake.gather(source):
                    yield acceptance.take(item, force=force)

    def refetch(self, identities: Sequence[str] = (), *, force: bool = False) -> Iterator[Outcome]:
        """Fetch documents anew from their addresses; corrections stay.

        Args:
            identities: documents; all that were ever fetched if none is named.
            force: take a page that shrank suspiciously.

        Raises:
            CorpusError: if a document is unknown or has no address.
            OSError: as `add`.
        """
        reading = self.read()
        wanted = [find(reading, self._folder, identity) for identity in identities] or self._fetched_once(reading)
        for origin in wanted:
            if origin.page is None or not origin.known.get("url"):
                hint = "danvan corpus set ID url=https://... gives one"
                raise CorpusError(f"no address is known of {origin.file} to fetch it from; {hint}")
        for start in range(0, len(wanted), _AT_ONCE):
            batch = wanted[start : start + _AT_ONCE]
            items = [self._intake.fetch(origin.known["url"], PurePosixPath(origin.file)) for origin in batch]
            with self._changing() as changes:
                inventory = self._inventory(self.read())
                acceptance = Acceptance(inventory, changes, self._cache)
                for origin, item in zip(batch, items, strict=True):
                    target = inventory.files.get(origin.file)
                    if target is None:
                        yield Outcome(origin.file, Action.REFUSED, "It was removed meanwhile.", origin.file)
                    else:
                        yield acceptance.take(item, force=force, target=target)

    def take(self, items: Sequence[tuple[Fetched, str | None]]) -> list[Outcome]:
        """Add pages that were fetched already, or let them take the place of their older versions.

        Args:
            items: each with the file (path in the folder) it was taken into before, None if it is new; one whose file
                has been removed since is not added again.

        Raises:
            DanvanError, OSError: as `add`.
        """
        outcomes = []
        with self._changing() as changes:
            inventory = self._inventory(self.read())
            acceptance = Acceptance(inventory, changes, self._cache)
            for fetched, file in items:
                target = inventory.files.get(file) if file else None
                if file and target is None:
                    outcomes.append(Outcome(fetched.asked, Action.REMOVED, "It was removed by hand.", file))
                    continue
                item = gathered(fetched, PurePosixPath(file) if file else None)
                outcomes.append(acceptance.take(item, force=False, target=target))
        return outcomes

    def correct(self, identity: str, values: Mapping[str, str]) -> Outcome:
        """Have `sources.toml` say something of a document; an empty value takes back what it says.

        Args:
            identity: id of a document, or its file's path in the folder.
            values: by key, one of `corpus.folder.sources_file.KEYS`.

        Raises:
            CorpusError: if the document is unknown or a value cannot be.
            OSError: if it cannot be written.
        """
        checked = {key: checked_value(key, value) for key, value in values.items()}
        with self._changing() as changes:
            reading = self.read()
            origin, document = find_one(reading, self._folder, identity, "correct")
            known = {key: value for key, value in (dict(origin.known) | checked).items() if value}
            if known == dict(origin.known):
                return _told(Action.UNCHANGED, origin, (document,), "It is so already.")
            raw = changes.current_bytes(origin.file) or b""
            entry = _entry(Action.CORRECTED, origin, document, raw, known)
            changes.put(replace(entry, previous=entry.sha256), None)
            reading = self.read()
            document = next(each for each in reading.documents if each.id == document.id)
            return _told(Action.CORRECTED, reading.origins[document.id], (document,))

    def remove(self, identity: str) -> Outcome:
        """Take a document out of the folder; its bytes and corrections stay with the snapshots.

        Args:
            identity: id of a document, or a file's path in the folder.

        Raises:
            CorpusError: if it is unknown, or one of many lines of a file.
            OSError: if it cannot be read or removed.
        """
        with self._changing() as changes:
            reading = self.read()
            origin = find(reading, self._folder, identity)
            documents = tuple(each for each in reading.documents if reading.origins[each.id].file == origin.file)
            if origin.page is None and identity in reading.origins and len(documents) > 1:
                hint = f"to remove them all: danvan corpus remove {origin.file}"
                raise CorpusError(f"{identity} is one of {len(documents)} documents in {origin.file}; {hint}")
            raw = changes.current_bytes(origin.file)
            if raw is None:
                raise CorpusError(f"{origin.file} was removed meanwhile")
            if origin.file.lower().endswith(JSON_LINES):  # its lines keep what is known of each of them
                origin = replace(origin, key=origin.file, known={})
            entry = _entry(Action.REMOVED, origin, documents[0] if origin.page else None, raw, origin.known)
            changes.remove(entry, raw)
            return replace(_told(Action.REMOVED, origin, documents), sha256=entry.sha256, size=entry.size)

    def restore(self, identity: str, version: str | None = None) -> Outcome:
        """Bring back a removed document, or an earlier version of one that is there, byte for byte.

        Args:
            identity: id of a document, or a file's path in the folder.
            version: beginning of the SHA-256 of a version; by default the last that is not there now.

        Raises:
            CorpusError: if nothing of the kind is kept, or what is kept is damaged.
            OSError: if it cannot be written.
        """
        with self._changing() as changes:
            inventory = self._inventory(self.read())

            def digest(file: str) -> str | None:
                stored = changes.current_bytes(file)
                return None if stored is None else sha256(stored).hexdigest()

            kept = find_version(identity, version, list(self.snapshots.entries()), inventory.files, digest)
            place, raw = PurePosixPath(kept.file), self.snapshots.read(kept.sha256)
            twin = inventory.with_bytes(raw, kept.sha256, lines=place.suffix.lower() == JSON_LINES)
            if twin is not None and kept.replaces is None:
                raise CorpusError(f"this version of {identity} is there already as {twin.file}")
            previous = inventory.files.get(kept.replaces) if kept.replaces else None
            place = inventory.successor_place(place, previous) if previous else inventory.former_place(place)
            found = GatheredFile(identity, place, raw, known=dict(kept.known))
            try:
                newcomer = examine(found, self._cache)
            except UnreadableError as error:
                newcomer = Newcomer(found, kept.sha256, (), None, (f"It cannot be read: {error}.",))
            sentence = ""
            if previous is not None:
                sentence = f"It took the place of the version {(digest(previous.file) or '')[:12]}, which is kept."
            elif place.as_posix() != kept.file:
                sentence = f"Another document is called {kept.file} now: this one is brought back as {place}."
            recognition = Recognition(
                Action.RESTORED, place.as_posix(), previous, dict(kept.known), sentence, newcomer.warnings
            )
            return Acceptance(inventory, changes, self._cache).carry_out(newcomer, recognition)

    def history(self, identity: str | None = None) -> list[LogEntry]:
        """What was done to a document, or to all, oldest first.

        Raises:
            CorpusError: if there is no document of that name and never was.
        """
        entries = list(self.snapshots.entries())
        if identity is None:
            return entries
        of_it = [entry for entry in entries if identity in (entry.document, entry.file, entry.address)]
        if not of_it:
            find(self.read(), self._folder, identity)  # says so where there is none
        return of_it

    def recover(self) -> None:
        """Finish what a process that died had begun; for whoever holds the data folder already.

        Raises:
            CorpusError: if the snapshot that is needed is damaged.
            OSError: if something cannot be written.
        """
        if self._folder.is_dir():
            Changes(self._folder, self.snapshots).recover()

    @contextmanager
    def _changing(self) -> Iterator[Changes]:
        with self._writer():
            if self._seeds:
                seed(self._folder)
            self.recover()
            yield Changes(self._folder, self.snapshots)

    def _files_in(self) -> Path:
        return DEFAULT_DOCUMENTS if self._seeds and not self._folder.exists() else self._folder

    def _inventory(self, reading: FolderContents) -> Inventory:
        return Inventory(self._files_in(), reading, self.snapshots.entries())

    def _fetched_once(self, reading: FolderContents) -> list[Origin]:
        fetched = {entry.file for entry in self.snapshots.entries() if "://" in (entry.source or "")}
        return [origin for origin in reading.origins.values() if origin.file in fetched and origin.known.get("url")]


def _entry(action: Action, origin: Origin, document: Document | None, raw: bytes, known: Mapping[str, str]) -> LogEntry:
    return LogEntry(
        action=action.value,
        file=origin.file,
        document=document.id if document else None,
        address=known.get("url"),
        sha256=sha256(raw).hexdigest(),
        size=len(raw),
        known=dict(known),
        key=origin.key,
    )


def _told(action: Action, origin: Origin, documents: tuple[Document, ...], sentence: str = "") -> Outcome:
    source = documents[0].id if documents else origin.file
    warnings = origin.page.notices if origin.page else ()
    return Outcome(source, action, sentence, origin.file, documents, origin.page, warnings, origin.sha256, origin.size)
