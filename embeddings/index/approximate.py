"""Candidates among very many vectors: an inverted file of 8-bit codes, tuned until it finds what exact search does.

Exact search reads every vector for every question. Above `EXACT_UP_TO` vectors FAISS's inverted file (`IVF`, `SQ8`)
reads the cells nearest to the question only, a byte a number; what it finds is scored anew with the exact vectors (see
`dense`), so that it decides who is looked at, never the order.
"""

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 100_000
"""Vectors; a scan of so many takes some 15 ms on one core."""

WANTED_RECALL = 0.99
"""Share of the `_TOP` nearest vectors that has to be found before an index of candidates is taken for tuned."""

REFINED = 2
"""Candidates looked up for every row wanted; the exact scores choose among them."""

_CELLS = 2.0
"""Cells for the square root of the number of vectors."""
_TRAINED_ON = 50
"""Vectors a cell."""
_ROUNDS = 8
_TRIED = 100
_TOP = 100
_COPIED_AT_ONCE = 65_536
_SEED = 20


def build_candidates(exact: Any) -> Any:
    """A tuned index of candidates for a flat inner-product index; None where exact search is fast enough.

    Args:
        exact: a FAISS flat index of unit vectors.
    """
    count = exact.ntotal
    if count <= EXACT_UP_TO:
        return None
    cells = max(1, int(_CELLS * count**0.5))
    quantizer: Any = faiss.IndexFlatIP(exact.d)
    metric = faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexIVFScalarQuantizer(quantizer, exact.d, cells, faiss.ScalarQuantizer.QT_8bit, metric)
    index.cp.niter, index.cp.seed = _ROUNDS, _SEED
    index.own_fields = True
    quantizer.this.disown()
    generator = np.random.default_rng(_SEED)
    sample = np.sort(generator.choice(count, min(count, _TRAINED_ON * cells), replace=False))
    index.train(_rows(exact, sample))
    for start in range(0, count, _COPIED_AT_ONCE):
        index.add(exact.reconstruct_n(start, min(_COPIED_AT_ONCE, count - start)))
    _tune(index, exact, generator)
    return index


def _tune(index: Any, exact: Any, generator: np.random.Generator) -> None:
    """Read ever more cells for a question until enough of the nearest vectors are found.

    Questions are the middles of three vectors each: like people's questions they lie off the texts, though not as far;
    so more is wanted of them (docs/decisions/index.md).
    """
    ends = generator.choice(exact.ntotal, (3, _TRIED))
    middles = sum(_rows(exact, numbers) for numbers in ends)
    questions = np.ascontiguousarray(middles / np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9))
    wanted = exact.search(questions, _TOP)[1]
    index.nprobe = 1
    while index.nprobe < index.nlist:
        index.nprobe = min(2 * index.nprobe, index.nlist)
        found = index.search(questions, REFINED * _TOP)[1]
        if recall(found, wanted) >= WANTED_RECALL:
            return


def recall(found: NDArray[np.int64], wanted: NDArray[np.int64]) -> float:
    """Share of the wanted row numbers that are found: (n, any), (n, k) int64 -> 0..1."""
    hits = [np.isin(right, rows).mean() for rows, right in zip(found, wanted, strict=True)]
    return float(np.mean(hits))


def _rows(exact: Any, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.asarray(exact.reconstruct_batch(numbers), np.float32)
