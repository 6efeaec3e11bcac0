"""The value in a claim, the question that asks for it, and values held against each other."""

import time

import pytest

from embeddings.verdicts.claimed_value import claimed_value, compared, leaves_open


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("đồng chí Lê Văn An kết luận hội nghị ở Hà Khê", "ai kết luận hội nghị ở Hà Khê"),
        ("hội nghị do đồng chí Lê Văn An chủ trì", "hội nghị do ai chủ trì"),
        ("năm 2021 tỉnh có hơn 180 tổ dân vận", "năm 2021 tỉnh có bao nhiêu tổ dân vận"),
        ("quỹ năm 2019 vận động được 25 tỷ", "quỹ năm 2019 vận động được bao nhiêu"),
        ("tăng trưởng của tỉnh đạt 8 phần trăm", "tăng trưởng của tỉnh đạt bao nhiêu phần trăm"),
        ("quy định này ban hành ngày 28/02/2019", "quy định này ban hành ngày nào"),
        ("cặp bản kết nghĩa có từ năm 2009", "cặp bản kết nghĩa có năm nào"),
    ],
)
def test_a_claim_is_asked_for_its_value(claim: str, question: str) -> None:
    value = claimed_value(claim)
    assert value is not None
    assert value.question == question


@pytest.mark.parametrize(
    "claim",
    [
        "đồng chí Lê Văn An là Bí thư Tỉnh ủy",  # an office, which the directory decides
        "năm 2021 Cao Vân xóa nhà tạm vượt kế hoạch",  # a place
        "Chỉ thị số 38-CT/TU quy định về việc cưới",
        "kỳ họp thứ 11 thông qua nghị quyết",
        "dưới 20 tỷ",  # nothing that it is said of
        "tổ dân vận không có con dấu",
    ],
)
def test_claims_without_a_value_are_left_alone(claim: str) -> None:
    assert claimed_value(claim) is None


@pytest.mark.parametrize(
    ("claim", "told", "same"),
    [
        ("đồng chí Lê Văn An kết luận hội nghị", "Lê Văn An", True),
        ("đồng chí Lê Văn An kết luận hội nghị", "Trần Thị Bình", False),
        ("đồng chí Lê Văn An kết luận hội nghị", "thường trực các huyện ủy", None),
        ("đợt hành quân kéo dài 15 ngày", "mười lăm ngày", True),
        ("đợt hành quân kéo dài 15 ngày", "20 ngày", False),
        ("mô hình có ở cả 8 huyện", "5/8 huyện, thành phố", False),
        ("nhà làm mới tối thiểu 36 m2", "tối thiểu 24 m2", False),
        ("huyện có hơn 100 chi hội", "120 chi hội", None),
        ("kinh phí dưới 20 tỷ đồng", "21 tỷ đồng", False),
        ("kinh phí dưới 20 tỷ đồng", "19 tỷ đồng", True),
        ("nhân dân đóng góp ít nhất 10 tỷ đồng", "12 tỷ đồng", None),
        ("nhân dân đóng góp ít nhất 10 tỷ đồng", "8 tỷ đồng", False),
        ("thời hạn trả lời không quá 20 ngày", "15 ngày", None),
        ("thời hạn trả lời không quá 20 ngày", "không quá 20 ngày", True),
        ("thời hạn trả lời không quá 20 ngày", "30 ngày", False),
        ("thời hạn trả lời không quá 20 ngày", "không quá 30 ngày", False),
        ("tỷ lệ hộ nghèo dưới 5%", "3,2%", True),
        ("tỷ lệ hộ nghèo dưới 5%", "5,2%", False),
        ("tuyến đường dài hơn 7 km", "7,5 km", None),
        ("tuyến đường dài hơn 7 km", "6,5 km", False),
        ("tuyến đường dài 7 km", "7,5 km", False),
        ("tuyến đường dài 7 km", "hơn 6 km", None),
        ("xã đạt 80% ý kiến hài lòng trở lên", "90%", None),
        ("xã đạt 80% ý kiến hài lòng", "từ 90% trở lên", False),
        ("xã đạt 95% ý kiến hài lòng", "từ 90% trở lên", None),
        ("huyện có gần 400 tổ dân vận", "398 tổ", None),
        ("huyện có khoảng 400 tổ dân vận", "398 tổ", None),
        ("huyện có khoảng 400 tổ dân vận", "39 tổ", False),
        ("huyện có trên dưới 400 tổ dân vận", "410 tổ", None),
        ("quy định này ban hành ngày 28/02/2019", "ngày 18 tháng 02 năm 2019", False),
        ("quy định này ban hành ngày 18/02/2019", "ngày 18 tháng 02 năm 2019", True),
        ("quy định này ban hành ngày 18/02/2019", "năm 2019", None),
    ],
)
def test_values_are_held_against_each_other(claim: str, told: str, same: bool | None) -> None:
    value = claimed_value(claim)
    assert value is not None
    assert compared(value, told) is same


@pytest.mark.parametrize(
    ("typed", "told", "same"),
    [
        ("ông Lê Văn Hưng chủ trì họp", "Lê Văn Hùng", False),
        ("ông Lê Văn Hưng chủ trì họp", "Lê Văn Hưng", True),
        ("ông lê văn hưng chủ trì họp", "Lê Văn Hùng", False),
        ("ong le van hung chu tri hop", "Lê Văn Hùng", True),
        ("ông le van hung chủ trì họp", "Lê Văn Hùng", True),
        ("ông le van hung chủ trì họp", "Lê Văn Hải", False),
    ],
)
def test_marks_tell_names_apart_where_they_were_typed(typed: str, told: str, same: bool) -> None:
    value = claimed_value("ông Lê Văn Hưng chủ trì họp", typed)
    assert value is not None
    assert compared(value, told) is same


@pytest.mark.parametrize(
    ("claim", "told", "open_"),
    [
        ("có trên 300 tổ dân vận", "326", True),
        ("có trên 300 tổ dân vận", "226", False),
        ("có 300 tổ dân vận", "326", False),
        ("có dưới 300 tổ dân vận", "326", False),
        ("có trên 300 tổ dân vận", "Trần Thị Bình", False),
    ],
)
def test_a_bound_leaves_numbers_open(claim: str, told: str, open_: bool) -> None:
    assert leaves_open(claim, told) is open_


def test_a_claim_of_a_thousand_numbers_takes_no_longer_for_each_of_them() -> None:
    """What stands before a number is looked at a few words far, not from the beginning of the claim on."""

    def seconds(numbers: int) -> float:
        claim = f"tỉnh có {'5 ' * numbers}tổ dân vận"
        started = time.process_time()
        claimed_value(claim)
        return time.process_time() - started

    assert min(seconds(2000) for _ in range(3)) < 15 * min(seconds(300) for _ in range(3))


@pytest.mark.parametrize("before", ["quyết định số", "nhiệm kỳ", "từ năm", "kế hoạch 12-KH/"])
def test_words_that_make_a_name_of_a_number_count_far_behind_in_a_claim(before: str) -> None:
    """The number behind them is not the value that is claimed."""
    far = "tỉnh và các huyện đã tổ chức nhiều buổi gặp mặt với bà con các dân tộc ở vùng cao theo"
    value = claimed_value(f"{far} {before} 3 có 180 tổ dân vận".replace("/ ", "/"))
    assert value is not None
    assert value.text == "180"
