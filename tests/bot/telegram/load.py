"""A crowd on the emulator while something is wrong around the bot: what is lost, comes twice, or goes to somebody else.

`tests/bot/telegram/test_load.py` has a few people meet each trouble; `python -m tests.benchmarks.telegram_load` two
hundred.
"""

import asyncio
import contextlib
import socket
import statistics
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from pydantic import SecretStr
from sqlalchemy import Connection

from bot.records import database as records_database
from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.application import serve
from bot.telegram.services import Parts
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import TOKEN, Sent, Server
from tests.conftest import PATIENCE

IsRight = Callable[[Sent], bool]
FIRST_PERSON = 700_001


@dataclass(frozen=True)
class Asked:
    """A question of somebody's, and by what its answer is known."""

    question: str
    is_right: IsRight


@dataclass
class Person:
    """Somebody who asks one thing after the other, and presses what is offered while an answer is missing."""

    id: int
    asks: Sequence[Asked]
    asked_at: list[float] = field(default_factory=list)
    pressed: set[int] = field(default_factory=set)

    async def ask(self, server: Server) -> None:
        """Ask the next question."""
        self.asked_at.append(time.monotonic())
        await server.say(self.id, self.asks[len(self.asked_at) - 1].question)

    def answers(self, server: Server, number: int) -> list[Sent]:
        """The messages that answer a question of theirs."""
        return [sent for sent in server.sent_to(self.id) if self.asks[number].is_right(sent)]

    def unanswered(self, server: Server) -> list[int]:
        """Numbers of the questions that they asked and have no answer to."""
        return [number for number in range(len(self.asked_at)) if not self.answers(server, number)]

    async def take_up_offers(self, server: Server) -> None:
        """Press "send it again" wherever that is offered and an answer is missing."""
        if not self.unanswered(server):
            return
        for sent in server.sent_to(self.id):
            if sent.text == texts.UNCERTAIN and sent.id not in self.pressed:
                self.pressed.add(sent.id)
                await server.press(self.id, sent, sent.buttons[texts.SEND_AGAIN])


@dataclass(frozen=True)
class Outcome:
    """What a crowd saw of a trouble.

    Attributes:
        lost: questions without an answer.
        twice: answers that came again unasked.
        crossed: messages that answer nobody's question in that chat.
        offered: answers that were had by a button, since nobody knew whether they had arrived.
        waits: seconds from question to answer, of all that were answered.
        recovery: seconds from the end of the trouble to the last answer; 0 if that came before.
    """

    asked: int
    lost: int
    twice: int
    crossed: int
    offered: int
    waits: Sequence[float]
    recovery: float

    @property
    def is_whole(self) -> bool:
        """Nothing lost, nothing twice, none crossed."""
        return not (self.lost or self.twice or self.crossed)

    def percentile(self, share: int) -> float:
        """Seconds within which `share` percent were answered."""
        return statistics.quantiles(self.waits, n=100)[share - 1] if len(self.waits) > 1 else sum(self.waits)


@dataclass
class World:
    """Where a trouble is made.

    Attributes:
        names: whether the name of Telegram's server can be resolved.
        unresolved: how often it could not be.
        disk_is_full: whether the database may not grow by a single page.
    """

    server: Server
    data_dir: Path
    answerer: Any
    names: bool = True
    unresolved: int = 0
    disk_is_full: bool = False


Felt = Callable[[], bool]
"""Whether the bot has met a trouble yet."""

HOST = "telegram.invalid"


def crowd(count: int) -> tuple[list[Person], FakeAnswerer]:
    """So many people with two questions each that nobody else asks, and what answers them."""
    villages = [document(f"d{n}", f"Thôn số {n}", f"Trưởng thôn số {n} là ông Nguyễn Số{n}.") for n in range(2 * count)]

    def about(number: int) -> Asked:
        name = f"ông Nguyễn Số{number}"
        return Asked(
            f"trưởng thôn số {number} là ai?",
            lambda sent: any(one.kind == "bold" and one.text == name for one in sent.entities),
        )

    people = [Person(FIRST_PERSON + n, [about(2 * n), about(2 * n + 1)]) for n in range(count)]
    return people, FakeAnswerer([*LIBRARY, *villages])


