"""Rows of tables as RTF defines and fills them."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """A row of a table as it is defined and filled."""

    head: bool = False
    merges: list[tuple[bool, bool]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


def merged_cells(rows: list[Row]) -> Iterator[tuple[int, int, int, int]]:
    """Merged cells as `spread` wants them."""
    for at, row in enumerate(rows):
        for column, (across, down) in enumerate(row.merges):
            if across or down:
                continue
            width = 1
            while column + width < len(row.merges) and row.merges[column + width][0]:
                width += 1
            height = 1
            while (
                at + height < len(rows)
                and column < len(rows[at + height].merges)
                and rows[at + height].merges[column][1]
            ):
                height += 1
            if width > 1 or height > 1:
                yield at, column, height, width
