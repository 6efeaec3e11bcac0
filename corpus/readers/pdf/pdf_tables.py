"""Tables on a page: by the rules around their cells, or by columns that stand below each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.readers.pdf.pdf_grids import Ruled, ruled_grids
from corpus.readers.pdf.pdf_lines import Printed, Word
from corpus.readers.pdf.places import Box
from corpus.readers.table_rows import Grid, cell_text, has_figures, is_data

_GUTTER = 0.5  # of the letters' size; no narrower gap parts columns
_WIDE_GUTTER, _LIKELY_GUTTER = 0.9, 1.2
_STRAY = 0.12  # share of the rows that may reach into a gutter, as long heads do
_LEAST_ROWS = 3
_LONGEST_CELL = 70  # characters, of a table without rules
_LEADERS = "...."
_SAME_SIDE = 2.0  # of the letters' size
_SAME_ROW = 0.5  # of the letters' size, between base lines


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page, or the part of one that stands there.

    Attributes:
        box: around it, in points, y upwards.
        size: of its letters.
        lines: the printed lines its cells are made of.
    """

    box: Box
    grid: Grid
    size: float
    lines: frozenset[Printed]


def tables_of(lines: Sequence[Printed], rules: Sequence[Box]) -> list[PageTable]:
    """The tables of a page, from top to bottom."""
    found: list[PageTable] = []
    left = list(lines)
    for ruled in ruled_grids(rules):
        inside = [line for line in left if ruled.box.holds(_centre(line), 1.0)]
        table = _ruled_table(ruled, inside) if inside else None
        if table is not None:
            found.append(table)
            left = [line for line in left if line not in table.lines]
    found += _aligned_tables(left)
    return sorted(found, key=lambda table: -table.box.top)


def goes_on(above: PageTable, below: PageTable) -> bool:
    """Whether a table at the top of a page is the rest of the one at the end of the page before."""
    columns = len(above.grid.rows[0]) == len(below.grid.rows[0])
    return columns and abs(above.box.left - below.box.left) < _SAME_SIDE * above.size


def joined(parts: Sequence[tuple[PageTable, int]]) -> tuple[Grid, list[int]]:
    """One grid of the parts of a table with their pages, and the page of each of its rows.

    A row that a page's end has cut in two is put together.
    """
    rows: list[list[str]] = []
    pages: list[int] = []
    repeated: set[tuple[int, int]] = set()
    for table, page in parts:
        part = table.grid.rows
        if rows and _is_rest(rows[-1], part[0]):
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], part[0], strict=True)]
            part = part[1:]
        moved = len(rows) - len(table.grid.rows) + len(part)
        repeated |= {(at + moved, column) for at, column in table.grid.repeated if at + moved >= len(rows)}
        rows += [list(row) for row in part]
        pages += [page] * len(part)
    return Grid(rows, repeated=repeated), pages


def _is_rest(above: Sequence[str], below: Sequence[str]) -> bool:
    filled = [(before, after) for before, after in zip(above, below, strict=True) if after]
    begun = all(before and after[0].islower() and not before.endswith((".", ";")) for before, after in filled)
    return bool(filled) and not below[0] and begun


def _ruled_table(ruled: Ruled, lines: Sequence[Printed]) -> PageTable | None:
    columns = len(ruled.sides) - 1
    rows = len(ruled.tops) - 1
    if columns == 1:
        return _open_columns(ruled, lines)
    if rows == 1:
        return _open_rows(ruled, lines)
    cells: dict[tuple[int, int], list[Printed]] = {}
    for line in lines:
        place = ruled.place(_centre(line))
        if place is not None:
            cells.setdefault(place, []).append(line)
    texts = {place: _cell(inside) for place, inside in cells.items()}
    grid = Grid(
        [[texts.get(ruled.merged[row, column], "") for column in range(columns)] for row in range(rows)],
        repeated={place for place, first in ruled.merged.items() if place != first},
    )
    return _table(ruled.box, grid, lines)


def _open_columns(ruled: Ruled, lines: Sequence[Printed]) -> PageTable | None:
    """A table whose rows alone are ruled: its columns are where no row has anything."""
    bands: list[list[Printed]] = [[] for _ in ruled.tops[1:]]
    for line in lines:
        place = ruled.place(_centre(line))
        if place is not None:
            bands[place[0]].append(line)
    gutters = _gutters([band for band in bands if band], _GUTTER)
    if not gutters:
        return None
    rows = [_across(band, gutters) for band in bands]
    return _table(ruled.box, Grid(rows), lines)


def _open_rows(ruled: Ruled, lines: Sequence[Printed]) -> PageTable | None:
    """A table whose columns alone are ruled: a row begins at every base line on which its first column has a text."""
    rows: list[list[list[Printed]]] = []
    for band in _bands(lines):
        cells: list[list[Printed]] = [[] for _ in ruled.sides[1:]]
        for line in band:
            place = ruled.place(_centre(line))
            if place is not None:
                cells[place[1]].append(line)
        if rows and not cells[0]:
            for above, below in zip(rows[-1], cells, strict=True):
                above.extend(below)
        else:
            rows.append(cells)
    return _table(ruled.box, Grid([[_cell(cell) for cell in row] for row in rows]), lines)


def _aligned_tables(lines: Sequence[Printed]) -> list[PageTable]:
    """Runs of rows without rules whose texts stand in the same columns."""
    bands = _bands(lines)
    finer = [_apart(band) for band in bands]
    found = []
    start = 0
    while start < len(bands):
        end = _run_end(finer, start)
        table = _aligned_table(bands[start:end], finer[start:end]) if end - start >= _LEAST_ROWS else None
        if table is not None:
            found.append(table)
            start = end
        else:
            start += 1
    return found


