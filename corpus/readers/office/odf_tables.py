"""Tables of OpenDocument as grids: repeated cells and rows written out, merged ones in every place they cover."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from corpus.readers.office.odf_names import TABLE
from corpus.readers.reader_limits import Limits
from corpus.readers.table_rows import Grid, spread

_MOST_REPEATED = 5000
"""Times that a row with text in it may be said to stand there again."""


def odf_grid(table: Any, text_of: Callable[[Any], str], limits: Limits) -> tuple[Grid, Counter[str]]:
    """The texts of a table's cells, and how much of it is beyond the limits.

    Args:
        table: the element.
        text_of: gives the text of a cell; called once for each that is not covered by another.
        limits: of columns and cells.
    """
    rows: list[list[str]] = []
    spans: list[tuple[int, int, int, int]] = []
    cut: Counter[str] = Counter()
    cells = heads = 0
    for row, in_head in _rows(table):
        if cells > limits.cells:
            cut["rows"] += 1
            continue
        texts: list[str] = []
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            text = text_of(cell) if cell.tag == f"{TABLE}table-cell" else ""
            spans.append(
                (len(rows), len(texts), _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned"))
            )
            times = min(_number(cell, "number-columns-repeated"), limits.columns + 1 - len(texts))
            texts += [text] * max(times, 0)
        cut["columns"] |= any(texts[limits.columns :])
        texts = texts[: limits.columns]
        while texts and not texts[-1]:
            texts.pop()
        heads += in_head and heads == len(rows)
        times = min(_number(row, "number-rows-repeated"), _MOST_REPEATED) if texts else 1
        rows += [list(texts) for _ in range(times)]
        cells += times * len(texts)
    most = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (most - len(row))] for row in rows]
    repeated = spread(filled, ((top, left, down, min(across, most - left)) for top, left, down, across in spans))
    return Grid(filled, heads or None, repeated), +cut


def _rows(table: Any) -> Iterator[tuple[Any, bool]]:
    """A table's own rows, and whether the file calls them heads."""
    for row in table.iter(f"{TABLE}table-row"):
        outer = list(row.iterancestors())
        if next(each for each in outer if each.tag == f"{TABLE}table") is table:
            yield row, any(each.tag == f"{TABLE}table-header-rows" for each in outer)


def _number(element: Any, name: str) -> int:
    value = element.get(f"{TABLE}{name}", "1")
    return max(int(value), 1) if value.isdigit() and len(value) < 8 else 1  # noqa: PLR2004
