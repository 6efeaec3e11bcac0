"""When and where what a document tells of took place."""

from dataclasses import replace

import pytest

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder
from corpus.models import Official
from embeddings.extraction.event_setting import BEGINNING, event_setting
from embeddings.headings import heading_of


@pytest.mark.parametrize(
    ("beginning", "published", "setting"),
    [
        ("Chiều ngày 15/11/2017, Ban Thường vụ tổ chức tọa đàm.", "2020-10-18", "15/11/2017"),
        ("Ngày 9/1, hội nghị khai mạc.", "2020-01-10", "9/1/2020"),
        ("Sáng 28/12, hội nghị khai mạc.", "2020-01-10", "28/12/2019"),
        ("Sáng 20/2, tại Hà Nội, đoàn họp báo.", None, "20/2, Hà Nội"),
        ("Ngày 3 tháng 6 năm 2019, xã Na Phương họp.", None, "3/6/2019, Na Phương"),
        ("Hội nghị khai mạc ngày 4/5.", "2021-01-10", "10/1/2021"),  # too long before the article
        ("Ngày 31/2 không có.", "2021-03-01", "1/3/2021"),
        ("Theo Kế hoạch số 12/10-KH, các đơn vị họp.", None, ""),
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; xét đề nghị.", "2024-03-05", "5/3/2024"),
        ("Theo Quyết định số 7/QĐ-UBND ngày 4/2/2020, xã họp sáng 3/3/2020.", None, "3/3/2020"),
        ("Toàn tỉnh có 3/4 xã, 11/12 phường đạt chuẩn.", "2023-12-20", "20/12/2023"),
        ("Ngày 15/10/1949, Bác Hồ viết bài báo.", "2023-10-15", "15/10/2023"),
        ("Trong hai ngày 17 và 18/6/2019, đoàn giám sát.", "2019-06-20", "18/6/2019"),
        ("Đêm giao lưu (28/2) tại Nghị quyết số 5 và ở Đại hội.", "2021-03-01", "28/2/2021"),
        ("Ông sinh ngày 12/8/1982.", None, ""),
        ("Các đơn vị họp.", "2020", "2020"),
        ("Các đơn vị họp.", "2020-10", "10/2020"),
        ("Dự tại điểm cầu tỉnh Thái Nguyên có các đồng chí.", None, "Thái Nguyên"),
        ("Thông tin từ Đà Nẵng cho biết.", None, "Đà Nẵng"),
        ("Đồng chí Trương Hòa Bình dự họp.", None, ""),  # the name of a person, and of a province
        ("Lời dạy của Chủ tịch Hồ Chí Minh.", None, ""),
        ("Họp tại Thành phố Hồ Chí Minh.", None, "Hồ Chí Minh"),
        ("Ban Dân vận Tỉnh ủy Thanh Lâm họp tại thành phố Giang Khẩu, huyện Bắc Sông.", None, "Thanh Lâm, Giang Khẩu"),
        ("Cuộc họp tại Ban Dân vận ủng hộ Tân Hải, ở Giang Khẩu.", None, ""),  # nothing says that it is a place
        ("", None, ""),
    ],
)
def test_days_and_places(beginning: str, published: str | None, setting: str) -> None:
    assert event_setting("Họp", beginning, published) == setting


def test_a_place_of_the_title_is_not_said_again() -> None:
    assert (
        event_setting("Tân Hải giao ban", "Sáng 4/7/2019, tỉnh Tân Hải họp tại xã Gành Đá.", None)
        == "4/7/2019, Gành Đá"
    )


def test_only_the_beginning_counts() -> None:
    assert event_setting("Họp", "a " * (BEGINNING // 2) + "Ngày 3/6/2019.", None) == ""


def test_headings_of_the_articles() -> None:
    headings = {heading_of(one) for one in read_folder(DEFAULT_DOCUMENTS).documents}
    assert (
        "13/10/2019, Hải Phòng: Phát huy vai trò của cán bộ, công chức, viên chức trẻ với công tác dân vận chính quyền"
        in headings
    )
    assert any(heading.startswith("15/11/2017: Tọa đàm") for heading in headings)


def test_the_number_stands_in_the_heading_once() -> None:
    one = replace(read_folder(DEFAULT_DOCUMENTS).documents[0], title="Chỉ thị", text="", published=None)
    assert heading_of(one) == "Chỉ thị"
    numbered = replace(one, official=Official(number="05-CT/TU"))
    assert heading_of(numbered) == "Chỉ thị (số 05-CT/TU)"
    assert heading_of(replace(numbered, title="Chỉ thị 05-CT/TU")) == "Chỉ thị 05-CT/TU"
    assert heading_of(replace(one, title="", published="2020-01-10")) == "10/1/2020"
