"""Documents as word processors, sheets and mail programs save them."""

import io
import zipfile
from email import policy
from email.message import EmailMessage
from html import escape
from typing import Any

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl.styles import Font

from tests.corpus.office_files.truth import OfficeDocument

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FOOT = ("Nơi nhận:", "- Như trên;", "- Lưu: VT, NV.")


def head_of(document: OfficeDocument) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands to the left and to the right in a letterhead."""
    return (*document.office, f"Số: {document.number}"), (*MOTTO, document.place_and_date)


def lines_of(document: OfficeDocument) -> tuple[str, ...]:
    """The document down to its table, one line below the other."""
    left, right = head_of(document)
    return (*left, *right, document.kind, document.subject, *document.body, document.table.caption)


def letterhead_docx(document: OfficeDocument) -> bytes:
    """Letterhead and signature in tables without rules, the heading centred and bold."""
    made = docx.Document()
    _side_by_side(made, *head_of(document))
    for text in (document.kind, document.subject):
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    for text in document.body:
        made.add_paragraph().add_run(text).bold = text.startswith("Điều")
    _table(made, document)
    made.add_paragraph(document.closing)
    _side_by_side(made, FOOT, (document.post, "", document.signer))
    return _saved(made)


def plain_docx(document: OfficeDocument) -> bytes:
    """As many type: everything one below the other, tabs and empty paragraphs for the layout."""
    made = docx.Document()
    for text in lines_of(document)[:-1]:
        made.add_paragraph(text)
        if text == document.subject:
            made.add_paragraph("")
    _table(made, document)
    for text in (document.closing, *FOOT, document.post, "", "", document.signer):
        made.add_paragraph(text)
    return _saved(made)


def _side_by_side(made: Any, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    cells = made.add_table(1, 2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for text in lines[1:]:
            cell.add_paragraph(text)


def _table(made: Any, document: OfficeDocument) -> None:
    made.add_paragraph(document.table.caption)
    table = made.add_table(0, len(document.table.columns))
    table.style = "Table Grid"
    for values in (document.table.columns, *document.table.rows):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value


def _saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def sheet_xlsx(document: OfficeDocument) -> bytes:
    """A report in a sheet: office, number and motto above, the table, the signature below."""
    book = openpyxl.Workbook()
    sheet = book.active
    left, right = head_of(document)
    for row, (one, other) in enumerate(zip(left, right, strict=True), start=1):
        sheet.cell(row, 1, one)
        sheet.cell(row, 4, other)
    sheet.cell(5, 1, document.kind).font = Font(bold=True)
    sheet.cell(6, 1, document.subject).font = Font(bold=True)
    for column, name in enumerate(document.table.columns, start=1):
        sheet.cell(8, column, name).font = Font(bold=True)
    for row, values in enumerate(document.table.rows, start=9):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    below = 10 + len(document.table.rows)
    sheet.cell(below, 4, document.post)
    sheet.cell(below + 3, 4, document.signer)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def text_odt(document: OfficeDocument) -> bytes:
    """OpenDocument, the letterhead in a table."""
    left, right = head_of(document)

    def paragraphs(lines: tuple[str, ...]) -> str:
        return "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)

    def cell(lines: tuple[str, ...]) -> str:
        return f'<table:table-cell office:value-type="string">{paragraphs(lines)}</table:table-cell>'

    def row(cells: tuple[tuple[str, ...], ...]) -> str:
        return "<table:table-row>" + "".join(map(cell, cells)) + "</table:table-row>"

    rows = "".join(
        row(tuple((value,) for value in values)) for values in (document.table.columns, *document.table.rows)
    )
    body = (
        f'<table:table table:name="a"><table:table-column table:number-columns-repeated="2"/>{row((left, right))}'
        f"</table:table>{paragraphs((document.kind, document.subject, *document.body, document.table.caption))}"
        f'<table:table table:name="b"><table:table-column table:number-columns-repeated="5"/>{rows}</table:table>'
        f"{paragraphs((document.closing, *FOOT, document.post, document.signer))}"
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def text_rtf(document: OfficeDocument) -> bytes:
    """RTF, letters beyond ASCII as \\u, the table with its cells."""

    def coded(text: str) -> str:
        return "".join(
            letter if letter.isascii() else f"\\u{ord(letter) - 65536 if ord(letter) > 32767 else ord(letter)}?"
            for letter in text
        )

    def row(values: tuple[str, ...]) -> str:
        edges = "".join(f"\\cellx{1800 * place}" for place in range(1, len(values) + 1))
        return f"\\trowd{edges}\\pard\\intbl " + "".join(f"{coded(value)}\\cell " for value in values) + "\\row\n"

    lines = [f"\\pard {coded(text)}\\par" for text in lines_of(document)]
    lines += [row(values) for values in (document.table.columns, *document.table.rows)]
    lines += [f"\\pard {coded(text)}\\par" for text in (document.closing, *FOOT, document.post, document.signer)]
    return ("{\\rtf1\\ansi\\uc1{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs26\n" + "\n".join(lines) + "}").encode("ascii")


MAIL = ("Kính gửi các đồng chí, Văn phòng gửi kèm văn bản để triển khai thực hiện.", "Tệp đính kèm: van-ban.docx")
"""What a mail says beside the document, the second line by its reader."""


def mail_eml(document: OfficeDocument) -> bytes:
    """A mail with the decision attached."""
    mail = EmailMessage(policy=policy.default.clone(max_line_length=998))  # folding it loses spaces in Python 3.11
    mail["Subject"] = document.title
    mail["From"] = "Văn phòng <vanphong@example.gov.vn>"
    mail["To"] = "xa@example.gov.vn"
    mail["Date"] = f"{document.date[8:]} {_MONTHS[int(document.date[5:7]) - 1]} {document.date[:4]} 09:12:00 +0700"
    mail.set_content(MAIL[0] + "\n")
    mail.add_attachment(
        letterhead_docx(document),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="van-ban.docx",
    )
    return mail.as_bytes()


def text_md(document: OfficeDocument) -> bytes:
    """Markdown with a table of pipes."""
    left, right = head_of(document)
    table = [document.table.columns, tuple("---" for _ in document.table.columns), *document.table.rows]
    parts = [*left, *right, f"# {document.kind}", f"**{document.subject}**"]
    parts += [f"## {text}" if text.startswith("Điều") else text.replace(". ", "\\. ", 1) for text in document.body]
    parts += [document.table.caption, "\n".join(f"| {' | '.join(row)} |" for row in table), document.closing]
    parts += [FOOT[0], "\n".join(FOOT[1:]), document.post, document.signer]
    return "\n\n".join(parts).encode()
