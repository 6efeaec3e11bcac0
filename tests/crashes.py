"""Killing the program at one moment, and what must hold afterwards: nothing is lost, and the next run completes."""

import hashlib
from pathlib import Path
from typing import Any

from tests.crashing import Server
from tests.generated import text_of, write_documents

DOCUMENTS = 3


class Crashes:
    """Rounds of killing in one data folder, which goes on living from round to round.

    Args:
        server: runs the program.
        folder: for the data folder and for documents on their way into it.
    """

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self._incoming = folder / "incoming"
        self._incoming.mkdir()
        self._round = 0
        self.data_dir = folder / "data"
        write_documents(self.data_dir / "documents", DOCUMENTS, 1, 2)
        self._complete("reindex")

    def adding(self, **moment: float) -> bool:
        """Add a document, new or in another edition, and die; returns whether it came to dying."""
        self._round += 1
        edition = 2 * self._round if self._round % 2 else self._round
        arriving = self._incoming / ("thay doi.txt" if self._round % 2 else f"moi-{self._round}.txt")
        arriving.write_text(text_of(1_000 + self._round, 1, 2, edition), encoding="utf-8")
        before = self._server.check(self.data_dir)
        killed = self._server.run(self.data_dir, "corpus", "add", "--force", str(arriving), **moment)
        after = self._whole()
        fresh = hashlib.sha256(arriving.read_bytes()).hexdigest()
        assert after["published"] == before["published"], "adding publishes nothing"
        old = before["documents"].get(arriving.name)
        assert after["documents"] | {arriving.name: fresh} == before["documents"] | {arriving.name: fresh}
        assert after["documents"].get(arriving.name) in (old, fresh), "a document is there as a whole or not at all"
        self._complete("corpus", "add", "--force", str(arriving))
        assert fresh in self._server.check(self.data_dir)["documents"].values()
        return bool(killed["signal"])

    def reindexing(self, **moment: float) -> bool:
        """Reindex after a change, and die; returns whether it came to dying."""
        self._round += 1
        number = self._round % DOCUMENTS
        dropped_in = self.data_dir / "documents" / f"bao-cao-{number:04}.txt"
        dropped_in.write_text(text_of(number, 1, 2, self._round), encoding="utf-8")
        before = self._server.check(self.data_dir)
        killed = self._server.run(self.data_dir, "reindex", *(["--full"] if self._round % 3 == 0 else []), **moment)
        after = self._whole()
        assert after["documents"] == before["documents"]
        assert after["indexed"] in (before["indexed"], sorted(before["documents"].values())), "the old or the new"
        assert (after["indexed"] == before["indexed"]) == (after["published"] == before["published"])
        self._complete("reindex")
        assert self._whole()["indexed"] == sorted(before["documents"].values())
        left = [path.name for path in (self.data_dir / "generations").iterdir() if path.name.startswith(".")]
        assert left == [], "the next reindex sweeps up"
        return bool(killed["signal"])

    def steps(self, *arguments: str) -> int:
        """How many steps a run has that nobody kills."""
        number = DOCUMENTS - 1
        dropped_in = self.data_dir / "documents" / f"bao-cao-{number:04}.txt"
        dropped_in.write_text(text_of(number, 1, 2, 999), encoding="utf-8")
        (self._incoming / "first.txt").write_text(text_of(999, 1, 2), encoding="utf-8")
        return int(self._complete(*arguments)["steps"])

    @property
    def first(self) -> str:
        """A file to count the steps of adding with."""
        return str(self._incoming / "first.txt")

    def _complete(self, *arguments: str) -> dict[str, Any]:
        done = self._server.run(self.data_dir, *arguments)
        assert done["status"] == 0, done
        return done

    def _whole(self) -> dict[str, Any]:
        state = self._server.check(self.data_dir)
        assert state["problems"] == []
        return state


def spread(steps: int, moments: int) -> list[int]:
    """So many steps out of all of them, the first and the last among them."""
    return sorted({1 + round(place * (steps - 1) / max(1, moments - 1)) for place in range(moments)})
