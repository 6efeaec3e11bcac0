"""Which generation answers: publishing by one atomic rename, going back, and removing what is no longer needed."""

import contextlib
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from corpus.atomic import sweep_parts, write_atomically
from corpus.errors import IndexingError
from embeddings.index.generations import (
    CURRENT,
    FOLDER,
    FORMAT,
    Generation,
    generations,
    published,
    published_id,
    wrong_files,
)
from embeddings.index.protocol import KEPT

BUILDING = ".building-"
"""How the folder of an unfinished generation begins."""
_REMOVING = ".removing-"

_PUBLISHED = "published"
_LEFT = "rolled-back"
"""In the folder of a generation that was rolled back from, until it is published again."""
_OUR_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")


def publish(data_dir: Path, generation: Generation, keep: int = KEPT) -> None:
    """Make a generation the one that answers, by one atomic rename; then remove the oldest beyond `keep`.

    Raises:
        IndexingError: if the disk does not take it; what was published stays published.
    """
    root = data_dir / FOLDER
    try:
        (generation.folder / _PUBLISHED).touch()
        (generation.folder / _LEFT).unlink(missing_ok=True)
        write_atomically(root / CURRENT, f"{generation.id}\n".encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise IndexingError(f"generation {generation.id} could not be published ({reason})") from error
    others = [g for g in generations(data_dir) if g.id != generation.id]
    for old in others[: max(0, len(others) - (keep - 1))]:
        _remove(old.folder)


def discard(generation: Generation) -> None:
    """Remove a generation that will not be published."""
    _remove(generation.folder)


def sweep(data_dir: Path) -> int:
    """Remove what nobody can use; only for the one writer.

    That is what killed builds have left, generations that were never published and, once a generation of this format
    is published, those of older formats and those whose manifest cannot be read.

    Returns:
        How many leftovers there were.
    """
    root = data_dir / FOLDER
    leftovers = [path for path in root.glob(".*") if path.name.startswith((BUILDING, _REMOVING, f".{CURRENT}-"))]
    current = published_id(data_dir)
    known = generations(data_dir)
    leftovers += [g.folder for g in known if g.id != current and not _was_published(g)]
    try:
        published(data_dir)
    except IndexingError:
        pass
    else:
        readable = {generation.folder for generation in known}
        leftovers += [
            path
            for path in root.glob("[!.]*")
            if path.is_dir() and path not in readable and _OUR_NAME.fullmatch(path.name) and not _is_newer(path)
        ]
    for path in leftovers:
        if path.is_dir():
            _remove(path)
        else:
            path.unlink(missing_ok=True)
    return len(leftovers) + sweep_parts(root)


def rollback(data_dir: Path, keep: int = KEPT, fingerprint: str | None = None, to: str | None = None) -> Generation:
    """Publish an earlier generation again.

    Args:
        data_dir: where the generations are.
        keep: as for `publish`.
        fingerprint: of the model that questions are embedded with; generations of another are passed over.
        to: id of the generation, or its beginning; by default the newest whole one before the present one that was
            published and not rolled back from.

    Raises:
        IndexingError: if there is none, or the one that is named cannot be.
    """
    current = published_id(data_dir)
    known = generations(data_dir)
    place = next((i for i, generation in enumerate(known) if generation.id == current), len(known))
    if to is not None:
        candidates = [generation for generation in known if _was_published(generation)]
        chosen = next(one for one in candidates if one.id == named(to, [one.id for one in candidates], current))
        if wrong_files(chosen):
            raise IndexingError(f"{chosen.id} is damaged: name another, see danvan status")
        if fingerprint not in (None, chosen.manifest.fingerprint):
            raise IndexingError(of_another_model(chosen.id, chosen.manifest.fingerprint, fingerprint))
        return _gone_back(data_dir, chosen, current, keep)
    earlier = [generation for generation in reversed(known[:place]) if _was_published(generation)]
    fitting = [generation for generation in earlier if fingerprint in (None, generation.manifest.fingerprint)]
    for generation in fitting:
        if not _was_left(generation) and not wrong_files(generation):
            return _gone_back(data_dir, generation, current, keep)
    if earlier and not fitting:
        raise IndexingError(of_another_model("an earlier generation", earlier[0].manifest.fingerprint, fingerprint))
    raise IndexingError(
        "there is no earlier generation to go back to"
        + (" but such as were rolled back from themselves" if any(map(_was_left, fitting)) else "")
    )


def named(wanted: str, known: Sequence[str], current: str | None) -> str:
    """The id of the one published generation that is called so, or begins so.

    Raises:
        IndexingError: if none or several are, or it is the one that answers.
    """
    found = [wanted] if wanted in known else [one for one in known if wanted and one.startswith(wanted)]
    if not found:
        kept = ", ".join(one for one in known if one != current) or "none"
        raise IndexingError(f"there is no generation {wanted[:80]!r} to go back to; kept are: {kept}")
    if len(found) > 1:
        raise IndexingError(f"{wanted[:80]!r} may be {' or '.join(found)}: name one of them whole")
    if found[0] == current:
        raise IndexingError(f"{current} is the generation that answers already")
    return found[0]


def of_another_model(which: str, built_with: str, fingerprint: str | None) -> str:
    """Why a generation cannot be gone back to."""
    return (
        f"{which} is of another model ({built_with!r}, the settings name {fingerprint!r}): set DANVAN_MODEL to that "
        "one to go back to it"
    )


def _gone_back(data_dir: Path, generation: Generation, current: str | None, keep: int) -> Generation:
    publish(data_dir, generation, keep)
    with contextlib.suppress(OSError):  # `keep` may just have removed it
        (data_dir / FOLDER / str(current) / _LEFT).touch()
    return generation


def _remove(folder: Path) -> None:
    """Remove a generation; renamed first, so that one half removed is never taken for a whole one."""
    aside = folder if folder.name.startswith(".") else folder.with_name(f"{_REMOVING}{folder.name}")
    try:
        folder.replace(aside)
    except OSError:
        aside = folder
    shutil.rmtree(aside, ignore_errors=True)


def _was_published(generation: Generation) -> bool:
    return (generation.folder / _PUBLISHED).exists()


def _was_left(generation: Generation) -> bool:
    return (generation.folder / _LEFT).exists()


def _is_newer(folder: Path) -> bool:
    """Whether a newer danvan wrote a folder that this one cannot read."""
    try:
        found = json.loads((folder / "manifest.json").read_bytes())["format"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return isinstance(found, int) and found > FORMAT
