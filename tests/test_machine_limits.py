"""The arithmetic of `tests/benchmarks/machine_limits.py`, by hand."""

import pytest

from embeddings.network.bundled_weights import Shape
from tests.benchmarks.bench_page import network_row
from tests.benchmarks.network_work import NetworkWork, work_for

SMALL = Shape(4, 3, 2, 8, vocabulary=10, positions=16, token_types=1, epsilon=1e-6)


def test_operations_are_counted_from_the_lengths_of_texts() -> None:
    found = work_for(SMALL, [5, 2])
    assert found.matrices == 2 * 3 * (4 * 16 + 2 * 32) * 7
    assert found.attention == 3 * 2 * (2 * 4 * 5 * 5 + 2 * 4 * 2 * 2)  # each score and each mixed value: 4 wide


@pytest.mark.parametrize(("number_format", "seconds"), [("int8", 2.0 + 3.0), ("fp32", 8.0 + 3.0)])
def test_each_product_counts_at_the_limit_of_its_own_format(number_format: str, seconds: float) -> None:
    assert NetworkWork(800.0, 300.0).least_seconds(number_format, 100.0, 400.0) == pytest.approx(seconds)


def test_both_shares_stand_on_the_page() -> None:
    one = {
        "texts": "passages and sentences",
        "tokens_a_text": 55.4,
        "number_format": "int8",
        "operations_a_second": 160e9,
        "limit": 400e9,
        "share_of_mixed_limit": 0.515,
    }
    row = "| this network, passages and sentences (55 tokens each) | int8 | 160 | 400 | 40% | 52% |"
    assert network_row(one) == row
