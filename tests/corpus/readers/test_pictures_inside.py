"""Pictures of text inside DOCX and PDFs: recognised where they stand, with their certainty, within limits."""

import io
from dataclasses import replace

import docx
import font_roboto
import numpy as np
import pytest
from docx.shared import Cm
from fpdf import FPDF
from PIL import Image

from corpus.article.page import Page
from corpus.models import NO_PAGE
from corpus.readers.programs import recognises
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.registry import read_bytes
from tests.corpus.readers.scanning import pictures_of, png, spoilt

pytestmark = pytest.mark.skipif(not recognises(), reason="Tesseract with Vietnamese data is not installed")

ABOVE = "Kế hoạch công tác dân vận của xã Tân Hòa được ban hành kèm theo bản chụp sau đây."
PICTURED = "Hộ nghèo được hỗ trợ 40.000.000 đồng để xây mới nhà ở, thực hiện trước ngày 15 tháng 8 năm 2024."
BELOW = "Các thôn, bản thực hiện kế hoạch này kể từ ngày ký ban hành."
NONE = replace(DEFAULT_LIMITS, recognised_pages=0)


def _written(*texts: str, picture: Image.Image | None = None) -> FPDF:
    pdf = FPDF()
    pdf.add_font("F", "", font_roboto.Roboto)
    pdf.set_font("F", size=14)
    pdf.set_margins(25, 20)
    pdf.add_page()
    for number, text in enumerate(texts):
        if number and picture:
            pdf.image(io.BytesIO(png(picture)), x=25, y=60, w=160)
            pdf.set_y(160)
        pdf.multi_cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
    return pdf


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    (page,) = pictures_of(bytes(_written(PICTURED).output()))
    width, height = page.size
    return spoilt(page.crop((0, 0, width, round(width * 0.5))), 1, seed=3) if height > width * 0.5 else page


def _pdf(picture: Image.Image) -> bytes:
    return bytes(_written(ABOVE, BELOW, picture=picture).output())


def _docx(*pictures: Image.Image) -> bytes:
    made = docx.Document()
    made.add_paragraph(ABOVE)
    for picture in pictures:
        made.add_picture(io.BytesIO(png(picture)), width=Cm(16))
    made.add_paragraph(BELOW)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _pictures_not_read(page: Page) -> int:
    return sum(unread.count for unread in page.unread if unread.kind == "pictures")


def test_in_a_docx(picture: Image.Image) -> None:
    page = read_bytes("a.docx", _docx(picture))
    assert page.paragraphs == (ABOVE, PICTURED, BELOW)
    words = [page.text[place.start : place.end] for place in page.places]
    assert words == PICTURED.split()
    assert {place.page for place in page.places} == {NO_PAGE}
    assert any("recognised on a picture" in warning for warning in page.warnings)
    assert _pictures_not_read(page) == 0


def test_in_a_pdf_with_text_beside_it(picture: Image.Image) -> None:
    page = read_bytes("a.pdf", _pdf(picture))
    assert page.paragraphs == (ABOVE, PICTURED, BELOW)
    assert [page.text[place.start : place.end] for place in page.places] == PICTURED.split()
    points = 72 / 25.4
    for place in page.places:
        left, top, right, bottom = place.box
        assert place.page == 1
        assert 25 * points <= left < right <= 185 * points
        assert 60 * points <= top < bottom <= 140 * points
    assert any("recognised on a picture" in warning for warning in page.warnings)
    assert _pictures_not_read(page) == 0


@pytest.mark.parametrize(("name", "limits"), [("a.docx", NONE), ("a.pdf", NONE)])
def test_beyond_the_limits_a_picture_is_named(picture: Image.Image, name: str, limits: Limits) -> None:
    raw = _docx(picture) if name == "a.docx" else _pdf(picture)
    page = read_bytes(name, raw, limits)
    assert page.paragraphs == (ABOVE, BELOW)
    assert _pictures_not_read(page) == 1


def test_pictures_of_one_file_share_its_limits(picture: Image.Image) -> None:
    page = read_bytes("a.docx", _docx(picture, picture, picture), replace(DEFAULT_LIMITS, recognised_pages=1))
    assert page.paragraphs.count(PICTURED) == 1
    assert _pictures_not_read(page) == 2


def test_what_is_no_text_is_named_as_a_picture() -> None:
    noise = np.random.default_rng(4).integers(0, 255, (60, 120, 3), dtype=np.uint8)
    photo = Image.fromarray(noise).resize((1200, 600), Image.Resampling.BICUBIC)
    page = read_bytes("a.pdf", _pdf(photo))
    assert page.paragraphs == (ABOVE, BELOW)
    assert _pictures_not_read(page) == 1
