"""kill -9 again and again: `make soak`, or `python -m tests.benchmarks.soak_crashes [KILLS] [SEED]`.

KILLS (200) runs of adding and reindexing are killed, in turn at a step that changes a file and after a random time.
After each, the published index is verified, every document has to be there byte for byte, and the next run has to
complete. Exit status 0 if all of that held.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.crashes import Crashes
from tests.crashing import serving


def main(kills: int, seed: int) -> None:
    """Kill and check; an AssertionError says what did not hold."""
    print(f"seed {seed}")
    chance = random.Random(seed)
    started = time.monotonic()
    killed = 0
    with tempfile.TemporaryDirectory() as folder, serving(patience=24 * 3600) as server:
        crashes = Crashes(server, Path(folder))
        lengths = {"adding": crashes.steps("corpus", "add", crashes.first), "reindexing": crashes.steps("reindex")}
        begun = time.monotonic()
        crashes.reindexing(after=60)
        longest = (time.monotonic() - begun) / 2
        done = 0
        while killed < kills:
            kind = chance.choice(list(lengths))
            at_a_step = done % 2 == 0
            moment = (
                {"die_at": chance.randint(1, lengths[kind])} if at_a_step else {"after": chance.uniform(0, longest)}
            )
            killed += getattr(crashes, kind)(**moment)
            done += 1
            if done % 20 == 0:
                print(f"{killed} of {done} runs killed, {time.monotonic() - started:.0f} s", flush=True)
    print(f"{killed} kills in {done} runs: every document there, every index whole, every next run complete")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(numbers[0] if numbers else 200, numbers[1] if len(numbers) > 1 else random.randrange(10**6))
