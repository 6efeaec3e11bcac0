"""Who does something, where that is a body."""

import pytest

from embeddings.listing.doers import doers


@pytest.mark.parametrize(
    ("text", "deed", "who"),
    [
        (
            "Ông Lê An cho biết, hai năm vừa qua tổ chức Đoàn các cấp đã tạo môi trường tốt.",
            "tao moi truong",
            ["tổ chức Đoàn các cấp"],
        ),
        (
            "Năm 2031, huyện họp; Mặt trận các xã tổ chức trên 30 hội nghị.",
            "to chuc tren 30",
            ["Mặt trận các xã"],
        ),
        ("Cấp ủy, cơ quan xã đã ban hành kịp thời các văn bản.", "ban hanh kip thoi", ["Cấp ủy", "cơ quan xã"]),
        ("Đồng chí Lê Thị An, Phó Bí thư Huyện ủy báo cáo đề dẫn.", "bao cao de dan", []),
        ("Đảng ủy tổ chức, phối hợp với các đơn vị mở lớp tập huấn.", "mo lop tap", []),
        ("Để tạo môi trường tốt, huyện mở lớp.", "tao moi truong", []),
    ],
)
def test_bodies_in_front_of_what_is_done(text: str, deed: str, who: list[str]) -> None:
    assert [text[start:end] for start, end in doers(text, deed.split())] == who


@pytest.mark.parametrize(
    ("text", "deed", "who"),
    [
        ("Phòng Nội vụ chủ trì hội nghị sơ kết quý.", "chu tri hoi nghi tong ket quy", []),
        ("Sở Nội vụ tổ chức lớp tập huấn, Hội Nông dân mở hội chợ ở xã Na.", "to chuc lop tap huan o xa na", []),
        ("Hội Nông dân tặng giấy khen cho 12 hộ. Ông Pó hiến đất.", "tang giay khen cho ong po", []),
        (
            "Ban Dân vận tổ chức lớp bồi dưỡng hè cho hội; Trường Chính trị tổ chức lớp bồi dưỡng hè cho trưởng thôn.",
            "to chuc lop boi duong cho truong thon",
            ["Trường Chính trị"],
        ),
        ("Năm 2031, Sở Nội vụ tổ chức lớp tập huấn.", "to chuc lop tap huan nam 2031", ["Sở Nội vụ"]),
        ("Sở Nội vụ tổ chức lớp tập huấn. Hội Nông dân tổ chức lớp tập huấn.", "to chuc lop tap huan", []),
    ],
)
def test_the_whole_deed_stands_in_one_clause_with_who_does_it(text: str, deed: str, who: list[str]) -> None:
    assert [text[start:end] for start, end in doers(text, deed.split())] == who


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân xã chưa tổ chức lễ khánh thành.",
        "Ủy ban nhân dân xã không tổ chức lễ khánh thành.",
        "Ủy ban nhân dân xã cần phải tổ chức lễ khánh thành.",
        "Ủy ban nhân dân xã dự kiến sẽ tổ chức lễ khánh thành.",
        "Bà con đề nghị Ủy ban nhân dân xã tổ chức lễ khánh thành.",
        "Bà con kiến nghị: tỉnh cấp vốn; Ủy ban nhân dân xã tổ chức lễ khánh thành.",
    ],
)
def test_what_is_denied_or_asked_for_is_not_done(text: str) -> None:
    assert doers(text, ["to", "chuc", "le", "khanh", "thanh"]) == ()
