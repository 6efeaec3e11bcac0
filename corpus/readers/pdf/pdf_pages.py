"""A PDF's pages as printed lines, ruled lines and pictures, each page turned so that most of it stands upright."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import UnreadableError
from corpus.readers.pdf.pdf_glyphs import Glyph, glyphs_of, moved, turned
from corpus.readers.pdf.pdf_letters import with_marks, without_overprints
from corpus.readers.pdf.pdf_lines import Printed
from corpus.readers.pdf.pdf_objects import FilledField, PageObjects, objects_of, read_annotations
from corpus.readers.pdf.pdf_printing import lines_of
from corpus.readers.pdf.places import Box

_REFERENCE = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_TABLE_OR_OBJECT = re.compile(rb"\s{0,20}(?:xref|\d+\s+\d+\s+obj)")
_WAITING = re.compile(r"please wait|xin vui lòng chờ", re.IGNORECASE)
_MOST_NAMES = 5


@dataclass(slots=True)
class ReadPage:
    """A page that was read.

    Attributes:
        width, height: in points, as it is read.
        lines: upright text.
        rules: as `PageObjects`.
        pictures: as `PageObjects`.
        aslant: what was printed across the page, such as a watermark.
        lost_marks: marks that belong to no letter.
        unknown: letters the fonts do not name.
        comments: notes stuck to it.
        recognised: whether its text was recognised on a picture.
        shown_height: of such a page, or one with such a picture, as it is shown, in points, whatever way its letters
            stand.
        fineness: as `PageObjects`.
        shown_turn: quarter turns clockwise from the page as it is read to the page as it is shown.
    """

    width: float
    height: float
    lines: list[Printed] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    aslant: str = ""
    lost_marks: int = 0
    unknown: int = 0
    comments: int = 0
    recognised: bool = False
    shown_height: float = 0.0
    fineness: float = 0.0
    shown_turn: int = 0


class OpenedPdf:
    """A PDF that PDFium has opened; to be closed."""

    def __init__(self, raw: bytes) -> None:
        """Open it.

        Raises:
            UnreadableError: if it is encrypted or cannot be opened.
        """
        try:
            self._document = pypdfium2.PdfDocument(raw)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
                raise UnreadableError("it is an encrypted PDF; save it without a password") from error
            raise UnreadableError("it is a damaged PDF that cannot be opened") from error
        self.damaged = _is_damaged(raw)
        self._form = self._open_form()

    def __len__(self) -> int:
        return len(self._document)

    def __enter__(self) -> "OpenedPdf":
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def attachments(self) -> tuple[int, list[str]]:
        """How many files are packed into it, and the names of the first of them."""
        count = max(self._document.count_attachments(), 0)
        names = []
        for index in range(min(count, _MOST_NAMES)):
            with suppress(pypdfium2.PdfiumError):
                names.append(self._document.get_attachment(index).get_name())
        return count, names

    def is_dynamic_form(self) -> bool:
        """Whether it is a form whose pages only Adobe's own programs make (XFA)."""
        return bool(self._document.get_formtype() == pdfium.FORMTYPE_XFA_FULL)

    def pages(self) -> Iterator[ReadPage]:
        """Its pages, one after the other; one that cannot be loaded is empty."""
        for index in range(len(self)):
            yield self.page(index)

    def page(self, index: int) -> ReadPage:
        """One page; one that cannot be loaded is empty."""
        try:
            return self._page(index)
        except pypdfium2.PdfiumError:
            return ReadPage(595.0, 842.0)

    def size(self, index: int) -> tuple[float, float]:
        """Width and height in points of a page as it is shown."""
        width, height = self._document.get_page_size(index)
        return float(width), float(height)

    def picture(self, index: int, dots_per_inch: float) -> Any:
        """A page as a picture (PIL), as it is shown."""
        page = self._document[index]
        try:
            return page.render(scale=dots_per_inch / 72).to_pil()
        finally:
            page.close()

    def _open_form(self) -> Any:
        with suppress(pypdfium2.PdfiumError):
            if self._document.get_formtype() != pdfium.FORMTYPE_NONE:
                self._document.init_forms()
        form = self._document.formenv
        return form.raw if form else None

    def _page(self, index: int) -> ReadPage:
        page = self._document[index]
        objects = PageObjects()
        prints = read_annotations(page.raw, self._form, objects)
        glyphs = glyphs_of(page.raw)
        if prints:
            page, glyphs = self._with_annotations(index, page, glyphs, objects.fields)
        found = objects_of(page.raw)
        objects.rules, objects.pictures, objects.fineness = found.rules, found.pictures, found.fineness
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page.raw, box)
        shown = page.get_rotation() // 90
        page.close()
        return _upright(glyphs, objects, Box(box.left, box.bottom, box.right, box.top), index + 1, shown)

    def _with_annotations(
        self, index: int, page: Any, glyphs: list[Glyph], fields: Sequence[FilledField]
    ) -> tuple[Any, list[Glyph]]:
        """The page with its annotations printed on it, and all letters but those that print a field's known value."""
        if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return page, glyphs
        page.close()
        page = self._document[index]
        known = Counter((glyph.text, glyph.origin) for glyph in glyphs)
        kept = []
        for glyph in glyphs_of(page.raw):
            own = known[glyph.text, glyph.origin] > 0
            known[glyph.text, glyph.origin] -= own
            if own or not any(filled.box.holds(glyph.origin, 1.0) for filled in fields):
                kept.append(glyph)
        return page, kept


