"""Names, years, dates, numbers and codes of a question, and whether a text has them."""

import pytest

from embeddings.extraction.place_names import places
from embeddings.index.lexical import index_terms
from embeddings.question.names import Named, named

ORDINARY = {"hoi", "nghi", "dai", "chi", "thi", "ai", "nam", "cong", "tac", "uy", "ban", "ngay", "quy", "tu"}


def names(question: str) -> list[Named]:
    return named(question, ORDINARY.__contains__)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Chỉ thị 18/2000/CT-TTg nói gì?", ["18/2000/CT-TTg"]),
        ("Hội nghị năm 2031 ở Hà Giang", ["năm 2031", "Hà Giang"]),
        ("hội nghị ở hà giang", ["Hà Giang"]),
        ("hoi nghi o ha giang", ["Hà Giang"]),
        ("Ngày 15/11/2017 có gì?", ["15/11/2017"]),
        ("sáng 20/2 ở đâu?", ["20/2"]),
        ("Nguyễn Xuân Phúc nói gì?", ["Nguyễn Xuân Phúc"]),
        ("Đại hội lần thứ XIII", ["lần thứ XIII"]),
        ("quyết định số 99", ["quyết định số 99"]),
        ("Hội nghị UBND", []),
        ("Công tác gì?", []),
        ("3.300 hội nghị", []),
        ("2.019 người", []),
        ("Chương III Quy chế nói gì", []),
        ("", []),
    ],
)
def test_found(question: str, found: list[str]) -> None:
    assert [name.text for name in names(question)] == found


def test_a_person_behind_a_title_needs_no_capitals() -> None:
    assert [name.text for name in names("đồng chí nguyễn xuân phúc là ai")] == ["Nguyễn Xuân Phúc"]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("ở Hà Giang", "tại tỉnh Hà Giang", True),
        ("ở Hà Giang", "bà Vũ Thị Giáng Hương, ông Trần Hồng Hà", False),
        ("ở Hà Giang", "đồng chí Hà Giáng", False),
        ("ở ha giang", "tỉnh Hà Giang", True),
        ("năm 2031", "đến năm 2031", True),
        ("năm 2031", "năm 2030", False),
        ("năm 2000", "Chỉ thị 18/2000/CT-TTg", True),
        ("Từ 1/7/2025 đổi tên", "kể từ ngày 01 tháng 7 năm 2025", True),
        ("ngày 20 tháng 2 năm 2014", "sáng 20/2, tại", True),
        ("ngày mười tám tháng hai năm hai nghìn không trăm mười chín", "ngày 18/02/2019", True),
        ("tháng 4/2018", "Sáng 28/4/2018", True),
        ("tháng 4/2018", "Sáng 28/5/2018", False),
        ("Đại hội lần thứ mười ba", "Đại hội lần thứ XIII", True),
        ("đại hội lần thứ XIII", "Đại hội lần thứ XII", False),
        ("nghị định 30", "Nghị định số 30/2020/NĐ-CP", True),
        ("ngày 15/11/2017", "sáng 15/11, tại", True),
        ("ngày 15/11/2017", "ngày 16/11/2017", False),
        ("Chỉ thị 18/2000/CT-TTg", "theo Chỉ thị số 18/2000/CT-TTg", True),
        ("Chỉ thị 18/2000/CT-TTg", "theo Chỉ thị số 18/2001/CT-TTg", False),
        ("Nguyễn Xuân Phúc", "Nguyễn Xuân Phúc phát biểu", True),
        ("Nguyễn Xuân Phúc", "Nguyễn Văn Phúc, Trần Xuân Mai", False),
    ],
)
def test_is_in(question: str, text: str, expected: bool) -> None:
    (name,) = names(question)
    assert name.is_in(set(index_terms(text)).__contains__) is expected


def test_the_list_of_places() -> None:
    assert len(places()) == len(set(places())) > 63
    assert list(places()) == sorted(places(), key=len, reverse=True)
    assert all(word[0].isupper() for place in places() for word in place.replace("-", " ").split())
