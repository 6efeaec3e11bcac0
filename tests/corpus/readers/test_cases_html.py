"""Pages of the kinds public reports tell of: short laws, records, struck-out text, shells; losses are told."""

import pytest

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.readers.registry import read_bytes
from tests.corpus.readers.test_cases_pdf import CASES

PROSE = (
    "Hội đồng nhân dân xã quyết nghị mức thu phí sử dụng chợ trên địa bàn, áp dụng từ đầu năm sau cho mọi hộ buôn bán."
)


def case(name: str) -> Page:
    (path,) = (path for path in (CASES / name).iterdir() if path.suffix in (".html", ".md"))
    return read_bytes(path.name, path.read_bytes())


def page_of(body: str) -> Page:
    return read_bytes("a.html", f"<html><head><title>Phí chợ</title></head><body>{body}</body></html>".encode())


def test_all_dieu_of_a_short_law_are_kept_and_only_menus_left_out() -> None:
    page = case("html-short-law")
    assert page.title == "QUYẾT ĐỊNH Quy định mức thu phí sử dụng chợ trên địa bàn tỉnh Hòa An"
    assert [line for line in page.paragraphs if line.startswith("Điều")] == [
        "Điều 1. Mức thu",
        "Điều 2. Đối tượng được miễn",
        "Điều 3. Hiệu lực",
    ]
    assert len(page.paragraphs) == 9
    assert [line.text for line in page.dropped] == [
        "Trang chủ | Liên hệ | Sơ đồ trang",
        "Văn bản mới",
        "Văn bản Trung ương",
        "Văn bản tỉnh",
    ]


def test_a_record_stays_whole_and_its_attached_text_is_named() -> None:
    page = case("html-pdf-viewer")
    assert page.paragraphs[2:5] == (
        "Ngày hiệu lực: 15/02/2024",
        "Trích yếu: Ban hành Quy chế phối hợp giữa Ủy ban nhân dân xã và Khối Dân vận xã",
        "Người ký: Võ Minh Khang",
    )
    assert [(part.kind, part.count) for part in page.unread] == [("attachments", 1)]
    assert "45-qd-ubnd.pdf" in page.notices[0]


def test_what_is_struck_out_is_no_text() -> None:
    page = case("html-struck-out")
    assert "0,3" not in page.text
    assert "được hưởng phụ cấp bằng 0,5 lần mức lương cơ sở mỗi tháng." in page.paragraphs[0]
    assert page.notices == ("1 struck-out piece of text is left out.",)


@pytest.mark.parametrize(
    "body",
    [
        '<script src=/main.js></script><noscript>Vui lòng bật JavaScript.</noscript><div id="root"></div>',
        "<script src=a.js></script><app-root>Đang tải dữ liệu...</app-root><footer>Bản quyền thuộc về xã</footer>",
        '<div id="__next"></div><script src=a.js></script>',
    ],
)
def test_a_page_that_waits_for_its_scripts_is_refused(body: str) -> None:
    with pytest.raises(UnreadableError, match="JavaScript only"):
        page_of(body)
    with pytest.raises(UnreadableError, match="JavaScript only"):
        case("html-js-shell")


def test_a_page_with_scripts_and_text_is_read() -> None:
    page = page_of(
        f"<script src=a.js></script><noscript>Bật JavaScript</noscript><h1>Phí chợ năm 2024</h1><p>{PROSE}</p>"
    )
    assert page.paragraphs == (PROSE,)


def test_a_letterhead_between_rules_is_no_front_matter() -> None:
    page = case("md-letterhead")
    assert page.title == "Giấy mời họp giao ban khối dân vận"
    assert page.published == "2024-03-11"
    assert page.paragraphs[:2] == ("ỦY BAN NHÂN DÂN XÃ TÂN HÒA", "Số: 19/GM-UBND, ngày 11 tháng 3 năm 2024")


def test_front_matter_gives_what_it_says_and_the_rest_is_listed() -> None:
    raw = f"---\ntitle: Phí chợ\ndate: 2024-03-11\nlayout: post\n---\n\n{PROSE}\n"
    page = read_bytes("a.md", raw.encode())
    assert (page.title, page.published, page.paragraphs) == ("Phí chợ", "2024-03-11", (PROSE,))
    assert [line.text for line in page.dropped] == ["layout: post"]


def test_merged_cells_are_said_in_every_row_they_cover() -> None:
    table = (
        "<table border=1><tr><th rowspan=2>Xã</th><th colspan=2>Số hộ</th></tr>"
        "<tr><th>Nghèo</th><th>Cận nghèo</th></tr>"
        "<tr><td>Tân Hòa</td><td>47</td><td>8</td></tr><tr><td>Kim Long</td><td>77</td><td>21</td></tr></table>"
    )
    page = page_of(f"<h1>Kết quả rà soát hộ nghèo</h1><p>{PROSE}</p>{table}<p>{PROSE.replace('xã', 'huyện')}</p>")
    assert page.paragraphs[1:3] == (
        "Xã: Tân Hòa | Số hộ, Nghèo: 47 | Số hộ, Cận nghèo: 8",
        "Xã: Kim Long | Số hộ, Nghèo: 77 | Số hộ, Cận nghèo: 21",
    )
    assert [row.caption for row in page.rows] == [PROSE, PROSE]
