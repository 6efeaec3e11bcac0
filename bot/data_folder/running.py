"""Who is running in a data folder: a service keeps its database open, so nobody may exchange it meanwhile.

Each service holds a lock of its own in DATA_DIR/running, which dies with the process, however it ends. Services start
one at a time, and not while everything is being exchanged.
"""

import contextlib
import json
import os
import secrets
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import IndexingError

FOLDER = "running"
_GATE = "running.lock"
_STARTING_SECONDS = 10.0


@contextlib.contextmanager
def running(data_dir: Path, work: str) -> Iterator[None]:
    """Say that a service runs in this data folder, as long as it does.

    Args:
        data_dir: created if it is missing.
        work: in the words of the command line ("serve").

    Raises:
        IndexingError: while everything in the folder is being exchanged.
        OSError: if the folder cannot be written to.
    """
    (data_dir / FOLDER).mkdir(parents=True, exist_ok=True)
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    mine, told = data_dir / FOLDER / f"{name}.lock", data_dir / FOLDER / f"{name}.json"
    lock = FileLock(mine, timeout=0)
    with _gate(data_dir, _STARTING_SECONDS):
        lock.acquire()
        who = {"work": work, "pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
        told.write_text(json.dumps(who), encoding="utf-8")
    try:
        yield
    finally:
        told.unlink(missing_ok=True)
        lock.release()
        mine.unlink(missing_ok=True)


@contextlib.contextmanager
def nobody_running(data_dir: Path) -> Iterator[None]:
    """Keep every service out of a data folder.

    Raises:
        IndexingError: if one is running; names it.
        OSError: if the folder cannot be written to.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with _gate(data_dir, 0.0):
        for path in sorted((data_dir / FOLDER).glob("*.lock")):
            if not _is_left_behind(path):
                raise IndexingError(f"{_describe(path)} is running in {data_dir}: stop it, then try again")
        yield


@contextlib.contextmanager
def _gate(data_dir: Path, seconds: float) -> Iterator[None]:
    gate = FileLock(data_dir / _GATE, timeout=seconds)
    try:
        gate.acquire()
    except Timeout:
        raise IndexingError(
            f"{data_dir} is being restored, or a service is just starting there: try again when that is done"
        ) from None
    try:
        yield
    finally:
        gate.release()


def _is_left_behind(path: Path) -> bool:
    """Whether nobody holds the lock any more; what a killed service has left is removed."""
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return False
    lock.release()
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)
    return True


def _describe(path: Path) -> str:
    try:
        who = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return f"danvan {who['work']} (process {who['pid']} on {who['host']}, since {who['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "a service"


def _now() -> str:
    return datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
