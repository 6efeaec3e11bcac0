"""A hundred thousand passages in each engine: `python -m tests.benchmarks.many_passages [PASSAGES]`.

Loading into files, one PostgreSQL database and two of them, p50 of a search (both channels, exact scores), and how many
of the ten nearest are those of the comparison with all. Passages are drawn: 30 words of one of 1,000 subjects and 30 of
all words by Zipf's law. Vectors count their words in 384 hashed places; each passage has two, of itself and of its one
sentence. What is read out of documents (offices, numbers, language) is left out, since no search of an engine needs it.
A question is eight words of a passage. The servers are set up in a temporary folder.
"""

import contextlib
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.models import Document
from embeddings.encoder.encoder import Vectors
from embeddings.index.building import embed, passages_of
from embeddings.index.files import FilesStore
from embeddings.index.parts import Parts
from embeddings.index.postgres.catalogue import StoredGeneration
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.protocol import IndexStore, OpenIndex
from embeddings.index.sharded.store import ShardedStore
from tests.benchmarks.index_engines import CANDIDATES, WideEncoder, search, timed
from tests.postgres_server import Server, servers

WORDS, SUBJECTS, OF_SUBJECT, QUESTIONS, TEN = 50_000, 1000, 300, 200, 10
PATIENCE = 3600.0
EQUAL = 1e-6
"""Cosines that differ by less are those of equally near passages."""


def main(count: int) -> None:
    """Load, search and print."""
    texts = drawn(count)
    documents = [Document(f"d{n}", f"t{n}", None, None, None, None, text, "0" * 64) for n, text in enumerate(texts)]
    questions = [" ".join(text.split()[:8]) for text in texts[:: max(1, count // QUESTIONS)]][:QUESTIONS]
    started = time.perf_counter()
    manifest, few = embed(documents[:1], WideEncoder())
    passages = passages_of(documents)
    owners = np.repeat(np.arange(count, dtype=np.int32), len(few.rows))
    rows = np.column_stack([owners, np.tile(few.rows[:, 1:], (count, 1))])
    vectors = np.repeat(WideEncoder().encode_documents(texts), len(few.rows), axis=0)
    parts = Parts(documents, passages, rows, vectors, few.derived)
    manifest = replace(manifest, documents=count, passages=len(passages), vectors=len(rows))
    print(f"{manifest.passages} passages, {manifest.vectors} vectors: drawn in {since(started)}", flush=True)
    asked = WideEncoder().encode_questions(questions)
    exact = [(parts.vectors[:: len(few.rows)] @ vector) for vector in asked]
    with servers() as folder, tempfile.TemporaryDirectory() as data, contextlib.ExitStack() as stack:
        running = [
            Server.set_up(folder / str(n)).start(fsync="on", shared_buffers="1GB", max_wal_size="4GB") for n in range(2)
        ]
        for server in running:
            stack.callback(server.stop)
        one = PostgresStore(running[0].url(running[0].new_database()), patience=PATIENCE)
        both = [PostgresStore(server.url(server.new_database()), patience=PATIENCE, shards=2) for server in running]
        stores: dict[str, IndexStore] = {
            "files": FilesStore(Path(data)),
            "postgres": one,
            "two databases": ShardedStore(both),
        }
        usual: dict[str, float] = {}
        for name, store in stores.items():
            started = time.perf_counter()
            generation = store.write_parts(StoredGeneration(manifest.id, manifest), parts)
            store.publish(generation)
            loaded, started = since(started), time.perf_counter()
            index = store.open(generation, WideEncoder.fingerprint)
            print(f"{name:<14} loaded in {loaded}, opened in {since(started)}", flush=True)
            usual[name] = measured(name, index, questions, exact)
            index.close()
        for name in ("postgres", "two databases"):
            print(f"{name}: {usual[name] / usual['files']:.2f} times the time of files")


def drawn(count: int) -> list[str]:
    """Texts of 60 words, one sentence each, of which no two are alike."""
    random = np.random.default_rng(18)
    chances = 1 / np.arange(1, WORDS + 1)
    usual = random.choice(WORDS, (count, 30), p=chances / chances.sum())
    vocabularies = random.integers(WORDS, size=(SUBJECTS, OF_SUBJECT))
    subjects = vocabularies[random.integers(SUBJECTS, size=count)]
    special = np.take_along_axis(subjects, random.integers(OF_SUBJECT, size=(count, 30)), axis=1)
    mixed = random.permuted(np.concatenate([usual, special], axis=1), axis=1)
    letters = str.maketrans("0123456789", "bcdghklmnt")  # words are no numbers
    return [" ".join(f"{word:05}" for word in row).translate(letters) + "." for row in mixed.tolist()]


def measured(name: str, index: OpenIndex, questions: list[str], exact: list[Vectors]) -> float:
    """Search once to warm up and once to measure; p50 in seconds."""
    encoder = WideEncoder()
    for question in questions:
        search(index, question)
    seconds = [timed(lambda one=question: search(index, one)) for question in questions]  # type: ignore[misc]
    found = [list(index.nearest(encoder.encode_questions([one]), CANDIDATES))[:TEN] for one in questions]
    recall = np.mean([share_of_nearest(ten, cosines) for ten, cosines in zip(found, exact, strict=True)])
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    print(f"{name:<14} a search: p50 {p50:.1f} ms, p95 {p95:.1f} ms, recall@10 {recall:.4f}", flush=True)
    return float(p50)


def share_of_nearest(found: list[int], cosines: Vectors) -> float:
    """How many of ten passages are as near as the tenth of all; several may be equally near."""
    tenth = np.sort(cosines)[-TEN] - EQUAL
    return float(np.count_nonzero(cosines[found] >= tenth)) / TEN


def since(started: float) -> str:
    """Seconds that passed."""
    return f"{time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
