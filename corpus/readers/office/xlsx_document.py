"""An XLSX workbook -> what it says: sheet by sheet, titles as lines, tables in rows that name their columns."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from corpus.article.page import Page, Unread, read_page
from corpus.cleaning import clean
from corpus.errors import UnreadableError
from corpus.readers.lines import Line, marked_lines, repaired
from corpus.readers.office.cell_values import shown
from corpus.readers.office.sheet_lines import sheet_lines
from corpus.readers.office_package import checked_package
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.table_rows import cell_text, spread
from corpus.readers.unread_sentences import unread_of
from corpus.readers.warning_texts import GUESSED, LEGACY

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_UNCOUNTED = re.compile(
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula without the value it had when the file was saved."""
_PLAIN_NAME = re.compile(r"(?:sheet|trang tính|bảng)\s?\d+", re.IGNORECASE)
_MOST_MERGED = 20_000


def read_xlsx(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read a workbook of Excel 2007 or later.

    Raises:
        UnreadableError: if it is no XLSX, encrypted, damaged, a trap, or without text.
    """
    checked = checked_package(raw, limits, "XLSX", "xl/")
    try:
        book = load_workbook(io.BytesIO(checked), read_only=True, data_only=True)
        counts: Counter[str] = Counter()
        lines, legacy = repaired(list(_sheets(book, checked, limits, counts)))
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        AttributeError,
        TypeError,
    ) as error:
        raise UnreadableError("it is a damaged XLSX that cannot be opened") from error
    unread = (*unread_of(counts), *_parts(checked))
    if not lines:
        raise UnreadableError(
            "; ".join(["it is an XLSX without text", *(part.sentence.rstrip(".") for part in unread)])
        )
    said, marks = marked_lines(lines)
    page = read_page("\n".join(said), marks, web=False)
    doubts = [*((GUESSED,) if page.guessed else ()), *((LEGACY,) if legacy else ())]
    return replace(page, unread=unread, warnings=(*page.warnings, *doubts))


def _sheets(book: Any, raw: bytes, limits: Limits, counts: Counter[str]) -> Iterator[Line]:
    left = limits.cells
    several = len(book.sheetnames) > 1
    struck = any(font.strike for font in book._fonts)
    for number, sheet in enumerate(book.worksheets, start=1):
        if sheet.sheet_state != "visible":
            counts["hidden_sheets"] += 1
            continue
        rows, cut = _rows(sheet, limits, left, struck=struck)
        counts.update(cut)
        left -= sum(map(len, rows))
        repeated = spread(rows, _merged(raw, sheet._worksheet_path))
        lines = list(sheet_lines(rows, repeated, number if several else None))
        if lines and several and not _PLAIN_NAME.fullmatch(sheet.title):
            yield Line(clean(sheet.title), heading=True, page=number)
        yield from lines


def _rows(sheet: Any, limits: Limits, left: int, *, struck: bool) -> tuple[list[list[str]], Counter[str]]:
    """The texts of a sheet's cells, as many as the limits allow, and how much was left out."""
    rows: list[list[str]] = []
    cut: Counter[str] = Counter()
    sheet.reset_dimensions()
    for cells in sheet.iter_rows(max_col=limits.columns + 1):
        if left <= 0:
            cut["rows"] += any(cell.value is not None for cell in cells)
            continue
        if len(cells) > limits.columns and cells[-1].value is not None:
            cut["columns"] = 1
        texts = []
        for cell in cells[: limits.columns]:
            if struck and cell.value is not None and cell.font.strike:
                cut["struck_out"] += 1
                texts.append("")
                continue
            texts.append(cell_text(shown(cell.value, getattr(cell, "number_format", None) or "General")))
        while texts and not texts[-1]:
            texts.pop()
        left -= len(texts)
        rows.append(texts)
    return rows, cut


def _merged(raw: bytes, name: str) -> Iterator[tuple[int, int, int, int]]:
    """The merged cells of a sheet as `spread` wants them, by the name of its part."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for each in _MERGED.findall(archive.read(name))[:_MOST_MERGED]:
            left, top, right, bottom = range_boundaries(each.decode())
            yield top - 1, left - 1, bottom - top + 1, right - left + 1


def _parts(raw: bytes) -> Iterator[Unread]:
    """Charts, pictures, notes and formulas that were never reckoned."""
    counts: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            counts["charts"] += re.fullmatch(r"xl/charts/chart\d+\.xml", name) is not None
            counts["pictures"] += name.startswith("xl/media/")
            if re.fullmatch(r"xl/(?:comments/)?comments?\d+\.xml", name):
                counts["comments"] += archive.read(name).count(b"<comment ")
            if name.startswith("xl/worksheets/sheet"):
                counts["formulas"] += len(_UNCOUNTED.findall(archive.read(name)))
    yield from unread_of(counts)
