"""A picture of a page, or of several (TIFF) -> what it says, recognised as scanned pages are."""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from PIL import Image, ImageOps, ImageSequence

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.readers.pdf.pdf_document import repair, understand
from corpus.readers.pdf.pdf_pages import ReadPage
from corpus.readers.pdf.pdf_scans import Scans, doubts_of_scans, page_of, unread_scans
from corpus.readers.programs import recognises
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.recognition.page_picture import FINEST
from corpus.readers.recognition.recogniser import recognise

_PAPER = 8.27  # inches, the short side of A4
_LIKELY = range(100, 700)
"""Dots per inch that a picture of a page may truly have; cameras and programs that do not know say 72 or 96."""
_MOST_PIXELS = 100_000_000
_LEAST = 60  # pixels
_COARSE = 90  # dots per inch; letters of ordinary size have no marks then


def read_picture(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read a picture that shows text.

    Raises:
        UnreadableError: if Tesseract is missing, it is no picture, too large, or shows no text.
    """
    if not recognises():
        raise UnreadableError("it is a picture; install Tesseract to have its text recognised (danvan doctor says how)")
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            return _read(picture, limits)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableError("it is a damaged picture that cannot be opened") from error


def frame(raw: bytes, number: int) -> tuple[Image.Image, float]:
    """A page of a picture as it is shown, and its dots per inch.

    Raises:
        UnreadableError: if it is no picture, too large, or has no such page.
    """
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            count = getattr(picture, "n_frames", 1)
            if not 1 <= number <= count:
                raise UnreadableError(f"it is a picture of {count} pages; there is no page {number}")
            picture.seek(number - 1)
            if picture.width * picture.height > _MOST_PIXELS:
                raise UnreadableError(f"it is a picture of more than {_MOST_PIXELS // 1_000_000} million dots")
            upright = ImageOps.exif_transpose(picture)
            return upright.convert("RGB"), _dots_per_inch(upright)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableError("it is a damaged picture that cannot be opened") from error


def _read(picture: Image.Image, limits: Limits) -> Page:
    count = getattr(picture, "n_frames", 1)
    if min(picture.size) < _LEAST:
        raise UnreadableError("it is a picture too small to show a text")
    if picture.width * picture.height > _MOST_PIXELS:
        raise UnreadableError(f"it is a picture of more than {_MOST_PIXELS // 1_000_000} million dots; make it smaller")
    scans = Scans(left=list(range(limits.recognised_pages + 1, count + 1)))
    pages: list[ReadPage] = []
    finenesses: list[float] = []
    for number, reading in enumerate(recognise(_frames(picture, limits, finenesses), limits), start=1):
        if reading is None:
            scans.left.append(number)
            pages.append(ReadPage(595.0, 842.0, recognised=True))
            continue
        width, height = reading.picture.size if reading.picture.quarters % 2 == 0 else reading.picture.size[::-1]
        points = 72 / finenesses[number - 1]
        page, ink = page_of(reading, (width * points, height * points), number)
        pages.append(page)
        scans.recognised.append(number)
        scans.ink += ink
    scans.left.sort()
    repair(pages)
    if not any(page.lines for page in pages):
        raise UnreadableError("no text could be recognised on the picture")
    understood = understand(pages)
    warnings = (*understood.warnings, *doubts_of_scans(pages))
    if min(finenesses) < _COARSE:
        warnings = (*warnings, "The picture is coarse: small letters are easily mistaken; scan it at 200 dpi or finer.")
    return replace(understood, unread=(*understood.unread, *unread_scans(scans, limits)), warnings=warnings)


def _frames(
    picture: Image.Image, limits: Limits, finenesses: list[float]
) -> Iterator[tuple[Image.Image | None, float]]:
    """The pictures in a file, turned as their camera says, and their dots per inch, which are noted too."""
    for frame in islice(ImageSequence.Iterator(picture), limits.recognised_pages):
        if frame.width * frame.height > _MOST_PIXELS:
            finenesses.append(float(FINEST))
            yield None, float(FINEST)
            continue
        upright = ImageOps.exif_transpose(frame)
        fineness = _dots_per_inch(upright)
        finenesses.append(fineness)
        yield upright.copy(), fineness


def _dots_per_inch(picture: Image.Image) -> float:
    """Of a picture that says so believably; else as if it showed a page of A4."""
    said = picture.info.get("dpi")
    across = float(said[0]) if isinstance(said, tuple) and said and said[0] else 0.0
    guessed = min(picture.size) / _PAPER
    if round(across) in _LIKELY and guessed / 3 <= across <= guessed * 3:
        return across
    return max(guessed, 50.0)
