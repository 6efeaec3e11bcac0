"""A table of any format -> one line a row that says what each cell is: `Tên xã: Tân Hòa | Số hộ nghèo: 47`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.cleaning import clean
from corpus.models import Cell
from corpus.vietnamese import fold

SEPARATOR = " | "
_LONGEST_CELL = 1500
"""Characters; a longer one is running text in a table that only lays out a page."""
_LONGEST_NAME = 160
_LONGEST_HEAD = 4
_FIGURE = re.compile(
    r"[-+–(]?\s*(?:\d[\d.,\s/%:-]*|[-–.]+|x)\s*(?:%|đ|đồng|triệu|tỷ|ha|km|kg|người|hộ|m2?)?\)?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:năm |quý |tháng )?(?:(?:19|20)\d\d|[IVX]{1,4}|\d{1,2}/(?:19|20)\d\d)", re.IGNORECASE)
_COLUMN_NUMBERS = re.compile(r"[(\[]?(?:\d{1,2}|[a-zđ])[)\]]?(?:\s*=.*)?", re.IGNORECASE)
_HEAD_WORDS = re.compile(
    r"(?:stt|tt|so tt|so thu tu|ho va ten|ho ten|ten|noi dung|chuc (?:vu|danh)|ghi chu|so luong|don vi|chi tieu|loai"
    r"|dia (?:diem|chi|ban)|thoi gian|danh muc|hang muc|xa|huyen|phuong|thon|linh vuc|nhiem vu|muc|ket qua|nam|ngay"
    r"|don gia|thanh tien)\b.{0,60}"
)
_OFFICIAL = re.compile(
    r"doc lap\s*[-–]\s*tu do|cong hoa xa hoi chu nghia|dang cong san viet nam|\W*noi nhan\s*:|^\W*(?:tm|kt|tl|q|tuq)\. "
)


@dataclass(slots=True)
class Grid:
    """The cells of a table, merged ones repeated in every place they cover.

    Attributes:
        rows: clean texts, all rows of one length; "" where there is nothing.
        heads: how many rows at the top the file itself marks as heads of columns; None if it does not say.
        repeated: (row, column) of places that a cell to their left or above covers too.
    """

    rows: list[list[str]]
    heads: int | None = None
    repeated: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as a line of text.

    Attributes:
        number: of the row in its grid.
        cells: by column, with their places in `text`.
    """

    text: str
    number: int
    cells: tuple[Cell, ...] = ()


