"""What grows with the documents: `python -m tests.benchmarks.growth [FILE.json] [--sizes 1000,10000,100000]`.

Passages and vectors are recombined from real ones (see `recombining`); what is measured leaves embedding out: writing a
generation, its size on disk, opening it, searching it with real questions and their vectors, memory, recall. Above
`READ_OUT_UP_TO` passages, numbers, offices and language are read out of so many, and the time is told for so many. Each
size is built and opened in processes of their own; a size that the file has already, measured with the same program,
is not measured again.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import faiss

from embeddings.encoder.encoder import BUNDLED_FACTS, Encoder, Vectors, load_encoder
from embeddings.encoder.lazy_and_cached import CachedEncoder
from embeddings.encoder.vector_cache import VectorCache
from embeddings.index.building import SHAPE, new_id, versions, write
from embeddings.index.dense import DenseIndex
from embeddings.index.derived import Derived
from embeddings.index.files import FilesIndex, FilesStore
from embeddings.index.generations import Manifest, read
from embeddings.index.parts import Parts
from embeddings.retriever import Retriever
from tests.benchmarks.benchmark_files import lines
from tests.benchmarks.contestants import most_memory
from tests.benchmarks.machine import about_machine
from tests.benchmarks.peers import FOLDER, PRACTICE, ROOT
from tests.benchmarks.pieces import program_key
from tests.benchmarks.recombining import A_DOCUMENT, RealPieces, Recombined

SIZES = (100, 1_000, 10_000, 100_000)
READ_OUT_UP_TO = 100_000
QUESTIONS, WARM_UP = 60, 5
NEAREST = 200
"""Rows, as many as a search looks up."""
TOP = 10
_FLAT_QUESTIONS = 20


class TimedEncoder:
    """An encoder that counts the seconds of processor it takes for questions."""

    def __init__(self, encoder: Encoder) -> None:
        self.fingerprint, self.dimension, self.max_tokens = encoder.fingerprint, encoder.dimension, encoder.max_tokens
        self.encode_documents, self.token_counts = encoder.encode_documents, encoder.token_counts
        self._encoder = encoder
        self.seconds = 0.0

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        started = time.process_time()
        vectors = self._encoder.encode_questions(texts)
        self.seconds += time.process_time() - started
        return vectors


def main() -> None:
    """Measure every size and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=FOLDER / "growth.json")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--step", choices=("build", "search"))
    options = parser.parse_args()
    if options.step:
        work = {"build": build, "search": search}[options.step]
        print(json.dumps(work(options.file, int(options.sizes))))
        return
    options.file.parent.mkdir(parents=True, exist_ok=True)
    program, found = program_key(), {}
    if options.file.exists() and (known := json.loads(options.file.read_text("utf-8")))["program"] == program:
        found = known["sizes"]
    for size in sorted(options.sizes.split(","), key=int):
        if size in found:
            continue
        with tempfile.TemporaryDirectory(prefix="growth-", dir=options.file.parent) as folder:
            found[size] = {step: _apart(step, folder, size) for step in ("build", "search")}
            print(size, found[size], file=sys.stderr)
        sizes = {key: found[key] for key in sorted(found, key=int)}
        figures = {"sizes": sizes, "machine": about_machine(), "program": program}
        options.file.write_text(json.dumps(figures, indent=1), "utf-8")


