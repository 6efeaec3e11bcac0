"""Files that tests make themselves: DOCX with python-docx, PDF with fpdf2 and a font that has Vietnamese letters."""

import io
from collections.abc import Callable

import docx
import font_roboto
from fpdf import FPDF

from tests.corpus.readers.layouts import Article

HEADER = "Bản tin công tác dân vận"


class _Pdf(FPDF):
    """Pages with a running header and page numbers below."""

    def header(self) -> None:
        self.set_font("Roboto", size=9)
        self.cell(0, 6, HEADER, new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Roboto", size=9)
        self.cell(0, 10, f"Trang {self.page_no()}/{{nb}}", align="C")


def new_pdf(size: tuple[float, float] = (210, 297)) -> FPDF:
    pdf = _Pdf(format=size)
    pdf.add_font("Roboto", "", font_roboto.Roboto)
    pdf.add_font("Roboto", "B", font_roboto.RobotoBold)
    pdf.set_margins(22, 18)
    pdf.set_auto_page_break(auto=True, margin=22)
    pdf.add_page()
    return pdf


def _head(pdf: FPDF, article: Article) -> None:
    pdf.set_font("Roboto", "B", 16)
    pdf.multi_cell(0, 8, article.title, align="C", new_x="LMARGIN", new_y="NEXT")
    if article.published:
        pdf.set_font("Roboto", size=10)
        pdf.cell(0, 8, article.shown_date, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def small_pdf(article: Article) -> bytes:
    """A5, first lines indented, justified, as booklets are: every long paragraph meets a page's end."""
    pdf = new_pdf((148, 210))
    _head(pdf, article)
    pdf.set_font("Roboto", size=12)
    for text in article.paragraphs:
        pdf.multi_cell(0, 6, "      " + text, align="J", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def office_pdf(article: Article) -> bytes:
    """A4, ragged, paragraphs set apart by space, as offices print."""
    pdf = new_pdf()
    _head(pdf, article)
    pdf.set_font("Roboto", size=13)
    for text in article.paragraphs:
        pdf.multi_cell(0, 6.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    return bytes(pdf.output())


def columns_pdf(article: Article) -> bytes:
    """A4, a headline above two columns, as magazines are."""
    pdf = new_pdf()
    _head(pdf, article)
    pdf.set_font("Roboto", size=10)
    with pdf.text_columns(ncols=2, gutter=8, text_align="J", line_height=1.3) as columns:
        for text in article.paragraphs:
            with columns.paragraph(bottom_margin=3) as paragraph:
                paragraph.write(text)
    return bytes(pdf.output())


PDFS: tuple[Callable[[Article], bytes], ...] = (small_pdf, office_pdf, columns_pdf)


def pdf_of_lines(*pages: tuple[str, ...], size: float = 12) -> bytes:
    """Pages of lines as given, none of them joined or moved."""
    pdf = new_pdf()
    for number, lines in enumerate(pages):
        if number:
            pdf.add_page()
        pdf.set_font("Roboto", size=size)
        for line in lines:
            pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def styled_docx(article: Article) -> bytes:
    """With Word's own styles, a header and a footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = HEADER
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    document.add_heading(article.title, 0)
    if article.published:
        document.add_paragraph(article.shown_date)
    for text in article.paragraphs:
        document.add_paragraph(text)
    return saved(document)


def plain_docx(article: Article) -> bytes:
    """As many type: no styles, the headline bold and centred, everything in one cell of a table that draws a frame."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    headline = cell.paragraphs[0]
    headline.alignment = 1
    headline.add_run(article.title).bold = True
    if article.published:
        cell.add_paragraph(article.shown_date)
    for text in article.paragraphs:
        paragraph = cell.add_paragraph()
        half = text.find(" ", len(text) // 2)
        paragraph.add_run(text[:half])
        paragraph.add_run(text[half:]).italic = True
    return saved(document)


DOCXS: tuple[Callable[[Article], bytes], ...] = (styled_docx, plain_docx)


def saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of them its root."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()
