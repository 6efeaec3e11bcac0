"""Numbers in the clause that speaks of them as a claim does, or of something else."""

import pytest

from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.claimed_value import claimed_value
from embeddings.verdicts.value_clauses import is_led, is_led_otherwise

FUND = "Quỹ hỗ trợ nông dân đạt 45 tỷ đồng, tăng 18 tỷ đồng."


@pytest.mark.parametrize(
    ("question", "led", "otherwise"),
    [
        ("quỹ tăng 45 tỷ đồng phải không?", False, True),
        ("quỹ đạt 45 tỷ đồng phải không?", True, False),
        ("quỹ tăng 18 tỷ đồng phải không?", False, False),
        ("quỹ còn lại 45 tỷ đồng phải không?", None, False),
    ],
)
def test_a_number_stands_where_the_claim_has_it(question: str, led: bool | None, otherwise: bool) -> None:
    claim = read_claim(question, {})
    value = claimed_value(claim.text)
    assert value is not None
    assert is_led(claim, value, FUND, (0, len(FUND)), FUND.index("45")) is led
    assert is_led_otherwise(claim, value, FUND, (0, len(FUND))) is otherwise
