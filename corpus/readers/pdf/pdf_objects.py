"""What PDFium finds on a page beside letters: ruled lines, pictures, filled-in fields, notes."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

from corpus.readers.pdf.places import Box

_THIN = 3.0  # points; what is thinner is a line
_LONG = 6.0  # points; what is shorter is none
_STRAIGHT = 0.7  # points
_DEEPEST = 6  # forms inside forms
_MOST_OBJECTS = 40_000  # a page; a drawn map has more, and no table
_LONGEST_VALUE = 20_000  # characters
_HIDDEN = 2  # bit of an annotation's flags
_TEXT_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_SWITCHES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field of a form, and what was filled in or ticked (`[x]`, `[ ]`)."""

    box: Box
    value: str


@dataclass(slots=True)
class PageObjects:
    """What stands on a page beside letters.

    Attributes:
        rules: horizontal and vertical lines, as boxes without height or without width.
        pictures: where pictures stand.
        fields: of a form, in the order of the file.
        comments: how many notes somebody has stuck to it.
        fineness: dots per inch of the largest picture, 0 where there is none.
    """

    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    fields: list[FilledField] = field(default_factory=list)
    comments: int = 0
    fineness: float = 0.0


def objects_of(page: Any) -> PageObjects:
    """Lines and pictures of a page.

    Args:
        page: PDFium's handle.
    """
    found = PageObjects()
    largest = 0.0
    for item, frame in islice(_items(page), _MOST_OBJECTS):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and (box := _bounds(item, frame)) is not None:
            found.pictures.append(box)
            if box.width * box.height > largest:
                largest, found.fineness = box.width * box.height, _dots_per_inch(item, box)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.rules += _rules(item, frame)
    return found


def _dots_per_inch(picture: Any, box: Box) -> float:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium.FPDFImageObj_GetImagePixelSize(picture, width, height):
        return 0.0
    return 72 * max(width.value, height.value) / max(box.width, box.height, 1.0)


def read_annotations(page: Any, form: Any, found: PageObjects) -> bool:
    """Read the fields of a form and count notes; says whether any annotation prints something.

    Args:
        page: PDFium's handle.
        form: of the document's form, None if it has none.
        found: is completed.
    """
    count = pdfium.FPDFPage_GetAnnotCount(page)
    prints = False
    for index in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                continue
            prints = prints or kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
            if kind == pdfium.FPDF_ANNOT_WIDGET and form:
                found.fields += _filled(annotation, form)
            elif kind in (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_HIGHLIGHT) and _said(annotation, b"Contents"):
                found.comments += 1
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return prints


def _filled(annotation: Any, form: Any) -> Iterator[FilledField]:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, box):
        return
    place = Box(min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top))
    if kind in _SWITCHES:
        yield FilledField(place, "[x]" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "[ ]")
    elif kind in _TEXT_FIELDS:
        length = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
        buffer = ctypes.create_string_buffer(min(length, 2 * _LONGEST_VALUE))
        pdfium.FPDFAnnot_GetFormFieldValue(
            form, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), len(buffer)
        )
        value = buffer.raw.decode("utf-16-le", "replace").split("\x00")[0]
        if value.strip():
            yield FilledField(place, value)


def _said(annotation: Any, key: bytes) -> bool:
    return bool(pdfium.FPDFAnnot_HasKey(annotation, key)) and (
        pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0) > 2  # noqa: PLR2004 - an empty string has two bytes
    )


_Frame = tuple[float, float, float, float, float, float]
_UNMOVED: _Frame = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _items(page: Any) -> Iterator[tuple[Any, _Frame]]:
    """The objects of a page and of forms in it, each with the matrix of the form it lies in."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _inside(pdfium.FPDFPage_GetObject(page, index), _UNMOVED, 0)


def _inside(item: Any, frame: _Frame, depth: int) -> Iterator[tuple[Any, _Frame]]:
    if not item:
        return
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, frame
    elif depth < _DEEPEST:
        inner = _joined(_matrix(item), frame)
        for index in range(max(pdfium.FPDFFormObj_CountObjects(item), 0)):
            yield from _inside(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _matrix(item: Any) -> _Frame:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _UNMOVED
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _joined(first: _Frame, second: _Frame) -> _Frame:
    (a, b, c, d, e, f), (m, n, o, p, q, r) = first, second
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def _moved(x: float, y: float, frame: _Frame) -> tuple[float, float]:
    a, b, c, d, e, f = frame
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: Any, frame: _Frame) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    xs, ys = zip(
        *(_moved(x, y, frame) for x in (left.value, right.value) for y in (bottom.value, top.value)), strict=True
    )
    return Box(min(xs), min(ys), max(xs), max(ys))


def _rules(item: Any, frame: _Frame) -> Iterator[Box]:
    """The straight lines of a path; of a shape that is filled only its middle, if it is as thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value:
        if fill.value and (box := _bounds(item, frame)) is not None and (rule := _thin(box)) is not None:
            yield rule
        return
    matrix = _joined(_matrix(item), frame)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(item), _MOST_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(x.value, y.value, matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and (rule := _straight(last, point)) is not None:
            yield rule
        if pdfium.FPDFPathSegment_GetClose(segment) and (rule := _straight(point, start)) is not None:
            yield rule
        last = point


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Box | None:
    (left, right), (bottom, top) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if right - left < _STRAIGHT and top - bottom >= _LONG:
        return Box((left + right) / 2, bottom, (left + right) / 2, top)
    if top - bottom < _STRAIGHT and right - left >= _LONG:
        return Box(left, (bottom + top) / 2, right, (bottom + top) / 2)
    return None


def _thin(box: Box) -> Box | None:
    x, y = box.centre
    if box.width <= _THIN and box.height >= _LONG:
        return Box(x, box.bottom, x, box.top)
    if box.height <= _THIN and box.width >= _LONG:
        return Box(box.left, y, box.right, y)
    return None