def _upright(glyphs: list[Glyph], objects: PageObjects, box: Box, number: int, shown: int) -> ReadPage:
    """A page from its lower left corner on, turned so that most of its letters stand upright."""
    size = box.width, box.height
    turns = Counter(glyph.turn for glyph in glyphs if glyph.turn is not None and glyph.text.strip())
    quarters = turns.most_common(1)[0][0] if turns else 0
    glyphs = [turned(moved(glyph, -box.left, -box.bottom), quarters, size) for glyph in glyphs]
    rules = [rule.moved(-box.left, -box.bottom).turned(quarters, size) for rule in objects.rules]
    pictures = [each.moved(-box.left, -box.bottom).turned(quarters, size) for each in objects.pictures]
    fields = [
        replace(each, box=each.box.moved(-box.left, -box.bottom).turned(quarters, size)) for each in objects.fields
    ]
    width, height = size if quarters % 2 == 0 else (size[1], size[0])
    page = ReadPage(width, height, rules=rules, pictures=pictures, comments=objects.comments, fineness=objects.fineness)
    page.shown_turn = (shown - quarters) % 4
    page.unknown = sum(not glyph.text for glyph in glyphs)
    page.aslant = "".join(glyph.text for glyph in glyphs if glyph.turn is None)
    for turn in range(4):
        letters = without_overprints(glyph for glyph in glyphs if glyph.turn == turn)
        if not letters:
            continue
        own_size = (width, height) if turn % 2 == 0 else (height, width)
        letters, lost = with_marks([turned(glyph, turn, (width, height)) for glyph in letters])
        page.lost_marks += lost
        own_rules = [rule.turned(turn, (width, height)) for rule in rules]
        lines = lines_of(letters, own_rules, number)
        page.lines += [_turned_back(line, turn, own_size) for line in lines]
    _fill_in(page, fields, number)
    return page


def _turned_back(line: Printed, turn: int, size: tuple[float, float]) -> Printed:
    """A line read on the turned page, where it stands on the upright one; its words keep no places of their own."""
    if turn == 0:
        return line
    box = Box(line.left, line.bottom, line.right, line.top).turned(-turn % 4, size)
    return replace(line, left=box.left, bottom=box.bottom, right=box.right, top=box.top, words=())


def _fill_in(page: ReadPage, fields: Sequence[FilledField], number: int) -> None:
    """Put what was filled in behind the text to its left, and a tick before the text to its right."""
    for filled in fields:
        value = " ".join(filled.value.split())
        middle = filled.box.centre[1]
        beside = [line for line in page.lines if line.bottom - 4 <= middle <= line.top + 4]
        ticked = value in ("[x]", "[ ]")
        before = [line for line in beside if line.right <= filled.box.left + 4 and not ticked]
        after = [line for line in beside if line.left >= filled.box.right - 4 and ticked]
        label = max(before, key=lambda line: line.right, default=None) or min(
            after, key=lambda line: line.left, default=None
        )
        if label is not None and not _parted(page.rules, label, filled.box):
            text = f"{value} {label.text}" if ticked else f"{label.text} {value}"
            box = (min(label.left, filled.box.left), max(label.right, filled.box.right))
            page.lines[page.lines.index(label)] = replace(label, left=box[0], right=box[1], text=text, words=())
            continue
        size = min(12.0, max(filled.box.height * 0.7, 6.0))
        bottom = filled.box.top - size * 1.1
        page.lines.append(
            Printed(filled.box.left, bottom, filled.box.right, bottom + size, size, bold=False, text=value, page=number)
        )


def _parted(rules: Sequence[Box], label: Printed, box: Box) -> bool:
    middle = (label.bottom + label.top) / 2
    left, right = min(label.right, box.right), max(label.left, box.left)
    return any(rule.width == 0 and rule.bottom <= middle <= rule.top and left <= rule.left <= right for rule in rules)


def _is_damaged(raw: bytes) -> bool:
    """Whether its last table of contents is not where the file says, so that PDFium had to look for the parts."""
    found = _REFERENCE.findall(raw[-2048:])
    if not found:
        return True
    start = max(raw[:1024].find(b"%PDF-"), 0)
    return not any(_TABLE_OR_OBJECT.match(raw[at : at + 64]) for at in (int(found[-1]), int(found[-1]) + start))
