"""Three polling bots and fifty people, a killed bot, a lost primary: `python -m tests.benchmarks.soak_bots`.

The bots share one database with a standby. Twenty-five people ask; after five answers the bot that asks Telegram for
updates is killed. When all are answered or were offered their answer again twenty-five more ask, the primary dies and
the standby, which confirms every commit, is promoted. Printed is how many people got their answer, how many got it
twice, and how many were told that it is delayed or may have arrived.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from bot.telegram import texts
from tests.bot.telegram.server import Server, running_server
from tests.bot.telegram.test_lost_primary import DEFERRED, answers, one_of_both
from tests.bot.telegram.test_restart import bot_process
from tests.postgres_server import Server as DatabaseServer
from tests.postgres_server import servers

FIRST, SECOND = range(5001, 5026), range(5026, 5051)


async def main() -> None:
    """Run it once."""
    with servers() as folder, tempfile.TemporaryDirectory() as data:
        primary = await asyncio.to_thread(DatabaseServer.set_up(folder / "primary").start)
        standby = await asyncio.to_thread(primary.standby(folder / "standby").start)
        await asyncio.to_thread(primary.wait_for_standby)
        url = one_of_both(primary, standby)
        async with running_server() as server, AsyncExitStack() as stack:
            polling, *_ = [
                await stack.enter_async_context(bot_process(server, Path(data) / str(n), "--database", url, *options))
                for n, options in enumerate((("--stuck-after", "5"), (), ()))
                if n == 0 or await server.until(lambda: server.called("setMyCommands"))
            ]
            await ask(server, FIRST)
            await server.until(lambda: reached(server, FIRST) >= 5)
            polling.kill()
            killed = time.perf_counter()
            await server.until(lambda: reached(server, FIRST) == len(FIRST))
            said("a bot is killed", server, FIRST, killed)
            await ask(server, SECOND)
            await asyncio.to_thread(primary.kill)
            killed = time.perf_counter()
            await asyncio.to_thread(standby.promote)
            await server.until(lambda: reached(server, SECOND) == len(SECOND))
            said("the primary is lost", server, SECOND, killed)
            await server.quiet(75.0)  # longer than a bot waits until it looks for what is left over
            said("all, in the end", server, range(FIRST.start, SECOND.stop), killed)
        await asyncio.to_thread(standby.stop)


async def ask(server: Server, people: range) -> None:
    """Have everybody ask something else."""
    for user in people:
        await server.say(user, f"trưởng thôn số {(user - 5001) % 40} là ai?")


def reached(server: Server, people: range) -> int:
    """How many were answered, or offered an answer that may have arrived."""
    final = {texts.UNCERTAIN, texts.UNCERTAIN_ALONE}
    return sum(
        bool(count) or any(sent.text in final for sent in server.sent_to(user))
        for user, count in zip(people, answers(server, people), strict=True)
    )


def said(what: str, server: Server, people: range, since: float) -> None:
    """Print a line."""
    counts = answers(server, people)
    answered, twice = sum(map(bool, counts)), sum(count > 1 for count in counts)
    others = sum(any(sent.text in DEFERRED for sent in server.sent_to(user)) for user in people)
    print(
        f"{what}: {answered} of {len(people)} answered, {twice} twice, {others} told of a delay or a doubt; "
        f"{time.perf_counter() - since:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    asyncio.run(main())
