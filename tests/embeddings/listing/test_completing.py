"""Lists that were found in part, with what goes on behind them."""

import pytest

from embeddings.listing.completing import begun, completed
from embeddings.listing.list_features import ListQuestion, PassageView
from embeddings.question.answer_type import expect


def completed_texts(text: str, items: tuple[str, ...], count: int | None = None) -> list[str]:
    question = ListQuestion(worth={}, expected=expect("những gì"), count=count)
    spans = [(text.index(item), text.index(item) + len(item)) for item in items]
    return [text[start:end] for start, end in completed(PassageView(text, question, None), spans)]


@pytest.mark.parametrize(
    ("text", "items", "more"),
    [
        (
            "Nâng cao vai trò của các cấp ủy, tổ chức đảng, chính quyền, MTTQ, hội quần chúng, nhất là người đứng đầu.",
            ("các cấp ủy", "tổ chức đảng"),
            ["chính quyền", "MTTQ", "hội quần chúng"],
        ),
        (
            "Trung tâm tổ chức chữa bệnh, giáo dục, tư vấn và học nghề, phù hợp với từng người.",
            ("chữa bệnh", "giáo dục"),
            ["tư vấn", "học nghề"],
        ),
        ("Xã hỗ trợ gạo, muối, dầu ăn để các hộ ăn Tết.", ("gạo", "muối"), ["dầu ăn để các hộ ăn Tết"]),
        ("Hội nghị bàn về chợ, bến xe và nghĩa trang, trường học.", ("chợ", "bến xe", "nghĩa trang"), []),
        ("Xã mua gạo, muối, sau khi họp dân.", ("gạo", "muối"), []),
        ("Theo nghị định, quy chế, hướng dẫn của tỉnh, huyện.", ("nghị định", "quy chế"), ["hướng dẫn của tỉnh"]),
        ("Xã mua gạo, muối, hướng dẫn nấu ăn.", ("gạo", "muối"), []),
        (
            "Xã có chợ, bến xe và những con đường mới đóng góp vào thành công chung của cả huyện năm nay.",
            ("chợ", "bến xe"),
            ["những con đường mới"],
        ),
    ],
)
def test_what_goes_on(text: str, items: tuple[str, ...], more: list[str]) -> None:
    assert completed_texts(text, items) == [*items, *more]


def test_as_many_as_are_asked_for_or_announced_are_all() -> None:
    assert completed_texts("Xã mua gạo, muối, dầu ăn.", ("gạo", "muối"), count=2) == ["gạo", "muối"]
    assert completed_texts("Xã mua hai thứ: gạo, muối, dầu ăn.", ("gạo", "muối")) == ["gạo", "muối"]


@pytest.mark.parametrize(
    ("text", "items", "earlier"),
    [
        ("Đồng chí từng là Bí thư xã, Trưởng ban, Chủ tịch huyện.", ("Trưởng ban", "Chủ tịch huyện"), ["Bí thư xã"]),
        ("Đơn vị gồm chợ Mới, bến xe, trường học.", ("trường học",), ["chợ Mới", "bến xe"]),
        ("Xã Yên Sậy, bến xe, trường học được sửa.", ("bến xe", "trường học"), []),
        ("Các việc là sửa chữa chợ, bến xe, trường học.", ("bến xe", "trường học"), []),
    ],
)
def test_what_was_lost_at_the_beginning(text: str, items: tuple[str, ...], earlier: list[str]) -> None:
    view = PassageView(text, ListQuestion(worth={}, expected=expect("những gì")), None)
    spans = [(text.index(item), text.index(item) + len(item)) for item in items]
    assert [text[start:end] for start, end in begun(view, spans)] == [*earlier, *items]
