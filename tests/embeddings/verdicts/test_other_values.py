"""Another number for what a claim says, in the sentence that a reader saw it in."""

import pytest

from embeddings.reading.readings import Reading, Span
from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.other_values import other_value, repeats, tells_other_value

TEXT = "Tổ khảo sát mô hình nuôi ong do Hội Nông dân cử đi. Tổ đã đến 6 bản trong hai tuần. Hội thưởng 4 hộ."
WORTH = dict.fromkeys(("to", "khao", "sat", "mo", "hinh", "nuoi", "ong", "den", "ban"), 1.0)


@pytest.mark.parametrize(
    ("question", "seen", "other"),
    [
        ("tổ khảo sát mô hình nuôi ong đã đến 9 bản phải không", "6 bản", "6"),
        ("tổ khảo sát mô hình nuôi ong đã đến 6 bản phải không", "6 bản", None),
        ("tổ khảo sát mô hình nuôi ong đã đến 9 bản phải không", "4 hộ", None),
    ],
)
def test_a_number_of_another_sentence_that_a_reader_saw(question: str, seen: str, other: str | None) -> None:
    start = TEXT.index(seen)
    reading = Reading((Span(start, start + len(seen), -1.0),))
    claim = read_claim(question, WORTH)
    found = other_value(TEXT, claim, reading)
    assert (TEXT[slice(*found)] if found else None) == other
    assert tells_other_value(TEXT, "", claim, reading) is (other is not None)


LAUNCH = "Sáng 20/2, tại Hà Nội, Đảng ủy Khối gặp mặt báo chí và phát động “Năm dân vận 2014”."


def test_what_a_reader_found_is_no_other_value_where_the_sentence_says_all_of_the_claim() -> None:
    start = LAUNCH.index("Năm dân vận")
    reading = Reading((Span(start, start + len("Năm dân vận 2014"), 3.0),))
    worth = {"phat": 1.0, "dong": 1.0, "noi": 1.0}
    assert other_value(LAUNCH, read_claim("phát động ở Hà Nội đúng không", worth), reading) is None
    assert other_value(LAUNCH, read_claim("phát động ở Thái Bình đúng không", worth), reading) is not None


def test_words_before_the_name_of_an_event_need_not_be_told() -> None:
    claim = read_claim("buổi gặp mặt báo chí là ngày 22/2 à", {"buoi": 2.0, "gap": 2.5})
    assert tells_other_value(LAUNCH, "", claim, None)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("phát động chiều ngày 20/2 ở Hà Nội đúng không", "Sáng 20/2"),
        ("phát động sáng ngày 20/2 ở Hà Nội đúng không", None),
        ("phát động ngày 20/2 ở Hà Nội đúng không", None),
    ],
)
def test_another_part_of_the_day(question: str, other: str | None) -> None:
    found = other_value(LAUNCH, read_claim(question, dict.fromkeys(("phat", "dong", "noi"), 1.0)), None)
    assert (LAUNCH[slice(*found)] if found else None) == other


@pytest.mark.parametrize(
    ("text", "words", "question"),
    [
        ("Đợt hành quân kéo dài mười lăm ngày.", "mười lăm ngày", "đợt hành quân ở xã kéo dài 15 ngày phải không"),
        (
            "Văn bản này thay Quyết định số 1214-QĐ/TU của cấp ủy khóa trước.",
            "Quyết định số 1214-QĐ/TU của cấp ủy khóa trước",
            "Quyết định 402 thay thế 1214-QĐ/TU phải không",
        ),
    ],
)
def test_the_same_number_in_other_words_is_no_other_value(text: str, words: str, question: str) -> None:
    start = text.index(words)
    reading = Reading((Span(start, start + len(words), 5.0),))
    assert other_value(text, read_claim(question, {}), reading) is None


@pytest.mark.parametrize(
    ("question", "words", "again"),
    [
        ("hội nghị tổng kết 9/1 họp trực tuyến phải không", "Ngày 9/1", True),
        ("diễn đàn họp buổi sáng đúng không", "sáng 13/10", True),
        ("diễn đàn họp chiều 13/10 đúng không", "sáng 13/10", False),
        ("nam 2019 thieu mau phai xin ngay dung khong", "phần thiếu phải xin ngay", True),
        ("toàn bộ 9 khu đều họp phải không", "1.127/1.127 khu", True),
        ("toàn bộ 9 khu đều họp phải không", "1.120/1.127 khu", False),
        ("quy định thay thế quy định 02 năm 2019 phải không", "thay Quy định số 02/QĐ ngày 10/01/2019", True),
        ("quy định thay thế quy định 03 năm 2019 phải không", "thay Quy định số 02/QĐ ngày 10/01/2019", False),
        ("đơn có thuộc thẩm quyền thị xã không", "không thuộc thẩm quyền thị xã", False),
        ("mỗi tháng gửi 5 triệu phải không", "mỗi tháng 4 triệu", False),
        ("bí thư ăn cơm với thợ mỗi tháng phải không", "ít nhất một bữa mỗi tuần", False),
    ],
)
def test_words_that_say_the_claim_again_are_nothing_else(question: str, words: str, again: bool) -> None:
    worth = dict.fromkeys(("hop", "tuyen", "ngay", "sang", "tham", "quyen", "thi", "xa", "trieu", "thang"), 1.0)
    assert repeats(read_claim(question, worth), words, question) is again


def test_the_question_before_counts_as_asked() -> None:
    claim = read_claim("phát động ở Hà Nội đúng không", {"phat": 1.0, "dong": 1.0, "noi": 1.0})
    asked = "Năm dân vận 2014 phát động ngày nào? phát động ở Hà Nội đúng không"
    assert repeats(claim, "Năm dân vận 2014", asked)
    assert not repeats(claim, "Năm dân vận 2014", claim.text)
