"""A long run of the bot: `make soak`, or `python -m tests.benchmarks.soak_telegram [QUESTIONS]`.

The real application answers QUESTIONS (10,000) questions of 200 people as fast as it can, through the emulator in a
process of its own, with faults on the line now and then. Memory of the bot is taken after a warm-up of a fifth and
at the end: it may grow by at most 10%. The answerer is the small one of the tests: the model's memory is not the
subject, the bot's is. Exit status 0 if every question was answered and memory stayed flat.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bot.telegram.server import Fault, Server, running_server

PEOPLE = 200
WARM_UP = 0.2
GROWTH_ALLOWED = 0.10
AT_ONCE = 40
FAULT_EVERY = 250


async def main(questions: int) -> int:
    """Run, print the figures, judge them."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_server() as server:
            arguments = ("-m", "tests.bot.telegram.bot_process", server.address, folder, "--unlimited")
            process = await asyncio.create_subprocess_exec(sys.executable, *arguments)
            try:
                return await _soak(server, process.pid, questions)
            finally:
                process.terminate()
                await process.wait()


async def _soak(server: Server, pid: int, questions: int) -> int:
    await server.until(lambda: server.called("setMyCommands"), seconds=60)
    waits: list[float] = []
    memory: list[tuple[int, float]] = []
    lost = 0
    started = time.monotonic()
    for first in range(0, questions, AT_ONCE):
        if first % FAULT_EVERY < AT_ONCE:
            server.faults.append(Fault("sendMessage", "status", status=502))
            server.faults.append(Fault("getUpdates", "reset"))
        users = [1_000_000 + (first + number) % PEOPLE for number in range(AT_ONCE)]
        begun = time.monotonic()
        for number, user in enumerate(users):
            await server.say(user, f"trưởng thôn số {(first + number) % 40} là ai?")
        try:
            await server.until(lambda: all(server.sent_to(user) for user in users), seconds=120)  # noqa: B023
        except TimeoutError:
            lost += sum(not server.sent_to(user) for user in users)
        waits += [sent.at - begun for user in users for sent in server.sent_to(user)]
        server.messages.clear()
        server.calls.clear()
        memory.append((first + AT_ONCE, _resident_megabytes(pid)))
    seconds = time.monotonic() - started
    settled = [size for asked, size in memory if asked >= WARM_UP * questions]
    count = max(1, len(settled) // 10)
    before, after = statistics.median(settled[:count]), statistics.median(settled[-count:])
    growth = after / before - 1
    print(f"{questions} questions in {seconds:.0f} s, {lost} unanswered")
    print(f"wait: median {statistics.median(waits):.2f} s, p95 {statistics.quantiles(waits, n=20)[-1]:.2f} s")
    print(f"memory: {before:.0f} MB after the warm-up, {after:.0f} MB at the end ({growth:+.1%})")
    return 0 if lost == 0 and growth <= GROWTH_ALLOWED else 1


def _resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the bot is gone")


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
