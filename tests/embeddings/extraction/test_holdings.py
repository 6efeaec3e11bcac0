"""Who is named under which office, as officials write it."""

import pytest

from embeddings.extraction.holdings import holdings


def held(text: str) -> set[tuple[str, str]]:
    """Names and offices of a text."""
    return {
        (text[one.name[0] : one.name[1]], text[one.office.start : one.office.end])
        for one in holdings(text)
        if one.office is not None
    }


@pytest.mark.parametrize(
    ("text", "name", "offices"),
    [
        (
            "Dự có ông Lê Văn An, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh; bà Trần Thị Bình, Bí thư Tỉnh đoàn.",
            "Lê Văn An",
            {"Phó Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh"},
        ),
        ("Thủ tướng Chính phủ Phạm Văn Hòa phát biểu chỉ đạo.", "Phạm Văn Hòa", {"Thủ tướng Chính phủ"}),
        (
            "Hội nghị cử đồng chí Ngô Thị Mai giữ chức Trưởng Ban Dân vận Tỉnh ủy.",
            "Ngô Thị Mai",
            {"Trưởng Ban Dân vận Tỉnh ủy"},
        ),
    ],
)
def test_offices_beside_a_name(text: str, name: str, offices: set[str]) -> None:
    assert {office for person, office in held(text) if person == name} == offices


def test_each_office_belongs_to_the_name_it_stands_beside() -> None:
    text = "Đồng chí Lê Văn An, Bí thư Huyện ủy chủ trì; đồng chí Trần Thị Bình, Phó Bí thư Huyện ủy dự."
    assert held(text) == {("Lê Văn An", "Bí thư Huyện ủy"), ("Trần Thị Bình", "Phó Bí thư Huyện ủy")}


def test_a_text_without_persons_holds_nobody() -> None:
    assert held("Chủ tịch UBND tỉnh ban hành kế hoạch về công tác dân vận.") == set()
