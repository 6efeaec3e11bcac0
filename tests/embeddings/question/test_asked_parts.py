"""Parts of documents that questions ask for by number."""

import pytest

from embeddings.question.asked_parts import asked_part


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Khoản 2 Điều 7 Quy chế tiếp công dân quy định gì?", ["điều 7", "khoản 2"]),
        ("khoan 2 dieu 7 noi gi", ["điều 7", "khoản 2"]),
        ("Điều 7, khoản 2 nói gì", ["điều 7", "khoản 2"]),
        ("điểm đ khoản 1 của Điều 12a", ["điều 12a", "khoản 1", "điểm đ"]),
        ("k2 đ7 quy chế", ["điều 7", "khoản 2"]),
        ("Chương 3 của Quy chế", ["chương 3"]),
        ("chuong iii", ["chương 3"]),
        ("chương ba quy định về gì", ["chương 3"]),
        ("phần thứ nhất", ["phần 1"]),
        ("mục II.1 kế hoạch", ["mục 2", "khoản 1"]),
        ("điểm 1 mục II", ["mục 2", "điểm 1"]),
        ("mục 2 phần III", ["phần 3", "mục 2"]),
        ("Phần A báo cáo nói gì", ["phần a"]),
    ],
)
def test_parts_that_are_asked_for(question: str, parts: list[str]) -> None:
    asked = asked_part(question)
    assert asked is not None
    assert [f"{level} {number}" for level, number in asked.parts] == parts


@pytest.mark.parametrize(
    "question",
    [
        "khoản 5 triệu đồng chi gì",
        "các khoản thu",
        "điều 1 người cần biết",
        "mục tiêu 5 năm",
        "phần mềm nào",
        "đ 5",
        "phần lớn",
    ],
)
def test_words_that_ask_for_no_part(question: str) -> None:
    assert asked_part(question) is None
