"""A hundred thousand passages in each engine: `python -m tests.benchmarks.many_passages PASSAGES FILE.jsonl...`.

Loading into files, one PostgreSQL database and, with `--two`, two of them; a search (both channels, exact scores): p50
on the clock, and seconds of a processor, those of the server among them; how many of the ten nearest passages are those
of the comparison with all. The files hold real documents ("text" in each line), out of which the passages are
recombined; see `recombined`. A question is a run of words of a passage, embedded by the model. Each question is put to
all engines one after the other, so that what else the machine does weighs on all of them alike. What is read out of
documents (offices, numbers, language) is left out, since no search of an engine needs it, and the words of the passages
are read once for all engines. The servers are set up in a temporary folder; vectors of real sentences are kept in
`--cache FOLDER`.
"""

import argparse
import contextlib
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.models import Document, Passage
from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import ModelFacts, Vectors, load_encoder
from embeddings.encoder.lazy_and_cached import CachedEncoder
from embeddings.encoder.vector_cache import VectorCache
from embeddings.index import lexical
from embeddings.index.building import embed, passages_of
from embeddings.index.dense import embedded_text, rows_of, titled
from embeddings.index.files import FilesStore
from embeddings.index.generations import Manifest
from embeddings.index.lexical import index_terms
from embeddings.index.parts import Parts
from embeddings.index.postgres import postings
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


def main(count: int, files: Sequence[Path], cache: Path, *, two: bool) -> None:
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
    manifest, parts = parts_of(documents, encoder)
    facts_ = f"{manifest.passages} passages, {manifest.vectors} vectors ({encoder.unknown} cut otherwise)"
    print(f"{facts_}: split in {since(started)}", flush=True)
    started = time.process_time()
    terms = remember_words(parts)
    print(f"{terms} different words: read in {time.process_time() - started:.1f} s of a processor", flush=True)
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
        stores: dict[str, IndexStore] = {
            "files": FilesStore(Path(data)),
            "postgres": PostgresStore(running[0].url(running[0].new_database()), patience=PATIENCE),
        }
        if two:
            urls = [server.url(server.new_database()) for server in running]
            stores["two databases"] = ShardedStore([PostgresStore(url, patience=PATIENCE, shards=2) for url in urls])
        clock = Clock(running)
        opened = {
            name: loaded(name, store, StoredGeneration(manifest.id, manifest), parts, clock)
            for name, store in stores.items()
        }
        measured(opened, texts, asked, exact, clock)


def parts_of(documents: Sequence[Document], encoder: RecombinedEncoder) -> tuple[Manifest, Parts]:
    """What an index of these documents is made of, but for what is read out of more than the first of them."""
    manifest, few = embed(documents[:1], encoder)
    passages = passages_of(documents)
    titles = {document.id: document.title for document in documents}
    named, texts = [titles[passage.document_id] for passage in passages], [passage.text for passage in passages]
    rows = rows_of(named, texts, encoder)
    vectors = encoder.encode_documents([embedded_text(named, texts, row) for row in rows.tolist()])
    manifest = replace(manifest, documents=len(documents), passages=len(passages), vectors=len(rows))
    return manifest, Parts(documents, passages, rows, vectors, few.derived)


def remember_words(parts: Parts) -> int:
    """Have the words of all passages read once for all engines; how many different ones there are."""
    titles = {document.id: document.title for document in parts.documents}
    texts = [titled(titles[passage.document_id], passage.text) for passage in parts.passages]
    interned: dict[str, str] = {}
    known = {text: [interned.setdefault(term, term) for term in index_terms(text)] for text in texts}

    def remembered(text: str) -> list[str]:
        return known[text] if text in known else index_terms(text)

    lexical.index_terms = postings.index_terms = remembered  # type: ignore[attr-defined]
    return len(interned)


class Clock:
    """Seconds of a processor that this program and the servers have taken.

    Args:
        running: the servers.
    """

    def __init__(self, running: Sequence[Server]) -> None:
        self._parents = {server.pid for server in running}

    def seconds(self) -> float:
        """So far, of all processes that are still there."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[1]) in self._parents:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK") + time.process_time()


def questions_of(passages: Sequence[Passage]) -> list[str]:
    """Runs of words out of passages that lie evenly over all of them."""
    found = []
    for passage in passages[:: max(1, len(passages) // (2 * QUESTIONS))]:
        longest = max((passage.text[start:end].split() for start, end in sentence_spans(passage.text)), key=len)
        if len(longest) >= WORDS:
            middle = (len(longest) - WORDS) // 2
            found.append(" ".join(longest[middle : middle + WORDS]))
    return found[:: max(1, len(found) // QUESTIONS)][:QUESTIONS]


def loaded(name: str, store: IndexStore, generation: StoredGeneration, parts: Parts, clock: Clock) -> OpenIndex:
    """Write a generation into a store, publish and open it, and say how long that took."""
    started, worked = time.perf_counter(), time.process_time()
    written = store.write_parts(generation, parts)
    store.publish(written)
    seconds, worked, started = since(started), time.process_time() - worked, time.perf_counter()
    index = store.open(written, RecombinedEncoder.fingerprint)
    print(
        f"{name:<14} loaded in {seconds} ({worked:.1f} s of a processor here, {clock.seconds():.0f} s so far with the "
        f"servers), opened in {since(started)}",
        flush=True,
    )
    return index


def measured(
    opened: dict[str, OpenIndex],
    texts: Sequence[str],
    asked: Sequence[Vectors],
    exact: Sequence[Vectors],
    clock: Clock,
) -> None:
    """Search once to warm up and once to measure, and print p50, p95, seconds of a processor and recall."""
    seconds: dict[str, list[float]] = {name: [] for name in opened}
    for measuring in (False, True):
        for text, vector in zip(texts, asked, strict=True):
            for name, index in opened.items():
                started = time.perf_counter()
                search(index, text, vector)
                if measuring:
                    seconds[name].append(time.perf_counter() - started)
    worked = {}
    for name, index in opened.items():
        before = clock.seconds()
        for text, vector in zip(texts, asked, strict=True):
            search(index, text, vector)
        worked[name] = (clock.seconds() - before) / len(texts)
    usual = np.percentile(seconds["files"], 50)
    for name, index in opened.items():
        found = [list(index.nearest(vector, CANDIDATES))[:TEN] for vector in asked]
        recall = np.mean([share_of_nearest(ten, cosines) for ten, cosines in zip(found, exact, strict=True)])
        p50, p95 = np.percentile(seconds[name], [50, 95])
        print(
            f"{name:<14} a search: p50 {1000 * p50:.1f} ms ({p50 / usual:.2f} times that of files), "
            f"p95 {1000 * p95:.1f} ms; {1000 * worked[name]:.1f} ms of a processor "
            f"({worked[name] / worked['files']:.2f} times); recall@10 {recall:.4f}",
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
    parser.add_argument("--two", action="store_true")
    given = parser.parse_args()
    main(given.passages, given.files, given.cache, two=given.two)
