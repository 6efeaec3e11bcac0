"""What stands in the place of a claim's words."""

import pytest

from embeddings.verdicts.claim_agreement import alignment_features, other_name
from embeddings.verdicts.claim_words import read_claim, spoken_words


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("xã Cồn Sẻ được phân bổ nhiều nhất phải không", "Xã Gành Đá được phân bổ nhiều nhất.", "Gành Đá"),
        ("xã Cồn Sẻ được phân bổ nhiều nhất phải không", "Xã Cồn Sẻ được phân bổ nhiều nhất.", None),
        ("xã Cồn Sẻ được phân bổ nhiều nhất phải không", "Xã nghèo được phân bổ nhiều nhất.", None),
    ],
)
def test_another_name_in_the_place_of_the_claims_is_found(question: str, sentence: str, other: str | None) -> None:
    found = other_name(read_claim(question, {}), sentence)
    assert (sentence[slice(*found)] if found else None) == other


@pytest.mark.parametrize(
    ("question", "denied"),
    [("tổ có con dấu phải không", 1.0), ("tổ không có con dấu phải không", 0.0)],
)
def test_a_claim_that_denies_is_not_denied_by_the_same(question: str, denied: float) -> None:
    spoken = spoken_words("Tổ không phải là một cấp hành chính, không có con dấu.")
    assert alignment_features(read_claim(question, {}), spoken, set())["denied inside"] == denied
