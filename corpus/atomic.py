"""Files that are either wholly there or not at all, whatever stops the program or fills the disk."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

_PART = re.compile(r"\.[0-9a-f]{12}\.part")


def write_atomically(path: Path, raw: bytes, *, durable: bool = True, mode: int | None = None) -> None:
    """Put bytes at a path by way of a file beside it; its folders are made if they are missing.

    Args:
        path: replaced if it is there.
        raw: the whole new content.
        durable: wait until the disk has it, so that a power cut does not take it back.
        mode: permissions of the file; None for what the system gives a new one.

    Raises:
        OSError: if it cannot be written; what was at the path still is, and nothing is left beside it.
    """
    _make_folder(path.parent)
    part = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(raw)
            if mode is not None:
                part.chmod(mode)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def sync(path: Path) -> None:
    """Wait until the disk has what is in a file, or the names in a folder.

    Raises:
        OSError: if that cannot be said.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder; systems that cannot (Windows) do without."""
    with suppress(OSError):
        sync(folder)


def sweep_parts(folder: Path, *, below: bool = True) -> int:
    """Remove what writers that were killed left beside their files, in a folder and all below; return how many.

    To be called only while nobody else can be writing there.

    Args:
        folder: to be swept.
        below: sweep the folders in it, too.
    """
    swept = 0
    for parent, folders, names in os.walk(folder):
        if not below:
            folders.clear()
        for name in names:
            if _PART.fullmatch(name):
                with suppress(OSError):
                    Path(parent, name).unlink()
                    swept += 1
    return swept


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)
