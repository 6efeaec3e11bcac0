"""Indexing by several workers: `python -m tests.benchmarks.workers [PASSAGES]`, or with `--kills` the last part alone.

First `danvan reindex` alone, then with a worker beside it, each into an empty database: by the small encoder, which
waits a second for each batch of 64 texts, so that what is measured is how the work is shared and not how many
processors there are. Then once more, while workers beside it are killed at twenty moments and others take their place:
the index must be that of a run without workers.
"""

import argparse
import contextlib
import json
import random
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from embeddings.index.parts import Parts
from embeddings.index.postgres.store import PostgresStore
from tests.conftest import QUICK, environment
from tests.postgres_server import Server, servers

PAUSE = 0.25
"""Seconds for 16 texts."""
PAUSE_BETWEEN_KILLS = 5.0
"""The same while workers are killed, so that there is something left at the last kill."""
KILLS = 20


def main(passages: int, *, kills_only: bool) -> None:
    """Index, compare and print."""
    with servers() as folder, tempfile.TemporaryDirectory() as data:
        server = Server.set_up(folder / "one").start()
        documents = Path(data) / "documents"
        documents.mkdir()
        lines = (
            json.dumps({"_id": f"d{n}", "title": f"Tài liệu {n}", "text": f"Đoạn văn số {n}. Câu thứ hai của {n}."})
            for n in range(passages)
        )
        (documents / "corpus.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        alone, expected = indexed(server, Path(data) / "alone", documents, 0 if kills_only else PAUSE)
        print(f"alone: {alone:.1f} s", flush=True)
        if not kills_only:
            two, found = indexed(server, Path(data) / "two", documents, PAUSE, workers=1)
            ratio = f"{two / alone:.2f} of the time"
            print(f"with a worker beside it: {two:.1f} s, {ratio}; same index: {same(found, expected)}", flush=True)
        killed, found = indexed(server, Path(data) / "killed", documents, PAUSE_BETWEEN_KILLS, kills=KILLS)
        print(f"while {KILLS} workers were killed: {killed:.1f} s; same index: {same(found, expected)}")
        server.stop()


def indexed(  # noqa: PLR0913 - what is varied
    server: Server, data_dir: Path, documents: Path, pause: float, *, workers: int = 0, kills: int = 0
) -> tuple[float, Parts]:
    """Seconds that an index took, and what it is made of."""
    url = server.url(server.new_database())
    given = environment(
        data_dir=data_dir, corpus_dir=documents, index="postgres", database_url=url, index_seconds=600
    ) | {"QUICK_PAUSE": str(pause)}
    running = [worker(given | {"DANVAN_DATA_DIR": f"{data_dir}-{n}"}) for n in range(workers)]
    started = time.perf_counter()
    reindex = subprocess.Popen([*QUICK, "reindex"], env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for number in range(kills):
        beside = worker(given | {"DANVAN_DATA_DIR": f"{data_dir}-killed-{number}"})
        time.sleep(random.uniform(0, 1.5))
        assert reindex.poll() is None, f"the index was built before the kill number {number + 1}: take more passages"
        end(beside)
    assert reindex.wait() == 0
    seconds = time.perf_counter() - started
    for one in running:
        end(one)
    with contextlib.closing(PostgresStore(url, patience=600)) as store:
        assert store.verify(store.published()) == []
        return seconds, store.read_parts(store.published())


def worker(given: dict[str, str]) -> "subprocess.Popen[str]":
    """A worker that waits for texts."""
    started = subprocess.Popen([*QUICK, "worker"], env=given, stderr=subprocess.PIPE, text=True)
    assert started.stderr is not None
    started.stderr.readline()
    return started


def end(one: "subprocess.Popen[str]") -> None:
    """Kill a worker as a lost machine would be."""
    one.kill()
    one.wait()
    assert one.stderr is not None
    one.stderr.close()


def same(found: Parts, expected: Parts) -> bool:
    """Whether two indexes hold the same."""
    return (
        list(found.passages) == list(expected.passages)
        and np.array_equal(found.rows, expected.rows)
        and np.array_equal(found.vectors, expected.vectors)
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("passages", type=int, nargs="?", default=3000)
    parser.add_argument("--kills", action="store_true")
    given = parser.parse_args()
    main(given.passages, kills_only=given.kills)
