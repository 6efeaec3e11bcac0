"""Spreadsheets, presentations, OpenDocument, RTF, mail and old Word files: what they say and what is not read."""

import datetime as dt
import io
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.readers import programs
from corpus.readers.office.cell_values import odf_value, shown
from corpus.readers.reader_limits import Limits
from corpus.readers.registry import read_bytes
from tests.corpus.readers.test_cases_pdf import CASES

FILES = Path(__file__).parents[1] / "files"
"""Saved by LibreOffice 7.4: a plan with a list, a table and a struck-out sum; a sheet and slides as made below."""
PLAN = (
    "1. Tham mưu cho cấp ủy",
    "2. Phối hợp với chính quyền",
    "- Đi từng ngõ",
    "Mức hỗ trợ là 0,5 lần mức lương.",
    "Thôn: Nà Láo | Số hộ: 98 | Tỷ lệ (%): 4,7",
    "Thôn: Bản Khoang | Số hộ: 120 | Tỷ lệ (%): 2,6",
    "I. Tổ chức thực hiện",
    "Các thôn đăng ký ít nhất một mô hình dân vận khéo.",
)
NOTICE = "Ủy ban nhân dân xã Tân Hòa thông báo mức thu quỹ phòng chống thiên tai năm 2024"


def read(path: Path) -> Page:
    return read_bytes(path.name, path.read_bytes())


@pytest.mark.parametrize("name", ["plan.rtf", "plan.odt"])
def test_a_plan_reads_the_same_from_rtf_and_odt(name: str) -> None:
    page = read(FILES / name)
    assert page.title == "Kế hoạch thi đua xây dựng nông thôn mới của xã Tân Hòa"
    assert page.paragraphs[1:] == PLAN
    assert page.notices == ("1 struck-out piece of text is left out.",)
    assert len(page.rows) == 2
    assert [heading for _, heading in page.headings] == ["I. Tổ chức thực hiện"]


@pytest.mark.skipif(programs.office() is None, reason="LibreOffice is not installed")
def test_an_old_word_file_reads_the_same_through_libreoffice() -> None:
    page = read(FILES / "plan.doc")
    assert page.paragraphs[1:] == PLAN
    assert page.notices == ("1 struck-out piece of text is left out.",)


