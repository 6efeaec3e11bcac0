"""Counts of terms, looked up by hash."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.index.term_keys import TermCounts, key_of, place_of


def test_counts_read_back_from_their_files(tmp_path: Path) -> None:
    """Every term has its count, the first and the last hash too; others have none."""
    counted = {f"từ {number}": number + 1 for number in range(500)}
    TermCounts.of(counted).save(tmp_path, "words")
    counts = TermCounts.load(tmp_path, "words")
    assert {term: counts[term] for term in counted} == counted
    assert [counts[f"khác {number}"] for number in range(500)] == [0] * 500


def test_nothing_is_found_in_an_empty_table(tmp_path: Path) -> None:
    """It reads back, too."""
    TermCounts.of({}).save(tmp_path, "words")
    assert TermCounts.load(tmp_path, "words")["dân vận"] == 0


@pytest.mark.parametrize("terms", [1, 2, 1000])
def test_places_are_those_of_the_sorted_hashes(terms: int) -> None:
    """Also of hashes above 2**63, which are no signed numbers."""
    named = [f"từ {number}" for number in range(terms)]
    keys = np.array(sorted(map(key_of, named)), np.uint64)
    assert [place_of(keys.data, term) for term in named] == [keys.tolist().index(key_of(term)) for term in named]
    assert place_of(keys.data, "không có") is None
