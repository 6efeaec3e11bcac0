"""Finding what an admin names: a document, a file, an address, an earlier version."""

import difflib
import os
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import CorpusError
from corpus.folder.file_names import is_furniture, same_name
from corpus.folder.folder_contents import FolderContents, Origin
from corpus.folder.reading_folder import JSON_LINES
from corpus.folder.sources_file import read_sources
from corpus.intake.addresses import address_key
from corpus.library.inventory import StoredFile
from corpus.library.outcomes import Action
from corpus.library.snapshots import LogEntry
from corpus.models import Document

_SHORTEST_VERSION = 4


def find(reading: FolderContents, folder: Path, identity: str) -> Origin:
    """The origin of a document named by its id, its file's path in the folder, or its address; of unreadable files too.

    Raises:
        CorpusError: if there is none; names the nearest ids.
    """
    if identity in reading.origins:
        return reading.origins[identity]
    wanted = same_name(identity)
    for origin in reading.origins.values():
        if same_name(origin.file) == wanted:
            return origin
    for file in unread(reading, folder):
        if same_name(file) == wanted:
            return Origin(file, "", 0, None, read_sources(folder, []).get(unicodedata.normalize("NFC", file), {}), file)
    if "://" in identity:
        key = address_key(identity)
        for origin in reading.origins.values():
            if origin.known.get("url") and address_key(origin.known["url"]) == key:
                return origin
    if is_furniture(PurePosixPath(identity).name) and os.path.lexists(folder / identity):
        raise CorpusError(f"{identity} is no document")
    raise unknown(identity, reading.origins)


def unread(reading: FolderContents, folder: Path) -> list[str]:
    """The files in a folder with which something is wrong, `sources.toml` and its like not among them."""
    return [
        problem.path.relative_to(folder).as_posix()
        for problem in reading.problems
        if problem.path.is_relative_to(folder) and not is_furniture(problem.path.name)
    ]


def find_one(reading: FolderContents, folder: Path, identity: str, purpose: str) -> tuple[Origin, Document]:
    """The one document that is named, as `find` does, and its origin.

    Args:
        reading: the documents.
        folder: where they lie.
        identity: as for `find`.
        purpose: what is to be done with it, told where it cannot be.

    Raises:
        CorpusError: if there is none, if the file cannot be read, or if it holds several.
    """
    origin = find(reading, folder, identity)
    documents = [each for each in reading.documents if reading.origins[each.id].file == origin.file]
    if identity in reading.origins:
        documents = [each for each in documents if each.id == identity]
    if len(documents) > 1:
        raise CorpusError(f"{origin.file} holds {len(documents)} documents; name one of them by its id")
    if not documents:
        said = (each.sentence for each in reading.problems if each.path == folder / origin.file)
        reason = (
            next(said, "it was not read")
            .removeprefix("The file is skipped: ")
            .removeprefix("The file cannot be read: ")
        )
        raise CorpusError(
            f"{origin.file} cannot be read ({reason.rstrip('.')}), so there is nothing in it to {purpose}"
        )
    return reading.origins[documents[0].id], documents[0]


def unknown(identity: str, known: Mapping[str, object] | Sequence[str]) -> CorpusError:
    """The error for an id that is none, with what may have been meant."""
    near = difflib.get_close_matches(identity, list(known), n=3, cutoff=0.4)
    hint = f": did you mean {' or '.join(near)}?" if near else "; run: danvan corpus list"
    return CorpusError(f"there is no document {identity[:100]!r}{hint}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A version to bring back.

    Attributes:
        file: where it lay.
        known: what `sources.toml` is to say of it.
        replaces: the file of the document as it is now; None if it is not there, or another document is.
    """

    file: str
    sha256: str
    known: Mapping[str, str]
    replaces: str | None


def find_version(
    identity: str,
    version: str | None,
    entries: Sequence[LogEntry],
    stored: Mapping[str, StoredFile],
    digest: Callable[[str], str | None],
) -> Kept:
    """The version of a document to bring back: the one that is named, else the last that is not there now.

    A document that was removed never takes the place of another one that has come under its name since.

    Args:
        identity: id of a document, or a file's path in the folder.
        version: beginning of a SHA-256.
        entries: the log, oldest first.
        stored: the files in the folder now.
        digest: SHA-256 of the bytes a file in the folder has now, None if it is not there.

    Raises:
        CorpusError: if there is no such version, or several.
    """
    whole = [entry for entry in entries if not _is_of_a_line(entry)]
    of_it = [entry for entry in whole if identity == entry.document or same_name(identity) == same_name(entry.file)]
    if not of_it:
        if any(identity in (file, *(document.id for document in now.documents)) for file, now in stored.items()):
            raise CorpusError(f"no earlier version of {identity} is kept")
        raise unknown(identity, sorted({entry.document for entry in whole if entry.document}))
    versions: dict[str, str] = {}
    lives: dict[str, int] = {}
    ends: list[LogEntry] = []  # of each document that was ever known so, one after the other, the last entry
    for entry in of_it:
        if not ends or entry.action == Action.ADDED:
            ends.append(entry)
        ends[-1] = entry
        if entry.previous:
            versions.setdefault(entry.previous, entry.moved_from or entry.file)
            lives.setdefault(entry.previous, len(ends))
        versions[entry.sha256], lives[entry.sha256] = entry.file, len(ends)
    now = stored.get(ends[-1].file)
    sha256 = _chosen(identity, version, of_it, versions, digest(now.file) if now else None)
    last = ends[lives[sha256] - 1]
    if lives[sha256] < len(ends) or last.action == Action.REMOVED:
        now = None  # what lies there is another document
    known = {} if last.file.lower().endswith(JSON_LINES) else now.known if now else last.known
    return Kept(versions[sha256], sha256, known, now.file if now else None)


def _is_of_a_line(entry: LogEntry) -> bool:
    """Whether an entry corrects one line of a file (`FILE#_id`), not the file."""
    return entry.action == Action.CORRECTED and same_name(entry.key).startswith(same_name(entry.file) + "#")


def _chosen(
    identity: str, version: str | None, of_it: Sequence[LogEntry], versions: Mapping[str, str], now: str | None
) -> str:
    if version is not None:
        fitting = [sha256 for sha256 in versions if sha256.startswith(version.lower())]
        if len(version) < _SHORTEST_VERSION or len(fitting) != 1:
            listed = ", ".join(sha256[:12] for sha256 in versions)
            raise CorpusError(f"{version!r} is not one version of {identity}: there are {listed}")
        chosen = fitting[0]
    elif now is None:
        return of_it[-1].sha256
    else:
        earlier = [sha256 for entry in of_it for sha256 in (entry.previous, entry.sha256) if sha256 not in (None, now)]
        if not earlier or earlier[-1] is None:
            raise CorpusError(f"{identity} is there, and no earlier version of it is kept")
        chosen = earlier[-1]
    if chosen == now:
        raise CorpusError(f"{identity} is there in this version already")
    return chosen
