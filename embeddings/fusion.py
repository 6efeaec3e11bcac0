"""One ranking out of two channels that score on different scales."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def fuse(dense: Scores, lexical: Scores, dense_weight: float) -> Scores:
    """Blend two channels' scores for one question.

    Each channel is first stretched to 0..1 over the candidates, since cosines crowd near 0.85
    while BM25 is unbounded. Our figures for this and for reciprocal ranks are in docs/decisions/.

    Args:
        dense: (n,) cosine of the question with each candidate passage.
        lexical: (n,) BM25 score of the same passages, in the same order.
        dense_weight: share of the dense channel, 0 to 1.

    Returns:
        (n,) scores in 0..1, higher is better.

    Raises:
        ValueError: if the channels differ in length or the weight is outside 0..1.
    """
    if dense.shape != lexical.shape:
        raise ValueError(f"channels differ: {dense.shape} dense, {lexical.shape} lexical scores")
    if not 0 <= dense_weight <= 1:
        raise ValueError(f"dense_weight must be between 0 and 1, got {dense_weight}")
    blended = dense_weight * stretch(dense) + (1 - dense_weight) * stretch(lexical)
    return blended.astype(np.float32)


def stretch(scores: Scores) -> Scores:
    """Shift and scale scores so that the lowest is 0 and the highest 1; equal scores all become 0."""
    if not scores.size:
        return scores
    low, high = scores.min(), scores.max()
    return np.zeros_like(scores) if high == low else (scores - low) / (high - low)
