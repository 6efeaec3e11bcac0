"""What two sets have in common."""

import pytest

from corpus.similarity import jaccard


def test_jaccard_by_hand() -> None:
    assert jaccard({"một", "hai"}, {"hai", "ba"}) == pytest.approx(1 / 3)
    assert jaccard({1}, {1}) == 1
    assert jaccard({1}, set()) == 0
    assert jaccard(set(), set()) == 0
