"""Pages as they were understood, kept by the file's bytes, so that a folder is read again in no time."""

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath

from pydantic import TypeAdapter, ValidationError

from corpus.article.page import Page
from corpus.atomic import write_atomically
from corpus.errors import UnreadableError
from corpus.readers.programs import installed
from corpus.readers.registry import read_bytes

_LIBRARIES = (
    "charset-normalizer",
    "ftfy",
    "justext",
    "lxml",
    "pypdfium2",
    "openpyxl",
    "python-docx",
    "python-pptx",
    "trafilatura",
    "viparse",
)
_DIGEST = 64
_PAGE = TypeAdapter(Page | str)  # a page, or why there is none


class PageCache:
    """Pages in files of their own: `FOLDER/VERSION/ab/SHA256.SUFFIX`.

    A file begins with the SHA-256 of its name and the rest, so that a damaged one is noticed and made anew. VERSION is
    made from the readers' code and libraries: pages of another program are not used. What cannot be kept is simply read
    again.
    """

    def __init__(self, folder: Path, *, writing: bool = True) -> None:
        """Use a folder two below the data folder; it is made when the first page is kept, the data folder is not.

        Args:
            folder: where pages are kept.
            writing: False to keep nothing new.
        """
        self._root = folder
        self._writing = writing
        self._folder = folder / readers_version()
        self._asked: set[Path] = set()

    def page(self, name: str, raw: bytes, sha256: str) -> Page:
        """What `read_bytes` makes of a file, from the cache if it is there.

        Raises:
            UnreadableError: as `read_bytes`.
        """
        path = self._folder / sha256[:2] / f"{sha256}{_ending(name)}"
        self._asked.add(path)
        known = _load(path)
        if known is None:
            try:
                known = read_bytes(name, raw)
            except UnreadableError as error:
                known = str(error)
            self._keep(path, known)
        if isinstance(known, str):
            raise UnreadableError(known)
        return known

    def prune(self) -> None:
        """Remove every page that was not asked for since this cache was opened, and those of other programs.

        To be called once a whole folder has been read. Without a lock: what another process still wants it reads again.
        """
        if not self._writing:
            return
        for parent, _, names in os.walk(self._root, topdown=False):
            for name in names:
                if Path(parent, name) not in self._asked:
                    with suppress(OSError):
                        Path(parent, name).unlink()
            with suppress(OSError):
                Path(parent).rmdir()

    def _keep(self, path: Path, page: Page | str) -> None:
        with suppress(OSError, ValueError):
            if self._writing and self._root.parent.parent.is_dir():  # the data folder; reading alone does not make one
                payload = _PAGE.dump_json(page)
                write_atomically(path, _seal(path, payload) + payload, durable=False)


@cache
def readers_version() -> str:
    """16 hex digits that change with the code of this package, its libraries and the programs it reads with."""
    digest = hashlib.sha256(code_digest(Path(__file__).parents[1]))
    digest.update(" ".join(installed()).encode())
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:16]


def code_digest(package: Path) -> bytes:
    """SHA-256 of the names and the contents of a package's modules and word lists, in sub-folders too."""
    digest = hashlib.sha256()
    for path in sorted((*package.rglob("*.py"), *package.rglob("*.toml"))):
        digest.update(path.relative_to(package).as_posix().encode() + b"\x00" + path.read_bytes())
    return digest.digest()


def _load(path: Path) -> Page | str | None:
    try:
        content = path.read_bytes()
        payload = content[_DIGEST:]
        if _seal(path, payload) != content[:_DIGEST]:
            return None
        return _PAGE.validate_json(payload)
    except (OSError, ValidationError, ValueError):
        return None


def _seal(path: Path, payload: bytes) -> bytes:
    return hashlib.sha256(path.name.encode() + payload).hexdigest().encode()


def _ending(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix.isascii() and suffix[1:].isalnum() else ""
