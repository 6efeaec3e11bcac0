"""What grows with the documents: `python -m tests.benchmarks.growth [FILE.json] [--sizes 1000,10000,100000]`.

Passages are real ones recombined: three sentences of tests/gold/practice and the five articles, drawn at random, make
a passage, twenty passages a document under a real title with a number. So words and pairs are as frequent as in real
documents, but the vocabulary stops growing where theirs ends. Vectors (one for a passage, one for each sentence) are
drawn as in `approximate_search`, since embedding 100,000 passages takes hours; what is measured leaves embedding out:
writing a generation, its size on disk, opening it, searching it with real questions, memory. Each size is built and
opened in a process of its own.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import numpy as np

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.models import Document, Passage
from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import Vectors
from embeddings.index.building import SHAPE, new_id, versions, write
from embeddings.index.dense import SENTENCE, WHOLE, Rows
from embeddings.index.derived import Derived
from embeddings.index.files import FilesStore
from embeddings.index.generations import Manifest
from embeddings.index.parts import Parts
from embeddings.retriever import Retriever
from tests.benchmarks.approximate_search import drawn
from tests.benchmarks.benchmark_files import lines
from tests.benchmarks.contestants import most_memory
from tests.benchmarks.machine import about_machine
from tests.benchmarks.peers import FOLDER, PRACTICE, ROOT

SIZES = (100, 1_000, 10_000, 100_000)
A_PASSAGE, A_DOCUMENT = 3, 20
QUESTIONS = 60
DIMENSION = 384
_FINGERPRINT = "drawn"


class DrawnEncoder:
    """Says of every question that it lies near some vector; nothing is embedded."""

    fingerprint, dimension, max_tokens = _FINGERPRINT, DIMENSION, 512

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._random = np.random.default_rng(1)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """A vector between two that are there, for each text."""
        places = self._random.integers(0, len(self._vectors), (len(texts), 2))
        between = 2 * self._vectors[places[:, 0]] + self._vectors[places[:, 1]]
        return np.asarray(between / np.linalg.norm(between, axis=1, keepdims=True), np.float32)

    def encode_documents(self, texts: Sequence[str], on_progress: object = None) -> Vectors:
        """Never asked for."""
        raise NotImplementedError

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Never asked for."""
        raise NotImplementedError


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
    found = {}
    for size in options.sizes.split(","):
        with tempfile.TemporaryDirectory(prefix="growth-") as folder:
            found[size] = {step: _apart(step, folder, size) for step in ("build", "search")}
            print(size, found[size], file=sys.stderr)
    options.file.write_text(json.dumps({"sizes": found, "machine": about_machine()}, indent=1), "utf-8")


def _apart(step: str, folder: str, size: str) -> Any:
    command = [sys.executable, "-m", "tests.benchmarks.growth", folder, "--sizes", size, "--step", step]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def build(data_dir: Path, size: int) -> dict[str, float]:
    """Write and publish a generation of so many passages; seconds of processor without those for drawing."""
    documents, passages = recombined(size)
    rows = rows_over(passages)
    vectors = drawn(len(rows), np.random.default_rng(0))
    created = datetime.now(UTC)
    started = time.process_time()
    derived = Derived.read_out(documents, passages)
    read_out = time.process_time() - started
    manifest = Manifest(
        id=new_id(created),
        created=created.isoformat(timespec="microseconds"),
        fingerprint=_FINGERPRINT,
        dimension=DIMENSION,
        documents=len(documents),
        passages=len(passages),
        vectors=len(rows),
        versions=versions(),
        checksums={},
        shape=dict(SHAPE),
    )
    generation = write(data_dir, manifest, Parts(documents, passages, rows, vectors, derived))
    took = time.process_time() - started
    store = FilesStore(data_dir)
    store.publish(generation)
    shutil.copy(generation.folder / "rows.npy", data_dir / "rows.npy")
    np.save(data_dir / "near.npy", vectors[: 10 * QUESTIONS])
    files = [path for path in generation.folder.rglob("*") if path.is_file()]
    size_of = {path.relative_to(generation.folder).parts[0]: 0 for path in files}
    for path in files:
        size_of[path.relative_to(generation.folder).parts[0]] += path.stat().st_size
    return {
        "vectors": len(rows),
        "processor_seconds": took,
        "reading_out_seconds": read_out,
        "memory_mb": most_memory(),
        "disk_mb": sum(size_of.values()) / 1e6,
        "words_mb": size_of["lexical"] / 1e6,
    }


def search(data_dir: Path, size: int) -> dict[str, float]:
    """Open what was built and ask real questions: seconds and milliseconds of processor."""
    encoder = DrawnEncoder(np.load(data_dir / "near.npy"))
    started = time.process_time()
    retriever = Retriever.open(data_dir, encoder=encoder)
    opened = time.process_time() - started
    resident = _resident_memory()
    asked = [one["question"] for one in lines(PRACTICE / "questions.jsonl")][: QUESTIONS + 5]
    took = []
    for question in asked:
        started = time.process_time()
        retriever.search(question)
        took.append(1000 * (time.process_time() - started))
    took = took[5:]
    return {
        "opening_seconds": opened,
        "memory_mb": resident,
        "most_memory_mb": most_memory(),
        "p50_ms": quantiles(took, n=20)[9],
        "p95_ms": quantiles(took, n=20)[18],
    }


def _resident_memory() -> float:
    """Megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * 4096 / 1e6


def recombined(size: int) -> tuple[list[Document], list[Passage]]:
    """So many passages in as many documents as they need."""
    chance = random.Random(size)
    titles, sentences = real_sentences()
    documents: list[Document] = []
    passages: list[Passage] = []
    while len(passages) < size:
        number = len(documents)
        identity = f"van-ban-{number}"
        pieces = [
            " ".join(chance.choices(sentences, k=A_PASSAGE)) for _ in range(min(A_DOCUMENT, size - len(passages)))
        ]
        text = "\n\n".join(pieces)
        title = f"{chance.choice(titles)} ({number})"
        documents.append(Document(identity, title, None, None, None, None, text, snapshot=""))
        start = 0
        for ordinal, piece in enumerate(pieces):
            name = f"{number:08}{ordinal:08}"
            passages.append(Passage(name, identity, ordinal, start, start + len(piece), piece))
            start += len(piece) + 2
    return documents, passages


def real_sentences() -> tuple[list[str], list[str]]:
    """Titles and sentences of the practice documents and the five articles."""
    practice = lines(PRACTICE / "corpus.jsonl")
    texts = [one["text"] for one in practice]
    texts += [path.read_text("utf-8") for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt"))]
    return [one["title"] for one in practice], [part for text in texts for part in _sentences(text)]


def _sentences(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text):
        part = " ".join(text[start:end].split())
        if len(part) > A_DOCUMENT:
            yield part


def rows_over(passages: Sequence[Passage]) -> Rows:
    """A row for every passage and every sentence; see `DenseIndex`."""
    rows = []
    for number, passage in enumerate(passages):
        rows.append((number, 0, len(passage.text), WHOLE))
        spans = sentence_spans(passage.text) or [(0, len(passage.text))]
        rows += [(number, start, end, SENTENCE) for start, end in spans]
    return np.array(rows, np.int32)


if __name__ == "__main__":
    main()
