"""What a question waits for, and where a text has it."""

import pytest

from embeddings.question.answer_type import Kind, candidates, counts, expect, fit


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ai chủ trì hội nghị?", Kind.PERSON),
        ("Đồng chí nào phát biểu?", Kind.PERSON),
        ("Hội nghị diễn ra khi nào?", Kind.TIME),
        ("Tọa đàm tổ chức ngày nào?", Kind.TIME),
        ("Diễn đàn diễn ra vào tháng mấy?", Kind.TIME),
        ("Có bao nhiêu hội nghị?", Kind.NUMBER),
        ("Tập trung mấy khâu đột phá?", Kind.NUMBER),
        ("Diễn đàn diễn ra ở đâu?", Kind.PLACE),
        ("Hội nghị họp tại tỉnh nào?", Kind.PLACE),
        ("Hộ dân ở bản nào?", Kind.PLACE),
        ("Làm theo những văn bản nào?", Kind.OTHER),
        ("Năm 2020 được chọn là năm gì?", Kind.NAME),
        ("Phương châm là gì?", Kind.NAME),
        ("Chủ đề là gì?", Kind.NAME),
        ("Cán bộ dân vận phải thế nào?", Kind.OTHER),
        ("Tai nạn xảy ra vì sao?", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_kinds(question: str, kind: Kind) -> None:
    assert expect(question).kind is kind


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (
            "Ai chủ trì?",
            "Đồng chí Nguyễn Xuân Phúc và Điểu K'ré chủ trì tại Hà Nội.",
            ["Nguyễn Xuân Phúc", "Điểu K'ré"],
        ),
        ("Ai ở Hà Nội?", "Trần Hồng Hà ở Hà Nội", ["Trần Hồng Hà"]),
        (
            "Khi nào?",
            "Ngày 9/1; chiều ngày 15/11/2017; tháng 5 năm 2021; quý I/2020; năm 2019; 8 giờ 30",
            ["Ngày 9/1", "chiều ngày 15/11/2017", "tháng 5 năm 2021", "quý I/2020", "năm 2019", "8 giờ 30"],
        ),
        ("Khi nào?", "Chỉ thị 18/2000/CT-TTg", []),
        (
            "Bao nhiêu?",
            "3.300 hội nghị, 21 tỷ đồng, 100% xã, hai khâu, ngày 18/02/2019",
            ["3.300", "21 tỷ đồng", "100%", "hai"],
        ),
        ("Ở đâu?", "tại Hải Phòng, điểm cầu tỉnh Thái Nguyên", ["Hải Phòng", "tỉnh Thái Nguyên"]),
        ("Năm 2020 là năm gì?", "chọn là “Năm dân vận khéo”; “Năm 2020”", ["Năm dân vận khéo"]),
        ("Vì sao?", "Nguyễn Xuân Phúc 2019", []),
    ],
)
def test_candidates(question: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in candidates(expect(question), text)] == found


def test_fit() -> None:
    assert fit(expect("Ai chủ trì?"), "Trần Hồng Hà chủ trì") == 1
    assert fit(expect("Ai chủ trì?"), "hội nghị bế mạc") == 0
    assert fit(expect("Khi nào?"), "hội nghị bế mạc") == 0
    assert fit(expect("Vì sao?"), "hội nghị bế mạc") == 1
    asked = expect("Có bao nhiêu hội nghị?")
    assert fit(asked, "tổ chức 3.300 hội nghị") == 1
    assert fit(asked, "góp ý 80 văn bản") == 0.5
    assert fit(asked, "góp ý nhiều văn bản") == 0


def test_counts() -> None:
    asked = expect("Có bao nhiêu văn bản quy phạm?")
    text = "80 văn bản, 12 văn phòng, 3 xã"
    spans = {text[start:end]: (start, end) for start, end in candidates(asked, text)}
    assert counts(asked, text, spans["80"]) == 1
    assert counts(asked, text, spans["12"]) == 0.5
    assert counts(asked, text, spans["3"]) == 0
    assert counts(expect("Ai?"), text, spans["80"]) == 0


@pytest.mark.parametrize(
    ("question", "text", "amounts"),
    [
        ("Quý 2 xã thu ngân sách được bao nhiêu?", "Quý 1 và quý 2, xã thu được 5 tỷ đồng.", ["5 tỷ đồng"]),
        ("Tổ 2 vận động được bao nhiêu?", "Tổ 1 và 2 vận động được 70 triệu đồng.", ["70 triệu đồng"]),
        ("Khu 4B có bao nhiêu chỗ ngồi?", "Khu 3A và khu 4B có 2.000 chỗ ngồi.", ["2.000"]),
        ("Đường dài bao nhiêu?", "Đường dài 5km.", ["5"]),
        ("Ông trúng cử khóa mấy?", "Ông trúng cử khóa 14.", ["14"]),
    ],
)
def test_a_number_that_says_which_one_is_no_amount(question: str, text: str, amounts: list[str]) -> None:
    assert [text[start:end] for start, end in candidates(expect(question), text)] == amounts
