"""Numbers in the clause that speaks of them as a claim does, or of something else."""

import pytest

from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.claimed_value import claimed_value
from embeddings.verdicts.value_clauses import (
    is_led,
    is_led_otherwise,
    is_of_another_period,
    places_of,
    without_parallels,
)

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


@pytest.mark.parametrize(
    ("question", "text", "told", "led"),
    [
        ("lãi suất cho vay là 6% phải không?", "Dành 10 tỷ cho vay, lãi suất 6%.", "6%", None),
        ("quy định có hiệu lực từ ngày 1/8/2021 phải không?", "Có hiệu lực ngày 1/8/2021; thay bản cũ.", "1/8", True),
        (
            "quy định có hiệu lực từ ngày 1/8/2021 phải không?",
            "Có hiệu lực ngay; thay bản ngày 1/5/2018.",
            "1/5",
            False,
        ),
    ],
)
def test_only_a_word_right_before_a_value_leads_to_it(question: str, text: str, told: str, led: bool | None) -> None:
    claim = read_claim(question, {})
    value = claimed_value(claim.text)
    assert value is not None
    assert is_led(claim, value, text, (0, len(text)), text.index(told)) is led


@pytest.mark.parametrize(
    ("claim", "typed", "text", "found"),
    [
        ("xã có 12 tổ dân vận", "", "12 xã có 12 tổ; 12 nhóm", ["12"]),
        ("họp vào ngày 10 hằng tháng", "", "Họp ngày 10 và ngày 20 hằng tháng, có 10 người.", ["10"]),
        ("quy định có từ ngày 01/8/2021", "", "Có từ ngày 1 tháng 8 năm 2021.", ["1 tháng 8 năm 2021"]),
        ("ông Lê Văn Hưng chủ trì họp", "", "Lê Văn Hùng, Lê Văn Hưng", ["Lê Văn Hưng"]),
        ("ông Lê Văn Hưng chủ trì họp", "ong le van hung", "Lê Văn Hùng và Hưng", ["Lê Văn Hùng"]),
    ],
)
def test_a_value_is_found_again(claim: str, typed: str, text: str, found: list[str]) -> None:
    value = claimed_value(claim, typed)
    assert value is not None
    assert [text[start:end] for start, end in places_of(value, text)] == found


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ("tổ được 100.000 đồng mỗi năm", True),
        ("tổ được 100.000 đồng/năm", True),
        ("tổ được 100.000 đồng hằng tháng", False),
        ("tổ được chi 100.000 đồng", False),
    ],
)
def test_an_amount_is_for_the_period_it_is_claimed_for(claim: str, other: bool) -> None:
    text = "Tổ được 100.000 đồng mỗi tháng, mỗi năm họp hai lần."
    read, value = read_claim(claim, {}), claimed_value(claim)
    assert value is not None
    assert is_of_another_period(read, value, text, (0, len(text)), text.index("100")) is other


@pytest.mark.parametrize(
    ("claim", "told", "left"),
    [
        ("xã có 58 mô hình văn hóa", "58", "Xã có 58 mô hình kinh tế, , với 20 hộ."),
        ("xã có 47 mô hình văn hóa", "47", "Xã có , 47 mô hình văn hóa, với 20 hộ."),
        ("ông Lê Văn An có mô hình", "58", "Xã có 58 mô hình kinh tế, 47 mô hình văn hóa, với 20 hộ."),
    ],
)
def test_other_numbers_of_the_same_tell_nothing_of_one(claim: str, told: str, left: str) -> None:
    text = "Xã có 58 mô hình kinh tế, 47 mô hình văn hóa, với 20 hộ."
    value = claimed_value(claim)
    assert value is not None
    assert without_parallels(value, text, (0, len(text)), text.index(told)) == left
