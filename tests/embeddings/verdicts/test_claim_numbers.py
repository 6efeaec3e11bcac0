"""Numbers of a claim against those of a sentence."""

import pytest

from embeddings.verdicts.claim_numbers import absent, conflicting, number_features, other_year


@pytest.mark.parametrize(
    ("claim", "sentence", "other"),
    [
        ("quỹ được ủng hộ 25 tỷ đồng", "quỹ nhận hơn 21 tỷ đồng", "21 tỷ"),
        ("nghị quyết có 9 chỉ tiêu", "thông qua nghị quyết với tám chỉ tiêu", "tám"),
        ("lớp có 40 học viên", "lớp có 40 học viên, 6 tổ", None),
        ("suất ăn ca nâng lên 20.000 đồng", "Nhà máy 2 đồng ý nâng suất ăn ca lên 18.000 đồng", "18.000"),
        ("lớp có 40 học viên", "lớp kéo dài 6 tháng", None),
        ("bão làm sập 31 phòng học", "bão làm sập 12 phòng học, tốc mái 31 nhà", "12"),
        ("đội có 8 xe", "đội có 8 xe, tỉnh có 30 xe", None),
        ("đội có 8 xe", "xe của đội: 8", None),
        ("họp ngày 10 hằng tháng", "họp ngày 10 và 20 hằng tháng", None),
        ("đội khóa 8 thông qua quy chế", "đội khóa 8, kỳ họp thứ 2 thông qua quy chế", None),
    ],
)
def test_another_number_of_the_same_things_conflicts(claim: str, sentence: str, other: str | None) -> None:
    found = conflicting(claim, sentence)
    assert (sentence[found.start : found.end] if found else None) == other


def test_a_date_behind_the_same_word_gives_another_year() -> None:
    found = other_year("kênh khởi công năm 2019", "kênh khởi công ngày 5/9/2018, xong năm 2021")
    assert found is not None
    assert found.keys[0] == "5/9/2018"
    assert other_year("kênh khởi công năm 2019", "kênh hoàn thành ngày 5/9/2018") is None
    assert other_year("năm 2019 kênh khởi công lại", "kênh khởi công ngày 5/9/2018") is None
    assert other_year("kênh khởi công năm 2018", "kênh khởi công ngày 5/9/2018") is None


def test_a_number_counts_the_same_only_with_the_same_word_behind() -> None:
    features = number_features("khám mắt cho 310 người", "cắt tóc cho 310 người", "cắt tóc cho 310 người")
    assert (features["number counts the same"], features["number conflicts"]) == (1.0, 0.0)
    other = number_features("mua 12 xe", "mua 12 máy", "mua 12 máy")
    assert (other["number in sentence"], other["number counts the same"]) == (1.0, 0.0)


def test_numbers_that_stand_nowhere_are_counted() -> None:
    assert absent("cuối tháng 9/2021 còn năm vị trí", "tháng 12/2021 bàn giao 23 vị trí") == 2
    assert absent("năm 2021 còn 23 vị trí", "tháng 12/2021 bàn giao 23 vị trí") == 0
