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
    ],
)
def test_what_is_numbered(text: str, found: set[tuple[str, str]]) -> None:
    assert ordinals(text) == found


def test_another_number_of_the_same_kind_is_told_and_none_is_not_another() -> None:
    asked = ordinals("giao ban quý 2 khóa XIV")
    assert told_otherwise(asked, ordinals("quý III có 2 việc")) == {("quy", "2")}
    assert told_otherwise(asked, ordinals("quý III và quý II khóa XIV")) == frozenset()
