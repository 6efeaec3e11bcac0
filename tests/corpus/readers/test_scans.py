"""Scanned pages and pictures: recognised with their words' places; bounds, losses and doubts are told."""

import io
import statistics
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.readers.programs import recognises
from corpus.readers.reader_limits import Limits
from corpus.readers.registry import read_bytes
from corpus.vietnamese import fold
from tests.corpus.office_files.printed import office_pdf
from tests.corpus.office_files.truth import OfficeDocument, office_document
from tests.corpus.readers.scanning import (
    DOTS_PER_INCH,
    pictures_of,
    png,
    scanned_pdf,
    spoilt,
    tilt_of,
    tilted,
)

needs_tesseract = pytest.mark.skipif(not recognises(), reason="Tesseract with Vietnamese data is not installed")
DOCUMENT = office_document(3, clauses=5, rows=4)
SEED = 1
PIXELS_OFF = 10


@dataclass(frozen=True)
class Print:
    """A page as it was printed, and what of it is text."""

    document: OfficeDocument
    pdf: bytes
    picture: Image.Image
    page: Page


@pytest.fixture(scope="module")
def printed() -> Print:
    pdf = office_pdf(DOCUMENT, size=12)
    (picture,) = pictures_of(pdf)
    return Print(DOCUMENT, pdf, picture, read_bytes("a.pdf", pdf))


@pytest.fixture(scope="module")
def clean(printed: Print) -> Page:
    return read_bytes("a.pdf", scanned_pdf(printed.picture))


@pytest.fixture(scope="module")
def stained(printed: Print) -> Page:
    return read_bytes("a.pdf", scanned_pdf(spoilt(printed.picture, 2, SEED)))


def letters_wrong(truth: Page, page: Page) -> float:
    """Share of the characters, order of paragraphs and white space apart."""
    said, read = (" ".join(sorted((each.title, *each.paragraphs))) for each in (truth, page))
    return Levenshtein.distance(said, read) / len(said)


def marks_wrong(truth: Page, page: Page) -> float:
    """Share of the words that are right but for their marks."""
    said, read = (each.text.split() for each in (truth, page))
    pairs = [
        (one, other)
        for tag, start, end, begins, _ in Levenshtein.opcodes([fold(x) for x in said], [fold(x) for x in read])
        if tag == "equal"
        for one, other in zip(said[int(start) : int(end)], read[int(begins) :], strict=False)
    ]
    return sum(one.lower() != other.lower() for one, other in pairs) / len(pairs)


@needs_tesseract
def test_a_clean_print_is_read_as_it_was_printed(printed: Print, clean: Page) -> None:
    assert letters_wrong(printed.page, clean) < 0.01
    assert clean.title == DOCUMENT.title
    assert clean.published == DOCUMENT.date
    assert f"Số: {DOCUMENT.number}" in clean.paragraphs
    assert DOCUMENT.signer in clean.paragraphs
    assert [row.caption for row in clean.rows] == [DOCUMENT.table.caption] * 4
    cells = [clean.text[cell.start : cell.end] for row in clean.rows for cell in row.cells]
    wrong = sum(one != other for one, other in zip(cells, chain(*DOCUMENT.table.rows), strict=True))
    assert wrong <= 1  # a stroke of two pixels tells Ả from Á


@needs_tesseract
def test_a_stained_stamped_and_tilted_print_is_nearly_as_good(printed: Print, stained: Page) -> None:
    assert letters_wrong(printed.page, stained) < 0.03
    assert marks_wrong(printed.page, stained) < 0.02
    assert (stained.title, stained.published) == (DOCUMENT.title, DOCUMENT.date)
    assert len(stained.rows) == 4
    assert stained.warnings[-1].startswith("Its text was recognised on a picture")


