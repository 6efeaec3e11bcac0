"""Reasons and purposes that a text gives, and words that only look like them."""

import pytest

from embeddings.extraction.reasons import purposes, reasons


@pytest.mark.parametrize(
    ("text", "clause", "told"),
    [
        (
            "Xã chưa thu phí theo đầu người do chưa có phần mềm; năm sau sẽ thu.",
            "do chưa có phần mềm",
            "Xã chưa thu phí theo đầu người",
        ),
        ("Ba thôn chưa họp là do thiếu trưởng thôn.", "do thiếu trưởng thôn", "Ba thôn chưa họp"),
        ("Vì mưa lớn kéo dài, sáng 5/3 hội thi phải hoãn.", "Vì mưa lớn kéo dài", "sáng 5/3 hội thi phải hoãn."),
        ("Đường lầy lội nên xe không vào được bản.", "Đường lầy lội", "xe không vào được bản."),
        ("Kết quả thấp; nguyên nhân chính là kinh phí về muộn.", "kinh phí về muộn", "Kết quả thấp;"),
        ("Quỹ đã cạn từ tháng 5. Vì vậy xã dừng chi trả.", "Quỹ đã cạn từ tháng 5", "xã dừng chi trả."),
    ],
)
def test_a_reason_and_what_it_is_given_for(text: str, clause: str, told: str) -> None:
    given = [(text[slice(*one.clause)], text[slice(*one.told[0])]) for one in reasons(text)]
    assert (clause, told) in given


@pytest.mark.parametrize(
    "text",
    [
        "Lễ hội do Ủy ban nhân dân huyện tổ chức vào tháng Giêng.",
        "Phấn đấu vì mục tiêu dân giàu, nước mạnh.",
        "Quyền tự do đi lại được bảo đảm.",
        "Cán bộ không nên nóng vội.",
        "Do đó cần làm sớm.",
    ],
)
def test_no_reason(text: str) -> None:
    assert reasons(text) == ()


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Để làm tốt hai khâu đột phá, thời gian tới, huyện mở các lớp bồi dưỡng.", "Để làm tốt hai khâu đột phá"),
        (
            "(Báo Xuân) - Nhằm nâng cao nhận thức, trách nhiệm của hội viên, sáng 2/3 hội phát động cuộc thi.",
            "Nhằm nâng cao nhận thức, trách nhiệm của hội viên",
        ),
        ("Xã lắp đèn nhằm giảm tai nạn ban đêm.", "nhằm giảm tai nạn ban đêm"),
    ],
)
def test_a_purpose(text: str, clause: str) -> None:
    assert [text[slice(*one.clause)] for one in purposes(text)] == [clause]


def test_what_is_left_behind_is_no_purpose() -> None:
    assert purposes("Không để xảy ra cháy rừng.") == ()


def test_the_sentence_before_is_told_of() -> None:
    text = "Việc đối thoại với nông dân còn chậm. Bảy xã chưa làm là do thiếu chủ tịch."
    (given,) = reasons(text)
    assert text[slice(*given.before)] == "Việc đối thoại với nông dân còn chậm."
