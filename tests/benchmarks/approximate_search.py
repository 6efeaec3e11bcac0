"""Candidates against exact search: `python -m tests.benchmarks.approximate_search [VECTORS]`.

Vectors are drawn, as an hour of embedding would be needed for so many texts: 50 to a document, documents around 200
subjects, in a space of 40 dimensions that is turned into 384 with some noise. Questions lie between two vectors. Times
are of one processor, for 200 rows a question, with the exact scores that order them.
"""

import sys
import time

import faiss
import numpy as np

from embeddings.index.approximate import build_candidates
from embeddings.index.dense import DenseIndex

DIMENSION = 384
QUESTIONS = 100
COUNT = 200


def main(count: int) -> None:
    """Print what building takes, what a question takes, and which share of the exact answer is found."""
    faiss.omp_set_num_threads(1)
    generator = np.random.default_rng(0)
    vectors = drawn(count, generator)
    middles = vectors[generator.integers(0, count, QUESTIONS)] * 2 + vectors[generator.integers(0, count, QUESTIONS)]
    questions = np.asarray(middles / np.linalg.norm(middles, axis=1, keepdims=True), np.float32)
    exact = faiss.IndexFlatIP(DIMENSION)
    exact.add(vectors)
    started = time.process_time()
    candidates = build_candidates(exact)
    built = time.process_time() - started
    if candidates is None:
        sys.exit(f"{count} vectors are few enough to look at all of them")
    print(f"{count} vectors: {candidates.nlist} cells, {candidates.nprobe} read, built in {built:.1f} s of processor")
    rows = np.zeros((count, 4), np.int32)
    rows[:, 0] = np.arange(count)
    found = {}
    for name, index in (("exact", None), ("candidates", candidates)):
        dense = DenseIndex(exact, rows, count, index)
        started = time.process_time()
        found[name] = [dense.nearest(question[None], COUNT) for question in questions]
        print(f"{name:12}{(time.process_time() - started) / QUESTIONS * 1000:8.2f} ms of processor a question")
    for top in (10, 100, COUNT):
        pairs = zip(found["exact"], found["candidates"], strict=True)
        share = np.mean([len(set(right[:top]) & set(rows[:top])) / top for right, rows in pairs])
        print(f"recall@{top:<5}{share:8.3f}")


def drawn(count: int, generator: np.random.Generator) -> np.ndarray:
    """(count, DIMENSION) float32, rows of unit length."""
    documents = -(-count // 50)
    subjects = generator.standard_normal((200, 40))
    centres = subjects[generator.integers(0, 200, documents)] + 0.6 * generator.standard_normal((documents, 40))
    inside = centres[generator.integers(0, documents, count)] + 0.5 * generator.standard_normal((count, 40))
    turned = (inside @ generator.standard_normal((40, DIMENSION))).astype(np.float32)
    turned += 0.5 * generator.standard_normal((count, DIMENSION), dtype=np.float32)
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), np.float32)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
