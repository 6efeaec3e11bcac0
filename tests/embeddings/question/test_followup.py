"""Questions that live on the one before them, and questions that do not."""

import pytest

from corpus.vietnamese import fold
from embeddings.question.followup import content_words, dependence, function_words, refers_back
from embeddings.question.language import question_phrases


@pytest.mark.parametrize(
    "question",
    [
        "Ai phát biểu?",
        "còn năm 2019?",
        "ở đâu?",
        "khi nào?",
        "ông ấy lưu ý điều gì?",
        "thế còn Thái Nguyên?",
        "thì sao?",
    ],
)
def test_dependent(question: str) -> None:
    assert dependence(question) > 0.9


@pytest.mark.parametrize(
    "question",
    [
        "Chỉ thị 18/2000/CT-TTg của Thủ tướng Chính phủ nói về việc gì?",
        "Năm 2020 được chọn là năm gì theo phát biểu của Thủ tướng?",
        "Ai chủ trì hội nghị tổng kết công tác dân vận tại điểm cầu Thái Nguyên?",
        "Quỹ vắc xin phòng chống dịch bệnh được ủng hộ bao nhiêu tỷ đồng?",
    ],
)
def test_standing_alone(question: str) -> None:
    assert dependence(question) < 0.1


def test_a_reference_and_fewer_words_depend_more() -> None:
    assert dependence("còn tỉnh Thái Nguyên") > dependence("tỉnh Thái Nguyên")
    assert dependence("hội nghị") > dependence("hội nghị tổng kết công tác dân vận")
    assert dependence("hội nghị ngày 15/11/2017") < dependence("hội nghị ngày nào đó")
    assert 0 < dependence("từ " * 4000) < dependence("") < 1


def test_a_name_and_a_rare_word_make_a_subject() -> None:
    question = "Bác Hồ nói gì về dân vận"
    assert dependence(question, 1, 0.3) < 0.5 < dependence(question)
    assert dependence("học viên thích gì nhất", rarest=0.9) < dependence("học viên thích gì nhất", rarest=0.1)


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("còn huyện Minh Phú", True),
        ("vậy ai chủ trì", True),
        ("đề nghị trang bị thêm gì cho họ", True),
        ("họ Sùng bỏ tục cũ từ khi nào", False),
        ("hội nghị họp ở đâu", False),
    ],
)
def test_what_points_back(question: str, points: bool) -> None:
    assert refers_back(question) is points


def test_content_words() -> None:
    assert content_words("Ai phát biểu ở Hải Phòng?") == ["hải", "phòng"]
    assert content_words("Chỉ thị 18/2000/CT-TTg là gì?")[-1] == "18/2000/ct-ttg"
    assert content_words("") == []


def test_function_words_are_those_of_the_phrases() -> None:
    assert {"ai", "gi", "nao", "dau", "nhieu"} <= function_words()
    assert all(fold(word) in function_words() for phrase in question_phrases() for word in phrase.split())
    assert not any("#" in phrase or phrase != phrase.strip() for phrase in question_phrases())
