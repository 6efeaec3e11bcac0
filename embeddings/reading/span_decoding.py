"""Scores of tokens -> spans of a passage."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.reading.readings import Reading, Span

LONGEST_ANSWER = 40
"""Tokens."""
_KEPT = 8

Logits = NDArray[np.float32]


def spans_of(start: Logits, end: Logits, null: float, places: Sequence[tuple[int, int]]) -> Iterable[Span]:
    """The best spans of a window, best first, a few.

    Args:
        start: (tokens,) scores of the passage's tokens as the first of the answer.
        end: (tokens,) scores as the last.
        null: score of "no answer".
        places: where each token stands in the passage (characters).
    """
    scores = start[:, None] + end[None, :]
    allowed = np.triu(np.ones(scores.shape, bool)) & ~np.triu(np.ones(scores.shape, bool), LONGEST_ANSWER)
    flat = np.where(allowed, scores, -np.inf).ravel()
    if not flat.size:
        return
    best = np.argpartition(-flat, min(len(flat) - 1, _KEPT * _KEPT))[: _KEPT * _KEPT]
    for place in best[np.argsort(-flat[best], kind="stable")]:
        first, last = divmod(int(place), len(places))
        if np.isfinite(flat[place]) and places[first][0] < places[last][1]:
            yield Span(places[first][0], places[last][1], float(flat[place] - null))


def merge(windows: Iterable[Iterable[Span]]) -> Reading:
    """One reading from the spans of all windows of a passage: the best of those that overlap."""
    kept: list[Span] = []
    for span in sorted((span for window in windows for span in window), key=lambda span: -span.margin):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
        if len(kept) == _KEPT:
            break
    return Reading(tuple(kept))
