"""Pictures on pages that hold text beside them, recognised where they stand: a decision pasted in, a table."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pypdfium2

from corpus.readers.pdf.pdf_lines import Printed
from corpus.readers.pdf.pdf_pages import OpenedPdf, ReadPage
from corpus.readers.pdf.pdf_scans import page_of
from corpus.readers.pdf.places import Box
from corpus.readers.reader_limits import Limits
from corpus.readers.recognition.page_picture import COARSEST, FINEST
from corpus.readers.recognition.recogniser import Reading, recognise
from corpus.recognised_words import UNSURE

_PICTURE = 0.1  # share of a page from which a picture may hold text that matters
_LEAST_WORDS = 3
_SURE = 0.5
"""Share of the words on a picture that must be certain, or it shows something else than text."""


def large_pictures(page: ReadPage) -> list[Box]:
    """The pictures without any printed text on them that take up much of a page."""
    area = page.width * page.height
    return [
        picture
        for picture in page.pictures
        if picture.width * picture.height >= _PICTURE * area
        and not any(picture.holds(((line.left + line.right) / 2, (line.bottom + line.top) / 2)) for line in page.lines)
    ]


def recognise_insets(opened: OpenedPdf, pages: Sequence[ReadPage], limits: Limits) -> None:
    """Recognise the large pictures on pages with text, in place; the lines found stand where the picture does.

    Of what is not recognised the pages go on saying that there is a picture without text.

    Args:
        opened: the PDF.
        pages: what was read of all its pages.
        limits: of the file, less what its scanned pages have taken.
    """
    if limits.recognising_seconds <= 0:
        return
    insets = [
        (number, box)
        for number, page in enumerate(pages, start=1)
        if page.lines and not page.recognised
        for box in large_pictures(page)
    ][: max(limits.recognised_pages, 0)]
    found: dict[int, list[Printed]] = {}
    for (number, box), reading in zip(insets, recognise(_pictures(opened, pages, insets), limits), strict=True):
        if reading is not None and _is_text(reading):
            shown = _as_shown(pages[number - 1], box)
            inset, _ = page_of(reading, (shown.width, shown.height), number)
            found.setdefault(number, []).extend(_lines_in(box, inset, shown))
    for number, lines in found.items():
        page = pages[number - 1]
        page.shown_height = _shown_height(page)
        page.lines = sorted([*page.lines, *lines], key=lambda line: -line.bottom)


def seconds_left(limits: Limits, began: float) -> float:
    """Of the time for recognising, what is left since a moment of the monotonic clock."""
    return limits.recognising_seconds - (time.monotonic() - began)


def _pictures(
    opened: OpenedPdf, pages: Sequence[ReadPage], insets: Sequence[tuple[int, Box]]
) -> Iterator[tuple[Any, float]]:
    for number, box in insets:
        page = pages[number - 1]
        dots_per_inch = min(max(page.fineness or COARSEST, COARSEST), FINEST)
        scale, cut = dots_per_inch / 72, None
        with suppress(pypdfium2.PdfiumError):
            whole = opened.picture(number - 1, dots_per_inch)
            shown, height = _as_shown(page, box), _shown_height(page)
            edges = (shown.left, height - shown.top, shown.right, height - shown.bottom)
            cut = whole.crop(tuple(round(edge * scale) for edge in edges))
        yield cut, dots_per_inch


def _is_text(reading: Reading) -> bool:
    words = [word for word in reading.words if any(map(str.isalnum, word.text))]
    return len(words) >= _LEAST_WORDS and sum(word.confidence >= UNSURE for word in words) >= _SURE * len(words)


def _as_shown(page: ReadPage, box: Box) -> Box:
    """Where a box of a page as it is read lies on the page as it is shown."""
    return box.turned(page.shown_turn, (page.width, page.height))


def _shown_height(page: ReadPage) -> float:
    return page.height if page.shown_turn % 2 == 0 else page.width


def _lines_in(box: Box, inset: ReadPage, shown: Box) -> Iterator[Printed]:
    """The lines of a picture where it stands on the page, made smaller where it lies there on its side.

    Args:
        box: of the picture on the page as it is read.
        inset: the picture upright.
        shown: its box on the page as it is shown, where its words keep their places.
    """
    share = min(1.0, box.width / inset.width, box.height / inset.height)

    def across(x: float) -> float:
        return box.left + x * share

    for line in inset.lines:
        yield replace(
            line,
            left=across(line.left),
            right=across(line.right),
            bottom=box.top - (inset.height - line.bottom) * share,
            top=box.top - (inset.height - line.top) * share,
            size=line.size * share,
            words=tuple(
                replace(
                    word,
                    left=across(word.left),
                    right=across(word.right),
                    shown=word.shown and word.shown.moved(shown.left, shown.bottom),
                )
                for word in line.words
            ),
        )
