"""The row of a table with the largest or smallest figure in a column."""

import re
from collections.abc import Sequence

from corpus.models import Document, Row
from corpus.vietnamese import fold
from embeddings.syllables import tokens
from embeddings.table_labels import bare_label, is_figure, text_of

_TOTAL = re.compile(r"(?:tong|cong|toan (?:huyen|tinh|xa|thanh pho|quoc)|binh quan|chung)\b")
_NUMBER = re.compile(r"-?\d+(?:\.\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?|-?\d+\.\d+")


def figure_columns(document: Document, rows: Sequence[Row]) -> list[int]:
    """Columns of a table that hold figures, the running number of its rows apart."""
    width = min(len(row.cells) for row in rows)
    return [
        place
        for place in range(width)
        if fold(rows[0].cells[place].column).strip(" .") not in ("stt", "tt", "so tt", "so thu tu")
        and all(is_figure(text_of(document, row.cells[place])) for row in rows)
    ]


def row_with_extreme(document: Document, rows: Sequence[Row], place: int, *, most: bool) -> Row | None:
    """The row with the largest or smallest figure in a column, rows of totals apart; None if two have the same."""
    values = []
    for row in rows:
        number = _NUMBER.search(text_of(document, row.cells[place]))
        labels = (fold(text_of(document, cell)) for cell in row.cells)
        if number and not any(_TOTAL.match(label.strip(" .:")) for label in labels):
            value = float(number[0].replace(".", "").replace(",", ".")) if _grouped(number[0]) else float(number[0])
            values.append((value if most else -value, row))
    values.sort(key=lambda each: -each[0])
    if len(values) < 2 or values[0][0] == values[1][0]:  # noqa: PLR2004
        return None
    return values[0][1]


def label_of(document: Document, row: Row, noun: frozenset[str]) -> int | None:
    """Which cell names a row: one whose column or text has the word that was asked with, else the first with words."""
    worded = [place for place, cell in enumerate(row.cells) if bare_label(text_of(document, cell))]
    for place in worded:
        cell = row.cells[place]
        said = {*map(fold, tokens(cell.column)), *map(fold, tokens(text_of(document, cell))[:2])}
        if noun & said:
            return place
    return None


def _grouped(number: str) -> bool:
    """Whether stops in a number group its digits and a comma begins its decimals, as Vietnamese writes them."""
    return "," in number or re.fullmatch(r"-?\d{1,3}(?:\.\d{3})*", number) is not None
