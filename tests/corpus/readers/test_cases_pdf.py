"""PDFs of the kinds public reports tell of (see tests/corpus/cases/README.md): read as they are printed."""

from pathlib import Path

import pytest

from corpus.article.page import Page
from corpus.readers.registry import read_bytes

CASES = Path(__file__).parents[1] / "cases"
_RULES = """\
Quy chế làm việc của Ủy ban nhân dân xã Tân Hòa được áp dụng từ ngày 15 tháng 5 năm 2023 đối với toàn thể cán bộ, \
công chức của xã.
Chủ tịch Ủy ban nhân dân xã tiếp công dân vào sáng thứ Năm hằng tuần tại trụ sở; khi vắng mặt thì ủy quyền cho \
Phó Chủ tịch Lê Thị Mận.
Hồ sơ đề nghị hỗ trợ sửa chữa nhà ở được giải quyết trong mười hai ngày làm việc kể từ ngày nhận đủ giấy tờ hợp lệ.
Kinh phí thực hiện quy chế lấy từ ngân sách xã, mỗi năm không quá 48 triệu đồng."""
RULES_OF_WORK = tuple(_RULES.splitlines())


def case(name: str) -> Page:
    (path,) = (CASES / name).glob("*.pdf")
    return read_bytes(path.name, path.read_bytes())


@pytest.mark.parametrize("name", ["pdf-split-accents", "pdf-marks-apart", "pdf-fake-bold"])
def test_letters_of_all_making_give_the_same_words(name: str) -> None:
    page = case(name)
    assert page.paragraphs == RULES_OF_WORK
    assert page.title in ("Quy chế làm việc của xã Tân Hòa", "Quy chế làm việc")
    assert page.notices == ()


def test_letter_spacing_parts_no_words() -> None:
    page = case("pdf-letter-spaced")
    assert page.title == "QUYẾT ĐỊNH Về việc khen thưởng tập thể thôn Bình An"
    assert "vì đã vận động nhân dân hiến 1.250 mét vuông đất làm đường." in page.text
    assert page.paragraphs[-2:] == RULES_OF_WORK[1:3]


def test_a_page_printed_sideways_is_turned() -> None:
    page = case("pdf-sideways-page")
    assert page.paragraphs == (
        *RULES_OF_WORK[:2],
        "Phụ lục: Số lượt tiếp công dân theo thôn trong quý III năm 2023",
        "Thôn Bình An tiếp 37 lượt, giải quyết xong 35 lượt, còn 2 lượt chuyển Tòa án nhân dân huyện.",
        "Thôn Hòa Phú tiếp 21 lượt, giải quyết xong toàn bộ.",
    )
    assert [number for _, number in page.pages] == [1, 2]


def test_what_was_filled_into_a_form_stands_beside_its_labels() -> None:
    assert case("pdf-form-fields").paragraphs == (
        "Phiếu này ghi lại kiến nghị của cử tri gửi tới Thường trực Hội đồng nhân dân xã, do cán bộ tiếp dân điền.",
        "Nội dung kiến nghị: De nghi sua cau Rach Mieng truoc mua lu",
        "Hạn trả lời: 30/9/2023",
    )


def test_rows_of_a_table_over_pages_say_what_each_cell_is() -> None:
    page = case("pdf-table-over-pages")
    rows = [page.text[row.start : row.end] for row in page.rows]
    assert len(rows) == 30
    assert rows[0] == (
        "STT: 1 | Tên xã: Tân Hòa | Số hộ nghèo đầu năm: 47 | Số hộ thoát nghèo: 8 | Tỷ lệ hộ nghèo cuối năm (%): 4,7"
    )
    assert [(cell.column, page.text[cell.start : cell.end]) for cell in page.rows[27].cells] == [
        ("STT", "28"),
        ("Tên xã", "Kim Long"),
        ("Số hộ nghèo đầu năm", "77"),
        ("Số hộ thoát nghèo", "21"),
        ("Tỷ lệ hộ nghèo cuối năm (%)", "2,6"),
    ]
    assert page.paragraphs[1:] == tuple(rows)
    assert {row.table for row in page.rows} == {page.rows[0].table}


def test_running_heads_of_a_gazette_go_and_its_title_is_kind_and_subject() -> None:
    page = case("pdf-gazette-title")
    assert page.title == "QUYẾT ĐỊNH Ban hành quy định hỗ trợ di dời chuồng trại"
    assert "Điều 1. Phạm vi điều chỉnh" in page.paragraphs
    assert "CÔNG BÁO" not in page.text
    assert page.notices == ()


def test_the_two_columns_of_a_letterhead_stay_apart() -> None:
    page = case("ask-letterhead-answer")
    assert page.title == "QUYẾT ĐỊNH Về việc thành lập Tổ dân vận khéo huyện Minh Phú"
    assert page.published == "2024-11-12"
    head = page.paragraphs.index("ỦY BAN NHÂN DÂN")
    assert page.paragraphs[head : head + 6] == (
        "ỦY BAN NHÂN DÂN",
        "HUYỆN MINH PHÚ",
        "Số: 1187/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Minh Phú, ngày 12 tháng 11 năm 2024",
    )
    assert page.paragraphs[-5:] == ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, NV.", "CHỦ TỊCH", "Phạm Văn Lực")
