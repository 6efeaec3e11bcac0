"""How passages are scored for a question: by vector, and by its weighted words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_BLOCK = 64


@dataclass(frozen=True, slots=True)
class DenseScores:
    """How near a question is to some passages.

    Attributes:
        whole: (n,) best cosine with the passage's whole text (or a window of it).
        sentence: (n,) best cosine with one of its sentences.
        sentences: for each passage, start, end and cosine of every sentence.
    """

    whole: Scores
    sentence: Scores
    sentences: Sequence[Sequence[tuple[int, int, float]]]


class WordMatch(Protocol):
    """The passages that have some of a question's weighted terms.

    Attributes:
        candidates: numbers of the passages with the highest BM25 score, best first.
        best_coverage: the largest coverage (see `coverage`) of any passage, 0 where no term is known.
    """

    candidates: Sequence[int]
    best_coverage: float

    def scores(self, numbers: Sequence[int]) -> Scores:
        """(n,) BM25 scores of the passages with these numbers, 0 or more."""
        ...

    def coverage(self, numbers: Sequence[int]) -> Scores:
        """(n,) shares of the question's weighted terms that they have, rare terms counting more, 0 to 1."""
        ...


class ArrayMatch:
    """What words found in an engine that weighs every passage; see `WordMatch`.

    Args:
        scores: (n,) BM25 of each passage of the index.
        coverage: (n,) likewise.
        candidates: numbers of the best, best first.
        best_coverage: of any passage that is searched.
    """

    def __init__(self, scores: Scores, coverage: Scores, candidates: Sequence[int], best_coverage: float) -> None:
        self.candidates = candidates
        self.best_coverage = best_coverage
        self._scores, self._coverage = scores, coverage

    def scores(self, numbers: Sequence[int]) -> Scores:
        """(n,) BM25 scores of the passages with these numbers."""
        return self._scores[np.asarray(numbers, np.int64)]

    def coverage(self, numbers: Sequence[int]) -> Scores:
        """(n,) shares of the question's weighted terms that they have."""
        return self._coverage[np.asarray(numbers, np.int64)]


def best_places(scores: Scores, count: int) -> list[int]:
    """Places of the highest scores, best first, the earlier one of two that are equal; no more is sorted than that."""
    places = _likely(scores, count)
    chosen = scores[places]
    if len(places) > count:
        least = np.partition(chosen, len(chosen) - count)[len(chosen) - count]
        better = np.flatnonzero(chosen > least)
        kept = np.concatenate([better, np.flatnonzero(chosen == least)[: count - len(better)]])
        places, chosen = places[kept], chosen[kept]
    return places[np.lexsort((places, -chosen))].tolist()  # type: ignore[no-any-return]


def _likely(scores: Scores, count: int) -> NDArray[np.int64]:
    """Places, ascending, that the `count` highest scores are among, without going through all of very many twice.

    As many blocks hold a score of the least of the `count` highest block maxima or more, so nothing below is wanted.
    """
    blocks = len(scores) // _BLOCK
    if not 0 < 2 * count < blocks:
        return np.arange(len(scores))
    highest = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    return np.flatnonzero(scores >= np.partition(highest, blocks - count)[blocks - count])
