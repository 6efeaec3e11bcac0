"""The numbered parts of documents as offices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Level
from corpus.official.citation_form import called, citation_form
from corpus.official.outline import heading_at, outline, path_at, path_to


def text_of(*lines: str) -> str:
    return "\n\n".join(lines)


def forms(text: str) -> list[str]:
    units = outline(text)
    return [citation_form(path_to(units, place)) for place in range(len(units))]


DECISION = text_of(
    "ỦY BAN NHÂN DÂN XÃ AN LẠC",
    "Số: 45/QĐ-UBND",
    "QUYẾT ĐỊNH",
    "Ban hành Quy chế làm việc của Ủy ban nhân dân xã",
    "QUYẾT ĐỊNH:",
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Ủy ban nhân dân xã.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    "Nơi nhận:",
    "- Như Điều 2;",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "QUY CHẾ",
    "Làm việc của Ủy ban nhân dân xã An Lạc",
    "(Ban hành kèm theo Quyết định số 45/QĐ-UBND ngày 01 tháng 3 năm 2023)",
    "Chương I",
    "NHỮNG QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi, đối tượng",
    "1. Quy chế này quy định về nguyên tắc làm việc.",
    "2. Các thành viên chịu sự điều chỉnh:",
    "a) Chủ tịch;",
    "b) Phó Chủ tịch.",
    "Mục 2",
    "CHẾ ĐỘ HỌP",
    "Điều 2. Các cuộc họp gồm: a) họp tuần; b) họp tháng; c) họp quý.",
    "PHỤ LỤC I",
    "DANH MỤC BIỂU MẪU",
    "Mẫu báo cáo tháng",
)


def test_a_decision_and_what_is_attached_to_it_are_numbered_apart() -> None:
    assert forms(DECISION) == [
        "Điều 1",
        "Điều 2",
        "Quy chế",
        "Chương I Quy chế",
        "Điều 1 Quy chế",
        "Khoản 1 Điều 1 Quy chế",
        "Khoản 2 Điều 1 Quy chế",
        "Điểm a khoản 2 Điều 1 Quy chế",
        "Điểm b khoản 2 Điều 1 Quy chế",
        "Mục 2 Chương I Quy chế",
        "Điều 2 Quy chế",
        "Điểm a Điều 2 Quy chế",
        "Điểm b Điều 2 Quy chế",
        "Điểm c Điều 2 Quy chế",
        "Phụ lục I",
    ]


def test_the_last_article_ends_before_recipients_and_signature() -> None:
    unit = outline(DECISION)[1]
    assert DECISION[unit.start : unit.end] == "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."


def test_parts_know_their_titles_and_their_own_text() -> None:
    units = {unit.number + unit.level: unit for unit in outline(DECISION) if unit.level is not Level.POINT}
    assert units["1chương"].title == "NHỮNG QUY ĐỊNH CHUNG"
    assert units["1khoản"].title == ""
    clause = units["2khoản"]
    assert DECISION[clause.body : clause.end].startswith("Các thành viên chịu")
    assert DECISION[clause.body : clause.end].endswith("Phó Chủ tịch.")


def test_where_a_place_of_the_text_is() -> None:
    units = outline(DECISION)
    offset = DECISION.index("Phó Chủ tịch.")
    assert [called(unit) for unit in path_at(units, offset)] == ["Quy chế", "Chương I", "Điều 1", "Khoản 2", "Điểm b"]
    assert heading_at(DECISION, units, offset) == "Điều 1. Phạm vi, đối tượng"
    assert path_at(units, DECISION.index("Nơi nhận")) == ()
    assert heading_at(DECISION, units, DECISION.index("Nơi nhận")) is None


def test_sections_of_a_plan() -> None:
    plan = text_of(
        "KẾ HOẠCH",
        "Thực hiện công tác dân vận năm 2024",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "Nâng cao nhận thức của cán bộ.",
        "2. Yêu cầu",
        "Bảo đảm thiết thực.",
        "II. NỘI DUNG",
        "1. Công tác tuyên truyền",
        "a) Tuyên truyền trên loa.",
        "b) Tuyên truyền trên mạng.",
        "1.1. Nhiệm vụ thứ nhất",
        "1.2. Nhiệm vụ thứ hai",
        "III. TỔ CHỨC THỰC HIỆN",
        "Giao Văn phòng theo dõi.",
        "Nơi nhận:",
    )
    assert forms(plan) == [
        "Mục I",
        "Mục I.1",
        "Mục I.2",
        "Mục II",
        "Mục II.1",
        "Điểm a mục II.1",
        "Điểm b mục II.1",
        "Điểm 1.1 mục II.1",
        "Điểm 1.2 mục II.1",
        "Mục III",
    ]


def test_parts_in_letters_and_words() -> None:
    report = text_of(
        "A. ĐẶC ĐIỂM TÌNH HÌNH",
        "I. THUẬN LỢI",
        "Được quan tâm.",
        "II. KHÓ KHĂN",
        "Thiếu kinh phí.",
        "B. KẾT QUẢ THỰC HIỆN",
        "I. TUYÊN TRUYỀN",
        "Đã tổ chức 12 buổi.",
    )
    assert forms(report) == ["Phần A", "Mục I Phần A", "Mục II Phần A", "Phần B", "Mục I Phần B"]
    law = text_of("PHẦN THỨ HAI", "QUYỀN SỞ HỮU", "Điều 158. Quyền sở hữu", "Quyền sở hữu bao gồm quyền chiếm hữu.")
    assert [(unit.number, unit.title) for unit in outline(law)] == [("2", "QUYỀN SỞ HỮU"), ("158", "Quyền sở hữu")]


def test_what_an_amendment_quotes_is_no_part_of_it() -> None:
    amendment = text_of(
        "Điều 1. Sửa đổi, bổ sung một số điều của Quy chế",
        "1. Sửa đổi khoản 2 Điều 5 như sau:",
        "“2. Họp vào ngày 25.",
        "3. Họp bất thường khi cần.”",
        "2. Bổ sung Điều 6a như sau:",
        "“Điều 6a. Chế độ báo cáo",
        "1. Báo cáo tháng.”",
        "Điều 7 của Quy chế này được giữ nguyên.",
        "Điều 2. Hiệu lực thi hành",
    )
    assert forms(amendment) == ["Điều 1", "Khoản 1 Điều 1", "Khoản 2 Điều 1", "Điều 2"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("Điều 32. 1. Mọi người có quyền.", "2. Quyền đó được bảo hộ."),
            ["Điều 32", "Khoản 1 Điều 32", "Khoản 2 Điều 32"],
        ),
        (("Điều 5. Nguyên tắc:", "Công khai, minh bạch."), ["Điều 5"]),
        (("Điều 1 Phạm vi điều chỉnh", "Điều 2 Đối tượng áp dụng"), ["Điều 1", "Điều 2"]),
        (("Điều 7 Luật Đất đai quy định khác thì theo Luật đó.",), []),
        (("1. Rửa tay.", "2. Đeo khẩu trang.", "3. Giữ khoảng cách."), []),
        (("Năm 2020 là năm dân vận khéo.", "Các đại biểu đã thảo luận."), []),
        (
            ("Điều 1. Tên gọi", "Điều 2. Trụ sở", "Điều 1. Tên gọi mới"),
            ["Điều 1", "Điều 2", "Văn bản kèm theo", "Điều 1 Văn bản kèm theo"],
        ),
    ],
)
def test_what_is_a_part_and_what_is_not(lines: tuple[str, ...], expected: list[str]) -> None:
    assert forms(text_of(*lines)) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "Điều 1. Tên",
                "Điều 2. Trụ sở",
                "1. Một",
                "2. Hai",
                "a) Điểm",
                "b) Điểm: a) x; b) y",
                "Chương I",
                "CHUNG",
                "I. MỤC",
                "II. MỤC",
                "“2. Trích",
                "hết.”",
                "QUY CHẾ",
                "(Ban hành kèm theo)",
                "Nơi nhận:",
                "Văn xuôi.",
                "1.1. Con",
            ]
        ),
        max_size=14,
    )
)
def test_parts_nest_and_lie_inside_the_text(lines: list[str]) -> None:
    text = text_of(*lines)
    units = outline(text)
    assert [unit.start for unit in units] == sorted(unit.start for unit in units)
    for unit in units:
        assert 0 <= unit.start <= unit.body <= unit.end <= len(text)
        if unit.parent is not None:
            outer = units[unit.parent]
            assert outer.start <= unit.start
            assert unit.end <= outer.end
