"""Which of several persons a question means."""

import pytest

from embeddings.question.narrowed_persons import (
    asks_for_a_woman,
    body_of_persons,
    body_said,
    head_said,
    read_narrowed_persons,
)


@pytest.mark.parametrize(
    ("question", "base", "wanted"),
    [
        ("trong ba đồng chí chủ trì hội nghị, ai là Tỉnh ủy viên?", "những ai chủ trì hội nghị", "Tỉnh ủy viên"),
        ("trong số những người dự họp ai làm bên Ủy ban tỉnh", "những ai dự họp", "Ủy ban tỉnh"),
        ("ai trong số đó làm bên Sở Y tế", "", "Sở Y tế"),
        ("trong đó ai là Ủy viên Ban Thường vụ", "", "Ủy viên Ban Thường vụ"),
        ("trong đó ai của huyện ủy", "", "huyện ủy"),
    ],
)
def test_some_of_several(question: str, base: str, wanted: str) -> None:
    found = read_narrowed_persons(question)
    assert found is not None
    assert (found.base, found.wanted) == (base, wanted)


@pytest.mark.parametrize(
    "question",
    [
        "trong đó ai là người phát biểu kết luận",
        "trong số đó ai là người chỉ đạo ghi biên bản",
        "trong các đồng chí dự họp, ai là người chủ trì",
        "trong đó ai là nữ",
        "trong đó ai ở lại",
    ],
)
def test_what_is_no_office_and_no_body_narrows_nothing(question: str) -> None:
    assert read_narrowed_persons(question) is None


@pytest.mark.parametrize("question", ["ai là Bí thư Tỉnh ủy", "trong năm 2031 ai là Bí thư", "ai chủ trì hội nghị"])
def test_no_several(question: str) -> None:
    assert read_narrowed_persons(question) is None


def test_bodies() -> None:
    assert body_of_persons("có những đồng chí nào của Ban Dân vận cùng chủ trì?") == "Ban Dân vận"
    assert body_of_persons("những ai của UBND tỉnh") == "UBND tỉnh"
    assert body_of_persons("ai chủ trì hội nghị của Ban Dân vận") == ""
    assert (body_said("là người của Sở Y tế"), body_said("là Bí thư")) == ("Sở Y tế", "")
    assert body_said("là lãnh đạo Công đoàn tỉnh") == "Công đoàn tỉnh"
    said = ("là cấp trưởng ở Sở Y tế", "là cấp phó của Sở Y tế", "là người của Sở Y tế")
    assert [(body_said(one), head_said(one)) for one in said] == [("Sở Y tế", head) for head in (True, False, None)]


def test_men_and_women() -> None:
    questions = ("bà nào chủ trì", "ông nào chủ trì", "ai chủ trì")
    assert [asks_for_a_woman(one) for one in questions] == [True, False, None]


@pytest.mark.parametrize(
    "question", ["những ông bà nào dự hội nghị", "ông, bà nào dự", "các ông hay các bà nào dự", "cô chú nào dự"]
)
def test_men_and_women_together_are_everybody(question: str) -> None:
    assert asks_for_a_woman(question) is None


@pytest.mark.parametrize(
    ("question", "woman"),
    [("trong đó ai là nữ?", True), ("đồng chí nào là nam giới", False), ("ai là nữ chủ tịch", None)],
)
def test_a_sex_that_is_said(question: str, woman: bool | None) -> None:
    assert asks_for_a_woman(question) is woman


def test_ladies_and_gentlemen_among_several() -> None:
    found = read_narrowed_persons("trong đó ông bà nào là Tỉnh ủy viên")
    assert found is not None
    assert found.wanted == "Tỉnh ủy viên"
