"""Documents, snapshots, indexes and history in one archive, taken while a bot runs.

The archive is an uncompressed tar: vectors do not compress, and nothing in it can grow when it is read. Its last member
is a list of all others with their sizes and SHA-256, so that an archive that breaks off is never taken for a whole one.

    documents/...  snapshots/...  generations/...  danvan.db  danvan-backup.json
"""

import contextlib
import glob
import hashlib
import io
import json
import os
import secrets
import sqlite3
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import make_url

from bot.data_folder.writer import only_writer
from bot.records.database import BUSY_SECONDS, FILE_NAME, default_url
from bot.settings import Settings
from corpus.errors import DanvanError
from embeddings.index.generations import FOLDER, FORMAT, published_id

ARCHIVE_FORMAT = 1
LISTING = "danvan-backup.json"
DOCUMENTS, SNAPSHOTS, GENERATIONS, HISTORY = "documents", "snapshots", FOLDER, FILE_NAME
NOT_IN_IT = "the history is in a database server and not in this archive: back it up with that server's own tools"


class BackupError(DanvanError):
    """An archive cannot be written, trusted or restored."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What an archive holds.

    Attributes:
        file: the archive.
        files: how many there are in it.
        bytes: how large they are together.
        generation: id of the published index in it, None if there is none.
        history: whether the history is in it.
        remarks: what is not in it, one sentence each.
    """

    file: Path
    files: int
    bytes: int
    generation: str | None
    history: bool
    remarks: tuple[str, ...] = ()


def back_up(settings: Settings, file: Path, *, replace: bool = False) -> BackupReport:
    """Write everything that cannot be made again into one archive; it is written aside, so it is whole or not there.

    Documents and indexes are held still meanwhile, as by any other writer; questions are answered and recorded on.

    Args:
        settings: name the places.
        file: the archive.
        replace: put it in the place of what is there.

    Raises:
        BackupError: if there is nothing to back up, the archive is there already, or a file changes while it is copied.
        IndexingError: if somebody else is writing.
        OSError: if the disk does not take it.
    """
    file = Path(os.path.abspath(os.path.expanduser(file)))  # noqa: PTH100, PTH111 - a home that is not known is left
    roots = _roots(settings)
    if not any(root.exists() for root in roots.values()):
        raise BackupError(f"there is nothing to back up in {settings.data_dir}")
    if file.is_dir():
        raise BackupError(f"{file} is a folder: name the archive, such as {file / 'danvan.tar'}")
    if file.exists() and not replace:
        raise BackupError(f"{file} is there already: name another archive, or give --replace")
    if any(file.is_relative_to(root) for root in roots.values()):
        raise BackupError(f"{file} would become a part of what is backed up: put the archive elsewhere")
    with only_writer(settings.data_dir, "backup"):
        return write_archive(settings, file)


def write_archive(settings: Settings, file: Path) -> BackupReport:
    """Write the archive, for whoever is the one writer already; see `back_up`."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    copied = part.with_suffix(".history")
    remarks: list[str] = []
    try:
        with part.open("xb") as stream:
            _sweep(file, part)
            with tarfile.open(fileobj=stream, mode="w:", format=tarfile.PAX_FORMAT) as archive:
                listed = {
                    name: _add(archive, name, path)
                    for top, root in _roots(settings).items()
                    for name, path in _files(top, root, remarks)
                }
                has_history = _copy_history(settings, copied, remarks)
                if has_history:
                    listed[HISTORY] = _add(archive, HISTORY, copied)
                generation = published_id(settings.data_dir)
                _add_listing(archive, listed, generation)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    finally:
        for leftover in (part, copied):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
    size = sum(size for _, size in listed.values())
    return BackupReport(file, len(listed), size, generation, has_history, tuple(remarks))


def _sweep(file: Path, part: Path) -> None:
    """Remove what a killed backup of the same name has left half written."""
    for leftover in file.parent.glob(f".{glob.escape(file.name)}.????????.*"):
        if leftover != part and leftover.suffix in (".part", ".history"):
            with contextlib.suppress(OSError):
                leftover.unlink()


def sqlite_file(settings: Settings) -> Path | None:
    """The file the history is kept in; None if it is kept in a database server."""
    url = settings.database_url.get_secret_value() if settings.database_url else default_url(settings.data_dir)
    try:
        parsed = make_url(url)
    except Exception as error:  # SQLAlchemy's errors would show the address with its password
        raise BackupError("DANVAN_DATABASE_URL is not an address of a database") from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database).absolute()


def _roots(settings: Settings) -> dict[str, Path]:
    return {
        DOCUMENTS: settings.corpus_dir,
        SNAPSHOTS: settings.data_dir / SNAPSHOTS,
        GENERATIONS: settings.data_dir / GENERATIONS,
    }


def _files(top: str, root: Path, remarks: list[str]) -> Iterator[tuple[str, Path]]:
    """Name in the archive and path of every file below a folder; hidden ones are nobody's documents."""
    for parent, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            if path.is_file():
                yield f"{top}/{path.relative_to(root).as_posix()}", path
            else:
                remarks.append(f"{path} is not in the archive: it is not a file, or a link to nowhere")


class _Digesting(io.RawIOBase):
    """A file that is read once, with the SHA-256 of what was read."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sha256.update(data)
        return data


def _add(archive: tarfile.TarFile, name: str, path: Path) -> tuple[str, int]:
    """Add a file; returns the SHA-256 (hex) of what was read and its size."""
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = found.st_size, int(found.st_mtime), 0o600
        digesting = _Digesting(file)
        try:
            archive.addfile(member, digesting)
        except OSError as error:
            if error.errno is None:  # tarfile's own: the file is shorter than it was
                raise BackupError(f"{path} changed while it was copied: run the same command again") from error
            raise
    return digesting.sha256.hexdigest(), found.st_size


def _add_listing(archive: tarfile.TarFile, listed: dict[str, tuple[str, int]], generation: str | None) -> None:
    content = {
        "format": ARCHIVE_FORMAT,
        "index_format": FORMAT,
        "program": f"danvan {version('danvan')}",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "generation": generation,
        "members": {name: {"sha256": digest, "size": size} for name, (digest, size) in listed.items()},
    }
    raw = json.dumps(content, indent=1).encode("ascii")
    member = tarfile.TarInfo(LISTING)
    member.size, member.mode = len(raw), 0o600
    archive.addfile(member, io.BytesIO(raw))


def _copy_history(settings: Settings, to: Path, remarks: list[str]) -> bool:
    """Copy the database as it is at one moment, while others write to it; False if there is none to copy."""
    path = sqlite_file(settings)
    if path is None:
        remarks.append(NOT_IN_IT)
        return False
    if not path.is_file():
        return False
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as source,
            contextlib.closing(sqlite3.connect(to)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise BackupError(f"the history {path} cannot be copied: {error}") from error
    return True
