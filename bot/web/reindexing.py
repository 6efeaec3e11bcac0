"""One reindex at a time, begun on the board and watched there while it runs."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.reindexing import ReindexReport
from corpus.errors import DanvanError

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Work = Callable[[Progress], ReindexReport]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a reindex is.

    Attributes:
        done, all: texts embedded, and to embed; 0 while the documents are read.
        report: what it did, once it is over.
        problem: why it failed, None where it did not.
    """

    is_running: bool = False
    done: int = 0
    all: int = 0
    report: ReindexReport | None = None
    problem: str | None = None


class Reindexing:
    """Runs in a thread of its own; safe to ask from any thread."""

    def __init__(self, work: Work) -> None:
        """Nothing runs yet.

        Args:
            work: reindexes, and tells its progress.
        """
        self._work = work
        self._lock = threading.Lock()
        self._stage = Stage()

    @property
    def stage(self) -> Stage:
        """How far it is, or how the last one ended."""
        return self._stage

    def begin(self, then: Callable[[ReindexReport], None]) -> bool:
        """Begin one unless one is running.

        Args:
            then: told the report in that thread, if it succeeds.

        Returns:
            Whether it was begun.
        """
        with self._lock:
            if self._stage.is_running:
                return False
            self._stage = Stage(is_running=True)
        threading.Thread(target=self._run, args=(then,), name="danvan-reindexing", daemon=True).start()
        return True

    def _run(self, then: Callable[[ReindexReport], None]) -> None:
        try:
            report = self._work(self._heard)
            then(report)
            self._stage = Stage(report=report)
        except DanvanError as error:
            self._stage = Stage(problem=str(error))
        except Exception:
            log.exception("a reindex begun on the board failed")
            self._stage = Stage(problem="it failed unexpectedly; the log says why")

    def _heard(self, done: int, every: int) -> None:
        self._stage = replace(self._stage, done=done, all=every)
