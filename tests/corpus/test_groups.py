"""Names of groups have one form; what is no name closes rather than opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.groups import NOBODY, group_name, groups_in, groups_of_file, may_see, written


@pytest.mark.parametrize(
    ("text", "name"),
    [("Tổ chức", "to-chuc"), (" Nội bộ / 2 ", "noi-bo-2"), ("ĐẢNG-UỶ", "dang-uy"), ("***", NOBODY), ("a" * 51, NOBODY)],
)
def test_one_form(text: str, name: str) -> None:
    assert group_name(text) == name


@given(st.text(max_size=80))
def test_a_list_reads_back_and_never_opens(text: str) -> None:
    groups = groups_in(text)
    assert groups_in(written(groups - {NOBODY})) == groups - {NOBODY}
    assert bool(groups) == bool([part for part in text.split(",") if part.strip()])


def test_folders_that_begin_with_the_mark_are_groups() -> None:
    assert groups_of_file("a/@Tổ chức/b/@x/c.txt") == {"to-chuc", "x"}
    assert groups_of_file("@a.txt") == frozenset()
    assert groups_of_file("@/a.txt") == {NOBODY}


def test_who_may_see_what() -> None:
    assert may_see((), frozenset())
    assert may_see(("a", "b"), frozenset({"b"}))
    assert may_see(("a",), None)
    assert not may_see(("a",), frozenset({"b"}))
    assert not may_see((NOBODY,), frozenset())
