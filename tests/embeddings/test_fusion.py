"""Fusion, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from embeddings.fusion import fuse, stretch

SCORES = arrays(np.float32, 6, elements=st.floats(-1, 100, width=32))


def scores(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_worked_out_by_hand() -> None:
    dense, lexical = scores(0.80, 0.90, 0.85), scores(12, 0, 3)
    np.testing.assert_allclose(stretch(dense), [0, 1, 0.5], atol=1e-5)
    np.testing.assert_allclose(stretch(lexical), [1, 0, 0.25])
    np.testing.assert_allclose(fuse(dense, lexical, 0.6), [0.4, 0.6, 0.4], atol=1e-5)
    np.testing.assert_allclose(fuse(dense, lexical, 0), [1, 0, 0.25])
    np.testing.assert_allclose(fuse(dense, lexical, 1), [0, 1, 0.5], atol=1e-5)


def test_a_channel_that_tells_nothing_counts_nothing() -> None:
    np.testing.assert_allclose(fuse(scores(0.8, 0.9), scores(7, 7), 0.5), [0, 0.5])
    assert stretch(scores()).shape == (0,)
    assert fuse(scores(), scores(), 0.5).shape == (0,)
    assert fuse(scores(1), scores(2), 0.5).tolist() == [0]


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="channels differ"):
        fuse(scores(1, 2), scores(1), 0.5)
    for weight in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="between 0 and 1"):
            fuse(scores(1), scores(1), weight)


@given(SCORES, SCORES, st.floats(0, 1))
def test_fused_scores_lie_between_0_and_1_and_keep_what_both_channels_say(
    dense: np.ndarray, lexical: np.ndarray, weight: float
) -> None:
    fused = fuse(dense, lexical, weight)
    assert fused.dtype == np.float32
    assert fused.min() >= 0
    assert fused.max() <= 1 + 1e-6
    for i in range(6):
        for j in range(6):
            if dense[i] >= dense[j] and lexical[i] >= lexical[j]:
                assert fused[i] >= fused[j] - 1e-6
