"""Pictures of text inside DOCX and PDFs: recognised where they stand, with their certainty, within limits."""

import io
from dataclasses import replace

import docx
import font_roboto
import numpy as np
import pypdfium2
import pytest
from docx.shared import Cm
from fpdf import FPDF
from PIL import Image

from corpus.article.page import Page
from corpus.models import NO_PAGE
from corpus.readers.pdf.places import Box
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


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
def test_lying_on_its_side_on_an_upright_page(picture: Image.Image, turn: Image.Transpose) -> None:
    pdf = _written(ABOVE)
    pdf.image(io.BytesIO(png(picture.transpose(turn))), x=25, y=50, h=170)
    pdf.set_y(240)
    pdf.multi_cell(0, 8, BELOW)
    page = read_bytes("a.pdf", bytes(pdf.output()))
    assert page.paragraphs == (ABOVE, PICTURED, BELOW)
    assert [page.text[place.start : place.end] for place in page.places] == PICTURED.split()
    points = 72 / 25.4
    for place in page.places:
        left, top, right, bottom = place.box
        assert right - left < bottom - top or len(page.text[place.start : place.end]) < 3  # words run up or down
        assert 25 * points <= left < right <= (25 + 170 * picture.height / picture.width) * points
        assert 50 * points <= top < bottom <= 220 * points
    assert _pictures_not_read(page) == 0


@pytest.mark.parametrize("quarters", [1, 2])
def test_on_a_page_that_is_shown_turned(picture: Image.Image, quarters: int) -> None:
    document = pypdfium2.PdfDocument(_pdf(picture))
    document[0].set_rotation(90 * quarters)
    stream = io.BytesIO()
    document.save(stream)
    page = read_bytes("a.pdf", stream.getvalue())
    assert page.paragraphs == (ABOVE, PICTURED, BELOW)
    points = 72 / 25.4
    upright = Box(25 * points, (297 - 140) * points, 185 * points, (297 - 60) * points)
    stands = upright.turned(quarters, (210 * points, 297 * points))
    height = (210 if quarters == 1 else 297) * points
    assert [page.text[place.start : place.end] for place in page.places] == PICTURED.split()
    for place in page.places:
        left, top, right, bottom = place.box
        assert stands.left <= left < right <= stands.right
        assert stands.bottom <= height - bottom < height - top <= stands.top
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
