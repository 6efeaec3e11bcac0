"""Indexing by several workers: `python -m tests.benchmarks.workers [PASSAGES]`, or with `--kills` the last part alone.

First `danvan reindex` alone, then with a worker beside it, each into an empty database: by the small encoder, which
waits a second for each batch of 64 texts, so that what is measured is how the work is shared and not how many
processors there are. Then while a worker beside it is killed and another takes its place, at twenty moments that lie
evenly over the time a batch takes, over as many builds as that needs: each index must be that of a run without workers.
"""

import argparse
import contextlib
import json
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
PAUSE_WITH_KILLS = 1.0
"""The same while workers are killed: a batch takes four seconds then."""
BATCH_SECONDS = 4.0
KILLS = 20
HANDED_OUT_AGAIN = "its batch is handed out again"
"""What `danvan reindex` says for each batch that a worker had in hand when it died."""


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
        alone, expected, _ = indexed(server, Path(data) / "alone", documents, 0 if kills_only else PAUSE)
        print(f"alone: {alone:.1f} s", flush=True)
        if not kills_only:
            two, found, _ = indexed(server, Path(data) / "two", documents, PAUSE, workers=1)
            ratio = f"{two / alone:.2f} of the time"
            print(f"with a worker beside it: {two:.1f} s, {ratio}; same index: {same(found, expected)}", flush=True)
        kill_workers(server, Path(data), documents, expected)
        server.stop()


def kill_workers(server: Server, data: Path, documents: Path, expected: Parts) -> None:
    """Kill a worker at each of the moments, however many builds that takes, and print what became of the indexes."""
    moments = np.random.default_rng(18).permutation(np.linspace(0, BATCH_SECONDS, KILLS)).tolist()
    left, builds, unlike, in_hand = [*moments], 0, 0, 0
    while left:
        builds += 1
        seconds, found, lost = indexed(server, data / f"killed-{builds}", documents, PAUSE_WITH_KILLS, kills=left)
        unlike += not same(found, expected)
        in_hand += lost
        print(f"build {builds}: {seconds:.1f} s; {KILLS - len(left)} kills so far", flush=True)
    print(
        f"{KILLS} workers killed in {builds} builds, {in_hand} of them with a batch in hand that was handed out again; "
        f"indexes unlike that of a run without workers: {unlike}"
    )


def indexed(  # noqa: PLR0913 - what is varied
    server: Server, data_dir: Path, documents: Path, pause: float, *, workers: int = 0, kills: list[float] | None = None
) -> tuple[float, Parts, int]:
    """Seconds that an index took, what it is made of, and batches that were handed out again.

    Args:
        server: an empty database of it is filled.
        data_dir: of who reindexes.
        documents: what is indexed.
        pause: seconds for 16 texts.
        workers: so many are beside it.
        kills: seconds after which a worker is killed, one after the other; those that the build was long enough for
            are taken out.
    """
    url = server.url(server.new_database())
    given = environment(
        data_dir=data_dir, corpus_dir=documents, index="postgres", database_url=url, index_seconds=600
    ) | {"QUICK_PAUSE": str(pause)}
    running = [worker(given | {"DANVAN_DATA_DIR": f"{data_dir}-{n}"}) for n in range(workers)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        started = time.perf_counter()
        reindex = subprocess.Popen([*QUICK, "reindex"], env=given, stdout=subprocess.DEVNULL, stderr=said)
        while kills and reindex.poll() is None:
            beside = worker(given | {"DANVAN_DATA_DIR": f"{data_dir}-killed-{len(kills)}"})
            time.sleep(kills[0])
            end(beside)
            if reindex.poll() is None:  # otherwise there was nothing left that the worker could lose
                kills.pop(0)
        ended = reindex.wait()
        seconds = time.perf_counter() - started
        said.seek(0)
        told = said.read()
    assert ended == 0, told
    for one in running:
        end(one)
    with contextlib.closing(PostgresStore(url, patience=600)) as store:
        assert store.verify(store.published()) == []
        return seconds, store.read_parts(store.published()), told.count(HANDED_OUT_AGAIN)


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
