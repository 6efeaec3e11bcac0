"""Which of two things offered a text names."""

import pytest

from embeddings.question.alternatives import chosen, offers

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
    ],
)
def test_questions_that_offer_two_things(question: str, two: bool) -> None:
    assert offers(question) is two
