"""Quotes on a PDF's page: boxes hold their words and no others, whatever the layout; pictures show them."""

import io
from collections.abc import Callable
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image

from corpus.errors import UnreadableError
from corpus.readers.pdf.pdf_document import repair
from corpus.readers.pdf.pdf_pages import OpenedPdf, ReadPage
from corpus.readers.pdf.pdf_quotes import quoted_boxes
from corpus.readers.picture_order import PictureOrder
from corpus.readers.picturing_apart import picture_apart
from corpus.readers.registry import read_bytes
from tests.corpus.readers.layouts import Article
from tests.corpus.readers.making import PDFS, pdf_of_lines
from tests.corpus.readers.test_cases_pdf import CASES

ARTICLE = Article(
    title="Về công tác tiếp công dân của Ủy ban nhân dân xã Nà Tấu năm 2023",
    published="2023-05-09",
    paragraphs=tuple(
        f"Trong tháng {month}, Ủy ban nhân dân xã đã tiếp {10 + month} lượt công dân, giải quyết xong {8 + month} "
        f"lượt; những việc còn lại được chuyển đến Ủy ban nhân dân huyện trước ngày {month + 3} của tháng sau. "
        f"Đồng chí Chủ tịch trực tiếp đối thoại {month} buổi tại các thôn, bản."
        for month in range(1, 11)
    ),
)


def pages_of(raw: bytes) -> list[ReadPage]:
    with OpenedPdf(raw) as opened:
        pages = list(opened.pages())
    for page in pages:
        repair([page])
    return pages


def words_in(raw: bytes, number: int, page: ReadPage, quote: str) -> str:
    """What PDFium itself finds within the boxes of a quote."""
    document = pypdfium2.PdfDocument(raw)
    text = document[number].get_textpage()
    said = [
        text.get_text_bounded(box.left - 0.5, box.bottom, box.right + 0.5, box.top) for box in quoted_boxes(page, quote)
    ]
    document.close()
    return " ".join(" ".join(said).split())


@pytest.mark.parametrize("layout", PDFS)
def test_boxes_hold_the_words_of_every_sentence_and_no_others(layout: Callable[[Article], bytes]) -> None:
    raw = layout(ARTICLE)
    understood = read_bytes("a.pdf", raw)
    offsets = [*understood.pages, (len(understood.text), 0)]
    pages = pages_of(raw)
    looked_at = 0
    for (start, number), (end, _) in pairwise(offsets):
        for paragraph in understood.text[start:end].split("\n\n"):
            for sentence in paragraph.replace(". Đ", ".\nĐ").split("\n"):
                quote = " ".join(sentence.split())
                if len(quote.split()) < 3:
                    continue
                assert words_in(raw, number - 1, pages[number - 1], quote) == quote
                looked_at += 1
    assert looked_at >= 20


def test_what_is_not_on_the_page_has_no_boxes() -> None:
    page = pages_of(pdf_of_lines(("Ủy ban nhân dân xã đã tiếp 11 lượt công dân trong tháng.",)))[0]
    assert quoted_boxes(page, "Ủy ban nhân dân huyện trả lời bằng văn bản sau mười ngày làm việc.") == []
    assert quoted_boxes(page, "") == []
    assert quoted_boxes(page, "…") == []


def test_a_page_printed_sideways_is_framed_as_it_is_shown() -> None:
    raw = (CASES / "pdf-sideways-page" / "phu-luc.pdf").read_bytes()
    quote = "Thôn Bình An tiếp 37 lượt, giải quyết xong 35 lượt, còn 2 lượt chuyển Tòa án nhân dân huyện."
    plain, framed = (drawn(raw, 2, *quotes) for quotes in ((), (quote,)))
    assert plain.size == framed.size
    changed = [
        (x, y)
        for x in range(0, plain.width, 2)
        for y in range(0, plain.height, 2)
        if difference(plain.getpixel((x, y)), framed.getpixel((x, y))) > 60
    ]
    across = {x for x, _ in changed}
    assert changed
    assert max(across) - min(across) < plain.width * 0.1  # one line, which runs up the page


def test_a_picture_frames_places_that_are_known_and_refuses_pages_that_are_not_there() -> None:
    raw = pdf_of_lines(("Ủy ban nhân dân xã.",))
    plain = drawn(raw, 1)
    framed = Image.open(io.BytesIO(picture_apart(raw, PictureOrder(1, boxes=((100.0, 200.0, 300.0, 220.0),)))))
    scale = plain.width / 595.28
    inside, outside = (int(200 * scale), int(210 * scale)), (int(200 * scale), int(300 * scale))
    assert difference(plain.getpixel(inside), framed.convert("RGB").getpixel(inside)) > 60
    assert difference(plain.getpixel(outside), framed.convert("RGB").getpixel(outside)) < 20
    for number in (0, 2, 10**9):
        with pytest.raises(UnreadableError, match=f"there is no page {number}"):
            picture_apart(raw, PictureOrder(number))
    with pytest.raises(UnreadableError, match="cannot be opened"):
        picture_apart(b"%PDF-1.7 broken", PictureOrder(1))


def test_a_scan_kept_as_a_picture_is_drawn_with_the_places_of_its_words() -> None:
    blank, packed = Image.new("RGB", (827, 1169), "white"), io.BytesIO()
    blank.save(packed, "TIFF", dpi=(100, 100), save_all=True, append_images=[blank.copy()])
    raw, words = packed.getvalue(), (((72.0, 72.0, 144.0, 84.0)), (150.0, 72.0, 200.0, 84.0))
    shown = Image.open(io.BytesIO(picture_apart(raw, PictureOrder(2, boxes=words)))).convert("RGB")
    assert difference(shown.getpixel((150, 108)), (255, 231, 160)) < 40  # 1.5 inches, 1.08 inches at 100 dots an inch
    assert difference(shown.getpixel((150, 300)), (255, 255, 255)) < 20
    with pytest.raises(UnreadableError, match="there is no page 3"):
        picture_apart(raw, PictureOrder(3))
    with pytest.raises(UnreadableError, match="damaged picture"):
        picture_apart(raw[:40], PictureOrder(1))


def drawn(raw: bytes, page: int, *quotes: str) -> Image.Image:
    return Image.open(io.BytesIO(picture_apart(raw, PictureOrder(page, quotes)))).convert("RGB")


def difference(one: object, other: object) -> int:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
