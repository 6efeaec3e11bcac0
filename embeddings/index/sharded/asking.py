"""Asking several databases at the same time, going on without those that cannot be reached, and knowing which."""

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from corpus.errors import UnreachableIndexError

log = logging.getLogger(__name__)

T = TypeVar("T")

_AT_ONCE = 8
_LOOK_SECONDS = 2.0


class Shards:
    """The databases of one divided index, and which of them are away; safe to use from several threads.

    A shard that cannot be reached is not asked again before a look from time to time has found it back, so that only
    the first question waits for it.

    Args:
        names: of the databases, without passwords.
        is_there: connects to one of them.

    Raises:
        UnreachableIndexError: by `is_there`, if it cannot be reached.
    """

    def __init__(self, names: Sequence[str], is_there: Callable[[int], None]) -> None:
        self.names = tuple(names)
        self._is_there = is_there
        self._away: set[int] = set()
        self._lock = threading.Lock()
        self._missed = threading.local()
        self._closed = threading.Event()
        self._looking: threading.Thread | None = None
        self._threads = ThreadPoolExecutor(_AT_ONCE * len(names), thread_name_prefix="shard")

    def begin(self) -> None:
        """What is `missed` is counted from here, for the thread that asks."""
        self._missed.shards = set()

    @property
    def missed(self) -> tuple[str, ...]:
        """Names of the shards that this thread had to do without since it began."""
        return tuple(self.names[shard] for shard in sorted(getattr(self._missed, "shards", ())))

    @property
    def away(self) -> frozenset[int]:
        """Numbers of the shards that are not asked at present."""
        with self._lock:
            return frozenset(self._away)

    def ask(self, step: Callable[[int], T], shards: Collection[int]) -> dict[int, T]:
        """What a step finds in each of some shards that can be reached, all asked at the same time.

        Raises:
            UnreachableIndexError: if none of them can be reached.
        """
        wanted = sorted(set(shards) - self.away)
        self.miss(set(shards).difference(wanted))
        if len(wanted) == 1:
            asked: Mapping[int, Callable[[], T]] = {wanted[0]: lambda: step(wanted[0])}
        else:
            asked = {shard: self._threads.submit(step, shard).result for shard in wanted}
        found = {}
        for shard, result in asked.items():
            try:
                found[shard] = result()
            except UnreachableIndexError as error:
                self._lose(shard, error)
        if shards and not found:
            raise UnreachableIndexError("no part of the index that is wanted can be reached; try again in a moment")
        return found

    def ask_all(self, step: Callable[[int], T], shards: Collection[int]) -> dict[int, T]:
        """As `ask`, where nothing can be done without one of them.

        Raises:
            UnreachableIndexError: if one of them cannot be reached.
        """
        found = self.ask(step, shards)
        lost = sorted(set(shards) - found.keys())
        if lost:
            raise UnreachableIndexError(
                f"a part of the index cannot be reached ({self.names[lost[0]]}); try again in a moment"
            )
        return found

    def miss(self, shards: Collection[int]) -> None:
        """Note that this thread does without some shards."""
        if shards:
            self._missed.shards = getattr(self._missed, "shards", set()).union(shards)

    def close(self) -> None:
        """Ask no more."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _lose(self, shard: int, error: UnreachableIndexError) -> None:
        self.miss({shard})
        with self._lock:
            if shard in self._away:
                return
            self._away.add(shard)
            log.warning("the index goes on without a part of it: %s", error)
            if self._looking is None:
                self._looking = threading.Thread(target=self._look, name="shards", daemon=True)
                self._looking.start()

    def _look(self) -> None:
        """Until all shards are back."""
        while not self._closed.wait(_LOOK_SECONDS):
            for shard in self.away:
                try:
                    self._is_there(shard)
                except UnreachableIndexError:
                    continue
                with self._lock:
                    self._away.discard(shard)
                log.warning("a part of the index is back: %s", self.names[shard])
            with self._lock:
                if not self._away:
                    self._looking = None
                    return