@asynccontextmanager
async def running_bot(world: World, parts: Parts) -> AsyncIterator[None]:
    """The real application, in this process, open to everybody; it knows its server by name."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=world.data_dir,
        telegram_token=SecretStr(TOKEN),
        telegram_base_url=f"{world.server.address.replace('127.0.0.1', HOST)}/bot",
        access="open",
    )
    resolve, stop = socket.getaddrinfo, asyncio.Event()

    def lookup(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        if host not in (HOST, HOST.encode()):
            return resolve(host, port, *more, **options)
        if world.names:
            return resolve("127.0.0.1", port, *more, **options)
        world.unresolved += 1
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    begin = records_database._begin_sqlite

    def begin_on_this_disk(connection: Connection) -> None:
        begin(connection)
        pages = 1 if world.disk_is_full else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # at least as many as there are

    with (
        mock.patch.object(socket, "getaddrinfo", lookup),
        mock.patch.object(records_database, "_begin_sqlite", begin_on_this_disk),
    ):
        async with _serving(world.server, serve(settings, parts, stop), stop):
            yield


@asynccontextmanager
async def _serving(server: Server, served: Coroutine[Any, Any, None], stop: asyncio.Event) -> AsyncIterator[None]:
    task = asyncio.create_task(served)
    started = asyncio.create_task(server.until(lambda: server.called("setMyCommands")))
    try:
        await asyncio.wait((task, started), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        yield
    finally:
        started.cancel()
        stop.set()
        await asyncio.wait_for(task, PATIENCE)


async def live_through(
    server: Server, people: Sequence[Person], trouble: AbstractAsyncContextManager[Felt], seconds: float = 0.0
) -> Outcome:
    """Have everybody ask once as the trouble begins and once more while it lasts, and wait for all answers.

    Args:
        server: they write to.
        people: with one or two questions each.
        trouble: what is wrong meanwhile.
        seconds: how long at least; it lasts until the bot has met it, too.
    """
    async with trouble as felt:
        begun = time.monotonic()
        for person in people:
            await person.ask(server)
        await asyncio.sleep(seconds / 2)
        for person in people:
            if len(person.asks) > 1:
                await person.ask(server)
        async with asyncio.timeout(PATIENCE):
            while not felt():
                await asyncio.sleep(0.05)
        await asyncio.sleep(max(0.0, begun + seconds - time.monotonic()))
    return await _after(server, people, time.monotonic())


async def _after(server: Server, people: Sequence[Person], ended: float) -> Outcome:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while any(person.unanswered(server) for person in people):
                for person in people:
                    await person.take_up_offers(server)
                await asyncio.sleep(0.1)
    await server.quiet(0.5)
    first = [(person, n, person.answers(server, n)) for person in people for n in range(len(person.asks))]
    found = [(person, n, sent) for person, n, sent in first if sent]
    waits = [min(one.at for one in sent) - person.asked_at[n] for person, n, sent in found]
    offered = [one for person in people for one in server.sent_to(person.id) if one.id in person.pressed]
    known = {texts.UNCERTAIN, texts.STARTING}
    return Outcome(
        asked=len(first),
        lost=len(first) - len(found),
        twice=sum(len([one for one in sent if one not in offered]) > 1 for _, _, sent in found),
        crossed=sum(
            not any(asked.is_right(sent) for asked in person.asks) and sent.text not in known
            for person in people
            for sent in server.sent_to(person.id)
        ),
        offered=len(offered),
        waits=waits,
        recovery=max(0.0, max((one.at for _, _, sent in found for one in sent), default=ended) - ended),
    )
