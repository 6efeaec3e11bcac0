"""A page of a PDF, or of a picture of pages, drawn with what is quoted framed on it."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from corpus.errors import UnreadableError
from corpus.readers.kinds import kind_of_bytes
from corpus.readers.pdf.pdf_document import repair
from corpus.readers.pdf.pdf_pages import OpenedPdf
from corpus.readers.pdf.pdf_quotes import quoted_boxes
from corpus.readers.pdf.picture_document import frame
from corpus.readers.pdf.places import Box, around
from corpus.readers.picture_order import PictureOrder

DOTS_PER_INCH = 144
_MOST_PIXELS = 12_000_000
_QUALITY = 82
_Corners = tuple[float, float, float, float]
_MARKED = (255, 231, 160)
_FRAME = (143, 29, 29)
_MARGIN = 4.0  # points between words and their frame
_NEXT_LINE = 2.2  # of a line's height; what is farther off has a frame of its own


def picture(raw: bytes, wanted: PictureOrder) -> bytes:
    """A page as WebP.

    Args:
        raw: a PDF, or a picture of a page or of several.
        wanted: which page, and what is framed on it; words are looked for in PDFs alone.

    Raises:
        UnreadableError: if the file cannot be opened or has no such page.
    """
    drawn, scale, groups = _of_pdf(raw, wanted) if kind_of_bytes(raw) == ".pdf" else _of_picture(raw, wanted)
    for group in groups:
        drawn = _framed(drawn, [Box(*box) for box in group], scale)
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=_QUALITY, method=3)
    return out.getvalue()


def _of_pdf(raw: bytes, wanted: PictureOrder) -> tuple[Any, float, list[list[_Corners]]]:
    """The page, its pixels a point, and the boxes to frame together."""
    with OpenedPdf(raw) as opened:
        if not 1 <= wanted.page <= len(opened):
            raise UnreadableError(f"it is a PDF of {len(opened)} pages; there is no page {wanted.page}")
        width, height = opened.size(wanted.page - 1)
        scale = min(DOTS_PER_INCH / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        drawn = opened.picture(wanted.page - 1, 72 * scale).convert("RGB")
        groups = [list(wanted.boxes)] if wanted.boxes else []
        if wanted.quotes and not wanted.boxes:
            page = opened.page(wanted.page - 1)
            repair([page])
            for quote in wanted.quotes:
                boxes = [box.turned(page.shown_turn, (page.width, page.height)) for box in quoted_boxes(page, quote)]
                groups.append([(box.left, height - box.top, box.right, height - box.bottom) for box in boxes])
    return drawn, drawn.width / width if width else 1.0, groups


def _of_picture(raw: bytes, wanted: PictureOrder) -> tuple[Any, float, list[list[_Corners]]]:
    shown, dots_per_inch = frame(raw, wanted.page)
    smaller = min(1.0, DOTS_PER_INCH / dots_per_inch, (_MOST_PIXELS / (shown.width * shown.height)) ** 0.5)
    drawn = shown.resize((max(round(shown.width * smaller), 1), max(round(shown.height * smaller), 1)))
    return drawn, dots_per_inch * smaller / 72, [list(wanted.boxes)]


def _framed(drawn: Any, boxes: Sequence[Box], scale: float) -> Any:
    """The picture with words coloured and frames around them; boxes in points, y downwards."""
    layer = Image.new("RGB", drawn.size, (255, 255, 255))
    colour = ImageDraw.Draw(layer)
    for box in boxes:
        colour.rectangle(_pixels(box, scale, 1.0), fill=_MARKED)
    drawn = ImageChops.multiply(drawn, layer)
    pen = ImageDraw.Draw(drawn)
    thick = max(round(scale * 1.2), 2)
    for outline in _frames(boxes):
        pen.rounded_rectangle(_pixels(outline, scale, _MARGIN), radius=6, outline=_FRAME, width=thick)
    return drawn


def _pixels(box: Box, scale: float, margin: float) -> tuple[float, float, float, float]:
    left, top = (box.left - margin) * scale, (box.bottom - margin) * scale
    right, bottom = (box.right + margin) * scale, (box.top + margin) * scale
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _frames(boxes: Sequence[Box]) -> Iterator[Box]:
    """Boxes around lines that follow each other in one column."""
    together: list[Box] = []
    for box in boxes:
        if together and not (_next_line(together[-1], box) or _near(around(together), box)):
            yield around(together)
            together = []
        together.append(box)
    if together:
        yield around(together)


def _near(box: Box, after: Box) -> bool:
    """Whether the space between is that between words or lines, whatever way they run."""
    space = min(after.width, after.height)
    return (
        after.left - space <= box.right
        and box.left <= after.right + space
        and after.bottom - space <= box.top
        and box.bottom <= after.top + space
    )


def _next_line(box: Box, after: Box) -> bool:
    height = max(box.height, after.height, 1.0)
    return -height < after.bottom - box.bottom < _NEXT_LINE * height
