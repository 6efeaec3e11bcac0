"""What is to be added, wherever it comes from: files, folders, archives, addresses -> bytes with a name."""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath, PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.errors import CorpusError, FetchError, UnreadableError
from corpus.folder.file_names import decode_name, is_furniture, readable_name, safe_name, safe_path, same_name
from corpus.folder.folder_contents import Problem
from corpus.folder.reading_folder import JSON_LINES, document_files, read_ordinary
from corpus.folder.sources_file import KnownOf, read_sources
from corpus.intake.addresses import address_key, lacks_scheme, looks_like_address
from corpus.intake.archives import read_zip
from corpus.intake.fetching import Fetcher
from corpus.intake.received import Fetched
from corpus.intake.sniffing import kind_of
from corpus.limits import IntakeLimits
from corpus.readers.registry import KNOWN, SUFFIXES

ARCHIVE = ".zip"
_GENERIC = re.compile(
    r"(?:index|default|home|main|view|viewer|detail|details|chi-tiet|tin-tuc|news|\d*)", re.IGNORECASE
)
_LONGEST_SUFFIX = 6
_LONGEST_STEM = 80


@dataclass(frozen=True, slots=True)
class GatheredFile:
    """Something to be added.

    Attributes:
        source: where it was found: an absolute path, `ARCHIVE!MEMBER`, or the address that was asked.
        path: the name it should have in the folder of documents, safe on every system.
        raw: its bytes.
        address: where it was fetched from.
        known: what is known of it beside its bytes (`corpus.folder.sources_file.KEYS`).
        warnings: what is odd about it.
    """

    source: str
    path: PurePosixPath
    raw: bytes
    address: str | None = None
    known: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that cannot be added, and one sentence that says why."""

    source: str
    sentence: str


Item = GatheredFile | Refused


class Intake:
    """Finds what a path or an address stands for; reads, never writes."""

    def __init__(self, folder: Path, data_dir: Path, limits: IntakeLimits, fetcher: Fetcher) -> None:
        """Take the folder of documents and the data folder, which are never added to themselves."""
        self._own = {folder.resolve(): "the folder of documents", data_dir.resolve(): "danvan's own data folder"}
        self._folder = folder.resolve()
        self._limits = limits
        self._fetcher = fetcher

    def gather(self, source: str) -> Iterator[Item]:
        """Everything that one argument of `danvan corpus add` stands for."""
        if looks_like_address(source):
            yield self.fetch(source)
            return
        path = Path(os.path.abspath(source))  # noqa: PTH100 - resolve() would follow links
        try:
            is_folder = path.is_dir()
            exists = is_folder or path.exists()
        except (OSError, ValueError) as error:
            yield Refused(source, f"It cannot be read: {getattr(error, 'strerror', None) or error}.")
            return
        if not exists:
            hint = f": if it is an address, write https://{source}" if lacks_scheme(source) else ""
            yield Refused(source, f"There is no such file or folder{hint}.")
        elif (own := self._owner(path)) is not None:
            hint = "; danvan reindex takes it up" if self._folder in (path.resolve(), *path.resolve().parents) else ""
            yield Refused(str(path), f"It is {own} or lies in it already{hint}.")
        elif is_folder:
            yield from self._folder_items(path)
        elif path.suffix.lower() == ARCHIVE:
            yield from self._archive_items(path, PurePosixPath())
        elif is_furniture(path.name):
            yield Refused(str(path), "The file is skipped: no document is read under such a name; rename it.")
        else:
            yield from self._file_items(path, PurePosixPath(), named=True)

    def fetch(self, address: str, path: PurePosixPath | None = None) -> Item:
        """What an address sends, under a name made from the address, or with the stem of the one that is given."""
        try:
            fetched = self._fetcher.fetch(address)
        except FetchError as error:
            return Refused(address, f"The address is not fetched: {error}.")
        return gathered(fetched, path)

    def _owner(self, path: Path) -> str | None:
        whole = path.resolve()
        return next((what for own, what in self._own.items() if own == whole or own in whole.parents), None)

    def _folder_items(self, root: Path) -> Iterator[Item]:
        problems: list[Problem] = []
        top = _text_name(root.resolve().name) or "documents"
        try:
            sources = read_sources(root, problems)
            paths = list(document_files(root, problems, leave_out=self._own))
        except CorpusError as error:
            yield Refused(str(root), str(error))
            return
        known = KnownOf(sources, (path.relative_to(root).as_posix() for path in paths))
        yield from (Refused(str(problem.path), problem.sentence) for problem in problems)
        yield from self._links(root)
        for path in paths:
            relative = path.relative_to(root)
            parent = safe_path((top, *map(_text_name, relative.parent.parts)))
            if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
                yield Refused(str(path), "The file is skipped: it is a link out of the folder.")
            elif path.suffix.lower() == ARCHIVE:
                yield from self._archive_items(path, parent)
            else:
                yield from self._file_items(path, parent, known.of(relative.as_posix()))

    def _links(self, root: Path) -> Iterator[Refused]:
        for parent, folders, _ in os.walk(root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in folders:
                path = Path(parent, name)
                if path.is_symlink():
                    yield Refused(str(path), "The folder is skipped: it is a link; add what it leads to by itself.")
                elif own := self._own.get(path.resolve()):
                    yield Refused(str(path), f"The folder is skipped: it is {own}.")
            folders[:] = [name for name in folders if Path(parent, name).resolve() not in self._own]

    def _file_items(
        self, path: Path, parent: PurePosixPath, known: dict[str, str] | None = None, *, named: bool = False
    ) -> Iterator[Item]:
        suffix = path.suffix.lower()
        is_known = suffix in SUFFIXES or suffix == JSON_LINES
        if not is_known and not named:
            yield Refused(str(path), _wrong_kind(path))
            return
        try:
            most = self._limits.archive_bytes if suffix == JSON_LINES else self._limits.file_bytes
            raw = read_ordinary(path, most)
            name = safe_name(_text_name(path.name))
            if not is_known:
                suffix = kind_of(raw, name=path.name)
                if suffix == ARCHIVE:
                    raise UnreadableError("it is an archive; let its name end in .zip")  # noqa: TRY301
                name += suffix
        except UnreadableError as error:
            yield Refused(str(path), f"The file is skipped: {error}.")
        except FileNotFoundError:
            yield Refused(str(path), "The file is skipped: it was removed while the folder was read.")
        except OSError as error:
            yield Refused(str(path), f"The file cannot be read: {error.strerror or error}.")
        else:
            folder = parent / PurePosixPath(name).stem if named and suffix == JSON_LINES else parent
            name = readable_name(name)
            yield GatheredFile(_text_path(path), folder / name, raw, known={} if suffix == JSON_LINES else known or {})

    def _archive_items(self, path: Path, parent: PurePosixPath) -> Iterator[Item]:
        top = safe_name(PurePosixPath(_text_name(path.name)).stem)
        try:
            for member in read_zip(read_ordinary(path, self._limits.archive_bytes), self._limits):
                source = f"{_text_path(path)}!{member.name}"
                if member.raw is None:
                    yield Refused(source, member.sentence)
                    continue
                inside = safe_path(PurePosixPath(member.name).parts)
                if inside.suffix.lower() not in SUFFIXES | {JSON_LINES}:
                    yield Refused(source, _wrong_kind(inside))
                    continue
                inside = inside.with_name(readable_name(inside.name))
                doubled = len(inside.parts) > 1 and same_name(inside.parts[0]) == same_name(top)
                yield GatheredFile(source, parent / inside if doubled else parent / top / inside, member.raw)
        except UnreadableError as error:
            yield Refused(str(path), f"The archive is refused: {error}.")
        except OSError as error:
            yield Refused(str(path), f"The archive cannot be read: {error.strerror or error}.")


def gathered(fetched: Fetched, path: PurePosixPath | None = None) -> GatheredFile:
    """What was fetched, under a name made from its address, or with the stem of the one that is given."""
    named = path.with_suffix(fetched.suffix) if path else PurePosixPath(name_of_address(fetched))
    known = {"url": fetched.address}
    return GatheredFile(fetched.asked, named, fetched.raw, fetched.address, known, fetched.warnings)


def name_of_address(fetched: Fetched) -> str:
    """A file name for what was fetched, from the address's last part that says something."""
    parts = urlsplit(fetched.address)
    host = (parts.hostname or "").removeprefix("www.")
    pieces = [unquote(piece) for piece in parts.path.split("/") if piece.strip()]
    last = pieces[-1] if pieces else ""
    suffix = PurePosixPath(last).suffix
    stem = last[: -len(suffix)] if 0 < len(suffix) <= _LONGEST_SUFFIX else last
    if _GENERIC.fullmatch(stem) or is_furniture(stem + fetched.suffix):
        stem = "-".join((host, *pieces[-2:-1], *([stem] if stem else [])))
    stem = safe_name(stem)[:_LONGEST_STEM].rstrip(". -") or safe_name(host)
    if parts.query:
        stem += "-" + sha256(address_key(fetched.address).encode("utf-8", "replace")).hexdigest()[:6]
    return readable_name(stem + fetched.suffix)


def _wrong_kind(path: PurePath) -> str:
    return f"The file is skipped: {path.suffix[:20] or 'a file without ending'} is not one of {KNOWN}."


def _text_name(name: str) -> str:
    """A name as the file system gives it, read as text even where it is none in UTF-8; NFC."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return decode_name(os.fsencode(name))
    return unicodedata.normalize("NFC", name)


def _text_path(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")
