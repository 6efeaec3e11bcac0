"""Several polling bots on one database: one asks for updates, and another one does when it dies."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.records.claims import Claims
from bot.records.database import Database
from bot.telegram.incoming.election import PollingTurn
from tests.bot.telegram.server import Server
from tests.bot.telegram.test_lost_primary import DEFERRED, answers
from tests.bot.telegram.test_restart import PEOPLE, ask_everybody, bot_process, check_answers


class Asking:
    """Notes whether updates are asked for."""

    def __init__(self, database: Database) -> None:
        self.on = False
        self.claims = Claims(database, "polling")
        self.turn = PollingTurn(self.claims, 7, self.start, self.stop)

    async def start(self) -> None:
        self.on = True

    async def stop(self) -> None:
        self.on = False


@pytest.fixture
def two(database_url: str) -> Iterator[tuple[Asking, Asking]]:
    databases = [Database.open(database_url) for _ in range(2)]
    yield Asking(databases[0]), Asking(databases[1])
    for database in databases:
        database.close()


async def test_one_of_two_asks_and_the_other_takes_its_place(two: tuple[Asking, Asking]) -> None:
    first, second = two
    for one in (first, second, first, second):
        await one.turn.look()
    assert (first.on, second.on) == (True, False)
    await asyncio.to_thread(first.claims.close)
    while not second.on:  # the database notices in a moment that the connection is gone
        await second.turn.look()
    await first.turn.look()
    assert (first.on, second.on) == (False, True)


async def test_while_nobody_can_tell_all_go_on_as_they_are(
    two: tuple[Asking, Asking], monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in two:
        await one.turn.look()
    for one in two:
        monkeypatch.setattr(one.claims, "_is_connected", lambda: False)
        await one.turn.look()
    assert (two[0].on, two[1].on) == (True, False)


async def test_a_killed_bot_is_replaced_and_every_question_answered(
    server: Server, tmp_path: Path, database_url: str
) -> None:
    async with bot_process(server, tmp_path / "first", "--database", database_url, "--stuck-after", "5") as first:
        await server.until(lambda: server.called("setMyCommands"))
        before = len(server.called("setMyCommands"))
        async with bot_process(server, tmp_path / "second", "--database", database_url):
            await server.until(lambda: len(server.called("setMyCommands")) > before)
            await ask_everybody(server)
            await server.until(lambda: sum(bool(server.sent_to(user)) for user in range(5001, 5021)) >= 5)
            first.send_signal(signal.SIGKILL)
            await first.wait()
            await server.until(lambda: all(server.sent_to(user) for user in range(5001, 5021)))
            await server.quiet(1.0)
    assert answers(server, PEOPLE) == [1] * len(PEOPLE)
    check_answers(server, beside=DEFERRED)  # of one the database may not know whether it arrived
