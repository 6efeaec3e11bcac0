"""What can go wrong around the bot, each for as long as a block lasts; each says whether the bot has met it yet."""

import logging
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, closing, contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

from bot.answers import Answer
from bot.records.database import FILE_NAME
from embeddings.question.question import Question
from tests.bot.telegram.load import Felt, World
from tests.bot.telegram.server import Fault

ALWAYS = 10**9
PAGE = 4096
"""Bytes of a page of SQLite's."""

Trouble = Callable[[World], AbstractAsyncContextManager[Felt]]


@asynccontextmanager
async def none_at_all(world: World) -> AsyncIterator[Felt]:
    """Nothing is wrong."""
    yield lambda: True


def faulty(**faults: Any) -> Trouble:
    """Telegram answers requests badly, again and again: see `Fault`."""

    @asynccontextmanager
    async def line(world: World) -> AsyncIterator[Felt]:
        fault = Fault(times=ALWAYS, **faults)
        world.server.faults.append(fault)
        try:
            yield lambda: fault.struck > 0
        finally:
            world.server.faults.remove(fault)

    return line


@asynccontextmanager
async def no_names(world: World) -> AsyncIterator[Felt]:
    """Names cannot be resolved, and no connection outlives its request."""
    world.server.hangs_up, world.names = True, False
    try:
        yield lambda: world.unresolved > 0
    finally:
        world.server.hangs_up, world.names = False, True


@asynccontextmanager
async def locked_database(world: World) -> AsyncIterator[Felt]:
    """Another program writes into the database and does not end."""
    with closing(sqlite3.connect(world.data_dir / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield lambda: bool(world.server.messages)
        other.execute("ROLLBACK")


@asynccontextmanager
async def full_disk(world: World) -> AsyncIterator[Felt]:
    """The database may not grow by a single page, and none of its pages is free."""
    with closing(sqlite3.connect(world.data_dir / FILE_NAME)) as filling:
        filling.execute("CREATE TABLE filler (bytes BLOB)")
        (free,) = filling.execute("PRAGMA freelist_count").fetchone()
        filling.execute("INSERT INTO filler VALUES (zeroblob(?))", (free * PAGE,))
        filling.commit()
    world.disk_is_full = True
    try:
        with told("disk is full") as lines:
            yield lambda: bool(lines)
    finally:
        world.disk_is_full = False


@asynccontextmanager
async def short_memory(world: World) -> AsyncIterator[Felt]:
    """No answer can be worked out for want of memory."""
    failed = []

    def answer(question: Question, top: int = 3) -> Answer:
        failed.append(question)
        raise MemoryError

    with mock.patch.object(world.answerer, "answer", answer):
        yield lambda: bool(failed)


def jumping_clock(seconds: float) -> Trouble:
    """Every clock of the program that tells the time of day is set, and set back at the end."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(seconds=seconds)

    clock = SimpleNamespace(**vars(time) | {"time": lambda: time.time() + seconds})

    @asynccontextmanager
    async def jumped(world: World) -> AsyncIterator[Felt]:
        ours = [module for name, module in sorted(sys.modules.items()) if name.startswith("bot.")]
        with ExitStack() as stack:
            for module in ours:
                if getattr(module, "datetime", None) is datetime:
                    stack.enter_context(mock.patch.object(module, "datetime", Shifted))
                if getattr(module, "time", None) is time:
                    stack.enter_context(mock.patch.object(module, "time", clock))
            yield lambda: bool(world.server.messages)

    return jumped


@contextmanager
def told(words: str) -> Iterator[list[str]]:
    """The lines of the program's log that hold these words."""
    lines: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if words in (message := record.getMessage()):
                lines.append(message)

    listening = Listening()
    logging.getLogger("bot").addHandler(listening)
    try:
        yield lines
    finally:
        logging.getLogger("bot").removeHandler(listening)


MONTHS = 200 * 24 * 3600.0
TROUBLES: dict[str, Trouble] = {
    "nothing is wrong": none_at_all,
    "slow Telegram": faulty(method="*", kind="slow", seconds=3.0, every=2),
    "429 for a second": faulty(method="sendMessage", kind="status", status=429, retry_after=1, every=2),
    "5xx": faulty(method="*", kind="status", status=502),
    "resets before delivery": faulty(method="*", kind="reset", every=3),
    "resets after delivery": faulty(method="sendMessage", kind="reset", delivered=True, every=3),
    "no names": no_names,
    "locked database": locked_database,
    "full disk": full_disk,
    "clock set forward": jumping_clock(MONTHS),
    "clock set back": jumping_clock(-MONTHS),
    "short of memory": short_memory,
}
"""What is wrong -> how it is made."""
