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
        "Nhờ trợ lý cho biết {}? Trân trọng cảm ơn.",
        "Phiền anh chị cho em hỏi {}",
        "Tiện thể em muốn hỏi thêm {}",
        "Đề nghị cho biết {}. Rất mong được giải đáp.",
        "phien tro ly tra giup {}",
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


@pytest.mark.parametrize(
    "asked",
    [
        "hội nghị phản biện xã hội tổ chức thế nào",
        "trên địa bàn tỉnh có bao nhiêu tổ dân vận",
        "hiện nay ai là trưởng ban dân vận",
        "hoi nghi tong ket do ai chu tri",
        "họ và tên của trưởng ban là gì",
    ],
)
def test_what_only_looks_as_if_it_pointed_back_is_read_alone(asked: str) -> None:
    assert core_of(f"Xã tôi đang viết báo cáo. Xin hỏi {asked}?").text == asked


@pytest.mark.parametrize(
    "letter",
    [
        "hôm qua cơ quan tôi họp tổng kết cho tôi hỏi {}",
        "Xin chào, em là cán bộ xã mới nhận việc, anh chị cho em hỏi {} ạ?",
        "xa toi dang viet bao cao nho anh cho toi biet {}",
    ],
)
def test_of_a_letter_in_one_sentence_what_stands_behind_the_asking_is_read(letter: str) -> None:
    core = core_of(letter.format(QUESTION))
    assert core.text == QUESTION
    assert core.is_part


@pytest.mark.parametrize(
    "text",
    [
        "kinh phi cho hoi nghi la bao nhieu tien",
        "ai chủ trì hội nghị, cho tôi hỏi hội nghị họp ở đâu và khi nào",
        "Xã tôi lập tổ dân vận khéo, cho tôi hỏi việc đó do ai quyết định",
        "khi nào người dân cho tôi biết",
    ],
)
def test_what_a_question_lives_on_or_asks_besides_is_kept(text: str) -> None:
    assert core_of(text).text == text


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
