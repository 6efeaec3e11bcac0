"""Putting an archive of `danvan backup` back: everything in it is checked before anything is touched.

Where documents and indexes are to lie, two hidden folders appear for a moment: `.restoring-*` with what comes and
`.replaced-*` with what was there before, which is removed when the new has taken its place, and put back if it cannot;
by the next writer, should the process be killed in between (see `bot.data_folder.swapping`).
"""

import hashlib
import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from bot.data_folder.backup import (
    ARCHIVE_FORMAT,
    DOCUMENTS,
    GENERATIONS,
    HISTORY,
    LISTING,
    SNAPSHOTS,
    BackupError,
    BackupReport,
    sqlite_file,
    write_archive,
)
from bot.data_folder.running import nobody_running
from bot.data_folder.swapping import COMING, JOURNAL, Place, exchange, is_broken_off
from bot.data_folder.writer import only_writer
from bot.records.database import Database, DatabaseError
from bot.settings import Settings
from embeddings.index.generations import FORMAT

MOST_MEMBERS = 1_000_000
LONGEST_LISTING = 512 * 2**20
_TOPS = (DOCUMENTS, SNAPSHOTS, GENERATIONS)
SAFETY_COPIES = "before-restore"
"""Folder inside the data folder with archives of what restores have replaced."""

KEPT_COPIES = 2
_MAY_LIE_THERE = frozenset(
    ("cache", "writer.lock", "writer.json", "running", "running.lock", "heartbeat", SAFETY_COPIES, JOURNAL)
)
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class _Archive:
    """An archive whose members have all been found right."""

    file: Path
    members: dict[str, tuple[str, int]]
    generation: str | None

    @property
    def bytes(self) -> int:
        return sum(size for _, size in self.members.values())


def restore(settings: Settings, file: Path, *, replace: bool = False, safety_copy: bool = True) -> BackupReport:
    """Put documents, snapshots, indexes and history of an archive in their places.

    Args:
        settings: name the places.
        file: what `backup.back_up` wrote.
        replace: take away what is there; without it, only an empty data folder is filled.
        safety_copy: write what is there into an archive first, in the folder `SAFETY_COPIES` of the data folder.

    Raises:
        BackupError: if the archive is not whole, not safe or of a newer program, or the data folder is not empty.
        IndexingError: if a service is running there, or somebody else is writing.
        OSError: if the disk does not take it; what was there still is.
    """
    archive = _examine(file)
    if not is_broken_off(settings.data_dir):  # else it is looked at when what was there is back
        _refuse_what_is_there(settings, replace=replace)
    remarks: list[str] = []
    with nobody_running(settings.data_dir), only_writer(settings.data_dir, "restore"):
        _refuse_what_is_there(settings, replace=replace)
        _refuse_a_full_disk(settings.data_dir, archive)
        data, *others = _places(settings, archive)
        places = (*others, data)
        documents = others[0].coming if others else data.coming / DOCUMENTS
        try:
            for place in places:
                _clear(place.root, COMING)
                place.coming.mkdir(parents=True)
            documents.mkdir(exist_ok=True)
            _extract(archive, data.coming, documents)
            _try_history(settings, archive, data.coming, remarks)
            if safety_copy:
                remarks += _copy_what_is_there(settings)
            exchange(settings.data_dir, places)
        finally:
            if not is_broken_off(settings.data_dir):
                for place in places:
                    _clear(place.root, COMING)
    return BackupReport(
        file, len(archive.members), archive.bytes, archive.generation, HISTORY in archive.members, tuple(remarks)
    )


def _examine(file: Path) -> _Archive:
    """Read an archive to its end and check every byte of it; nothing is written."""
    try:
        with tarfile.open(file, "r:") as archive:
            members = _members(archive, file)
            listing = _listing(archive, members.pop(LISTING, None), file)
            listed = {name: (entry["sha256"], entry["size"]) for name, entry in listing["members"].items()}
            if members.keys() != listed.keys():
                odd = sorted(members.keys() ^ listed.keys())[0]
                raise BackupError(f"{file} is not a whole backup: {odd!r} is not both in it and in its list")
            for name, member in members.items():
                if (_digest(archive, member), member.size) != listed[name]:
                    raise BackupError(f"{file} is damaged: {name!r} in it is not what was put into it")
            return _Archive(file, listed, listing.get("generation"))
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{file} is not a backup, or not a whole one ({error})") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupError(f"the list in {file} cannot be read: it is not a backup of danvan") from error


def _members(archive: tarfile.TarFile, file: Path) -> dict[str, tarfile.TarInfo]:
    """The members by name: files only, each once, each in a place of ours."""
    members: dict[str, tarfile.TarInfo] = {}
    for member in archive:
        name = member.name
        parts = PurePosixPath(name).parts
        plain_file = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
        ours = name in (LISTING, HISTORY) or (len(parts) > 1 and parts[0] in _TOPS)
        if not plain_file or not ours or ".." in parts or name != "/".join(parts) or "\x00" in name or name in members:
            raise BackupError(f"{file} is not a backup of danvan: {name[:200]!r} does not belong into one")
        if hasattr(tarfile, "data_filter"):  # a second opinion, from Python 3.11.4 on
            tarfile.data_filter(member, "/nowhere")
        members[name] = member
        if len(members) > MOST_MEMBERS:
            raise BackupError(f"{file} holds more than {MOST_MEMBERS:,} files")
    return members


