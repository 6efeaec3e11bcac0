"""Figures that are kept as they come, so that a benchmark that is cut off goes on where it stopped."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent.parent
_MEASURED = ("bot", "corpus", "embeddings", "tests/benchmarks")
_KEY, _DONE = "measured.txt", "done"


class Pieces:
    """Figures by name in a folder, of one state of the program.

    Args:
        folder: created where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, measure: Callable[[], Any]) -> Any:
        """What was measured under a name before, else what `measure` gives now, which is kept; JSON has to take it."""
        path = self._folder / f"{name}.json"
        if path.exists():
            return json.loads(path.read_text("utf-8"))
        found = measure()
        unfinished = path.with_suffix(".new")
        unfinished.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
        unfinished.replace(path)
        return found

    def begin(self, key: str) -> bool:
        """Start anew unless an unfinished run of the same state of the program is there; tells whether one goes on.

        Args:
            key: of the state of the program, see `program_key`.
        """
        marked = self._folder / _KEY
        if marked.exists() and marked.read_text("utf-8") == key and not (self._folder / _DONE).exists():
            return True
        shutil.rmtree(self._folder)
        self._folder.mkdir()
        marked.write_text(key, "utf-8")
        return False

    def finish(self) -> None:
        """Note that everything is there: the next run starts anew."""
        (self._folder / _DONE).touch()


def program_key() -> str:
    """Hash of everything that is measured and that measures."""
    paths = sorted(
        path
        for folder in _MEASURED
        for path in (_ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    told = (f"{path.relative_to(_ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in paths)
    return hashlib.sha256("".join(told).encode()).hexdigest()
