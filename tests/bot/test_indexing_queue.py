"""Texts embedded by several programs: all of them once, also when a worker is killed in the middle of a batch."""

import contextlib
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.indexing_queue import BATCH, IndexingQueue
from embeddings.encoder.encoder import ModelFacts, Progress, Vectors
from embeddings.encoder.vector_cache import key_of
from embeddings.index.files import FilesStore
from embeddings.index.postgres.connecting import Connections
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.postgres.vector_cache import SharedVectorCache
from tests.conftest import QUICK, Run, environment
from tests.embeddings.fakes import WordEncoder

TEXTS = [f"đoạn văn số {number}" for number in range(3 * BATCH + 5)]
FACTS = ModelFacts(WordEncoder.fingerprint, WordEncoder.dimension, 512)


@pytest.fixture
def connections(database_url: str) -> Iterator[Connections]:
    with contextlib.closing(Connections(database_url)) as opened:
        yield opened


def test_a_program_without_workers_embeds_everything_itself_and_only_once(connections: Connections) -> None:
    encoder, told = WordEncoder(), list[tuple[int, int]]()
    queue = IndexingQueue(connections, lambda: encoder)
    queue.embed(TEXTS, FACTS, lambda done, of: told.append((done, of)))
    assert sorted(encoder.read) == sorted(TEXTS)
    assert told[-1] == (len(TEXTS), len(TEXTS))
    cache = SharedVectorCache(connections, FACTS)
    vectors = cache.vectors(map(key_of, TEXTS))
    expected = WordEncoder().encode_questions(TEXTS)
    np.testing.assert_array_equal(np.stack([vectors[key_of(text)] for text in TEXTS]), expected)
    queue.embed(TEXTS, FACTS)
    assert len(encoder.read) == len(TEXTS)
    cache.keep_only("g", [key_of(TEXTS[0])], [])
    assert list(cache.vectors(map(key_of, TEXTS))) == [key_of(TEXTS[0])]


class Failing(WordEncoder):
    """Cannot embed one of the texts."""

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        if TEXTS[0] in texts:
            raise ValueError("no")
        return super().encode_documents(texts, on_progress)


def test_a_batch_that_fails_again_and_again_is_left_to_the_building(connections: Connections) -> None:
    IndexingQueue(connections, Failing).embed(TEXTS, FACTS)
    found = SharedVectorCache(connections, FACTS).vectors(map(key_of, TEXTS))
    assert key_of(TEXTS[0]) not in found
    assert len(found) >= len(TEXTS) - BATCH


def test_a_killed_worker_loses_nothing(quick: Run, database_url: str, tmp_path: Path) -> None:
    settings = {"index": "postgres", "database_url": database_url, "index_seconds": 600}
    given = environment(data_dir=tmp_path / "worker", **settings) | {"QUICK_PAUSE": "0.2"}
    workers = [
        subprocess.Popen([*QUICK, "worker"], env=given, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stderr is not None
        assert "waiting for texts" in worker.stderr.readline()
    killer = subprocess.Popen(["/bin/sh", "-c", f"sleep 4; kill -9 {workers[0].pid}"])
    done = quick("reindex", data_dir=tmp_path / "data", variables={"QUICK_PAUSE": "0.2"}, **settings)
    assert done.status == 0, done.err
    killer.wait()
    workers[0].wait()
    workers[1].send_signal(signal.SIGTERM)
    assert workers[1].wait() in (0, -signal.SIGTERM)
    alone = quick("reindex", data_dir=tmp_path / "alone")
    assert alone.status == 0, alone.err
    with contextlib.closing(PostgresStore(database_url)) as store:
        shared, own = store.read_parts(store.published()), FilesStore(tmp_path / "alone")
        expected = own.read_parts(own.published())
        assert store.verify(store.published()) == []
    assert (shared.documents, shared.passages) == (expected.documents, expected.passages)
    np.testing.assert_array_equal(shared.rows, expected.rows)
    np.testing.assert_array_equal(shared.vectors, expected.vectors)
    for worker in workers:
        assert worker.stderr is not None
        worker.stderr.close()
