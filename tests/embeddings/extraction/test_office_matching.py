"""An office is matched whole: Phó is not Trưởng, Thường trực is not left out, one body is not another."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from embeddings.extraction.office_matching import is_same_office
from embeddings.extraction.offices import Office, office_at, offices
from embeddings.extraction.text_words import words_of


@dataclass(frozen=True)
class Words:
    """A document that has these folded words."""

    text: str = ""

    def has(self, words: Sequence[str]) -> bool:
        return f" {' '.join(words)} " in f" {self.text} "

    def has_name(self, words: Sequence[str]) -> bool:
        return self.has(words)

    def letterhead(self) -> "Words":
        return Words()


def office(text: str) -> Office:
    found = office_at(text, words_of(text), 0, unmarked=True)
    assert found is not None
    return found.office


@pytest.mark.parametrize(
    ("asked", "held", "around"),
    [
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh", ""),
        ("chủ tịch UBND tỉnh Thái Nguyên", "Chủ tịch UBND tỉnh", "tinh thai nguyen"),
        ("Trưởng Ban Dân vận Tỉnh ủy", "Trưởng Ban Dân vận Tỉnh ủy", ""),
        ("phó bí thư huyện ủy", "Phó Bí thư Huyện ủy", ""),
        ("chánh án tòa án tỉnh", "Chánh án Tòa án nhân dân tỉnh", ""),
        ("viện trưởng viện kiểm sát huyện", "Viện trưởng Viện kiểm sát nhân dân huyện", ""),
    ],
)
def test_the_same(asked: str, held: str, around: str) -> None:
    assert is_same_office(office(asked), office(held), Words(around))


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh"),
        ("Chủ tịch UBND tỉnh", "Phó Chủ tịch Thường trực UBND tỉnh"),
        ("Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch Thường trực UBND tỉnh"),
        ("Phó Bí thư Tỉnh ủy", "Phó Bí thư Thường trực Tỉnh ủy"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch HĐND tỉnh"),
        ("Chủ tịch UBND tỉnh Thái Nguyên", "Chủ tịch UBND tỉnh"),
        ("Trưởng phòng Tổng hợp Ban Dân vận Tỉnh ủy", "Trưởng Ban Dân vận Tỉnh ủy"),
        ("Phó Bí thư Ban Cán sự Đảng Chính phủ", "Phó Bí thư Đảng ủy Khối"),
        ("Chủ tịch UBND xã Yên Sậy", "CHỦ TỊCH"),
        ("Bí thư thứ nhất Trung ương Đoàn", "Bí thư thường trực Trung ương Đoàn"),
    ],
)
def test_another(asked: str, held: str) -> None:
    assert not is_same_office(office(asked), office(held), Words())


def test_an_office_of_which_there_is_one_needs_no_body() -> None:
    assert is_same_office(office("thủ tướng"), office("Thủ tướng Chính phủ"), Words())
    assert not is_same_office(office("thủ tướng"), office("Phó Thủ tướng Chính phủ"), Words())
    assert not is_same_office(office("giám đốc"), office("Giám đốc Sở Nội vụ"), Words())


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("bà Hoa là Trưởng Ban Dân vận Huyện ủy đúng không", "Trưởng Ban Dân vận Huyện ủy"),
        ("Nguyễn Thị Hoa là Trưởng Ban Dân vận Huyện ủy đúng k", "Trưởng Ban Dân vận Huyện ủy"),
        ("ông Minh là Chủ tịch UBND huyện Yên Dũng đúng không", "Chủ tịch UBND huyện Yên Dũng"),
    ],
)
def test_what_asks_for_a_confirmation_is_no_part_of_a_body(question: str, office: str) -> None:
    assert [question[one.start : one.end] for one in offices(question)] == [office]
