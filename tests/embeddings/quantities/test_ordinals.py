"""Numbers that tell one of a kind from another."""

import pytest

from embeddings.quantities.ordinals import ordinals, told_otherwise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("giao ban quý III/2019", {("quy", "3"), ("nam", "2019")}),
        ("giao ban quý 2/2019", {("quy", "2"), ("nam", "2019")}),
        ("khóa XIV, lần thứ tư", {("khoa", "14"), ("lan", "4")}),
        ("ngày 9/1/2020 có 14 người", {("nam", "2020")}),
        ("giai đoạn 3 của quý", {("giai doan", "3")}),
        ("giải Nhất, giải ba", {("giai", "1"), ("giai", "3")}),
        ("làm một lần hai xã, vi phạm", set()),
        ("tổ 4B có 2000 đại biểu, 1.950 hộ", set()),
        ("tổ số 3", {("to", "3")}),
    ],
)
def test_what_is_numbered(text: str, found: set[tuple[str, str]]) -> None:
    assert ordinals(text) == found


def test_another_number_of_the_same_kind_is_told_and_none_is_not_another() -> None:
    asked = "giao ban quý 2 khóa XIV"
    assert told_otherwise(asked, "quý III có 2 việc") == {("quy", "2")}
    assert told_otherwise(asked, "quý III và quý II khóa XIV") == frozenset()


@pytest.mark.parametrize(
    ("asked", "told", "otherwise"),
    [
        ("năm 2018 có bao nhiêu", "giai đoạn 2016 - 2020 mỗi năm 12 mô hình; năm 2021 có 15", set()),
        ("năm 2018 có bao nhiêu", "năm 2019 có 2.018 hộ", {("nam", "2018")}),
        ("năm 2019 có bao nhiêu", "toàn xã có 1.950 hộ nghèo", set()),
        ("quý 3 ai chủ trì", "từ quý 1 đến quý 4 đều do bà Nhan chủ trì", set()),
        ("ai phụ trách tổ 2", "Tổ 1, 2 và 3 do ông An phụ trách", set()),
        ("hội thi lần 1", "Hội thi lần thứ nhất; lần thứ hai", set()),
        ("đợt một", "đợt 2 và đợt 3", {("dot", "1")}),
    ],
)
def test_lists_ranges_and_years(asked: str, told: str, otherwise: set[tuple[str, str]]) -> None:
    assert told_otherwise(asked, told) == otherwise
