"""The heads of official documents, in the order and on the lines that files give them."""

from pathlib import Path

import pytest

from corpus.models import Document
from corpus.official.letterhead import find_letterhead
from corpus.readers.registry import read_bytes
from corpus.splitting import split

CASES = Path(__file__).parents[2] / "cases"

DECISION = [
    "ỦY BAN NHÂN DÂN",
    "XÃ TÂN HÒA",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 45/QĐ-UBND",
    "Tân Hòa, ngày 09 tháng 02 năm 2024",
    "QUYẾT ĐỊNH",
    "Ban hành Quy chế phối hợp giữa Ủy ban nhân dân xã",
    "và Khối Dân vận xã",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "QUYẾT ĐỊNH:",
    "Điều 1. Nguyên tắc phối hợp",
]


def test_everything_the_head_of_a_decision_says() -> None:
    head = find_letterhead(DECISION)
    assert head is not None
    assert head.title == "QUYẾT ĐỊNH Ban hành Quy chế phối hợp giữa Ủy ban nhân dân xã và Khối Dân vận xã"
    assert (head.start, head.kind_line, head.subject_lines) == (0, 6, (7, 8))
    assert head.number is not None
    assert head.number.written == "45/QĐ-UBND"
    assert (head.place, head.date) == ("Tân Hòa", "2024-02-09")
    assert [DECISION[place] for place in head.agency_lines] == ["ỦY BAN NHÂN DÂN", "XÃ TÂN HÒA"]


def test_columns_that_came_out_on_one_line() -> None:
    head = find_letterhead(
        [
            "ỦY BAN NHÂN DÂN HUYỆN MINH PHÚ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 1187/QĐ-UBND Độc lập - Tự do - Hạnh phúc",
            "Minh Phú, ngày    tháng 11 năm 2024",
            "QUYẾT ĐỊNH",
            "Về việc thành lập Tổ dân vận khéo",
            "Điều 1. Thành lập Tổ dân vận khéo.",
        ]
    )
    assert head is not None
    assert (head.title, head.date) == ("QUYẾT ĐỊNH Về việc thành lập Tổ dân vận khéo", "2024-11")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["TỈNH ỦY HÒA AN", "Số 45-QĐ/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hòa An, ngày 12 tháng 3 năm 2019",
             "QUYẾT ĐỊNH", "ban hành Quy định về tiếp dân", "- Căn cứ Điều lệ Đảng;", "BAN THƯỜNG VỤ QUYẾT ĐỊNH"],
            "QUYẾT ĐỊNH ban hành Quy định về tiếp dân",
        ),
        (
            ["ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1234/UBND-NC",
             "V/v tăng cường công tác dân vận", "trong giải phóng mặt bằng", "Kính gửi: Các sở, ban, ngành"],
            "V/v tăng cường công tác dân vận trong giải phóng mặt bằng",
        ),
        (
            ["QUỐC HỘI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Luật số: 68/2020/QH14", "LUẬT CƯ TRÚ",
             "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;", "Chương I"],
            "LUẬT CƯ TRÚ",
        ),
        (
            ["KẾ HOẠCH", "Triển khai công tác dân vận năm 2024", "Căn cứ Chương trình công tác năm 2024;"],
            "KẾ HOẠCH Triển khai công tác dân vận năm 2024",
        ),
        (
            ["ỦY BAN NHÂN DÂN XÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC-UBND",
             "BÁO CÁO Kết quả công tác dân vận quý I", "I. KẾT QUẢ"],
            "BÁO CÁO Kết quả công tác dân vận quý I",
        ),
        (
            ["ỦY BAN NHÂN DÂN XÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/TB-UBND", "THÔNG BÁO",
             "Kính gửi: Các trưởng thôn"],
            "THÔNG BÁO Số: 12/TB-UBND",
        ),
    ],
)  # fmt: skip
def test_titles(lines: list[str], title: str) -> None:
    head = find_letterhead(lines)
    assert head is not None
    assert head.title == title


@pytest.mark.parametrize(
    "lines",
    [
        ["Thủ tướng dự hội nghị dân vận", "Ngày 10/1, tại Hà Nội, Ban Dân vận Trung ương tổ chức hội nghị."],
        ["Quyết định của trái tim", "Chị Hà về quê lập nghiệp sau mười năm xa nhà.", "Căn cứ vào đâu mà chị chọn?"],
        ["QUYẾT ĐỊNH:", "Điều 1. Tên gọi", "Điều 2. Trụ sở"],
    ],
)
def test_what_is_no_head(lines: list[str]) -> None:
    assert find_letterhead(lines) is None


def _document(name: str) -> Document:
    (path,) = (each for each in (CASES / name).iterdir() if each.suffix in (".docx", ".md", ".pdf"))
    page = read_bytes(path.name, path.read_bytes())
    return Document(
        name, page.title, page.published, None, None, None, page.text, "", headings=page.headings, pages=page.pages
    )


def test_a_decision_in_word_has_its_subject_as_title_and_its_clauses_know_their_article() -> None:
    document = _document("docx-letterhead-title")
    assert document.title == "QUYẾT ĐỊNH Ban hành Quy chế phối hợp giữa Ủy ban nhân dân xã và Khối Dân vận xã"
    passages = {passage.text: passage for passage in split(document)}
    clause = passages["2. Công khai kết quả giải quyết kiến nghị của nhân dân."]
    assert (clause.heading, clause.path) == ("Điều 1. Nguyên tắc phối hợp", ("Điều 1", "Khoản 2"))
    assert all(passage.heading != "QUYẾT ĐỊNH:" for passage in passages.values() if passage.path)


def test_a_letterhead_between_rules_is_no_front_matter() -> None:
    document = _document("md-letterhead")
    assert document.published == "2024-03-11"
    assert "Số: 19/GM-UBND" in document.text
