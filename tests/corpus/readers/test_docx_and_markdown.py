"""DOCX and Markdown: headings, lists with their printed numbers, tables, text boxes, deleted text."""

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from viparse.normalize.tcvn3 import TCVN3

from corpus.models import Document
from corpus.readers.docx.docx_numbering import Numbering
from corpus.readers.registry import read_bytes
from corpus.readers.warning_texts import LEGACY
from corpus.splitting import split
from tests.corpus.readers.making import saved
from tests.corpus.test_cleaning import legacy

PROSE = "Khối dân vận xã phối hợp với các đoàn thể để vận động nhân dân tham gia phong trào hiến đất làm đường."
MORE = "Tổ dân vận thôn họp mỗi tháng một lần và báo cáo kết quả về Đảng ủy xã trước ngày hai mươi lăm."


def test_headings_reach_the_passages() -> None:
    document = docx.Document()
    document.add_heading("Quy chế làm việc của khối dân vận xã", 0)
    document.add_heading("Nhiệm vụ của khối", 1)
    document.add_paragraph(PROSE)
    document.add_paragraph(MORE)
    document.add_heading("Tổ chức thực hiện", 2)
    document.add_paragraph("Quy chế có hiệu lực từ ngày ký và được phổ biến đến các chi bộ trong toàn xã.")
    page = read_bytes("a.docx", saved(document))
    assert page.title == "Quy chế làm việc của khối dân vận xã"
    passages = split(Document("a", page.title, None, None, None, None, page.text, "", headings=page.headings))
    assert [(passage.heading, passage.page) for passage in passages] == [
        ("Nhiệm vụ của khối", None),
        ("Nhiệm vụ của khối", None),
        ("Tổ chức thực hiện", None),
    ]
    assert passages[0].text == f"Nhiệm vụ của khối\n\n{PROSE}"  # a heading is no passage of its own


def test_lists_show_their_numbers_and_tables_their_rows() -> None:
    document = docx.Document()
    document.add_paragraph(PROSE)
    for text in ("Tham mưu cho cấp ủy", "Phối hợp với chính quyền"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Đi từng ngõ", style="List Bullet")
    table = document.add_table(3, 2)
    for row, texts in zip(table.rows, (("Thôn", "Số hộ"), ("Nà Láo", "98"), ("Bản Khoang", "120")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(MORE)
    assert read_bytes("a.docx", saved(document)).paragraphs == (
        PROSE,
        "1. Tham mưu cho cấp ủy",
        "2. Phối hợp với chính quyền",
        "- Đi từng ngõ",
        "Thôn: Nà Láo | Số hộ: 98",
        "Thôn: Bản Khoang | Số hộ: 120",
        MORE,
    )


@pytest.mark.parametrize(
    ("form", "pattern", "shown"),
    [
        ("decimal", "Điều %1.", ["Điều 1.", "Điều 2."]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("bullet", "", ["-", "-"]),
        ("none", "", ["", ""]),
    ],
)
def test_numbers_as_word_prints_them(form: str, pattern: str, shown: list[str]) -> None:
    part = parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    numbering = Numbering(part)
    assert [numbering.label("3", 0), numbering.label("3", 0)] == shown
    if form == "decimal":
        assert [numbering.label("3", 1), numbering.label("3", 1)] == ["2.1", "2.2"]
        assert [numbering.label("3", 0), numbering.label("3", 1)] == ["Điều 3.", "3.1"]
    assert numbering.label("4", 0) == ""


def test_deleted_text_goes_inserted_text_and_content_controls_stay() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Khối dân vận xã ")
    for tag, inner, text in (("w:del", "w:delText", "không "), ("w:ins", "w:t", "luôn ")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("gần dân, nghe dân nói và làm cho dân tin.")
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(document.add_paragraph(MORE)._p)
    control.append(content)
    document.element.body.insert(1, control)
    assert read_bytes("a.docx", saved(document)).paragraphs == (
        "Khối dân vận xã luôn gần dân, nghe dân nói và làm cho dân tin.",
        MORE,
    )


def test_legacy_letters_are_repaired() -> None:
    document = docx.Document()
    for text in (PROSE, MORE):
        document.add_paragraph(legacy(text.lower(), TCVN3))
    page = read_bytes("a.docx", saved(document))
    assert page.paragraphs == (PROSE.lower(), MORE.lower())
    assert page.warnings == (LEGACY,)


def test_markdown() -> None:
    page = read_bytes(
        "a.md",
        f"""---
title: "Không dùng"
date: 2020-01-10
---
# Hướng dẫn **đối thoại** với nhân dân

{PROSE} Xem [quy chế](https://example.vn/quy-che).
![ảnh](a.png)

## Chuẩn bị

* Chọn ngày không trùng mùa vụ,
  gửi giấy mời trước.

### Tiến hành
1. Bí thư chi bộ nêu lý do.
2. Người dân hỏi, cán bộ trả lời từng câu.

| Việc | Hạn |
|------|-----|
| Gửi giấy mời | 7 ngày |
""".encode(),
    )
    assert (page.title, page.published) == ("Hướng dẫn đối thoại với nhân dân", "2020-01-10")
    assert page.paragraphs == (
        f"{PROSE} Xem quy chế.",
        "Chuẩn bị",
        "- Chọn ngày không trùng mùa vụ, gửi giấy mời trước.",
        "Tiến hành",
        "1. Bí thư chi bộ nêu lý do.",
        "2. Người dân hỏi, cán bộ trả lời từng câu.",
        "Việc: Gửi giấy mời | Hạn: 7 ngày",
    )
    assert [heading for _, heading in page.headings] == ["Chuẩn bị", "Tiến hành"]


def test_lines_of_markdown_that_an_editor_broke_are_joined_and_others_are_not() -> None:
    broken = "Khối dân vận xã tổ chức đối thoại với nhân dân hằng quý, mời đại diện\ncác thôn bản cùng dự."
    page = read_bytes("a.md", f"{broken}\n\n{PROSE}\n{MORE}\n".encode())
    assert page.paragraphs == (broken.replace("\n", " "), PROSE, MORE)
