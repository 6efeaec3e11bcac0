"""A hundred thousand passages in each engine: `python -m tests.benchmarks.many_passages PASSAGES FILE.jsonl...`.

Building and loading into files, one PostgreSQL database and two of them; p50 of a search (both channels, exact scores);
how many of the ten nearest passages are those of the comparison with all. The files hold real documents ("text" in each
line), out of which the passages are recombined; see `recombined`. A question is a run of words of a passage, embedded
by the model. Each question is put to all engines one after the other, so that what else the machine does weighs on all
of them alike. The servers are set up in a temporary folder; vectors of real sentences are kept in `--cache FOLDER`.
"""

import argparse
import contextlib
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.models import Passage
from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import ModelFacts, Vectors, load_encoder
from embeddings.encoder.lazy_and_cached import CachedEncoder
from embeddings.encoder.vector_cache import VectorCache
from embeddings.index.building import embed
from embeddings.index.files import FilesStore
from embeddings.index.lexical import index_terms
from embeddings.index.parts import Parts
from embeddings.index.postgres.catalogue import StoredGeneration
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.protocol import IndexStore, OpenIndex
from embeddings.index.sharded.store import ShardedStore
from tests.benchmarks.machine import about_machine
from tests.benchmarks.recombined import Recombined, RecombinedEncoder, read
from tests.postgres_server import Server, servers

QUESTIONS, WORDS, TEN, CANDIDATES = 200, 10, 10, 200
PATIENCE = 3600.0
EQUAL = 1e-6
"""Cosines that differ by less are those of equally near passages."""


def main(count: int, files: Sequence[Path], cache: Path) -> None:
    """Build, load, search and print."""
    print(about_machine(), flush=True)
    model = load_encoder()
    facts = ModelFacts(model.fingerprint, model.dimension, model.max_tokens)
    started, real = time.perf_counter(), read(files)
    with contextlib.closing(VectorCache(cache, facts)) as kept:
        recombined = Recombined(real, CachedEncoder(model, kept))
    print(f"{len(real)} real documents, {recombined.sentences} sentences: embedded in {since(started)}", flush=True)
    started = time.perf_counter()
    documents, encoder = recombined.documents(count)
    print(f"{len(documents)} documents: recombined in {since(started)}", flush=True)
    started = time.perf_counter()
    manifest, parts = embed(documents, encoder)
    facts_ = f"{manifest.passages} passages, {manifest.vectors} vectors"
    print(f"{facts_}: split and read out in {since(started)}; {encoder.unknown} vectors unknown", flush=True)
    texts = questions_of(parts.passages)
    asked = [model.encode_questions([text]) for text in texts]
    owners = np.flatnonzero(np.diff(parts.rows[:, 0], prepend=-1))
    exact = [np.maximum.reduceat(parts.vectors @ vector[0], owners) for vector in asked]
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
        opened = {
            name: loaded(name, store, StoredGeneration(manifest.id, manifest), parts) for name, store in stores.items()
        }
        measured(opened, texts, asked, exact)


def questions_of(passages: Sequence[Passage]) -> list[str]:
    """Runs of words out of passages that lie evenly over all of them."""
    found = []
    for passage in passages[:: max(1, len(passages) // (2 * QUESTIONS))]:
        longest = max((passage.text[start:end].split() for start, end in sentence_spans(passage.text)), key=len)
        if len(longest) >= WORDS:
            middle = (len(longest) - WORDS) // 2
            found.append(" ".join(longest[middle : middle + WORDS]))
    return found[:: max(1, len(found) // QUESTIONS)][:QUESTIONS]


def loaded(name: str, store: IndexStore, generation: StoredGeneration, parts: Parts) -> OpenIndex:
    """Write a generation into a store, publish and open it, and say how long that took."""
    started = time.perf_counter()
    written = store.write_parts(generation, parts)
    store.publish(written)
    seconds, started = since(started), time.perf_counter()
    index = store.open(written, RecombinedEncoder.fingerprint)
    print(f"{name:<14} loaded in {seconds}, opened in {since(started)}", flush=True)
    return index


def measured(
    opened: dict[str, OpenIndex], texts: Sequence[str], asked: Sequence[Vectors], exact: Sequence[Vectors]
) -> None:
    """Search once to warm up and once to measure, and print p50, p95 and recall."""
    seconds: dict[str, list[float]] = {name: [] for name in opened}
    for measuring in (False, True):
        for text, vector in zip(texts, asked, strict=True):
            for name, index in opened.items():
                started = time.perf_counter()
                search(index, text, vector)
                if measuring:
                    seconds[name].append(time.perf_counter() - started)
    usual = np.percentile(seconds["files"], 50)
    for name, index in opened.items():
        found = [list(index.nearest(vector, CANDIDATES))[:TEN] for vector in asked]
        recall = np.mean([share_of_nearest(ten, cosines) for ten, cosines in zip(found, exact, strict=True)])
        p50, p95 = np.percentile(seconds[name], [50, 95])
        print(
            f"{name:<14} a search: p50 {1000 * p50:.1f} ms ({p50 / usual:.2f} times that of files), "
            f"p95 {1000 * p95:.1f} ms, recall@10 {recall:.4f}",
            flush=True,
        )


def search(index: OpenIndex, text: str, vector: Vectors) -> None:
    """What a retriever asks of an index for one question."""
    words = index.match_words(dict.fromkeys(index_terms(text), 1.0), CANDIDATES)
    numbers = sorted({*index.nearest(vector, CANDIDATES), *words.candidates})
    index.vector_scores(vector, numbers)
    words.scores(numbers)
    index.passages_at(numbers[:20])


def share_of_nearest(found: Sequence[int], cosines: Vectors) -> float:
    """How many of ten passages are as near as the tenth of all; several may be equally near."""
    tenth = np.sort(cosines)[-TEN] - EQUAL
    return float(np.count_nonzero(cosines[found] >= tenth)) / TEN


def since(started: float) -> str:
    """Seconds that passed."""
    return f"{time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("passages", type=int)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "danvan-recombined")
    given = parser.parse_args()
    main(given.passages, given.files, given.cache)
