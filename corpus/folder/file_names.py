"""Names: file names that are safe on every system, ids of documents, names out of archives in old code pages."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from corpus.cleaning import decode
from corpus.errors import UnreadableError
from corpus.vietnamese import fold

SOURCES = "sources.toml"
NO_FOLDER = "__pycache__"
"""No document is read in a folder of this name."""
_README = re.compile(r"readme(?:[._-].*)?", re.IGNORECASE)
_IGNORED = frozenset((".py", ".pyc"))
_JUNK = frozenset(("thumbs.db", "desktop.ini"))
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST_ID = 100
_LONGEST_NAME = 180  # bytes; file systems take 255, and a name may grow by a number
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]')


def is_furniture(name: str) -> bool:
    """Whether a file beside the documents is none by its name: a README, `sources.toml`, a hidden file."""
    path = PurePosixPath(name)
    ours = name == SOURCES or _README.fullmatch(name) or path.suffix.lower() in _IGNORED
    return bool(ours) or name.startswith(".") or name.lower() in _JUNK


def same_name(name: str) -> str:
    """A key that is equal for names which some file system takes for one: by case or by normal form."""
    return unicodedata.normalize("NFC", name).casefold()


def safe_name(name: str) -> str:
    """A file name of the same look that every system takes: NFC, nothing hidden, no separators, not too long."""
    name = unicodedata.normalize("NFC", _UNSAFE.sub("-", unicodedata.normalize("NFC", name)))
    name = name.strip().lstrip(".").rstrip(". ").strip() or "document"
    path = PurePosixPath(name)
    stem, suffix = path.stem, path.suffix[:20]
    while len((stem + suffix).encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return (stem.strip() or "document") + suffix


def readable_name(name: str) -> str:
    """The name, or with something before it if no document is read under such a name."""
    return f"document-{name}" if is_furniture(name) else name


def safe_path(parts: Iterable[str]) -> PurePosixPath:
    """A path of safe names; parts that lead nowhere (`.`, `..`, empty) are left out."""
    names = [safe_name(part) for part in parts if part.strip(". ")]
    return PurePosixPath(*(f"document-{name}" if name == NO_FOLDER else name for name in names))


def numbered(path: PurePosixPath, is_free: Callable[[PurePosixPath], bool]) -> PurePosixPath:
    """The path, or with `-2`, `-3` ... after its stem, whichever is free first."""
    if is_free(path):
        return path
    number = 2
    while not is_free(candidate := path.with_name(f"{path.stem}-{number}{path.suffix}")):
        number += 1
    return candidate


def document_id(name: str) -> str:
    """The name if it may be an id as it is, else a slug of it with a short hash that keeps different names apart."""
    if _SAFE_ID.fullmatch(name) and len(name) <= _LONGEST_ID:
        return name
    slug = re.sub(r"[^a-z0-9._-]+", "-", fold(name)).strip("-.") or "document"
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "replace")).hexdigest()
    return f"{slug[: _LONGEST_ID - 10]}-{digest[:8]}"


def unique_id(names: tuple[str, ...], taken: set[str]) -> str:
    """The first of the names that is free once made an id (see `document_id`), numbered if none is; now taken."""
    for name in names:
        identifier = document_id(name)
        if identifier not in taken:
            taken.add(identifier)
            return identifier
    number = 2
    while (identifier := f"{document_id(names[-1])}-{number}") in taken:
        number += 1
    taken.add(identifier)
    return identifier


def id_as_written(name: str, taken: set[str]) -> str:
    """An id that a file of JSON lines gives, kept to the letter unless it is taken, overlong or not printable."""
    if name in taken or len(name) > _LONGEST_ID or not name.isprintable():
        return unique_id((name,), taken)
    taken.add(name)
    return name


def decode_name(raw: bytes) -> str:
    """A file name in UTF-8 or in an old code page of Vietnamese Windows; never fails. Its ending is kept as it is."""
    stem, dot, ending = raw.rpartition(b".")
    if not dot or not ending.isalnum():
        stem, dot, ending = raw, b"", b""
    try:
        name = decode(stem)
    except UnreadableError:
        name = stem.decode("utf-8", "replace")
    return unicodedata.normalize("NFC", name) + (dot + ending).decode("ascii")