def spread(rows: list[list[str]], spans: Iterable[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
    """Put the texts of merged cells in every place they cover, in place; gives the places beside the first of each.

    Args:
        rows: need not be of one length.
        spans: (row, column, how many rows, how many columns) of merged cells; what lies outside the table is ignored.
    """
    repeated: set[tuple[int, int]] = set()
    for top, left, down, across in spans:
        if top >= len(rows) or left >= len(rows[top]) or not (text := rows[top][left]):
            continue
        for at in range(top, min(top + down, len(rows))):
            row = rows[at]
            row.extend([""] * (left + across - len(row)))
            for column in range(left, left + across):
                if (at, column) != (top, left) and not row[column]:
                    row[column] = text
                    repeated.add((at, column))
    return repeated


def cell_text(text: str) -> str:
    """A cell's text on one clean line."""
    return " ".join(clean(text).split())


def is_data(grid: Grid) -> bool:
    """Whether a table holds data, and does not only lay out a page or the head and foot of an official document."""
    rows = [row for row in grid.rows if any(row)]
    own = [
        sum(bool(text) and (at, column) not in grid.repeated for column, text in enumerate(row))
        for at, row in enumerate(grid.rows)
    ]
    wide = sum(count > 1 for count in own)
    if len(rows) < 2 or wide < 2 or wide * 2 < len(rows):  # noqa: PLR2004
        return False
    texts = [text for row in rows for text in row if text]
    if max(map(len, texts)) > _LONGEST_CELL:
        return False
    return not any(_OFFICIAL.search(fold(text)) for text in texts)


def has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column of a table holds figures, its first row apart."""
    return any(_is_figures(column[1:]) for column in zip(*rows, strict=True))


def row_texts(grid: Grid) -> list[RowText]:
    """The rows below the heads, each with its columns' names; the heads stand in every row and nowhere else.

    A row with a single text in it names the group of the rows below and is put before each of them. A table of two
    columns without heads is a record: the first column names what the second says.
    """
    rows = grid.rows
    heads = grid.heads if grid.heads is not None else _count_heads(grid)
    if heads == 0 and _is_record(grid):
        return [_written(at, "", [(row[0], row[1])]) for at, row in enumerate(rows) if any(row)]
    if heads >= len(rows):
        return [
            RowText(SEPARATOR.join(dict.fromkeys(filter(None, row))), at) for at, row in enumerate(rows) if any(row)
        ]
    while heads < len(rows) - 1 and heads and _numbers_columns(rows[heads]):
        heads += 1
    names = _names(grid, heads)
    texts: list[RowText] = []
    group = ""
    for at in range(heads, len(rows)):
        row = rows[at]
        own = [(column, text) for column, text in enumerate(row) if text and not _covered(grid, at, column)]
        if not own or (at and row in rows[:heads]):
            continue
        if _names_group(own, len(row)) and at + 1 < len(rows):
            group = " ".join(text for _, text in own)
            following = rows[at + 1]
            if sum(map(bool, following)) > 1 or _names_group([(0, text) for text in following if text][:1], len(row)):
                continue
        texts.append(_written(at, "" if group in row else group, [(names[column], text) for column, text in own]))
    return texts


def _covered(grid: Grid, at: int, column: int) -> bool:
    """Whether a place is covered by a cell to its left; one covered from above says its text again."""
    return (at, column) in grid.repeated and column > 0 and grid.rows[at][column - 1] == grid.rows[at][column]


def _written(number: int, group: str, cells: Sequence[tuple[str, str]]) -> RowText:
    text = group
    places = []
    for name, value in cells:
        text += SEPARATOR if text else ""
        if name and name != value:
            text += name if name.endswith(":") else f"{name}:"
            text += " " if value else ""
        places.append(Cell(name.rstrip(" :"), len(text), len(text) + len(value)))
        text += value
    return RowText(text, number, tuple(places))


def _names(grid: Grid, heads: int) -> list[str]:
    """What each column is called: its heads from top to bottom, each once."""
    names = []
    worded = [row for row in grid.rows[:heads] if not _numbers_columns(row)] or grid.rows[:heads]
    for column in range(len(grid.rows[0])):
        said = [row[column] for row in worded if row[column]]
        distinct = [text for above, text in pairwise(["", *said]) if text != above]
        names.append(", ".join(distinct)[:_LONGEST_NAME].rstrip(" :"))
    return names


def _count_heads(grid: Grid) -> int:
    """How many rows at the top are heads, by what stands in them and below."""
    rows = grid.rows
    if len(rows) < 2 or not _could_be_head(rows[0]):  # noqa: PLR2004
        return 0
    count = 1
    while count < min(_LONGEST_HEAD, len(rows) - 1) and _goes_on(grid, count):
        count += 1
    if _is_titled(rows[0]) or count > 1:
        return count
    below = rows[count:]
    figures = [column for column in range(len(rows[0])) if _is_figures([row[column] for row in below])]
    headed = [column for column in figures if rows[0][column] and not _FIGURE.fullmatch(rows[0][column])]
    if figures and (headed or any(_YEAR.fullmatch(rows[0][column]) for column in figures)):
        return count
    return count if len(rows[0]) > 2 and not figures and all(rows[0]) and len(set(rows[0])) == len(rows[0]) else 0  # noqa: PLR2004


def _could_be_head(row: Sequence[str]) -> bool:
    filled = [text for text in row if text]
    words = [text for text in filled if not _FIGURE.fullmatch(text) or _YEAR.fullmatch(text)]
    return len(set(filled)) > 1 and len(words) == len(filled) and max(map(len, filled)) <= _LONGEST_NAME


def _is_titled(row: Sequence[str]) -> bool:
    known = sum(_HEAD_WORDS.fullmatch(fold(text).strip(" .:")) is not None for text in row if text)
    return known > 1 or (known == 1 and len(row) > 2)  # noqa: PLR2004


def _goes_on(grid: Grid, at: int) -> bool:
    """Whether a row belongs to the heads above it: they are merged there, or it numbers the columns."""
    row = grid.rows[at]
    if _numbers_columns(row):
        return True
    below_merged = any(
        (at, column) in grid.repeated and grid.rows[at - 1][column] == text for column, text in enumerate(row) if text
    )
    side_by_side = any((at - 1, column) in grid.repeated for column in range(1, len(row)))
    plain = all(not _FIGURE.fullmatch(text) or _YEAR.fullmatch(text) for text in row if text)
    return (below_merged or side_by_side) and plain and sum(map(bool, row)) > 1


def _numbers_columns(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: `(1) (2) (3)`, `A B 1 2`."""
    filled = [text for text in row if text]
    if len(filled) < 2 or not all(_COLUMN_NUMBERS.fullmatch(text) for text in filled):  # noqa: PLR2004
        return False
    numbers = [int(found[0]) for text in filled if (found := re.search(r"\d+", text.partition("=")[0]))]
    letters = len(filled) - len(numbers)
    counts_up = all(after == before + 1 for before, after in pairwise(numbers))
    begins = not numbers or numbers[0] in (1, letters + 1)
    return counts_up and begins and (len(numbers) > 1 or letters > 1)


def _is_figures(column: Sequence[str]) -> bool:
    filled = [text for text in column if text]
    return bool(filled) and sum(_FIGURE.fullmatch(text) is not None for text in filled) * 5 >= len(filled) * 4


def _is_record(grid: Grid) -> bool:
    rows = [row for row in grid.rows if any(row)]
    labelled = sum(bool(row[0]) and len(row[0]) <= _LONGEST_NAME for row in rows)
    return len(rows[0]) == 2 and labelled * 4 >= len(rows) * 3  # noqa: PLR2004


def _names_group(own: Sequence[tuple[int, str]], width: int) -> bool:
    """Whether a row says nothing but what the rows below it are: a text alone, or behind a numeral."""
    if width < 3 or not own or len(own) > 2:  # noqa: PLR2004
        return False
    numeral = len(own) == 2 and re.fullmatch(r"[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}", own[0][1].rstrip(".)")) is not None  # noqa: PLR2004
    alone = len(own) == 1 and own[0][0] <= 1
    words = not _FIGURE.fullmatch(own[-1][1]) and len(own[-1][1]) <= _LONGEST_NAME
    return words and (alone or (numeral and own[0][0] == 0 and own[1][0] == 1))
