"""Documents printed as PDFs by offices, gazettes and boards."""

from typing import Any

import font_roboto
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from tests.corpus.office_files.truth import OfficeDocument

NEXT: dict[str, Any] = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


class _Gazette(FPDF):
    """With running heads, odd and even, and numbers below."""

    def header(self) -> None:
        self.set_font("F", "", 9)
        left, right = ("CÔNG BÁO/Số 45 + 46", f"{self.page_no()}") if self.page_no() % 2 else ("", "")
        self.cell(
            0,
            5,
            f"{left or self.page_no()}          {right or 'CÔNG BÁO/Số 45 + 46/Ngày 12-02-2024'}",
            align="C",
            **NEXT,
        )
        self.ln(5)


def _new(pdf: FPDF, margin: float = 25) -> FPDF:
    pdf.add_font("F", "", font_roboto.Roboto)
    pdf.add_font("F", "B", font_roboto.RobotoBold)
    pdf.add_font("F", "I", font_roboto.RobotoItalic)
    pdf.set_margins(margin, 20)
    pdf.set_auto_page_break(auto=True, margin=20)
    pdf.add_page()
    return pdf


def letterhead(pdf: FPDF, document: OfficeDocument) -> None:
    """Two columns: the office and its number, the motto with place and date."""
    top, half = pdf.get_y(), pdf.epw * 0.42
    pdf.set_font("F", "B", 12)
    for line in document.office:
        pdf.cell(half, 6, line, align="C", **NEXT)
    pdf.set_font("F", "", 12)
    pdf.cell(half, 7, f"Số: {document.number}", align="C", **NEXT)
    pdf.set_y(top)
    for style, line in (("B", _MOTTO[0]), ("B", _MOTTO[1]), ("I", document.place_and_date)):
        pdf.set_x(pdf.l_margin + half)
        pdf.set_font("F", style, 11)
        pdf.cell(pdf.epw - half, 6, line, align="C", **NEXT)
    pdf.ln(6)


def heading(pdf: FPDF, document: OfficeDocument) -> None:
    pdf.set_font("F", "B", 14)
    pdf.cell(0, 8, document.kind, align="C", **NEXT)
    pdf.set_font("F", "B", 13)
    pdf.multi_cell(0, 6.5, document.subject, align="C", **NEXT)
    pdf.ln(3)


def body(pdf: FPDF, paragraphs: tuple[str, ...], *, size: float = 13, indent: str = "", align: str = "J") -> None:
    for text in paragraphs:
        pdf.set_font("F", "B" if text.startswith("Điều") else "", size)
        pdf.multi_cell(0, size * 0.5, indent + text, align=align, **NEXT)
        pdf.ln(2)


def table(pdf: FPDF, document: OfficeDocument, *, ruled: bool = True, size: float = 11) -> None:
    pdf.set_font("F", "", size)
    pdf.multi_cell(0, 7, document.table.caption, align="C", **NEXT)
    how = "ALL" if ruled else "NONE"
    with pdf.table(borders_layout=how, col_widths=(28, 16, 17, 20, 26), line_height=6) as printed:
        for cells in (document.table.columns, *document.table.rows):
            row = printed.row()
            for cell in cells:
                row.cell(cell)
    pdf.ln(3)


def signature(pdf: FPDF, document: OfficeDocument) -> None:
    if pdf.get_y() > pdf.h - 70:
        pdf.add_page()
    top = pdf.get_y()
    pdf.set_font("F", "B", 11)
    for line in ("Nơi nhận:", "- Như trên;", "- Lưu: VT, NV."):
        pdf.cell(pdf.epw / 2, 5.5, line, **NEXT)
    pdf.set_y(top)
    for gap, line in ((6, document.post), (6, "")):
        pdf.set_x(pdf.l_margin + pdf.epw / 2)
        pdf.cell(pdf.epw / 2, gap, line, align="C", **NEXT)
    pdf.ln(16)
    pdf.set_x(pdf.l_margin + pdf.epw / 2)
    pdf.cell(pdf.epw / 2, 6, document.signer, align="C", **NEXT)


def office_pdf(document: OfficeDocument, *, ruled: bool = True, margin: float = 25, size: float = 13) -> bytes:
    """As offices print."""
    pdf = _new(FPDF(), margin)
    letterhead(pdf, document)
    heading(pdf, document)
    body(pdf, document.body, size=size)
    table(pdf, document, ruled=ruled)
    body(pdf, (document.closing,), size=size)
    signature(pdf, document)
    return bytes(pdf.output())


def unruled_pdf(document: OfficeDocument) -> bytes:
    """A table without rules."""
    return office_pdf(document, ruled=False)


def indented_pdf(document: OfficeDocument) -> bytes:
    """First lines indented, small and dense, no space between paragraphs; A5, so that much runs over pages."""
    pdf = _new(FPDF(format="A5"), 14)
    letterhead_stacked(pdf, document)
    heading(pdf, document)
    for text in document.body:
        pdf.set_font("F", "", 10)
        pdf.multi_cell(0, 5, "        " + text, align="J", **NEXT)
    table(pdf, document, size=8)
    body(pdf, (document.closing,), size=10)
    signature(pdf, document)
    return bytes(pdf.output())


def letterhead_stacked(pdf: FPDF, document: OfficeDocument) -> None:
    """One below the other, as narrow paper has it."""
    pdf.set_font("F", "B", 10)
    for line in (*document.office, f"Số: {document.number}", *_MOTTO, document.place_and_date):
        pdf.cell(0, 5, line, align="C", **NEXT)
    pdf.ln(3)


def gazette_pdf(document: OfficeDocument) -> bytes:
    """With running heads, as the gazette prints them."""
    pdf = _new(_Gazette(), 22)
    letterhead(pdf, document)
    heading(pdf, document)
    body(pdf, document.body, size=12)
    table(pdf, document)
    body(pdf, (document.closing,), size=12)
    signature(pdf, document)
    return bytes(pdf.output())


def columns_pdf(document: OfficeDocument) -> bytes:
    """Two columns of text below a heading across them, the table across below."""
    pdf = _new(FPDF(), 18)
    letterhead(pdf, document)
    heading(pdf, document)
    pdf.set_font("F", "", 10)
    with pdf.text_columns(ncols=2, gutter=8, text_align="J", line_height=1.25, balance=True) as columns:
        for text in document.body:
            with columns.paragraph(bottom_margin=2) as paragraph:
                paragraph.write(text)
    pdf.add_page()
    table(pdf, document)
    body(pdf, (document.closing,), size=10)
    signature(pdf, document)
    return bytes(pdf.output())
