"""Courtesies around a question, and the question in a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.question.courtesy import core_of

QUESTION = "hội nghị phản biện xã hội tổ chức khi nào"


@pytest.mark.parametrize(
    "polite",
    [
        "Dạ cho em hỏi {} ạ?",
        "Xin chào anh chị, cho tôi hỏi {}?",
        "Anh ơi, {} vậy ạ",
        "{}? Xin cảm ơn.",
        "Kính gửi anh chị, em muốn hỏi {}. Trân trọng cảm ơn!",
        "Xin cho biết {}",
        "cho hoi {} a",
        "{} nhỉ?",
        "  {} ?? ",
    ],
)
def test_politeness_changes_nothing(polite: str) -> None:
    core = core_of(polite.format(QUESTION))
    assert core.text == QUESTION
    assert not core.is_part


@pytest.mark.parametrize(
    "question",
    [
        "lễ chào cờ tổ chức khi nào",
        "chào mừng Đại hội là hoạt động gì",
        "ai viết thư cảm ơn",
        "em gái ông Khéo tên gì",
        "anh hùng lao động năm 2019 là ai",
        "dạ dày là gì",
    ],
)
def test_what_only_looks_polite_is_kept(question: str) -> None:
    assert core_of(question).text == question


def test_of_a_letter_the_sentence_that_asks_is_read() -> None:
    letter = (
        "Kính gửi anh chị.\nTôi là cán bộ mặt trận xã Bình An, vừa nhận việc từ tuần trước.\n"
        "Xin cho hỏi mức chi cho mỗi cuộc đối thoại cấp xã là bao nhiêu?\nXin cảm ơn anh chị nhiều."
    )
    core = core_of(letter)
    assert core.text == "mức chi cho mỗi cuộc đối thoại cấp xã là bao nhiêu"
    assert core.is_part


def test_a_question_that_points_back_keeps_the_sentence_before_it() -> None:
    core = core_of("Xã tôi muốn lập tổ dân vận khéo. Việc đó do ai quyết định?")
    assert core.text == "Xã tôi muốn lập tổ dân vận khéo. Việc đó do ai quyết định"


def test_two_questions_stay_two() -> None:
    core = core_of("Ai chủ trì hội nghị? Hội nghị họp ở đâu?")
    assert "Ai chủ trì" in core.text
    assert "họp ở đâu" in core.text


@pytest.mark.parametrize("text", ["Xin chào", "Cảm ơn anh", "dạ", "?", "", "Báo cáo tổng kết năm 2019"])
def test_where_nothing_asks_the_text_itself_is_read(text: str) -> None:
    assert core_of(text).text == text


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    core = core_of(text)
    assert core.text or not text.strip()
