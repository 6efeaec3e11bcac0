"""Which of two things offered a text names."""

import pytest

from embeddings.question.alternatives import chosen, offers, says_one

TEXT = "Phát biểu đề dẫn, bà Lò Thị Pha nói về năm 2019; xã Tân Lập làm tốt công tác dân vận."


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Lò Thị Pha hay Vàng A Sử đề dẫn tọa đàm", "Lò Thị Pha"),
        ("Vàng A Sử hay Lò Thị Pha đề dẫn tọa đàm?", "Lò Thị Pha"),
        ("vang a su hay lo thi pha de dan", "Lò Thị Pha"),
        ("là năm 2018 hay 2019", "2019"),
        ("xã Tân Lập hay xã Tân Hòa", "xã Tân Lập"),
        ("Lò Thị Pha hay xã Tân Lập", None),
        ("Vàng A Sử hay Giàng Thị Máy", None),
        ("cách làm hay là gì", None),
        ("ai làm tốt hay không", None),
        ("Lò Thị Pha đề dẫn", None),
        ("một hay hai hay ba", None),
        ("hay", None),
        ("", None),
    ],
)
def test_choices(question: str, named: str | None) -> None:
    span = chosen(question, TEXT)
    assert (TEXT[span[0] : span[1]] if span else None) == named


@pytest.mark.parametrize(
    ("question", "two"),
    [
        ("năm dân vận do Đảng ủy Khối hay Ban Dân vận phát động?", True),
        ("Ban Dân vận có phát động hay không?", False),
        ("ai phát động, huyện hay tỉnh?", False),
        ("Ban Dân vận phát động à?", False),
        ("mô hình hay của Đoàn xã Tân Lập", False),
    ],
)
def test_questions_that_offer_two_things(question: str, two: bool) -> None:
    assert offers(question) is two


@pytest.mark.parametrize(
    ("question", "found", "says"),
    [
        ("lớp học do huyện hay tỉnh mở", "UBND huyện Tân Lập", True),
        ("lớp học do huyện hay tỉnh mở", "huyện và tỉnh", False),
        ("lớp học do huyện hay tỉnh mở", "cán bộ", False),
        ("bà Pha là trưởng phòng hay phó trưởng phòng", "Trưởng phòng", True),
        ("bà Pha là trưởng phòng hay phó trưởng phòng", "xã Tân Lập", False),
    ],
)
def test_whether_words_say_one_of_two(question: str, found: str, says: bool) -> None:
    assert says_one(question, found) is says
