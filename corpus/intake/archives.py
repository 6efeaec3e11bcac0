"""ZIP files from anywhere: each member is read, or refused in one sentence; nothing is ever written."""

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from corpus.errors import UnreadableError
from corpus.folder.file_names import decode_name, is_furniture
from corpus.limits import DEFAULT_LIMITS, IntakeLimits, megabytes

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65535
_LARGEST_RECORD = 2048  # bytes of the table of contents that one member may take on average
_ENCRYPTED = 0x1
_IN_UTF8 = 0x800
_UNICODE_NAME = 0x7075
_EXTRA_HEAD = struct.Struct("<HH")
_PIECE = 1 << 16
_ALWAYS = 1_000_000  # bytes that any member may unpack to, however well it was packed
_ARCHIVES = frozenset((".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"))


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its path in it, `/` between parts, and its bytes or the reason there are none."""

    name: str
    raw: bytes | None
    sentence: str = ""


def read_zip(raw: bytes, limits: IntakeLimits = DEFAULT_LIMITS) -> Iterator[Member]:
    """Read the members of a ZIP file one after the other, each held against the limits as it is unpacked.

    Folders, hidden files and what systems leave in archives (`__MACOSX`, `Thumbs.db`) are passed over. Sizes are
    counted while unpacking: what the archive says of itself is not believed.

    Raises:
        UnreadableError: if it is no whole archive, or has too many members.
    """
    _refuse_huge_contents(raw, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > limits.archive_files:
                raise UnreadableError(_too_many(limits))
            yield from _members(archive, members, limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise UnreadableError("it is no whole ZIP archive") from error


def _members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: IntakeLimits) -> Iterator[Member]:
    left = limits.archive_bytes
    names = [_name(info) for info in members]
    alone = {PurePosixPath(name).parent for name in names if PurePosixPath(name).name == "corpus.jsonl"}
    for info, name, own in zip(members, names, _told_apart(names), strict=True):
        path = PurePosixPath(name)
        if path.suffix.lower() == ".jsonl" and path.parent in alone and path.name != "corpus.jsonl":
            continue  # questions and the like beside a corpus, as in a folder
        reason = _place_refusal(name)
        if not reason and (info.is_dir() or name.endswith("/") or _is_left_by_systems(name)):
            continue
        if reason := reason or _kind_refusal(name, info):
            yield Member(name, None, f"It is skipped: {reason}.")
            continue
        try:
            unpacked = _unpack(archive, info, left, limits)
        except _TooLargeError as error:
            left -= error.size
            if left < 0:
                most = megabytes(limits.archive_bytes)
                rest = f"with all before it, it unpacks to more than {most} (DANVAN_MAX_ARCHIVE_MB)"
                yield Member(name, None, f"It is skipped, and what comes after it too: {rest}.")
                return
            yield Member(name, None, f"It is skipped: {error}.")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error):
            yield Member(name, None, "It is skipped: it is damaged.")
        except (NotImplementedError, RuntimeError):
            yield Member(name, None, "It is skipped: it is packed in a way that is not known; pack it as plain ZIP.")
        else:
            left -= len(unpacked)
            yield Member(own, unpacked)


def _told_apart(names: list[str]) -> Iterator[str]:
    """The names, those that came before with a number after the stem: `a.txt`, `a-2.txt`."""
    taken = set(names)
    last: dict[str, int] = {}
    for name in names:
        if name not in last:
            last[name] = 1
            yield name
            continue
        path = PurePosixPath(name)
        own = name
        while path.name and own in taken:
            last[name] += 1
            own = path.with_name(f"{path.stem}-{last[name]}{path.suffix}").as_posix()
        taken.add(own)
        yield own


class _TooLargeError(Exception):
    """A member goes beyond a limit after so many bytes; the text is a clause."""

    def __init__(self, clause: str, size: int) -> None:
        super().__init__(clause)
        self.size = size


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, limits: IntakeLimits) -> bytes:
    most = limits.file_bytes
    too_large = f"it unpacks to more than {megabytes(most)}; DANVAN_MAX_FILE_MB raises the limit"
    if info.file_size > most:
        raise _TooLargeError(too_large, 0)
    pieces: list[bytes] = []
    size = 0
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > most or size > left:
                raise _TooLargeError(too_large, size)
            if size > max(_ALWAYS, info.compress_size * limits.ratio):
                raise _TooLargeError(
                    f"it unpacks to more than {limits.ratio} times its size, as no document does", size
                )
    return b"".join(pieces)


def _place_refusal(name: str) -> str:
    """Why a member with such a name is refused, "" if it may be unpacked."""
    if name.startswith("/") or PureWindowsPath(name).drive:
        return "its name is an absolute path"
    if ".." in PurePosixPath(name).parts:
        return "its name leads out of the archive"
    return ""


def _kind_refusal(name: str, info: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack the archive with its password and add the files"
    if stat.S_ISLNK(kind):
        return "it is a link, not a file"
    if kind and not stat.S_ISREG(kind):
        return "it is a device or a pipe, not a file"
    if PurePosixPath(name).suffix.lower() in _ARCHIVES:
        return "an archive in an archive is not opened; add it by itself"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant, NFC: from the Unicode field, as UTF-8, or out of an old code page."""
    name = info.orig_filename
    if not info.flag_bits & _IN_UTF8:
        name = _unicode_name(info.extra) or decode_name(name.encode("cp437", "replace"))
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _unicode_name(extra: bytes) -> str | None:
    """The name in Info-ZIP's extra field, None without one."""
    place = 0
    while place + _EXTRA_HEAD.size <= len(extra):
        kind, size = _EXTRA_HEAD.unpack_from(extra, place)
        field = extra[place + _EXTRA_HEAD.size : place + _EXTRA_HEAD.size + size]
        if kind == _UNICODE_NAME and field[:1] == b"\x01":
            return field[5:].decode("utf-8", "replace") or None
        place += _EXTRA_HEAD.size + size
    return None


def _is_left_by_systems(name: str) -> bool:
    """Whether a name is passed over without a word, as the same file in a folder would be."""
    parts = PurePosixPath(name).parts
    folders = any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts[:-1])
    return folders or not parts or (is_furniture(parts[-1]) and parts[-1] != "..")


def _refuse_huge_contents(raw: bytes, limits: IntakeLimits) -> None:
    """Refuse a table of contents that alone would fill the memory, before anything is made of it."""
    place = raw.rfind(_END, max(0, len(raw) - _END_SIZE - _LONGEST_COMMENT))
    if place < 0 or place + _END_SIZE > len(raw):
        raise UnreadableError("it is no whole ZIP archive")
    count, size = struct.unpack_from("<HI", raw, place + 10)
    if (count != 0xFFFF and count > limits.archive_files) or (size > limits.archive_files * _LARGEST_RECORD):  # noqa: PLR2004 - ZIP64
        raise UnreadableError(_too_many(limits))


def _too_many(limits: IntakeLimits) -> str:
    return f"it holds more than {limits.archive_files} files; DANVAN_MAX_ARCHIVE_FILES raises the limit"