def _listing(archive: tarfile.TarFile, member: tarfile.TarInfo | None, file: Path) -> dict[str, Any]:
    if member is None:
        raise BackupError(f"{file} is not a whole backup of danvan: the list of its files is missing")
    if member.size > LONGEST_LISTING:
        raise BackupError(f"{file} is not a backup of danvan: the list of its files is too long")
    stream = archive.extractfile(member)
    listing: dict[str, Any] = json.loads(stream.read()) if stream else {}
    if listing["format"] > ARCHIVE_FORMAT or listing["index_format"] > FORMAT:
        made_by = str(listing.get("program", "a newer danvan"))[:100]
        raise BackupError(f"{file} was made by a newer program ({made_by}): upgrade danvan, then restore it")
    return listing


def _digest(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(archive, member):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    stream = archive.extractfile(member)
    while stream and (piece := stream.read(_PIECE)):
        yield piece


def _refuse_what_is_there(settings: Settings, *, replace: bool) -> None:
    folders = [settings.data_dir] if settings.default_corpus else [settings.data_dir, settings.corpus_dir]
    for folder in folders:
        if folder.exists() and not folder.is_dir():
            raise BackupError(f"{folder} is not a folder")
        found = sorted(path.name for path in folder.glob("*") if path.name not in _MAY_LIE_THERE)
        found = [name for name in found if not name.startswith(COMING)]
        if found and not replace:
            raise BackupError(f"{folder} is not empty ({found[0]}): give --replace to put the archive in its place")


def _copy_what_is_there(settings: Settings) -> list[str]:
    """Write what will be replaced into an archive; remarks on it, none where there is nothing to lose."""
    if not any((settings.data_dir / name).exists() for name in (GENERATIONS, SNAPSHOTS, HISTORY)) and not (
        settings.corpus_dir.exists() and any(settings.corpus_dir.iterdir())
    ):
        return []
    folder = settings.data_dir / SAFETY_COPIES
    folder.mkdir(exist_ok=True)
    copy = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}.tar"
    try:
        report = write_archive(settings, copy)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BackupError(
            f"what is there cannot be copied to {copy} first ({reason}): make room, or give --no-safety-copy"
        ) from error
    for old in sorted(folder.glob("*.tar"))[:-KEPT_COPIES]:
        old.unlink(missing_ok=True)
    return [f"what was there before is in {copy}", *report.remarks]


def _refuse_a_full_disk(folder: Path, archive: _Archive) -> None:
    free = shutil.disk_usage(folder).free
    if archive.bytes > free:
        needed = archive.bytes // 2**20 + 1
        raise BackupError(f"{folder} has {free // 2**20:,} MB free, the archive needs {needed:,} MB: free some first")


def _places(settings: Settings, archive: _Archive) -> Iterator[Place]:
    """The data folder, and the folder of documents where that lies elsewhere."""
    aside = f"{COMING}{secrets.token_hex(4)}"
    going = [SNAPSHOTS, GENERATIONS]
    if HISTORY in archive.members:
        going += [HISTORY, f"{HISTORY}-wal", f"{HISTORY}-shm"]
    if settings.default_corpus:
        going.append(DOCUMENTS)
    yield Place(settings.data_dir, settings.data_dir / aside, going)
    if not settings.default_corpus:
        present = [path.name for path in settings.corpus_dir.glob("*") if not path.name.startswith(".")]
        yield Place(settings.corpus_dir, settings.corpus_dir / aside, present)


def _extract(archive: _Archive, data: Path, documents: Path) -> None:
    """Write the members into the folders of what comes, and check them once more on the way."""
    left = dict(archive.members)
    with tarfile.open(archive.file, "r:") as tar:
        for member in tar:
            name = member.name
            if name not in left:
                continue
            digest, size = left.pop(name)
            top, _, rest = name.partition("/")
            path = documents / rest if top == DOCUMENTS and rest else data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            found = hashlib.sha256()
            with path.open("xb") as file:
                for piece in _pieces(tar, member):
                    found.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if found.hexdigest() != digest or member.size != size:
                raise BackupError(f"{archive.file} changed while it was read; nothing has been replaced")
            os.utime(path, (member.mtime, member.mtime))
    if left:
        raise BackupError(f"{archive.file} changed while it was read; nothing has been replaced")


def _try_history(settings: Settings, archive: _Archive, data: Path, remarks: list[str]) -> None:
    """Open the history aside, which also brings it to the newest layout."""
    if HISTORY not in archive.members:
        return
    try:
        Database.open(f"sqlite:///{data / HISTORY}").close()
    except DatabaseError as error:
        raise BackupError(f"the history in {archive.file} cannot be used: {error}") from error
    if sqlite_file(settings) != settings.data_dir / HISTORY:
        remarks.append(
            f"the history was put at {settings.data_dir / HISTORY}, but DANVAN_DATABASE_URL names another database"
        )


def _clear(root: Path, prefix: str) -> None:
    for path in root.glob(f"{prefix}*"):
        shutil.rmtree(path, ignore_errors=True)
