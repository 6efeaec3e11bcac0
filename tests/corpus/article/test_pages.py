"""Furniture and metadata on made-up pages of many layouts (see pages/README.md)."""

import pytest

from corpus.readers.plain_text import read_text
from tests.corpus.conftest import Expectation, expectations

CASES = expectations()
IDS = [name for name, _ in CASES]


def test_there_are_enough_pages() -> None:
    assert len(CASES) >= 25


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_the_article_and_nothing_else_is_kept(case: Expectation) -> None:
    assert list(read_text(case.raw).paragraphs) == case.kept


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_title_date_and_names(case: Expectation) -> None:
    page = read_text(case.raw)
    assert (page.title, page.published, page.author, page.publisher) == (
        case.title,
        case.published,
        case.author,
        case.publisher,
    )


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_every_line_is_kept_dropped_or_the_headline(case: Expectation) -> None:
    page = read_text(case.raw)
    lines = {" ".join(line.split()) for line in case.raw.decode("utf-8").split("\n") if line.strip()}
    accounted = {*page.paragraphs, *(dropped.text for dropped in page.dropped), page.title}
    assert lines <= accounted


TRAPS = [
    "Người dân có thể gọi hotline 0912.345.678 để phản ánh thái độ phục vụ của cán bộ.",
    "Các đại biểu đánh giá cao kết quả này và đề nghị nhân rộng trong toàn huyện.",
    "Lượt truy cập cổng dịch vụ công của huyện tăng gấp ba so với năm 2018.",
    "Ngày 12/6/2019, đoàn kiểm tra làm việc với Đảng ủy xã về công tác tiếp dân.",
    "Bình luận về kết quả trên, ông Lò Văn Sơn cho rằng cách làm này phù hợp với vùng cao.",
    "Bản quyền các bài hát trong chương trình thuộc về Hội Văn học nghệ thuật tỉnh.",
    "Liên hệ với bộ phận một cửa, người dân được hướng dẫn ngay trong ngày.",
]


@pytest.mark.parametrize("trap", TRAPS)
def test_sentences_that_mention_furniture_stay(trap: str) -> None:
    page = read_text(
        "\n".join(
            (
                "Trang chủ > Tin tức",
                "Xã Nà Tấu đổi mới cách tiếp dân",
                "05:58 | 10/01/2020",
                "Sáng 9/1, Đảng ủy xã Nà Tấu tổ chức hội nghị về đổi mới cách tiếp công dân tại cơ sở.",
                trap,
                "Hội nghị thống nhất giao Văn phòng Đảng ủy theo dõi và báo cáo hằng quý.",
                "Minh Thúy",
                "Tin liên quan",
                "Xã Mường Pồn ra mắt tổ hòa giải (09/01/2020)",
                "Lượt truy cập: 12345",
            )
        ).encode()
    )
    assert page.paragraphs[1] == trap
    assert len(page.paragraphs) == 3
    assert page.published == "2020-01-10"


def test_a_clock_is_not_the_date_of_publication() -> None:
    body = "Sáng 9/1/2020, Đảng ủy xã Nà Tấu tổ chức hội nghị về đổi mới cách tiếp công dân tại cơ sở."
    clock = "Thứ tư 08/04/2020 02:46 Hotline: 0913.000.000"
    page = read_text(
        f"RSS Youtube\n{clock}\nXã Nà Tấu đổi mới cách tiếp dân\n{body}\n{body[:-1]} và khối dân vận.".encode()
    )
    assert page.published is None
    assert page.title == "Xã Nà Tấu đổi mới cách tiếp dân"


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("Cập nhật: 12/01/2020", "Đăng ngày: 10/01/2020"), "2020-01-10"),
        (("Cập nhật lúc 07:30, 12/06/2019",), "2019-06-12"),
        (("Ngày xuất bản: 10/01/2020 - Cập nhật: 12/01/2020",), "2020-01-10"),
        (("2019-06-12T07:30:00+07:00",), "2019-06-12"),
        (("(Ngày 12 tháng 6 năm 2019)",), "2019-06-12"),
        (("12.6.2019",), "2019-06-12"),
        (("Lượt xem: 7370 | Gửi lúc: 05/12/2013 15:42:27",), "2013-12-05"),
        (("14h30 ngày 05/3/2021 | 1.234 lượt xem",), "2021-03-05"),
        (("October 14, 2019",), "2019-10-14"),
        (("30/02/2019",), None),
    ],
)
def test_date_lines(lines: tuple[str, ...], published: str | None) -> None:
    body = "Sáng 9/1, Đảng ủy xã Nà Tấu tổ chức hội nghị về đổi mới cách tiếp công dân tại cơ sở."
    page = read_text("\n".join(("Xã Nà Tấu đổi mới cách tiếp dân", *lines, body, body[:-1] + " năm nay.")).encode())
    assert page.published == published


def test_text_broken_at_a_fixed_width_is_joined() -> None:
    text = (
        "Kinh nghiệm đối thoại với nhân dân\n\n"
        "Trong nhiều năm, xã đã tổ chức đối thoại định kỳ với\nnhân dân tại từng thôn, mỗi lần đều có đủ lãnh đạo và\n"
        "các ngành liên quan cùng tham gia trả lời ngay những\ncâu hỏi của người dân về đất đai, môi trường và các\n"
        "khoản đóng góp, sau đó niêm yết kết quả giải quyết tại\nnhà văn hóa.\n"
    )
    page = read_text(text.encode())
    assert len(page.paragraphs) == 1
    assert "định kỳ với nhân dân tại từng thôn" in page.paragraphs[0]
