"""The rows of a sheet -> lines of text and tables: titles above a table, the table, what stands below it."""

from collections.abc import Collection, Iterator, Sequence

from corpus.readers.lines import Line
from corpus.readers.table_rows import Grid, is_data

Rows = Sequence[Sequence[str]]


def sheet_lines(rows: Rows, repeated: Collection[tuple[int, int]] = (), page: int | None = None) -> Iterator[Line]:
    """The lines of a sheet.

    Args:
        rows: the texts of its cells, merged ones in every place they cover; rows need not be of one length.
        repeated: places that a cell to the left or above covers too.
        page: the sheet's number, None where there is one only.
    """
    width = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    for first, last in _blocks(filled):
        yield from _block(filled, first, last, set(repeated), page)


def _blocks(rows: Rows) -> Iterator[tuple[int, int]]:
    """Runs of rows without an empty one between them."""
    start = None
    for at, row in enumerate(rows):
        if any(row):
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(rows)


def _block(rows: Rows, first: int, last: int, repeated: set[tuple[int, int]], page: int | None) -> Iterator[Line]:
    wide = [at for at in range(first, last) if _own(rows, at, repeated) > 1]
    table = _table(rows, wide[0], wide[-1] + 1, repeated) if wide else None
    while table is None and len(wide) > 2:  # noqa: PLR2004 - a letterhead above the table
        wide = wide[1:]
        table = _table(rows, wide[0], wide[-1] + 1, repeated)
    if table is None:
        yield from _texts(rows, first, last, page)
        return
    yield from _texts(rows, first, wide[0], page)
    yield Line("", grid=table, page=page)
    yield from _texts(rows, wide[-1] + 1, last, page)


def _own(rows: Rows, at: int, repeated: set[tuple[int, int]]) -> int:
    """How many different cells of a row say something."""
    return sum(
        bool(text) and not _covered_from_left(rows, at, column, repeated) for column, text in enumerate(rows[at])
    )


def _covered_from_left(rows: Rows, at: int, column: int, repeated: set[tuple[int, int]]) -> bool:
    return column > 0 and (at, column) in repeated and rows[at][column - 1] == rows[at][column]


def _table(rows: Rows, first: int, last: int, repeated: set[tuple[int, int]]) -> Grid | None:
    inside = [list(row) for row in rows[first:last]]
    kept = [column for column in range(len(inside[0])) if any(row[column] for row in inside)]
    grid = Grid(
        [[row[column] for column in kept] for row in inside],
        repeated={(at - first, kept.index(column)) for at, column in repeated if first <= at < last and column in kept},
    )
    return grid if is_data(grid) else None


def _texts(rows: Rows, first: int, last: int, page: int | None) -> Iterator[Line]:
    """The texts of rows that are no table, each cell a line; what is merged over several rows once."""
    said: set[tuple[int, str]] = set()
    for row in rows[first:last]:
        before = ""
        now: set[tuple[int, str]] = set()
        for column, text in enumerate(row):
            if text and text != before and (column, text) not in said:
                yield Line(text, page=page)
            if text:
                now.add((column, text))
            before = text
        said = now
