"""Opposites that a question offers, and which of them a text says."""

import pytest

from embeddings.question.opposites import read_opposites, told_in


@pytest.mark.parametrize(
    ("question", "text", "side"),
    [
        ("việc kiểm tra được siết hay nới", "Huyện tăng cường kiểm tra quy chế dân chủ", 0),
        ("hội nghị họp tận nơi hay qua mạng", "Hội nghị trực tuyến toàn tỉnh", 1),
        ("họp trực tiếp hay trực tuyến", "truyền hình trực tiếp tới các xã", 1),
        ("cán bộ hiểu nông hay sâu", "cán bộ chưa nhận thức đầy đủ, sâu sắc", 0),
        ("ông bí thư ưng hay chê", "đồng chí không đồng tình với báo cáo", 1),
        ("dân chủ được mở rộng hay thu hẹp", "dân chủ không ngừng mở rộng", 0),
        ("họp sáng hay chiều", "Sáng ngày 5/3, huyện họp, nhiều sáng kiến", 0),
    ],
)
def test_which_one_is_said(question: str, text: str, side: int) -> None:
    opposites = read_opposites(question)
    assert opposites is not None
    assert {found for found, _ in told_in(opposites, text, 0, len(text))} == {side}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("thủ tục dễ hay khó", "hộ nghèo, hộ khó khăn làm thủ tục"),
        ("quán triệt sâu hay hời hợt", "quán triệt đến đồng bào vùng sâu, vùng xa"),
        ("siết hay nới dạy thêm", "huyện tăng cường dạy thêm kỹ năng sống"),
        ("tuyến đường xong sớm hay muộn", "đề nghị bà con hoàn thành tuyến đường trước hạn"),
        ("họp trực tiếp hay trực tuyến", "Đài Truyền hình tỉnh đưa tin"),
        ("họp trực tiếp hay trực tuyến", "giao Sở trực tiếp chỉ đạo"),
        ("họp trực tiếp hay trực tuyến", "chưa sắp xếp được lịch họp trực tuyến"),
    ],
)
def test_words_of_another_meaning_requests_and_doubtful_negations_say_neither(question: str, text: str) -> None:
    opposites = read_opposites(question)
    assert opposites is not None
    assert told_in(opposites, text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("trong không gian trực tuyến", 1),
        ("ngành hàng không họp trực tuyến", 1),
        ("huyện không họp trực tuyến", 0),
        ("hội nghị giao ban trực tuyến", 1),
    ],
)
def test_a_negation_is_a_word_of_its_own(text: str, side: int) -> None:
    opposites = read_opposites("họp trực tiếp hay trực tuyến")
    assert opposites is not None
    assert {found for found, _ in told_in(opposites, text, 0, len(text))} == {side}


def test_the_question_without_them() -> None:
    opposites = read_opposites("việc kiểm tra được siết lại hay nới ra ở xã?")
    assert opposites is not None
    assert opposites.rest == "việc kiểm tra được ở xã"


@pytest.mark.parametrize("question", ["do huyện hay tỉnh tổ chức", "có siết hay không", "siết chặt kiểm tra"])
def test_questions_without_opposites(question: str) -> None:
    assert read_opposites(question) is None
