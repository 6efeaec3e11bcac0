"""Indexing by several workers: `python -m tests.benchmarks.workers [PASSAGES]`, with `--kills` the last part alone.

First `danvan reindex` alone, then with a worker beside it, each into an empty database: by the small encoder, which
waits a second for each batch of 64 texts, so that what is measured is how the work is shared and not how many
processors there are. Then while a worker beside it is killed and another takes its place, at twenty moments that lie
evenly over the time a batch takes, over as many builds as that needs: each index must be that of a run without workers.

With `--model FILE.jsonl.gz` the first PASSAGES documents of a file are indexed by the model, alone and with a worker
beside it, each program bound to a core of its own: unbound, one alone computes with several. Besides the time on the
clock it prints the seconds of a processor that each program took, by which a machine that does other things can be
judged: what the one that took more has worked, of what one alone has.
"""

import argparse
import contextlib
import gzip
import itertools
import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from embeddings.index.parts import Parts
from embeddings.index.postgres.store import PostgresStore
from tests.conftest import DANVAN, QUICK, environment
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


def with_model(file: Path, most: int) -> None:
    """Index by the model, alone and with a worker beside it."""
    with servers() as folder, tempfile.TemporaryDirectory() as data:
        server = Server.set_up(folder / "one").start()
        documents = Path(data) / "documents"
        documents.mkdir()
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in itertools.islice(lines, most)]
        given = (
            json.dumps({"_id": f"d{n}", "title": text.split("\n")[0][:100], "text": text}, ensure_ascii=False)
            for n, text in enumerate(texts)
        )
        (documents / "corpus.jsonl").write_text("\n".join(given) + "\n", "utf-8")
        figures = []
        for workers in (0, 1):
            url = server.url(server.new_database())
            settings = {"corpus_dir": documents, "index": "postgres", "database_url": url, "index_seconds": 600}
            beside = [
                subprocess.Popen(
                    [DANVAN, "worker"],
                    env=environment(data_dir=Path(data) / f"w{n}", **settings),
                    stderr=subprocess.PIPE,
                )
                for n in range(workers)
            ]
            for n, one in enumerate(beside):
                os.sched_setaffinity(one.pid, {1 + n})
                assert one.stderr is not None
                one.stderr.readline()
            started = time.perf_counter()
            env = environment(data_dir=Path(data) / f"r{workers}", **settings)
            reindex = subprocess.Popen(
                [DANVAN, "reindex"],
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            os.sched_setaffinity(reindex.pid, {0})
            worked = [seconds_of(reindex)]
            clock = time.perf_counter() - started
            for one in beside:
                one.terminate()
                worked.append(seconds_of(one))
            figures.append((clock, max(worked)))
            told = ", ".join(f"{each:.1f} s" for each in worked)
            print(f"{1 + workers} at work: {clock:.1f} s on the clock; of a processor: {told}", flush=True)
        (clock, alone), (clock_of_two, larger) = figures
        print(f"of the time of one: {larger / alone:.2f} by processors, {clock_of_two / clock:.2f} on the clock")
        server.stop()


def seconds_of(program: "subprocess.Popen[bytes]") -> float:
    """Seconds of a processor that a program has taken when it has ended."""
    _, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode in {0, -signal.SIGTERM}, program.returncode
    return usage.ru_utime + usage.ru_stime


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
    parser.add_argument("--model", type=Path)
    given = parser.parse_args()
    if given.model:
        with_model(given.model, given.passages)
    else:
        main(given.passages, kills_only=given.kills)
