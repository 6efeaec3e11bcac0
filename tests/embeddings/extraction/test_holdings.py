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
        (
            "Đối thoại giữa ông Lê Văn An, Chủ tịch Liên đoàn Lao động tỉnh, Giám đốc Công an tỉnh, đại diện các sở.",
            "Lê Văn An",
            {"Chủ tịch Liên đoàn Lao động tỉnh"},
        ),
        (
            "Dự có ông Lê Văn An, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, đại diện các sở, ngành.",
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


@pytest.mark.parametrize(
    ("text", "name", "offices"),
    [
        ("Bà Vi Thị Quế trúng cử Bí thư Đảng ủy xã.", "Vi Thị Quế", {"Bí thư Đảng ủy xã"}),
        ("Ông Hà Văn Tú được bầu bổ sung Phó Chủ tịch HĐND xã.", "Hà Văn Tú", {"Phó Chủ tịch HĐND xã"}),
        ("Đồng chí Lò Văn Ún tái đắc cử Chủ tịch Hội Nông dân huyện.", "Lò Văn Ún", {"Chủ tịch Hội Nông dân huyện"}),
        ("Ban Pháp chế do bà Đỗ Thị Nga làm Trưởng ban thẩm tra hai lần mỗi năm.", "Đỗ Thị Nga", {"Trưởng ban"}),
        ("Đồng chí Hứa Văn Tài, Phó Trưởng Ban chủ trì hội nghị.", "Hứa Văn Tài", {"Phó Trưởng Ban"}),
        ("Bà Hà Thị Nụ, Trưởng Ban điều hành khu phố dự.", "Hà Thị Nụ", {"Trưởng Ban điều hành khu phố"}),
    ],
)
def test_elections_and_who_leads_a_body(text: str, name: str, offices: set[str]) -> None:
    assert {office for person, office in held(text) if person == name} == offices


def test_the_body_that_somebody_leads_stands_in_front() -> None:
    (one,) = holdings("Ban Pháp chế HĐND do bà Đỗ Thị Nga làm Trưởng ban thẩm tra hai lần mỗi năm.")
    assert one.office.office.body == ("ban", "phap", "che", "hoi", "dong", "nhan", "dan")


def test_a_congress_is_not_the_association_whose_chair_it_elects() -> None:
    text = "Hội Làm vườn xã Mai Pha tổ chức Đại hội đại biểu lần thứ V. Đại hội bầu ông Lê Văn Ất làm Chủ tịch Hội."
    (one,) = holdings(text)
    assert one.office.office.body == ("hoi", "lam", "vuon", "xa", "mai", "pha")


@pytest.mark.parametrize(
    "text",
    [
        "Tại Quảng Nam, Chủ tịch UBND tỉnh đã đi kiểm tra.",
        "Làm việc ở Lý Nhân, Bí thư Huyện ủy yêu cầu sớm khắc phục.",
        "Về cụm công nghiệp Đá Bạc, Giám đốc Sở Công Thương cho biết đã xong.",
        "Nhân dân Bình Thuận, Chủ tịch UBND tỉnh khẳng định, rất đồng thuận.",
    ],
)
def test_a_place_holds_no_office(text: str) -> None:
    assert held(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kỳ họp miễn nhiệm Chủ tịch UBND huyện Đinh Văn Lý.", "Đinh Văn Lý"),
        ("Ông Đinh Văn Lý thôi giữ chức Chủ tịch UBND huyện.", "Đinh Văn Lý"),
        ("Bà Hồ Thị Sen thay ông Đinh Văn Lý, Chủ tịch UBND huyện nghỉ hưu.", "Đinh Văn Lý"),
    ],
)
def test_an_office_that_is_left_is_held_no_more(text: str, name: str) -> None:
    found = [one for one in holdings(text) if text[slice(*one.name)] == name]
    assert found
    assert all(one.office.office.former for one in found)
