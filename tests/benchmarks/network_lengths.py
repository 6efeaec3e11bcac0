"""What a token costs the network in texts of all lengths: `python -m tests.benchmarks.network_lengths`.

Putting several people's questions into one run would pay only where a token costs less in a longer text.
"""

import time

import numpy as np

from embeddings.network.network import open_network
from tests.benchmarks.peers import FOLDER

LENGTHS = (12, 24, 48, 96, 192, 384)
RUNS, ROUNDS = 3, 3


def main() -> None:
    """Print milliseconds of processor of one text of each length, the best of some rounds."""
    network = open_network(FOLDER)
    chance = np.random.default_rng(0)
    for name, work in (("vector of a text", network.states), ("reader's window", network.read)):
        for length in LENGTHS:
            rows = [[0, *chance.integers(10, 20_000, length - 2).tolist(), 2]]
            work(rows)
            took = []
            for _ in range(ROUNDS):
                started = time.process_time()
                for _ in range(RUNS):
                    work(rows)
                took.append(1000 * (time.process_time() - started) / RUNS)
            print(f"{name:16} of {length:3} tokens {min(took):6.1f} ms, {min(took) / length:.3f} a token")


if __name__ == "__main__":
    main()
