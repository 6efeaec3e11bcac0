"""Both engines of an index over the same passages: loading, a search, and what HNSW misses.

Usage: python -m tests.benchmarks.index_engines FILE.jsonl [PASSAGES]   (lines with "text"; such as a set of laws)

Vectors are of a small encoder with 384 numbers, not of the model: what is compared is the engines. A PostgreSQL server
is set up for it in a temporary folder.
"""

import contextlib
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from corpus.models import Document
from corpus.splitting import split
from embeddings.index.files import FilesStore
from embeddings.index.lexical import index_terms
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.protocol import IndexStore, OpenIndex
from tests.postgres_server import Server, servers
from tests.quick import SyllableEncoder

QUESTIONS = 100
CANDIDATES = 200


class WideEncoder(SyllableEncoder):
    """As wide as the model."""

    dimension = 384


def main(file: Path, most: int) -> None:
    """Measure and print."""
    documents = read(file, most)
    questions = [split(one)[0].text.split(". ")[0] for one in documents[:: max(1, len(documents) // QUESTIONS)]]
    with servers() as folder, tempfile.TemporaryDirectory() as data:
        server = Server.set_up(folder / "one").start(fsync="on")
        with contextlib.closing(PostgresStore(server.url(server.new_database()), patience=600)) as postgres:
            files = FilesStore(Path(data))
            opened = [measured(name, store, documents) for name, store in (("files", files), ("postgres", postgres))]
            exact = [set(found(opened[0], question)[:10]) for question in questions]
            for name, index in zip(("files", "postgres"), opened, strict=True):
                seconds = sorted(timed(lambda one=question, over=index: search(over, one)) for question in questions)  # type: ignore[misc]
                recall = [
                    len(set(found(index, q)[:10]) & best) / len(best) for q, best in zip(questions, exact, strict=True)
                ]
                print(
                    f"{name:<10} a search: p50 {1000 * float(np.median(seconds)):.1f} ms, "
                    f"recall@10 {np.mean(recall):.3f}"
                )
        server.stop()


def read(file: Path, most: int) -> list[Document]:
    """Documents until they have so many passages."""
    documents: list[Document] = []
    passages = 0
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            one = Document(f"d{number}", text.split("\n")[0][:100], None, None, None, None, text, "0" * 64)
            documents.append(one)
            passages += len(split(one))
            if passages >= most:
                break
    return documents


def measured(name: str, store: IndexStore, documents: list[Document]) -> OpenIndex:
    """Build, publish and open an index, and say how long that took."""
    started = time.perf_counter()
    generation = store.build(documents, WideEncoder())
    store.publish(generation)
    built = time.perf_counter()
    index = store.open(generation, WideEncoder.fingerprint)
    facts = generation.manifest
    print(
        f"{name:<10} {facts.passages} passages, {facts.vectors} vectors: built in {built - started:.1f} s, "
        f"opened in {time.perf_counter() - built:.1f} s"
    )
    return index


def found(index: OpenIndex, question: str) -> list[int]:
    """Passages by vector, nearest first."""
    return list(index.nearest(WideEncoder().encode_questions([question]), CANDIDATES))


def search(index: OpenIndex, question: str) -> None:
    """What a retriever asks of an index for one question."""
    vector, terms = WideEncoder().encode_questions([question]), dict.fromkeys(index_terms(question), 1.0)
    words = index.match_words(terms, CANDIDATES)
    numbers = sorted({*index.nearest(vector, CANDIDATES), *words.candidates})
    index.vector_scores(vector, numbers)
    words.scores(numbers)
    index.passages_at(numbers[:20])


def timed(step: Callable[[], None]) -> float:
    """Seconds of wall time."""
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
