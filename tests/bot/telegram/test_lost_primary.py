"""The database's primary is lost while bots answer: its standby goes on, and everybody is answered exactly once."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.telegram import texts
from tests.bot.telegram.server import Server
from tests.bot.telegram.test_restart import PEOPLE, ask_everybody, bot_process, check_answers
from tests.postgres_server import Server as DatabaseServer
from tests.postgres_server import servers

DEFERRED = (texts.DELAYED, texts.UNCERTAIN, texts.UNCERTAIN_ALONE)
"""What may be said beside the answer."""


@pytest.fixture
def primary_and_standby() -> Iterator[tuple[DatabaseServer, DatabaseServer]]:
    with servers() as folder:
        primary = DatabaseServer.set_up(folder / "primary").start()
        standby = primary.standby(folder / "standby").start()
        primary.wait_for_standby()
        try:
            yield primary, standby
        finally:
            primary.kill()
            standby.kill()


async def test_everybody_is_answered_once_though_the_primary_is_lost(
    server: Server, tmp_path: Path, primary_and_standby: tuple[DatabaseServer, DatabaseServer]
) -> None:
    primary, standby = primary_and_standby
    url = one_of_both(primary, standby)
    async with bot_process(server, tmp_path / "first", "--database", url, "--seconds", "0.3"):
        await server.until(lambda: server.called("setMyCommands"))
        before = len(server.called("setMyCommands"))
        async with bot_process(server, tmp_path / "second", "--database", url):
            await server.until(lambda: len(server.called("setMyCommands")) > before)
            await ask_everybody(server)
            await server.until(lambda: sum(map(bool, answers(server, PEOPLE))) >= 3)
            await asyncio.to_thread(primary.kill)
            await asyncio.to_thread(standby.promote)
            await server.until(lambda: all(answers(server, PEOPLE)))
            await server.quiet(3.0)
    assert answers(server, PEOPLE) == [1] * len(PEOPLE)
    check_answers(server, beside=DEFERRED)


def one_of_both(primary: DatabaseServer, standby: DatabaseServer) -> str:
    """The address of a new database that is on whichever of two servers accepts writes."""
    hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in (primary, standby))
    return f"postgresql+psycopg://danvan@/{primary.new_database()}?{hosts}"


def answers(server: Server, people: Sequence[int]) -> list[int]:
    """How many answers each of some people got; what defers one is none."""
    return [sum(sent.text not in DEFERRED for sent in server.sent_to(user)) for user in people]
