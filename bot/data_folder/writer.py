"""One writer at a time in a data folder; readers never wait."""

import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from bot.data_folder.swapping import recover
from corpus.errors import IndexingError

log = logging.getLogger(__name__)

_LOCK = "writer.lock"
_WRITER = "writer.json"


@contextmanager
def only_writer(data_dir: Path, work: str) -> Iterator[None]:
    """Hold the data folder for `work`; the lock dies with the process, however it ends.

    What a restore that was killed took away is put back first, which the log says.

    Args:
        data_dir: created if it is missing.
        work: what is being done, in the words of the command line ("reindex").

    Raises:
        IndexingError: if somebody else is at it; names the process.
        OSError: if the folder cannot be written to.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        message = f"{_describe(data_dir / _WRITER)} is at work in {data_dir}: wait until it is done and try again"
        raise IndexingError(message) from None
    try:
        writer = {"work": work, "pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
        (data_dir / _WRITER).write_text(json.dumps(writer), encoding="utf-8")
        if recover(data_dir):
            log.warning("a restore into %s had been broken off: what was there before has been put back", data_dir)
        yield
    finally:
        (data_dir / _WRITER).unlink(missing_ok=True)
        lock.release()


def _describe(path: Path) -> str:
    try:
        writer = json.loads(path.read_text(encoding="utf-8"))
        return f"{writer['work']} (process {writer['pid']} on {writer['host']}, since {writer['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _now() -> str:
    return datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
