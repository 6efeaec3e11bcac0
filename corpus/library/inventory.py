"""What lies in the folder of documents, arranged so that a newcomer is recognised: by bytes, address, name and text."""

import hashlib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from corpus.article.page import Page
from corpus.folder.duplicates import NearDuplicates, text_key, word_runs
from corpus.folder.file_names import document_id, is_furniture, numbered, readable_name, same_name
from corpus.folder.folder_contents import FolderContents
from corpus.folder.reading_folder import JSON_LINES
from corpus.folder.sources_file import read_sources
from corpus.intake.addresses import address_key
from corpus.library.outcomes import Action
from corpus.library.snapshots import LogEntry
from corpus.models import Document
from corpus.similarity import jaccard


@dataclass(slots=True)
class StoredFile:
    """A file in the folder.

    Attributes:
        file: its path in the folder, `/` between parts.
        sha256: of its bytes; "" for files of JSON lines and for those that cannot be read.
        documents: what was read from it; none if it cannot be read.
        page: what it says of itself; None for JSON lines.
        known: what `sources.toml` says of it, under `key`.
    """

    file: str
    sha256: str
    documents: list[Document] = field(default_factory=list)
    page: Page | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


class Inventory:
    """The files of a folder by everything they may be recognised by; kept up to date by `put`."""

    def __init__(self, folder: Path, reading: FolderContents, log: Iterable[LogEntry]) -> None:
        """Arrange what was read; the log says where files came from."""
        self._folder = folder
        self.files: dict[str, StoredFile] = {}
        self._by_name: dict[str, str] = {}
        self._by_sha: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        self._by_source: dict[str, str] = {}
        self._ids: set[str] = set()
        self._texts: NearDuplicates | None = None
        of_file: dict[str, list[Document]] = defaultdict(list)
        for document in reading.documents:
            of_file[reading.origins[document.id].file].append(document)
        for file, documents in of_file.items():
            origin = reading.origins[documents[0].id]
            lines = origin.page is None
            self.put(
                StoredFile(
                    file,
                    "" if lines else origin.sha256,
                    documents,
                    origin.page,
                    {} if lines else origin.known,
                    file if lines else origin.key,
                )
            )
        said = read_sources(folder, []) if reading.problems else {}
        for problem in reading.problems:
            if problem.path.is_relative_to(folder) and not is_furniture(problem.path.name):
                file = problem.path.relative_to(folder).as_posix()
                if file not in self.files:
                    self.put(StoredFile(file, "", known=said.get(unicodedata.normalize("NFC", file), {}), key=file))
        self._by_source = {source: file for source, file in _sources(log).items() if file in self.files}

    def put(self, stored: StoredFile, source: str | None = None) -> None:
        """A file lies there now, in the place of what did before under the same name."""
        if stored.file in self.files:
            self.drop(stored.file)
        self.files[stored.file] = stored
        self._by_name[same_name(stored.file)] = stored.file
        if stored.sha256:
            self._by_sha.setdefault(stored.sha256, stored.file)
        if stored.known.get("url"):
            self._by_address.setdefault(address_key(stored.known["url"]), stored.file)
        if source:
            self._by_source[source] = stored.file
        for document in stored.documents:
            self._ids.add(document.id)
            self._by_text.setdefault(text_key(document.text), stored.file)
            if self._texts is not None:
                self._texts.add(document.id, word_runs(document.text))

    def drop(self, file: str) -> None:
        """A file lies there no more."""
        stored = self.files.pop(file)
        for index in (self._by_name, self._by_sha, self._by_address, self._by_text, self._by_source):
            for key in [key for key, value in index.items() if value == file]:
                del index[key]
        for document in stored.documents:
            self._ids.discard(document.id)
            if self._texts is not None:
                self._texts.discard(document.id)

    def with_bytes(self, raw: bytes, sha256: str, *, lines: bool) -> StoredFile | None:
        """The file that holds exactly these bytes.

        Raises:
            OSError: if a file of JSON lines cannot be read to compare.
        """
        if lines:
            same = (file for file in self.files if file.lower().endswith(JSON_LINES) and self._holds(file, raw))
            return next((self.files[file] for file in same), None)
        return self.files.get(self._by_sha.get(sha256, ""))

    def at_address(self, address: str) -> StoredFile | None:
        """The file known to stand at an address."""
        return self.files.get(self._by_address.get(address_key(address), ""))

    def from_source(self, source: str) -> StoredFile | None:
        """The file that was last taken from a path or member of an archive."""
        return self.files.get(self._by_source.get(source, ""))

    def called(self, path: PurePosixPath) -> StoredFile | None:
        """The file of this name, also where case or normal form differ."""
        return self.files.get(self._by_name.get(same_name(path.as_posix()), ""))

    def with_text(self, text: str) -> StoredFile | None:
        """A file with a document of the same words."""
        return self.files.get(self._by_text.get(text_key(text), ""))

    def likeness(self, stored: StoredFile, text: str) -> float:
        """How much of a text a file has in common with it, 0 to 1."""
        return jaccard(word_runs("\n".join(document.text for document in stored.documents)), word_runs(text))

    def nearly(self, text: str) -> tuple[str, float] | None:
        """The document (id) that is nearly the same as a text, and how nearly; None if none is."""
        if self._texts is None:
            self._texts = NearDuplicates()
            for stored in self.files.values():
                for document in stored.documents:
                    self._texts.add(document.id, word_runs(document.text))
        return next(iter(self._texts.alike(word_runs(text))), None)

    def successor_place(self, path: PurePosixPath, previous: StoredFile) -> PurePosixPath:
        """Where something of this name goes that takes the place of a file: the same place, whatever its ending."""
        old = PurePosixPath(previous.file)
        if path == old or (path.with_suffix("") == old.with_suffix("") and self.called(path) is None):
            return path
        return self.free_place(path)

    def free_place(self, path: PurePosixPath) -> PurePosixPath:
        """The path, or a numbered one, that takes neither a file's name nor a document's id.

        It is never a name under which no document is read. A file of JSON lines gets a folder without another one:
        beside a `corpus.jsonl` no other is read.
        """
        path = path.with_name(readable_name(path.name))
        if path.suffix.lower() == JSON_LINES:
            parent = path.parent if path.parent != PurePosixPath() else PurePosixPath(path.stem)
            return numbered(parent, self._has_no_lines) / path.name
        return numbered(path, self._is_free)

    def former_place(self, path: PurePosixPath) -> PurePosixPath:
        """Where something that lay at a path is brought back to: there, unless that is taken."""
        alone = path.suffix.lower() == JSON_LINES and path.parent == PurePosixPath() and self._is_alone(path)
        return path if alone else self.free_place(path)

    def _is_alone(self, path: PurePosixPath) -> bool:
        """Whether no other file of JSON lines lies in the top folder, and nothing under this name."""
        lines = (name for name in self._by_name if name.endswith(JSON_LINES) and "/" not in name)
        return not os.path.lexists(self._folder / path) and not any(lines)

    def _is_free(self, path: PurePosixPath) -> bool:
        taken = same_name(path.as_posix()) in self._by_name or os.path.lexists(self._folder / path)
        return not taken and document_id(path.stem) not in self._ids

    def _has_no_lines(self, parent: PurePosixPath) -> bool:
        begins = same_name(parent.as_posix()) + "/"
        return (
            not any(
                name.startswith(begins) and name.endswith(JSON_LINES) and "/" not in name[len(begins) :]
                for name in self._by_name
            )
            and not (self._folder / parent).is_file()
        )

    def _holds(self, file: str, raw: bytes) -> bool:
        path = self._folder / file
        return (
            path.stat().st_size == len(raw)
            and hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(raw).digest()
        )


def _sources(log: Iterable[LogEntry]) -> dict[str, str]:
    """Which file was last taken from which source, once what was removed, moved or took another's name is forgotten."""
    taken: dict[str, str] = {}
    of_file: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = {}

    def forget(file: str) -> list[str]:
        return [source for source in of_file.pop(file, ()) if taken.get(source) == file and taken.pop(source)]

    for entry in log:
        if entry.action == Action.REMOVED:
            gone[entry.file] = forget(entry.file)
            continue
        sources = [entry.source] if entry.source else []
        if entry.action == Action.ADDED:
            forget(entry.file)
            gone.pop(entry.file, None)
        if entry.moved_from:
            forget(entry.moved_from)
        if entry.action == Action.RESTORED and entry.previous is None:
            sources += [source for source in gone.pop(entry.file, ()) if source not in taken]
        for source in sources:
            taken[source] = entry.file
            of_file[entry.file].append(source)
    return taken
