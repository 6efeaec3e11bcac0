"""The best places against sorting them all."""

import numpy as np
import pytest

from embeddings.index.scoring import best_places


@pytest.mark.parametrize("size", [1, 5, 639, 640, 641, 1300, 6400, 9999])
@pytest.mark.parametrize("count", [1, 3, 5, 40])
@pytest.mark.parametrize("different", [1, 4, 50, 1_000_000])
def test_the_best_of_many_are_those_of_a_stable_sort(size: int, count: int, different: int) -> None:
    """With many equal ones, of which the earlier come first, and with nearly all of them zero."""
    chance = np.random.default_rng(size + count)
    scores = chance.integers(0, different, size).astype(np.float32)
    for each in (scores, scores * (chance.random(size) < 0.01), np.sort(scores), np.zeros_like(scores)):
        expected = np.argsort(-each, kind="stable")[:count].tolist()
        assert best_places(each.astype(np.float32), count) == expected
