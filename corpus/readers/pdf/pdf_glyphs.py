"""The letters PDFium finds on a page, each with its place, size and direction."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from corpus.readers.pdf.places import Box, turned_point

_QUARTER = math.pi / 2
_ASLANT = 0.09  # radians (5 degrees); scanners feed paper no straighter
_BOLD_WEIGHT = 600
_HYPHENS = frozenset((0x02, 0xFFFE))
"""What PDFium gives for a hyphen at the end of a line."""
_SURROGATES = range(0xD800, 0xE000)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_NAME_LENGTH = 128


@dataclass(slots=True)
class Glyph:
    """One printed letter.

    Attributes:
        text: what it reads as; "" if the font does not say.
        room: what it takes up in its line.
        ink: what of it is seen.
        origin: the point it was set at, on the base line.
        size: of the letters, in points.
        turn: quarter turns counter-clockwise it is printed with, 0 to 3; None for aslant.
        order: its place in the order of printing.
    """

    text: str
    room: Box
    ink: Box
    origin: tuple[float, float]
    size: float
    bold: bool
    turn: int | None
    order: int


def glyphs_of(page: Any) -> list[Glyph]:
    """All letters of a page that somebody set; the spaces and line ends PDFium adds of its own are left out.

    Args:
        page: PDFium's handle.
    """
    text = pdfium.FPDFText_LoadPage(page)
    try:
        return list(_glyphs(text))
    finally:
        pdfium.FPDFText_ClosePage(text)


def moved(glyph: Glyph, across: float, up: float) -> Glyph:
    """The glyph somewhere else on the page."""
    if not across and not up:
        return glyph
    x, y = glyph.origin
    return replace(
        glyph, room=glyph.room.moved(across, up), ink=glyph.ink.moved(across, up), origin=(x + across, y + up)
    )


def turned(glyph: Glyph, quarters: int, size: tuple[float, float]) -> Glyph:
    """The glyph after its page (width, height) was turned clockwise by quarters."""
    if not quarters:
        return glyph
    return replace(
        glyph,
        room=glyph.room.turned(quarters, size),
        ink=glyph.ink.turned(quarters, size),
        origin=turned_point(glyph.origin, quarters, size),
        turn=None if glyph.turn is None else (glyph.turn - quarters) % 4,
    )


def _glyphs(text: Any) -> Iterator[Glyph]:
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    fonts = _Fonts(text)
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _SURROGATES and not high:
            high = code
            continue
        letter = _letter(code, high, unknown=pdfium.FPDFText_HasUnicodeMapError(text, index) == 1)
        high = 0
        pdfium.FPDFText_GetLooseCharBox(text, index, loose)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        angle = math.atan2(matrix.b, matrix.a)
        quarters = round(angle / _QUARTER)
        yield Glyph(
            letter,
            Box(loose.left, loose.bottom, loose.right, loose.top),
            Box(left.value, bottom.value, right.value, top.value),
            (x.value, y.value),
            pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d),
            fonts.is_bold(index),
            quarters % 4 if abs(angle - quarters * _QUARTER) < _ASLANT else None,
            index,
        )


def _letter(code: int, high: int, *, unknown: bool) -> str:
    if code in _HYPHENS:
        return "-"
    if high and code in _SURROGATES:
        return bytes((high >> 8, high & 255, code >> 8, code & 255)).decode("utf-16-be", "replace")
    if unknown or not code or code in _SURROGATES:
        return ""
    return _LIGATURES.get(chr(code), chr(code))


class _Fonts:
    """Which letters are bold, asked once for each run of letters that were set together."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._known: dict[int, bool] = {}
        self._name = ctypes.create_string_buffer(_NAME_LENGTH)

    def is_bold(self, index: int) -> bool:
        run = pdfium.FPDFText_GetTextObject(self._text, index)
        key = ctypes.addressof(run.contents) if run else 0
        if key not in self._known or not key:
            pdfium.FPDFText_GetFontInfo(self._text, index, self._name, _NAME_LENGTH, None)
            name = self._name.value.lower()
            heavy = pdfium.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT
            self._known[key] = heavy or b"bold" in name or b"black" in name
        return self._known[key]