def _apart(band: Sequence[Printed]) -> list[Printed]:
    """A row of several texts, each cut where its words stand so far apart that a column may end there."""
    if len(band) < 2:  # noqa: PLR2004
        return list(band)
    gaps = [
        (before.right + after.left) / 2
        for line in band
        for before, after in pairwise(line.words)
        if after.left - before.right >= _LIKELY_GUTTER * line.size
    ]
    return [piece for line in band for piece in _cut_at(line, gaps)]


def _run_end(bands: Sequence[Sequence[Printed]], start: int) -> int:
    """How far from a row on the rows have the same gutters."""
    if len(bands[start]) < 2:  # noqa: PLR2004
        return start
    end = start + 1
    count = len(bands[start])
    while end < len(bands) and _near(bands[end - 1], bands[end]):
        count = max(count, len(bands[end]))
        if len(_gutters(bands[start : end + 1], _WIDE_GUTTER, stray=0.0)) < count - 1:
            break
        end += 1
    return end


def _near(above: Sequence[Printed], below: Sequence[Printed]) -> bool:
    return above[0].bottom - below[0].bottom < 3 * max(above[0].size, below[0].size)


def _aligned_table(bands: Sequence[Sequence[Printed]], finer: Sequence[Sequence[Printed]]) -> PageTable | None:
    gutters = _gutters(finer, _WIDE_GUTTER, stray=0.0)
    rows = [_across(band, gutters) for band in bands]
    lines = [line for band in bands for line in band]
    full = sum(sum(map(bool, row)) > 1 for row in rows)
    texts = [text for row in rows for text in row if text]
    if full < _LEAST_ROWS or full * 3 < len(rows) * 2 or any(_LEADERS in text for text in texts):
        return None
    if (
        max(map(len, texts)) > _LONGEST_CELL
        or not has_figures(rows)
        or (len(gutters) == 1 and len(rows) < 2 * full - 1)
    ):
        return None
    box = Box(
        min(line.left for line in lines),
        min(line.bottom for line in lines),
        max(line.right for line in lines),
        max(line.top for line in lines),
    )
    return _table(box, Grid(rows), lines)


def _table(box: Box, grid: Grid, lines: Sequence[Printed]) -> PageTable | None:
    kept = [column for column in range(len(grid.rows[0])) if any(row[column] for row in grid.rows)]
    rows = [at for at, row in enumerate(grid.rows) if any(row)]
    smaller = Grid(
        [[grid.rows[at][column] for column in kept] for at in rows],
        grid.heads,
        {(rows.index(at), kept.index(column)) for at, column in grid.repeated if at in rows and column in kept},
    )
    if len(kept) < 2 or not is_data(smaller):  # noqa: PLR2004
        return None
    sizes = sorted(line.size for line in lines)
    return PageTable(box, smaller, sizes[len(sizes) // 2], frozenset(lines))


def _bands(lines: Sequence[Printed]) -> list[list[Printed]]:
    """Lines on one base line together, from top to bottom and left to right."""
    bands: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: (-line.bottom, line.left)):
        if bands and abs(bands[-1][0].bottom - line.bottom) < _SAME_ROW * line.size:
            bands[-1].append(line)
        else:
            bands.append([line])
    return [sorted(band, key=lambda line: line.left) for band in bands]


def _gutters(bands: Sequence[Sequence[Printed]], width: float, stray: float = _STRAY) -> list[float]:
    """The middles of the gaps between columns: where hardly any row has anything.

    Args:
        bands: the rows.
        width: of the narrowest gap, in sizes of letters.
        stray: share of the rows that may reach into it.
    """
    lines = [line for band in bands for line in band]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    edges = sorted(edge for band in bands for line in _merged_intervals(band) for edge in ((line[0], 1), (line[1], -1)))
    allowed = int(stray * len(bands))
    gutters = []
    open_rows = 0
    for (at, step), (after, _) in pairwise(edges):
        open_rows += step
        if open_rows <= allowed and after - at >= width * size:
            gutters.append((at + after) / 2)
    return gutters


def _merged_intervals(band: Sequence[Printed]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for line in sorted(band, key=lambda line: line.left):
        if found and line.left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], line.right))
        else:
            found.append((line.left, line.right))
    return found


def _across(band: Sequence[Printed], gutters: Sequence[float]) -> list[str]:
    """A row's texts by column."""
    cells: list[list[Printed]] = [[] for _ in range(len(gutters) + 1)]
    for line in band:
        for piece in _cut_at(line, gutters):
            middle = (piece.left + piece.right) / 2
            cells[sum(middle > gutter for gutter in gutters)].append(piece)
    return [_cell(cell) for cell in cells]


def _cut_at(line: Printed, gutters: Sequence[float]) -> list[Printed]:
    """A line cut where a gutter runs between two of its words."""
    pieces: list[list[Word]] = []
    for word in line.words:
        last = pieces[-1][-1] if pieces else None
        if last is None or any(last.right <= gutter + 1 and gutter - 1 <= word.left for gutter in gutters):
            pieces.append([])
        pieces[-1].append(word)
    if len(pieces) < 2:  # noqa: PLR2004
        return [line]
    return [
        replace(
            line, left=words[0].left, right=words[-1].right, text=line.text[words[0].start : words[-1].end], words=()
        )
        for words in pieces
    ]


def _cell(lines: Sequence[Printed]) -> str:
    ordered = sorted(lines, key=lambda line: (-round(line.bottom), line.left))
    text = ""
    for line in ordered:
        text += ("" if text.endswith(("-", "/")) and not text.endswith((" -", " /")) else " ") + line.text
    return cell_text(text)


def _centre(line: Printed) -> tuple[float, float]:
    return (line.left + line.right) / 2, (line.bottom + line.top) / 2