@pytest.mark.parametrize("program", [programs.ANTIWORD, programs.CATDOC])
def test_an_old_word_file_through_smaller_programs(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if programs.path_of(program) is None:
        pytest.skip(f"{program} is not installed")
    from corpus.readers.office.doc_document import read_doc  # noqa: PLC0415

    path = programs.path_of
    monkeypatch.setattr(programs, "office", lambda: None)
    monkeypatch.setattr(programs, "path_of", lambda name: path(name) if name == program else None)
    page = read_doc((FILES / "plan.doc").read_bytes())
    assert "Thôn: Nà Láo | Số hộ: 98 | Tỷ lệ (%): 4,7" in page.paragraphs
    assert "Các thôn đăng ký ít nhất một mô hình dân vận khéo." in page.paragraphs
    assert any(f"It was read by {program}" in notice for notice in page.notices)


def test_without_any_program_an_old_word_file_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.readers.office.doc_document import read_doc  # noqa: PLC0415

    monkeypatch.setattr(programs, "office", lambda: None)
    monkeypatch.setattr(programs, "path_of", lambda _: None)
    with pytest.raises(UnreadableError, match="none of them is installed; see danvan doctor"):
        read_doc((FILES / "plan.doc").read_bytes())


def workbook() -> bytes:
    """A sheet as offices keep them: letterhead, title, heads of two rows, a formula never reckoned, a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Hộ nghèo"
    for cell, text in (("A1", "ỦY BAN NHÂN DÂN"), ("D1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("A2", "XÃ TÂN HÒA")):
        sheet[cell] = text
    sheet["A4"] = "BẢNG TỔNG HỢP HỘ NGHÈO NĂM 2023"
    sheet.merge_cells("A4:F4")
    rows = (
        ("STT", "Thôn", "Hộ nghèo", None, "Tỷ lệ", "Ngày"),
        (None, None, "Đầu năm", "Cuối năm", None, None),
        (1, "Nà Láo", 98, 90, 0.047, dt.date(2023, 12, 5)),
        (2, "Bản Khoang", 1120, 1015, 0.026, dt.datetime(2023, 12, 6, 8, 30)),
        (None, "Tổng cộng", "=SUM(C8:C9)", 1105, None, None),
    )
    for at, row in enumerate(rows, start=6):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, value)
        sheet.cell(at, 4).number_format = "#,##0"
        sheet.cell(at, 5).number_format = "0.0%"
    for merged in ("A6:A7", "B6:B7", "C6:D6", "E6:E7", "F6:F7"):
        sheet.merge_cells(merged)
    sheet["A12"] = "Người lập biểu: Lê Thị Mận"
    sheet["B12"] = "nháp"
    sheet["B12"].font = Font(strike=True)
    book.create_sheet("Ẩn")["A1"] = "bí mật"
    book["Ẩn"].sheet_state = "hidden"
    return saved(book)


def saved(file: object) -> bytes:
    stream = io.BytesIO()
    file.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_a_sheet_gives_its_titles_and_its_rows_with_all_their_heads() -> None:
    page = read_bytes("a.xlsx", workbook())
    assert page.title == "BẢNG TỔNG HỢP HỘ NGHÈO NĂM 2023"
    rows = [page.text[row.start : row.end] for row in page.rows]
    assert rows == [
        "STT: 1 | Thôn: Nà Láo | Hộ nghèo, Đầu năm: 98 | Hộ nghèo, Cuối năm: 90 | Tỷ lệ: 4,7% | Ngày: 05/12/2023",
        (
            "STT: 2 | Thôn: Bản Khoang | Hộ nghèo, Đầu năm: 1120 | Hộ nghèo, Cuối năm: 1.015 | Tỷ lệ: 2,6% | "
            "Ngày: 06/12/2023 08:30"
        ),
        "Thôn: Tổng cộng | Hộ nghèo, Cuối năm: 1.105",
    ]
    assert page.paragraphs[-1] == "Người lập biểu: Lê Thị Mận"
    assert {part.kind: part.count for part in page.unread} == {"struck_out": 1, "hidden_sheets": 1, "formulas": 1}


def test_a_sheet_reads_the_same_from_opendocument() -> None:
    page = read(FILES / "sheet.ods")
    assert "Tỷ lệ: 4,7% | Ngày rà soát: 05/12/2023" in page.text
    assert "Hộ nghèo, Cuối năm: 1.015" in page.text
    assert "bí mật" not in page.text
    assert [part.kind for part in page.unread] == ["hidden_sheets"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1500000, "#,##0", "1.500.000"),
        (1500000.5, '#,##0.00 "đồng"', "1.500.000,50"),
        (0.047, "0.0%", "4,7%"),
        (0.5, "General", "0,5"),
        (7, "General", "7"),
        (True, "General", "TRUE"),
        (dt.time(14, 5), "h:mm", "14:05"),
        (dt.timedelta(hours=26, minutes=3), "[h]:mm", "26:03"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_values_are_written_as_a_vietnamese_sheet_shows_them(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("kind", "value", "text", "expected"),
    [
        ("float", "1500000.5", "1,500,000.5", "1.500.000,5"),
        ("float", "1500000.5", "1.500.000,5", "1.500.000,5"),
        ("float", "1.5", "1,5", "1,5"),
        ("percentage", "0.047", "4.7%", "4,7%"),
        ("date", "2023-12-05", "12/05/23", "05/12/2023"),
        ("string", "", "3.300", "3.300"),
    ],
)
def test_values_of_opendocument_in_any_language(kind: str, value: str, text: str, expected: str) -> None:
    assert odf_value(kind, value, text) == expected


def test_a_sheet_of_ten_thousand_columns_ends_within_its_limits() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 4):
        for column in range(1, 10_001):
            sheet.cell(row, column, f"c{column}" if row == 1 else 3 * column)
    page = read_bytes("a.xlsx", saved(book), Limits(columns=50))
    assert len(page.rows) == 2
    assert "c51" not in page.text
    assert page.notices[0] == "A table has more columns than are read; the rest is left out."


def test_rows_beyond_the_limit_are_counted() -> None:
    raw = "\n".join(["Thôn;Số hộ", *(f"Thôn {number};{number}" for number in range(1000))]).encode()
    page = read_bytes("a.csv", raw, Limits(cells=200))
    assert len(page.rows) == 99
    assert page.notices == ("901 rows beyond what one file may hold are not read.",)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_values_set_apart_by_any_sign(sign: str) -> None:
    raw = f'Thôn{sign}Số hộ{sign}Ghi chú\nNà Láo{sign}98{sign}"có, điện; nước"\nBản Khoang{sign}120{sign}\n'
    assert read_bytes("a.csv", raw.encode("utf-8-sig")).paragraphs == (
        "Thôn: Nà Láo | Số hộ: 98 | Ghi chú: có, điện; nước",
        "Thôn: Bản Khoang | Số hộ: 120",
    )


def test_slides_with_tables_charts_and_notes() -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Kết quả dân vận khéo năm 2023"
    slide.placeholders[1].text = "Hiến 1.250 mét vuông đất\nSửa 12 căn nhà"
    slide.notes_slide.notes_text_frame.text = "Nhắc lại số liệu năm 2022."
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Số hộ theo thôn"
    table = slide.shapes.add_table(2, 2, Cm(2), Cm(5), Cm(10), Cm(4)).table
    for at, texts in enumerate((("Thôn", "Số hộ"), ("Nà Láo", "98"))):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["2021", "2022"]
    data.add_series("Hộ nghèo", (120, 98))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(10), Cm(10), Cm(6), data)
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "Nháp"
    hidden._element.set("show", "0")
    page = read_bytes("a.pptx", saved(show))
    assert page.title == "Kết quả dân vận khéo năm 2023"
    assert page.paragraphs == (
        "Hiến 1.250 mét vuông đất",
        "Sửa 12 căn nhà",
        "Ghi chú của người trình bày:",
        "Nhắc lại số liệu năm 2022.",
        "Số hộ theo thôn",
        "Thôn: Nà Láo | Số hộ: 98",
        "2021 | Hộ nghèo: 120",
        "2022 | Hộ nghèo: 98",
    )
    assert [number for _, number in page.pages] == [1, 2]
    assert [part.kind for part in page.unread] == ["hidden_slides"]


def test_slides_of_opendocument() -> None:
    page = read(FILES / "slides.odp")
    assert page.title == "Kết quả dân vận khéo năm 2023"
    assert "Thôn: Nà Láo | Số hộ: 98" in page.paragraphs


def test_an_opendocument_text_is_read() -> None:
    page = read(CASES / "odt-told-to-rename" / "thong-bao.odt")
    assert page.title == "Thông báo thu quỹ phòng chống thiên tai"
    assert len(page.paragraphs) == 2


def test_mail_is_decoded_with_its_subject_date_and_sender() -> None:
    page = read(CASES / "eml-qp" / "thong-bao.eml")
    assert (page.title, page.published) == ("Thông báo về việc thu quỹ", "2024-06-03")
    assert page.author == "vanthu@tanhoa.example.vn"
    assert page.paragraphs[0].startswith(NOTICE)
    assert len(page.paragraphs) == 3


def test_attachments_of_a_mail_are_read_under_their_names_and_the_rest_counted() -> None:
    message = EmailMessage()
    message["Subject"] = "Gửi bảng số liệu hộ nghèo"
    message["From"] = "Lê Thị Mận <man@tanhoa.example.vn>"
    message["Date"] = "Mon, 03 Jun 2024 23:30:00 +0000"
    message.set_content("Kính gửi Văn phòng bảng số liệu hộ nghèo đầu năm 2024 của các thôn trong xã.")
    message.add_attachment(workbook(), maintype="application", subtype="octet-stream", filename="hộ nghèo.xlsx")
    message.add_attachment(b"\x00\x01\x02" * 50, maintype="application", subtype="octet-stream", filename="ban-do.dwg")
    page = read_bytes("a.eml", message.as_bytes())
    assert (page.title, page.published, page.author) == ("Gửi bảng số liệu hộ nghèo", "2024-06-04", "Lê Thị Mận")
    assert "Tệp đính kèm: hộ nghèo.xlsx" in page.paragraphs
    assert len(page.rows) == 3
    assert [(part.kind, part.count) for part in page.unread] == [("attachments", 1)]
    assert "1 attached file is not read: ban-do.dwg." in page.notices
    assert any(notice.startswith("hộ nghèo.xlsx: 1 hidden sheet") for notice in page.notices)


@pytest.mark.parametrize("name", ["thong-bao.doc", "thong-bao.mht"])
def test_a_web_archive_is_decoded_whatever_word_calls_it(name: str) -> None:
    page = read(CASES / "doc-is-mhtml" / name)
    assert page.title == "Thông báo về việc thu quỹ phòng chống thiên tai năm 2024"
    assert page.paragraphs[0].startswith(NOTICE)
    assert len(page.paragraphs) == 3


def test_files_packed_into_each_other_without_end_are_given_up() -> None:
    inner = b""
    for depth in range(5):
        message = EmailMessage()
        message["Subject"] = f"Thư {depth}"
        message.set_content(f"Lá thư thứ {depth} gửi kèm lá thư trước đó của văn phòng xã.")
        if inner:
            message.add_attachment(inner, maintype="application", subtype="octet-stream", filename="thu.eml")
        inner = message.as_bytes()
    page = read_bytes("a.eml", inner)
    assert "Lá thư thứ 2 gửi kèm" in page.text
    assert "Lá thư thứ 1 gửi kèm" not in page.text
    assert any("1 attached file is not read: thu.eml." in notice for notice in page.notices)


def test_rtf_with_notes_and_letters_of_vietnamese_windows() -> None:
    raw = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset163 Times New Roman;}}\f0 "
        r"H\u7897? d\'e2n \'f0\'f3ng qu\u7929?{\footnote M\u7913?c thu 15.000 \'f0\u7891?ng.} h\'e0ng n\u259?m\par"
        r"{\*\generator x}{\header Trang 1}\b \u272?i\u7873?u 2.\b0  {\deleted xo\'e1}Thu ti\u7873?n\par}"
    )
    page = read_bytes("a.rtf", raw.encode("ascii"))
    assert (page.title, *page.paragraphs) == (
        "Hộ dân đóng quỹ[1] hàng năm",
        "[1] Mức thu 15.000 đồng.",
        "Điều 2. Thu tiền",
    )
    assert [line.text for line in page.dropped] == ["Trang 1"]
    assert page.unread[0].sentence == "1 piece of text deleted in a tracked change is left out."
