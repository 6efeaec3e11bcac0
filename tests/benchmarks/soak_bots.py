"""Three polling bots and fifty people, a killed bot, a lost primary: `python -m tests.benchmarks.soak_bots`.

The bots share one database with a standby. Twenty-five people ask; after five answers the bot that asks Telegram for
updates is killed. When all are answered twenty-five more ask, the primary dies and the standby is promoted. Printed is
how many people got their answer, and how many got it twice.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from tests.bot.telegram.server import Server, running_server
from tests.bot.telegram.test_restart import bot_process
from tests.postgres_server import Server as DatabaseServer
from tests.postgres_server import servers

FIRST, SECOND = range(5001, 5026), range(5026, 5051)


async def main() -> None:
    """Run it once."""
    with servers() as folder, tempfile.TemporaryDirectory() as data:
        primary = await asyncio.to_thread(DatabaseServer.set_up(folder / "primary").start)
        standby = await asyncio.to_thread(primary.standby(folder / "standby").start)
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in (primary, standby))
        url = f"postgresql+psycopg://danvan@/{primary.new_database()}?{hosts}"
        async with running_server() as server, AsyncExitStack() as stack:
            polling, *_ = [
                await stack.enter_async_context(bot_process(server, Path(data) / str(n), "--database", url, *options))
                for n, options in enumerate((("--stuck-after", "5"), (), ()))
                if n == 0 or await server.until(lambda: server.called("setMyCommands"))
            ]
            await ask(server, FIRST)
            await server.until(lambda: answered(server, FIRST) >= 5)
            polling.kill()
            killed = time.perf_counter()
            await server.until(lambda: answered(server, FIRST) == len(FIRST))
            said("a bot is killed", server, FIRST, killed)
            await ask(server, SECOND)
            await asyncio.to_thread(primary.kill)
            killed = time.perf_counter()
            await asyncio.to_thread(standby.promote)
            await server.until(lambda: answered(server, SECOND) == len(SECOND))
            await server.quiet(15.0)
            said("the primary is lost", server, SECOND, killed)
        await asyncio.to_thread(standby.stop)


async def ask(server: Server, people: range) -> None:
    """Have everybody ask something else."""
    for user in people:
        await server.say(user, f"trưởng thôn số {(user - 5001) % 40} là ai?")


def answered(server: Server, people: range) -> int:
    """How many have an answer."""
    return sum(bool(server.sent_to(user)) for user in people)


def said(what: str, server: Server, people: range, since: float) -> None:
    """Print a line."""
    twice = sum(len(server.sent_to(user)) > 1 for user in people)
    seconds = time.perf_counter() - since
    print(f"{what}: {answered(server, people)} of {len(people)} answered, {twice} twice; {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
