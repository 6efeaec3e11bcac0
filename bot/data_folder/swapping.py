"""Exchanging what lies in folders for something else, all of it or nothing, even if the process is killed in between.

Before the first entry is moved, a journal in the data folder names every entry that goes and every one that comes. It
stays until all of them have been moved, so that the next writer can move everything back.
"""

import json
import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.atomic import sweep_parts, sync_folder, write_atomically
from corpus.errors import CorpusError, IndexingError

COMING, REPLACED = ".restoring-", ".replaced-"
JOURNAL = ".restoring.json"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder in which entries are exchanged.

    Attributes:
        root: the folder.
        coming: folder inside it with the new entries.
        going: names of the entries to take away.
    """

    root: Path
    coming: Path
    going: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Step:
    """The exchange in one folder: what goes from `root` to `away`, and then comes from `coming` to `root`."""

    root: Path
    coming: Path
    away: Path
    goes: Sequence[str]
    comes: Sequence[str]


def exchange(data_dir: Path, places: Sequence[Place]) -> None:
    """Move what is there away and what comes in, then remove what was there.

    Raises:
        OSError: if something cannot be moved; everything has been moved back, or will be by the next writer.
    """
    steps = [
        _Step(
            place.root,
            place.coming,
            place.root / f"{REPLACED}{secrets.token_hex(4)}",
            [name for name in place.going if os.path.lexists(place.root / name)],
            sorted(path.name for path in place.coming.iterdir()),
        )
        for place in places
    ]
    _note(data_dir, steps, done=False)
    try:
        for step in steps:
            step.away.mkdir()
            for name in step.goes:
                (step.root / name).rename(step.away / name)
            for name in step.comes:
                (step.coming / name).rename(step.root / name)
            sync_folder(step.root)
        _note(data_dir, steps, done=True)
    except BaseException:
        with suppress(OSError):  # else the next writer tries again
            _undo(data_dir, steps)
        raise
    _finish(data_dir, steps)


def is_broken_off(data_dir: Path) -> bool:
    """Whether an exchange is under way, or was broken off and has still to be undone."""
    try:
        return not json.loads((data_dir / JOURNAL).read_bytes())["done"]
    except OSError:
        return False
    except (ValueError, KeyError, TypeError):
        return True


def refuse_what_is_broken_off(data_dir: Path) -> None:
    """Raise CorpusError while the documents may be neither the old nor the new ones."""
    if is_broken_off(data_dir):
        raise CorpusError(
            f"a restore into {data_dir} is under way, or was broken off: if none is running, run danvan reindex, "
            "which first puts back what was there, or the restore once more"
        )


def recover(data_dir: Path) -> bool:
    """Put back what was there before an exchange that was broken off; only for the one writer.

    Returns:
        Whether anything had to be put back.

    Raises:
        IndexingError: if the journal cannot be read.
        OSError: if something cannot be moved.
    """
    try:
        journal = json.loads((data_dir / JOURNAL).read_bytes())
        steps = [
            _Step(
                root := data_dir / fields["root"],  # an absolute path stays as it is
                root / fields["coming"],
                root / fields["away"],
                fields["goes"],
                fields["comes"],
            )
            for fields in journal["steps"]
        ]
        done = journal["done"]
    except FileNotFoundError:
        return False
    except (ValueError, KeyError, TypeError) as error:
        raise IndexingError(
            f"a restore was broken off and {data_dir / JOURNAL} cannot be read: move what lies in the folders "
            f"{REPLACED}* back by hand, then delete that file"
        ) from error
    if done:
        _finish(data_dir, steps)
    else:
        _undo(data_dir, steps)
    return not done


def _note(data_dir: Path, steps: Sequence[_Step], *, done: bool) -> None:
    entries = [
        {
            "root": "." if step.root == data_dir else str(step.root.absolute()),
            "coming": step.coming.name,
            "away": step.away.name,
            "goes": list(step.goes),
            "comes": list(step.comes),
        }
        for step in steps
    ]
    write_atomically(data_dir / JOURNAL, json.dumps({"done": done, "steps": entries}).encode())


def _undo(data_dir: Path, steps: Sequence[_Step]) -> None:
    """Move everything back, from whatever point; broken off itself, it may be run again."""
    for step in reversed(steps):
        for name in step.comes:
            arrived = step.coming.is_dir() and not os.path.lexists(step.coming / name)
            if arrived and os.path.lexists(step.root / name):
                (step.root / name).rename(step.coming / name)
        for name in step.goes:
            if os.path.lexists(step.away / name):
                _keep_aside(step, name)
                (step.away / name).rename(step.root / name)
        if step.away.is_dir():
            step.away.rmdir()
        sync_folder(step.root)
    (data_dir / JOURNAL).unlink(missing_ok=True)  # first: half of `coming` would look like arrivals
    sync_folder(data_dir)
    for step in steps:
        shutil.rmtree(step.coming, ignore_errors=True)


def _keep_aside(step: _Step, name: str) -> None:
    """Move what somebody has made since where an old entry belongs, such as a new history, into a folder that stays."""
    aside = step.away.with_name(f"{step.away.name}-since")
    if os.path.lexists(step.root / name):
        aside.mkdir(exist_ok=True)
        for path in (step.root / f"{name}{suffix}" for suffix in ("", "-wal", "-shm")):
            if os.path.lexists(path):
                path.rename(aside / path.name)


def _finish(data_dir: Path, steps: Sequence[_Step]) -> None:
    """Remove what was replaced, and only then the journal that tells of it, and journals half written."""
    for step in steps:
        shutil.rmtree(step.coming, ignore_errors=True)
        shutil.rmtree(step.away, ignore_errors=True)
    (data_dir / JOURNAL).unlink(missing_ok=True)
    sweep_parts(data_dir, below=False)
    sync_folder(data_dir)
