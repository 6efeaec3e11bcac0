"""Persons who are named beside each other, whatever is told of them between their names."""

import pytest

from bot.answering.forms.persons_named import addressed, beside_each_other, name_alone, with_names_before
from embeddings.extraction.persons import persons


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (
            "Có: Đại tá Trịnh Văn Mạnh, người bản; Trung tá Lò Văn Ón; cụ Vi Thị Lả. Ông Hoàng Văn Sính thổi khèn.",
            [["Trịnh Văn Mạnh", "Lò Văn Ón", "Vi Thị Lả"], ["Hoàng Văn Sính"]],
        ),
        (
            "Tổ kiểm phiếu gồm ông Phạm Văn Bảy, nguyên giáo viên; bà Đỗ Thị Sáu và anh Trần Văn Chín",
            [["Phạm Văn Bảy", "Đỗ Thị Sáu", "Trần Văn Chín"]],
        ),
        (
            "Ông Phạm Văn Bảy, trưởng thôn phát biểu mở đầu, bà Đỗ Thị Sáu kể lại chuyện cũ",
            [["Phạm Văn Bảy"], ["Đỗ Thị Sáu"]],
        ),
    ],
)
def test_groups(text: str, groups: list[list[str]]) -> None:
    found = beside_each_other(text, list(persons(text)), {})
    assert [[text[start:end] for start, end in group] for group in found] == groups


def test_a_name_that_only_va_parts_from_another_counts_though_it_begins_as_none_that_is_known() -> None:
    text = "Các đồng chí: Ngân Thị Thu và Đào Hữu Chấn chủ trì; Sở Xây dựng và Đào Hữu Chấn dự."
    names = [(text.index("Đào"), text.index(" chủ trì"))]
    assert [text[start:end] for start, end in with_names_before(text, names)] == ["Ngân Thị Thu", "Đào Hữu Chấn"]


@pytest.mark.parametrize("before", ["Sở Nội Vụ", "Hà Nội", "Công An Tỉnh"])
def test_a_body_or_place_with_capitals_is_no_name(before: str) -> None:
    text = f"Dự họp có các đoàn thể; {before} và Đào Hữu Chấn."
    names = [(text.index("Đào"), text.index("."))]
    assert with_names_before(text, names) == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gồm ông Phạm Văn Bảy, trưởng thôn", "ông Phạm Văn Bảy"),
        ("và Thượng tọa Thích Văn Sáu", "Thượng tọa Thích Văn Sáu"),
        ("đồng chí Phạm Văn Bảy", "Phạm Văn Bảy"),
        ("các ông, bà: Phạm Văn Bảy", "Phạm Văn Bảy"),
    ],
)
def test_a_name_with_its_form_of_address(text: str, said: str) -> None:
    name = said if text.startswith(("đồng chí", "các ông")) else said.split(" ", 2 if "Thượng" in said else 1)[-1]
    start = text.index(name)
    assert text[slice(*addressed(text, (start, start + len(name))))] == said


@pytest.mark.parametrize(
    ("words", "said"), [("ông Lê An, Bí thư Tỉnh ủy", "ông Lê An"), ("Bí thư Tỉnh ủy", "Bí thư Tỉnh ủy")]
)
def test_a_name_with_its_office_as_the_name_alone(words: str, said: str) -> None:
    text = "Dự họp có ông Lê An, Bí thư Tỉnh ủy và các đại biểu"
    name, office = text.index("Lê An"), text.index("Bí thư")
    offices = {(name, name + len("Lê An")): (office, office + len("Bí thư Tỉnh ủy"))}
    start, end = name_alone((text.index(words), text.index(words) + len(words)), offices)
    assert text[start:end] == said
