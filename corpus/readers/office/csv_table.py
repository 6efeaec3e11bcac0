"""A CSV file -> what it says: its rows with the names of their columns."""

import csv
import re
from collections import Counter
from dataclasses import replace

from corpus.article.page import Page, read_page
from corpus.cleaning import decode
from corpus.errors import UnreadableError
from corpus.readers.lines import marked_lines, repaired
from corpus.readers.office.sheet_lines import sheet_lines
from corpus.readers.plain_text import repair_warnings
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.table_rows import cell_text
from corpus.readers.unread_sentences import unread_of

_SIGNS = ";\t|,"
_SAMPLE = 50  # lines
_LONGEST_FIELD = 100_000
_DECLARED = re.compile(r"\Asep=(.)\r?\n")


def read_csv(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read a table of values set apart by commas, semicolons, tabs or bars.

    Raises:
        UnreadableError: if it is empty, binary or no table.
    """
    text = decode(raw).lstrip("\ufeff")
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    sign = declared[1] if declared else _sign(text)
    csv.field_size_limit(_LONGEST_FIELD)
    counts: Counter[str] = Counter()
    rows: list[list[str]] = []
    left = limits.cells
    try:
        for row in csv.reader(text.splitlines(), delimiter=sign):
            if left <= 0:
                counts["rows"] += any(row)
                continue
            counts["columns"] |= any(row[limits.columns :])
            rows.append([cell_text(value) for value in row[: limits.columns]])
            left -= len(rows[-1])
    except csv.Error as error:
        raise UnreadableError(f"it is no CSV file: {error}") from error
    lines, _ = repaired(list(sheet_lines(rows)))
    if not lines:
        raise UnreadableError("it is a CSV file without text")
    said, marks = marked_lines(lines)
    page = read_page("\n".join(said), marks, web=False)
    return replace(page, unread=unread_of(counts), warnings=(*page.warnings, *repair_warnings(text, text)))


def _sign(text: str) -> str:
    """What sets values apart: the sign of which most lines have the same number."""
    lines = [line for line in text.splitlines() if line.strip()][:_SAMPLE]

    def evenness(sign: str) -> tuple[int, int]:
        counts = Counter(len(next(csv.reader([line], delimiter=sign), [])) for line in lines)
        columns, lines_of_it = max(counts.items(), key=lambda each: (each[1] * (each[0] > 1), each[0]), default=(1, 0))
        return (lines_of_it if columns > 1 else 0, columns)

    return max(_SIGNS, key=evenness)
