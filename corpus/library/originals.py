"""The files that documents were read from, found again by their bytes' SHA-256."""

import hashlib
import threading
from contextlib import suppress
from pathlib import Path

from corpus.errors import CorpusError
from corpus.library.snapshots import Snapshots
from corpus.readers.kinds import kind_of_bytes

_DRAWN = frozenset((".pdf", ".png", ".jpg", ".tif", ".gif"))
_ENDINGS = frozenset((*_DRAWN, ".jpeg", ".tiff"))
_BEGINNING = 4096  # bytes; within them a file says what it is
_Stamp = tuple[int, int]


class Originals:
    """Looks for PDFs and pictures among the snapshots and in the folder of documents.

    Blocking, safe to use from several threads.
    """

    def __init__(self, folder: Path, data_dir: Path) -> None:
        """Look for files.

        Args:
            folder: the documents as they lie.
            data_dir: whose snapshots are looked through first.
        """
        self._folder = folder
        self._snapshots = Snapshots(data_dir / "snapshots")
        self._hashes: dict[Path, tuple[_Stamp, str]] = {}
        self._lock = threading.Lock()

    def has_pages(self, sha256: str) -> bool:
        """Whether the file is still kept and of a kind whose pages can be drawn."""
        path = self._path(sha256)
        if path is None:
            return False
        try:
            with path.open("rb") as stream:
                return kind_of_bytes(stream.read(_BEGINNING)) in _DRAWN
        except OSError:
            return False

    def read(self, sha256: str) -> bytes:
        """The bytes of such a file.

        Raises:
            CorpusError: if it is not kept any more, or is not what it was.
        """
        path = self._path(sha256)
        raw = b""
        if path is not None:
            with suppress(OSError):
                raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise CorpusError(f"the file {sha256[:12]} is no longer kept: bring it back from a backup")
        return raw

    def _path(self, sha256: str) -> Path | None:
        kept = self._snapshots.path(sha256)
        if kept.is_file():
            return kept
        with self._lock:
            for path in sorted(self._folder.rglob("*")):
                with suppress(OSError):
                    if path.suffix.lower() in _ENDINGS and self._hash(path) == sha256:
                        return path
        return None

    def _hash(self, path: Path) -> str:
        facts = path.stat()
        stamp = facts.st_mtime_ns, facts.st_size
        known = self._hashes.get(path)
        if known is None or known[0] != stamp:
            known = self._hashes[path] = (stamp, hashlib.sha256(path.read_bytes()).hexdigest())
        return known[1]
