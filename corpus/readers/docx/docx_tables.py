"""Tables of a DOCX as grids: merged cells repeated, head rows as the file marks them."""

from collections.abc import Callable
from typing import Any

from corpus.readers.docx.docx_package import W
from corpus.readers.table_rows import Grid

_OFF = ("0", "false", "off")
_MOST_COLUMNS = 1000


def rows_of(table: Any) -> list[Any]:
    """A table's own rows, those of tables inside it not among them."""
    return [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]


def cells_of(row: Any) -> list[Any]:
    """A row's own cells."""
    return [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]


def grid_of(table: Any, text_of: Callable[[Any], str]) -> Grid:
    """The texts of a table's cells.

    Args:
        table: the element.
        text_of: gives the text of a cell; called once for each, in reading order.
    """
    rows: list[list[str]] = []
    repeated: set[tuple[int, int]] = set()
    for at, row in enumerate(rows_of(table)):
        texts = [""] * min(_number(row, "trPr/gridBefore"), _MOST_COLUMNS)
        for cell in cells_of(row):
            text = text_of(cell)
            column = len(texts)
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            if goes_on and rows and column < len(rows[-1]) and not text:
                text = rows[-1][column]
                repeated.add((at, column))
            width = min(max(_number(cell, "tcPr/gridSpan"), 1), _MOST_COLUMNS)
            texts += [text] * width
            repeated.update((at, column + further) for further in range(1, width))
        rows.append(texts)
    most = max(map(len, rows), default=0)
    heads = 0
    for row in rows_of(table):
        if not _is_head(row):
            break
        heads += 1
    return Grid([[*row, *[""] * (most - len(row))] for row in rows], heads or None, repeated)


def _is_head(row: Any) -> bool:
    switch = row.find(f"{W}trPr/{W}tblHeader")
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    value = found.get(f"{W}val", "") if found is not None else ""
    return int(value) if value.isdigit() else 0
