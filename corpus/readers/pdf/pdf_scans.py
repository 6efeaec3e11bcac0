"""Pages of a PDF that are pictures, recognised: which they are, and what they say."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2

from corpus.article.page import Unread
from corpus.readers.pdf.pdf_pages import OpenedPdf, ReadPage
from corpus.readers.pdf.recognised_lines import recognised_lines
from corpus.readers.reader_limits import Limits
from corpus.readers.recognition.page_picture import COARSEST, FINEST
from corpus.readers.recognition.recogniser import Reading, recognise
from corpus.recognised_words import UNSURE

STAMP = 60
"""Characters a page; a scanner or an electronic signature prints as many."""
_PICTURE = 0.5  # share of a page
_MOST_UNKNOWN = 0.1
_MOST_PIXELS = 40_000_000
_NAMED = 10


@dataclass(slots=True)
class Scans:
    """What became of the pages that are pictures.

    Attributes:
        recognised: numbers of those that were recognised.
        left: numbers of those that were not, for want of time or because they are too many.
        ink: bits of ink on them that are no words.
    """

    recognised: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    ink: int = 0


def scanned(pages: Sequence[ReadPage]) -> list[int]:
    """Numbers, from 1, of the pages that have to be recognised: pictures, and letters that no font names."""
    return [number for number, page in enumerate(pages, start=1) if _is_scanned(page)]


def _is_scanned(page: ReadPage) -> bool:
    letters = sum(len(line.text) for line in page.lines)
    if page.unknown > (letters + page.unknown) * _MOST_UNKNOWN:
        return True
    if letters >= STAMP:
        return False
    covered = sum(min(picture.width, page.width) * min(picture.height, page.height) for picture in page.pictures)
    return covered >= _PICTURE * page.width * page.height or not letters


def recognise_pages(opened: OpenedPdf, pages: list[ReadPage], numbers: Sequence[int], limits: Limits) -> Scans:
    """Recognise pages, in place.

    Args:
        opened: the PDF.
        pages: what was read of all its pages.
        numbers: of those to recognise, from 1.
        limits: of the file.
    """
    found = Scans(left=list(numbers[limits.recognised_pages :]))
    taken = numbers[: limits.recognised_pages]
    readings = recognise(_pictures(opened, pages, taken), limits)
    for number, reading in zip(taken, readings, strict=False):
        if reading is None:
            found.left.append(number)
            continue
        page, ink = page_of(reading, _shown_size(pages[number - 1], reading), number)
        found.ink += ink
        found.recognised.append(number)
        printed = pages[number - 1]
        pages[number - 1] = replace(page, comments=printed.comments, pictures=printed.pictures)
    found.left.sort()
    return found


def page_of(reading: Reading, shown: tuple[float, float], number: int) -> tuple[ReadPage, int]:
    """A recognised picture as a page, and how many bits of ink on it are no words.

    Args:
        reading: of the picture.
        shown: width and height in points of the page as it is shown.
        number: of the page.
    """
    size = shown if reading.picture.quarters % 2 == 0 else (shown[1], shown[0])
    lines = recognised_lines(reading.words, reading.picture, size, number)
    return ReadPage(*size, lines=lines.lines, rules=lines.rules, recognised=True, shown_height=shown[1]), lines.ink


def unread_scans(scans: Scans, limits: Limits) -> Iterator[Unread]:
    """What of the pictures is in no text."""
    if scans.left:
        count = len(scans.left)
        what = "1 scanned page was" if count == 1 else f"{count} scanned pages were"
        bounds = f"{limits.recognised_pages} pages, {limits.recognising_seconds / 60:g} minutes"
        yield Unread("scans", count, f"{what} not recognised ({bounds} a file), page {_some(scans.left)}; split it.")
    if scans.ink:
        what = "1 bit of ink on its pages is" if scans.ink == 1 else f"{scans.ink} bits of ink on its pages are"
        yield Unread("ink", scans.ink, f"{what} no words that could be recognised: stamps, signatures, stains.")


def doubts_of_scans(pages: Sequence[ReadPage]) -> tuple[str, ...]:
    """What people are told of words that were recognised without certainty."""
    words = [
        (word, line.text[word.start : word.end], number)
        for number, page in enumerate(pages, start=1)
        for line in page.lines
        for word in line.words
        if word.shown is not None
    ]
    unsure = [(text, number) for word, text, number in words if word.confidence < UNSURE]
    if not words:
        return ()
    count = len({number for *_, number in words})
    said = "Its text was recognised on " + ("a picture of its page" if count == 1 else f"pictures of {count} pages")
    if not unsure:
        return (f"{said}; compare names and figures with the paper.",)
    on = list(dict.fromkeys(number for _, number in unsure))
    some = ", ".join(dict.fromkeys(text for text, _ in unsure[:5]))
    return (f"{said}; {len(unsure)} of {len(words)} words are uncertain, on page {_some(on)}: {some}.",)


def _some(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:_NAMED])) + (" and others" if len(numbers) > _NAMED else "")


def _shown_size(page: ReadPage, reading: Reading) -> tuple[float, float]:
    """The size of a page as it is shown, in points: as its picture lies, whatever way its letters were turned."""
    width, height = reading.picture.size if reading.picture.quarters % 2 == 0 else reading.picture.size[::-1]
    short, long = sorted((page.width, page.height))
    return (long, short) if width > height else (short, long)


def _pictures(opened: OpenedPdf, pages: Sequence[ReadPage], numbers: Sequence[int]) -> Iterator[tuple[Any, float]]:
    for number in numbers:
        page = pages[number - 1]
        fineness = min(max(page.fineness or COARSEST, COARSEST), FINEST)
        most = 72 * (_MOST_PIXELS / max(page.width * page.height, 1.0)) ** 0.5
        dots_per_inch = min(fineness, most)
        picture = None
        with suppress(pypdfium2.PdfiumError):
            picture = opened.picture(number - 1, dots_per_inch)
        yield picture, dots_per_inch