@needs_tesseract
@pytest.mark.parametrize("strength", [0, 2])
def test_a_quote_can_be_boxed_on_the_page(strength: int, printed: Print, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue("stained" if strength else "clean")
    checked = 0
    for quote in DOCUMENT.body:
        if quote.startswith("Điều") or quote not in page.text:
            continue
        start = page.text.index(quote)
        boxes = [place.box for place in page.places if start <= place.start < start + len(quote)]
        assert len(boxes) == len(quote.split())
        pixels = [edge * DOTS_PER_INCH / 72 for edge in around(boxes)]
        truth = tilted(place_of(printed.pdf, quote), printed.picture.size, tilt_of(strength, SEED))
        assert max(abs(one - other) for one, other in zip(pixels, truth, strict=True)) <= PIXELS_OFF + tall(strength)
        checked += 1
    assert checked >= 2


def around(boxes: list[tuple[float, float, float, float]]) -> tuple[float, ...]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def tall(strength: int) -> float:
    """By how much the box of a tilted paragraph may differ: its words' boxes stand upright, its own is tilted."""
    return 4.0 if strength else 0.0


def place_of(pdf: bytes, quote: str) -> tuple[float, float, float, float]:
    """Where a sentence stands on the picture of the page, by the PDF's own letters."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    letters = [(letter, index) for index, letter in enumerate(text.get_text_range()) if letter.strip()]
    wanted = "".join(quote.split())
    begin = "".join(letter for letter, _ in letters).index(wanted)
    boxes = [text.get_charbox(index) for _, index in letters[begin : begin + len(wanted)]]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    scale = DOTS_PER_INCH / 72
    height = page.get_height()
    return min(lefts) * scale, (height - max(tops)) * scale, max(rights) * scale, (height - min(bottoms)) * scale


@needs_tesseract
def test_a_page_scanned_sideways_is_turned_and_its_places_are_those_of_the_page_shown(printed: Print) -> None:
    sideways = printed.picture.transpose(Image.Transpose.ROTATE_90)
    page = read_bytes("a.pdf", scanned_pdf(sideways))
    assert page.title == DOCUMENT.title
    assert letters_wrong(printed.page, page) < 0.01
    left, top, right, bottom = around([place.box for place in page.places])
    width, height = (side * 72 / DOTS_PER_INCH for side in sideways.size)
    assert 0 < left < right < width
    assert 0 < top < bottom < height
    words = [place.box for place in page.places if place.end - place.start >= 5]
    assert statistics.median(box[3] - box[1] for box in words) > statistics.median(box[2] - box[0] for box in words)


@needs_tesseract
def test_pictures_of_pages_are_documents_too(printed: Print, clean: Page) -> None:
    page = read_bytes("a.png", png(printed.picture))
    assert page.published == clean.published
    assert letters_wrong(printed.page, page) < 0.01
    out = io.BytesIO()
    half = printed.picture.crop((0, 0, printed.picture.width, printed.picture.height // 2))
    half.save(out, "TIFF", save_all=True, append_images=[half], compression="tiff_deflate", dpi=(200, 200))
    page = read_bytes("a.tiff", out.getvalue())
    assert [number for _, number in page.pages] == [1, 2]
    assert page.text.count(DOCUMENT.kind) >= 2


@needs_tesseract
def test_pages_beyond_the_limits_are_counted(printed: Print) -> None:
    small = printed.picture.crop((0, 0, printed.picture.width, 700))
    page = read_bytes("a.pdf", scanned_pdf(small, small, small), Limits(recognised_pages=1))
    assert [(part.kind, part.count) for part in page.unread] == [("scans", 2)]
    assert "2 scanned pages were not recognised (1 pages" in page.notices[0]
    with pytest.raises(UnreadableError, match="no text could be recognised"):
        read_bytes("a.pdf", scanned_pdf(small), Limits(recognising_seconds=0))


@needs_tesseract
def test_a_blank_page_says_nothing(printed: Print) -> None:
    blank = Image.new("L", printed.picture.size, 255)
    with pytest.raises(UnreadableError, match="no text could be recognised"):
        read_bytes("a.pdf", scanned_pdf(blank))
    with pytest.raises(UnreadableError, match="no text could be recognised"):
        read_bytes("a.png", png(blank))


@needs_tesseract
def test_words_that_are_uncertain_are_marked_and_told(printed: Print) -> None:
    smeared = spoilt(printed.picture.crop((0, 0, printed.picture.width, 900)), 3, SEED).resize((560, 305))
    page = read_bytes("a.png", png(smeared.resize((1654, 900))))
    unsure = [page.text[place.start : place.end] for place in page.places if place.confidence < 0.6]
    assert unsure
    assert "uncertain, on page 1" in page.warnings[-1]


def test_without_tesseract_it_is_said_what_to_do(
    printed: Print, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name, raw in (("a.pdf", scanned_pdf(printed.picture)), ("a.png", png(printed.picture))):
        with pytest.raises(UnreadableError, match=r"install Tesseract .*\(danvan doctor says how\)"):
            read_bytes(name, raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "damaged picture"),
        (png(Image.new("L", (40, 30), 255)), "too small"),
        (png(Image.new("1", (12_000, 12_000), 1)), "million dots"),
    ],
)
@needs_tesseract
def test_pictures_that_are_none_of_a_page(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_bytes("a.png", raw)
