"""HTML pages: encodings, what the head says against what is shown, tables, headings, legacy letters."""

import unicodedata
from typing import Any

import pytest
from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

from corpus.article.page import Page
from corpus.readers.html.html_document import decode_html
from corpus.readers.html.html_head import iso_date
from corpus.readers.registry import read_bytes
from corpus.readers.warning_texts import LEGACY
from tests.corpus.readers.layouts import OTHER_NEWS, Article, portal, semantic, tables
from tests.corpus.test_cleaning import legacy, windows_1258

TITLE = "Xã Nà Tấu đổi mới cách tiếp công dân"
OPENING = (
    "Sáng 9/1, Đảng ủy xã Nà Tấu tổ chức hội nghị về đổi mới cách tiếp công dân tại cơ sở, với sự tham dự của đại diện "
    "các đoàn thể và đông đảo bà con các thôn bản."
)
SPEECH = (
    "Ông Lò Văn Sơn, Bí thư Đảng ủy xã cho biết, từ nay mỗi tháng lãnh đạo xã đối thoại với nhân dân hai lần, trả lời "
    "ngay những việc thuộc thẩm quyền."
)
CAPTION = "Đồng chí Quàng Thị Mai, Chủ tịch Hội Phụ nữ xã phát biểu tại hội nghị"
CLOSING = (
    "Hội nghị thống nhất mười nội dung phối hợp trong năm, trong đó có việc hỗ trợ các hộ nghèo sửa chữa nhà ở trước "
    "Tết và làm đường vào bản."
)
PARAGRAPHS = (OPENING, SPEECH, CAPTION, CLOSING)
ARTICLE = Article(TITLE, "2020-01-10", PARAGRAPHS)


def read(page: str) -> Page:
    return read_bytes("a.html", page.encode())


@pytest.mark.parametrize("layout", [semantic, portal, tables])
def test_a_caption_between_paragraphs_stays_and_dates_of_other_news_are_not_taken(layout: Any) -> None:
    page = read(layout(ARTICLE))
    assert page.paragraphs == PARAGRAPHS
    assert read(layout(Article(TITLE, None, PARAGRAPHS))).published is None


@pytest.mark.parametrize(
    ("declared", "encode"),
    [
        ("utf-8", lambda text: text.encode()),
        ("utf-8", lambda text: unicodedata.normalize("NFD", text).encode()),
        ("windows-1258", windows_1258),
        ("utf-16", lambda text: text.encode("utf-16")),
        ("iso-8859-1", lambda text: text.encode()),  # declared by habit, UTF-8 in truth
        ("x-unknown", lambda text: text.encode()),
        ("windows-1252", lambda text: text.encode("ascii", "xmlcharrefreplace")),
    ],
    ids=["utf-8", "nfd", "windows-1258", "utf-16", "wrong", "unknown", "references"],
)
def test_encodings(declared: str, encode: Any) -> None:
    raw = encode(tables(ARTICLE).replace("charset=utf-8", f"charset={declared}"))
    page = read_bytes("a.htm", raw)
    assert (page.title, page.published, page.paragraphs) == (TITLE, "2020-01-10", PARAGRAPHS)


def test_an_xml_declaration_is_honoured() -> None:
    text = "<?xml version='1.0' encoding='shift_jis'?><html><body><p>日本</p></body></html>"
    assert "日本" in decode_html(text.encode("shift_jis"))


@pytest.mark.parametrize("charmap", [TCVN3, VNI], ids=["tcvn3", "vni"])
def test_legacy_letters_are_repaired_and_told(charmap: Any) -> None:
    article = Article(TITLE.lower(), "2020-01-10", tuple(text.lower() for text in PARAGRAPHS))
    page = read(legacy(semantic(article), charmap))
    assert page.paragraphs == article.paragraphs
    assert LEGACY in page.warnings


def test_the_date_shown_wins_over_the_one_in_the_head_and_the_difference_is_told() -> None:
    page = read(semantic(ARTICLE).replace('content="2020-01-10T', 'content="2020-03-02T'))
    assert page.published == "2020-01-10"
    assert any("2020-03-02" in warning for warning in page.warnings)
    silent = read(semantic(ARTICLE).replace("<time", "<i hidden").replace("</time>", "</i>"))
    assert (silent.published, silent.warnings) == ("2020-01-10", ())


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2020-01-09T22:58:00Z", "2020-01-10"),  # in Vietnam it is the next day
        ("2020-01-10T05:58:00+07:00", "2020-01-10"),
        ("2020-01-10 05:58", "2020-01-10"),
        ("10/01/2020", "2020-01-10"),
        ("hôm qua", None),
    ],
)
def test_time_stamps_are_days_in_vietnam(stamp: str, day: str | None) -> None:
    assert iso_date(stamp) == day


def test_what_the_head_says_completes_the_page() -> None:
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-05-06", '
        '"author": [{"name": "Lê Thị Hoa"}], "publisher": {"name": "Báo Nậm Rốm"}}]}</script>'
        '<link rel="canonical" href="https://bao.example.vn/a?x=1">'
    )
    page = read(semantic(Article(TITLE, None, PARAGRAPHS)).replace("<style>", linked + "<style>"))
    assert (page.published, page.author, page.url) == ("2021-05-06", "Lê Thị Hoa", "https://bao.example.vn/a?x=1")
    hostile = linked.replace("https://bao.example.vn/a?x=1", "javascript:alert(1)")
    assert read(semantic(ARTICLE).replace("<style>", hostile + "<style>")).url is None


def test_headings_and_tables_of_data_are_kept() -> None:
    rows = "<tr><th>Thôn</th><th>Số hộ</th></tr><tr><td>Bản Khoang</td><td>120</td></tr>"
    rows += "<tr><td>Nà Láo</td><td>98</td></tr>"
    source = semantic(ARTICLE).replace(
        f"<p>{PARAGRAPHS[3]}", f"<h2>Kết quả bước đầu</h2><table>{rows}</table><p>{PARAGRAPHS[3]}"
    )
    page = read(source)
    assert page.paragraphs[3:] == (
        "Kết quả bước đầu",
        "Thôn: Bản Khoang | Số hộ: 120",
        "Thôn: Nà Láo | Số hộ: 98",
        PARAGRAPHS[3],
    )
    assert [heading for _, heading in page.headings] == ["Kết quả bước đầu"]
    assert all(page.text[offset:].startswith(heading) for offset, heading in page.headings)


def test_what_is_hidden_is_not_read() -> None:
    hidden = f'<p style="display: none">{OTHER_NEWS[0][0]} là bài viết ẩn mà không ai thấy được trên trang này.</p>'
    page = read(semantic(ARTICLE).replace(f"<p>{PARAGRAPHS[1]}", f"{hidden}<p>{PARAGRAPHS[1]}"))
    assert page.paragraphs == PARAGRAPHS
