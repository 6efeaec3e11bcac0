"""Threads for what blocks: reading and changing the database, the documents, the model, each in a pool of its own."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

READERS = 3
WRITERS = 2
LOOKERS = 2
THINKERS = max(2, min(4, os.cpu_count() or 2))
"""Questions the model works on at once; more would only keep the event loop waiting."""


class Threads:
    """Pools of threads, one for each kind of waiting, so that none waits behind another kind."""

    def __init__(self) -> None:
        self._readers = ThreadPoolExecutor(READERS, "danvan-readers")
        self._writers = ThreadPoolExecutor(WRITERS, "danvan-writers")
        self._lookers = ThreadPoolExecutor(LOOKERS, "danvan-lookers")
        self._thinkers = ThreadPoolExecutor(THINKERS, "danvan-thinkers")

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short look into the database, away from the event loop."""
        return await _away(self._readers, function, *args, **kwargs)

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a change of the database: it may have to wait for other programs that write."""
        return await _away(self._writers, function, *args, **kwargs)

    async def look(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a look into the documents: it may have to wait until a new index is opened."""
        return await _away(self._lookers, function, *args, **kwargs)

    async def think(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something that takes the model or takes long."""
        return await _away(self._thinkers, function, *args, **kwargs)


async def _away(pool: ThreadPoolExecutor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, lambda: function(*args, **kwargs))
