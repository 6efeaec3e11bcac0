"""The order in which a page of running text is read: letterheads and signatures in two columns one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf.pdf_lines import Printed

_GUTTER = 4.0  # points between two texts that stand side by side
_SAME_ROW = 0.5  # of the letters' size, between base lines
_TIGHT = 1.9  # of the letters' size, from base line to base line
_FARTHEST = 9.0  # of the letters' size; a signature takes so much room


@dataclass(slots=True)
class Stretch:
    """Lines that are read one after the other.

    Attributes:
        beside: whether they stand beside others, so that none of them goes on in another stretch.
    """

    lines: list[Printed]
    beside: bool


@dataclass(slots=True)
class _Sides:
    """Rows with a gap in common: from row to row of the page, and where the gap is."""

    first: int
    last: int
    left: float
    right: float


def stretches(lines: Sequence[Printed]) -> list[Stretch]:
    """The lines of a page in reading order, from top to bottom; texts side by side from left to right."""
    rows = _rows(lines)
    found: list[Stretch] = []
    place = 0
    while place < len(rows):
        sides = _sides(rows, place)
        if sides is None:
            if not found or found[-1].beside:
                found.append(Stretch([], beside=False))
            found[-1].lines += rows[place]
            place += 1
            continue
        inside = [line for row in rows[sides.first : sides.last + 1] for line in row]
        middle = (sides.left + sides.right) / 2
        found += (
            Stretch(column.lines, beside=True)
            for half in (
                [line for line in inside if line.right <= middle],
                [line for line in inside if line.right > middle],
            )
            for column in stretches(half)
        )
        place = sides.last + 1
    return found


def _rows(lines: Sequence[Printed]) -> list[list[Printed]]:
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: (-line.bottom, line.left)):
        if rows and abs(rows[-1][0].bottom - line.bottom) < _SAME_ROW * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _sides(rows: Sequence[Sequence[Printed]], start: int) -> _Sides | None:
    """The widest-reaching gap that begins in a row: the row, those above its texts' ends, those below."""
    candidates = [
        _reach(rows, start, before.right, after.left)
        for before, after in zip(rows[start], rows[start][1:], strict=False)
        if after.left - before.right >= _GUTTER
    ]
    if not candidates and start + 1 < len(rows) and len(rows[start]) == 1:
        return _leading(rows, start)
    good = [sides for sides in candidates if sides.last > sides.first]
    return max(good, key=lambda sides: (sides.last, sides.right - sides.left), default=None)


def _leading(rows: Sequence[Sequence[Printed]], start: int) -> _Sides | None:
    """A gap that begins in the row below, where this row stands close above one side of it."""
    below = _sides(rows, start + 1) if len(rows[start + 1]) > 1 else None
    line = rows[start][0]
    if below is None:
        return None
    under = [other for other in rows[start + 1] if other.left < line.right and line.left < other.right]
    if len(under) != 1 or not _close(line, under[0]) or not _fits(line, below.left, below.right):
        return None
    above = rows[start - 1] if start else []
    if len(above) == 1 and not _fits(above[0], below.left, below.right) and _close(above[0], line):
        return None  # the last line of a paragraph across the page
    return _Sides(
        start, below.last, max(below.left, line.right) if line.right < below.right else below.left, below.right
    )


def _reach(rows: Sequence[Sequence[Printed]], start: int, left: float, right: float) -> _Sides:
    """Follow a gap downwards for as long as no text crosses it and what stands there belongs to one of its sides."""
    last = start
    lowest = {True: rows[start], False: rows[start]}
    for place in range(start + 1, len(rows)):
        row = rows[place]
        if not all(_fits(line, left, right) for line in row):
            break
        narrowed = (
            max([left, *(line.right for line in row if line.right <= (left + right) / 2)]),
            min([right, *(line.left for line in row if line.right > (left + right) / 2)]),
        )
        if narrowed[1] - narrowed[0] < _GUTTER:
            break
        both = len({line.right <= (left + right) / 2 for line in row}) > 1
        if not both and not _belongs(row, lowest, (left + right) / 2):
            break
        left, right = narrowed
        for line in row:
            lowest[line.right <= (left + right) / 2] = [line]
        last = place
    return _Sides(start, last, left, right)


def _belongs(row: Sequence[Printed], lowest: dict[bool, Sequence[Printed]], middle: float) -> bool:
    """Whether a row on one side only goes on there: on the left close below; on the right also below a signature."""
    on_left = row[0].right <= middle
    above = [line for line in lowest[on_left] if (line.right <= middle) == on_left]
    if not above:
        return False
    distance = above[-1].bottom - row[0].bottom
    return distance < (_TIGHT if on_left else _FARTHEST) * max(above[-1].size, row[0].size)


def _fits(line: Printed, left: float, right: float) -> bool:
    middle = (left + right) / 2
    return line.right <= middle or line.left >= middle


def _close(line: Printed, below: Printed) -> bool:
    return line.bottom - below.bottom < _TIGHT * max(line.size, below.size)