def _apart(step: str, folder: str, size: str) -> Any:
    command = [sys.executable, "-m", "tests.benchmarks.growth", folder, "--sizes", size, "--step", step]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def build(data_dir: Path, size: int) -> dict[str, float]:
    """Write and publish a generation of so many passages; seconds of processor without those for recombining."""
    cache = VectorCache(FOLDER, BUNDLED_FACTS)
    real = RealPieces.embedded(PRACTICE, CachedEncoder(load_encoder(data_dir=FOLDER), cache))
    cache.close()
    recombined = Recombined.of(size, real)
    vectors = recombined.write_vectors(data_dir / "vectors.npy", real)
    documents, passages = recombined.documents, recombined.passages
    created = datetime.now(UTC)
    started = time.process_time()
    most = min(size, READ_OUT_UP_TO)
    derived = Derived.read_out(documents[: -(-most // A_DOCUMENT)], passages[:most])
    read_out = time.process_time() - started
    manifest = Manifest(
        id=new_id(created),
        created=created.isoformat(timespec="microseconds"),
        fingerprint=BUNDLED_FACTS.fingerprint,
        dimension=BUNDLED_FACTS.dimension,
        documents=len(documents),
        passages=len(passages),
        vectors=len(vectors),
        versions=versions(),
        checksums={},
        shape=dict(SHAPE),
    )
    generation = write(data_dir, manifest, Parts(documents, passages, recombined.rows, vectors, derived))
    took = time.process_time() - started
    (data_dir / "vectors.npy").unlink()
    FilesStore(data_dir).publish(generation)
    files = [path for path in generation.folder.rglob("*") if path.is_file()]
    size_of = {path.relative_to(generation.folder).parts[0]: 0 for path in files}
    for path in files:
        size_of[path.relative_to(generation.folder).parts[0]] += path.stat().st_size
    return {
        "vectors": len(vectors),
        "processor_seconds": took,
        "reading_out_seconds": read_out,
        "memory_mb": most_memory(),
        "disk_mb": sum(size_of.values()) / 1e6,
        "words_mb": size_of["lexical"] / 1e6,
    }


def search(data_dir: Path, size: int) -> dict[str, float]:
    """Open what was built and ask real questions: seconds and milliseconds of processor."""
    encoder = TimedEncoder(load_encoder(data_dir=FOLDER))
    encoder.encode_questions(["dân vận"])
    before = _resident_memory()
    started = time.process_time()
    store = FilesStore(data_dir)
    generation = store.published()
    contents = read(generation, encoder.fingerprint)
    retriever = Retriever(FilesIndex(generation.id, contents), encoder)
    opened = time.process_time() - started
    resident = _resident_memory()
    asked = [one["question"] for one in lines(PRACTICE / "questions.jsonl")][: QUESTIONS + WARM_UP]
    took = []
    for question in asked:
        started, embedding = time.process_time(), encoder.seconds
        retriever.search(question)
        took.append(1000 * (time.process_time() - started - (encoder.seconds - embedding)))
    took = took[WARM_UP:]
    serving, own = _resident_memory(), _own_memory()
    vectors = encoder.encode_questions(asked[:_FLAT_QUESTIONS])
    return {
        "passages": size,
        "opening_seconds": opened,
        "memory_before_mb": before,
        "memory_mb": resident,
        "serving_mb": serving,
        "serving_own_mb": own,
        "p50_ms": quantiles(took, n=20)[9],
        "p95_ms": quantiles(took, n=20)[18],
        **_against_flat(contents.dense, vectors),
    }


def _against_flat(dense: DenseIndex, questions: Vectors) -> dict[str, float]:
    """FAISS's flat index of the same vectors, asked for as many rows: median milliseconds; how many both find."""
    faiss.omp_set_num_threads(1)
    flat, near, found = [], [], []
    for question in questions:
        started = time.process_time()
        _, exact = dense.index.search(question[None], min(NEAREST, dense.index.ntotal))
        flat.append(1000 * (time.process_time() - started))
        started = time.process_time()
        nearest = dense.nearest(question[None], NEAREST)
        near.append(1000 * (time.process_time() - started))
        right = list(dict.fromkeys(dense.rows[exact[0], 0].tolist()))[:TOP]
        found.append(len(set(right) & set(nearest[:TOP])) / len(right))
    return {
        "flat_ms": quantiles(flat, n=20)[9],
        "nearest_ms": quantiles(near, n=20)[9],
        "recall_at_10": sum(found) / len(found),
    }


def _resident_memory() -> float:
    """Megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * 4096 / 1e6


def _own_memory() -> float:
    """Megabytes of that without the parts of mapped files, which the system takes back when it needs room."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("RssAnon:")[2].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    main()
