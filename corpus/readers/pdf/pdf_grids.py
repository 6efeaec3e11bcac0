"""Ruled lines on a page -> the grids of tables they draw: where rows and columns end, which cells are merged."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.places import Box

_TOUCH = 3.0  # points; lines so near meet
_SAME = 3.0  # points; lines so near are one, such as both strokes of a double one
_OPEN_SIDE = 10.0  # points a rule reaches beyond the outermost upright of a table without sides
_MOST_RULES = 4000
"""A page with more holds a drawing."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A grid that rules draw.

    Attributes:
        box: around all of it.
        tops: y of the lines that part rows, from top to bottom, the outer ones among them.
        sides: x of the lines that part columns, from left to right, the outer ones among them.
        merged: for each (row, column) the first place of the cell that covers it.
    """

    box: Box
    tops: tuple[float, ...]
    sides: tuple[float, ...]
    merged: dict[tuple[int, int], tuple[int, int]]

    def place(self, point: tuple[float, float]) -> tuple[int, int] | None:
        """The (row, column) of the cell a point lies in, None outside the grid."""
        x, y = point
        if not self.box.holds(point, _TOUCH):
            return None
        column = min(max(bisect_right(self.sides, x) - 1, 0), len(self.sides) - 2)
        row = min(max(bisect_right([-top for top in self.tops], -y) - 1, 0), len(self.tops) - 2)
        return self.merged.get((row, column), (row, column))


def ruled_grids(rules: Sequence[Box]) -> list[Ruled]:
    """The grids on a page, from top to bottom; a frame around a single cell is none."""
    if len(rules) > _MOST_RULES:
        return []
    levels = _joined([rule for rule in rules if rule.height == 0], level=True)
    uprights = _joined([rule for rule in rules if rule.width == 0], level=False)
    grids = [grid for group in _connected(levels, uprights) if (grid := _grid(*group)) is not None]
    outermost = [
        grid for grid in grids if not any(_inside(grid.box, other.box) for other in grids if other is not grid)
    ]
    return sorted(outermost, key=lambda grid: -grid.box.top)


def _inside(box: Box, other: Box) -> bool:
    return other.holds((box.left, box.bottom), _TOUCH) and other.holds((box.right, box.top), _TOUCH)


def _joined(rules: Iterable[Box], *, level: bool) -> list[Box]:
    """Rules that go on where another ends, as one."""
    joined: list[Box] = []

    def key(rule: Box) -> tuple[float, float]:
        return (rule.bottom, rule.left) if level else (rule.left, rule.bottom)

    for rule in sorted(rules, key=key):
        last = next((other for other in reversed(joined[-8:]) if _goes_on(other, rule, level=level)), None)
        if last is None:
            joined.append(rule)
            continue
        place = len(joined) - 1 - joined[::-1].index(last)
        if level:
            joined[place] = Box(min(last.left, rule.left), last.bottom, max(last.right, rule.right), last.bottom)
        else:
            joined[place] = Box(last.left, min(last.bottom, rule.bottom), last.left, max(last.top, rule.top))
    return joined


def _goes_on(rule: Box, after: Box, *, level: bool) -> bool:
    if level:
        return (
            abs(rule.bottom - after.bottom) < 1
            and after.left <= rule.right + _TOUCH
            and rule.left <= after.right + _TOUCH
        )
    return abs(rule.left - after.left) < 1 and after.bottom <= rule.top + _TOUCH and rule.bottom <= after.top + _TOUCH


def _connected(levels: Sequence[Box], uprights: Sequence[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Rules that meet, directly or through others; level ones of one width below each other belong together too."""
    rules = [*levels, *uprights]
    parent = list(range(len(rules)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for place, rule in enumerate(levels):
        for other, upright in enumerate(uprights, start=len(levels)):
            if (
                rule.left - _TOUCH <= upright.left <= rule.right + _TOUCH
                and upright.bottom - _TOUCH <= rule.bottom <= upright.top + _TOUCH
            ):
                parent[root(other)] = root(place)
    if not uprights:
        for place, (rule, below) in enumerate(pairwise(levels)):
            if abs(rule.left - below.left) < _SAME and abs(rule.right - below.right) < _SAME:
                parent[root(place + 1)] = root(place)
    groups: dict[int, tuple[list[Box], list[Box]]] = {}
    for place, rule in enumerate(rules):
        group = groups.setdefault(root(place), ([], []))
        group[place >= len(levels)].append(rule)
    return list(groups.values())


def _grid(levels: Sequence[Box], uprights: Sequence[Box]) -> Ruled | None:
    if len(levels) < 2:  # noqa: PLR2004 - one above, one below
        return None
    tops = _distinct([-rule.bottom for rule in levels])
    tops = [-top for top in tops]
    sides = _distinct([rule.left for rule in uprights])
    left, right = min(rule.left for rule in levels), max(rule.right for rule in levels)
    sides = [left, *sides] if not sides or sides[0] - left > _OPEN_SIDE else sides
    sides = [*sides, right] if right - sides[-1] > _OPEN_SIDE else sides
    if len(tops) < 2 or len(sides) < 2 or (len(tops) == 2 and len(sides) == 2):  # noqa: PLR2004
        return None
    box = Box(min(left, sides[0]), tops[-1], max(right, sides[-1]), tops[0])
    return Ruled(box, tuple(tops), tuple(sides), _merged(tops, sides, levels, uprights))


def _distinct(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _merged(
    tops: Sequence[float], sides: Sequence[float], levels: Sequence[Box], uprights: Sequence[Box]
) -> dict[tuple[int, int], tuple[int, int]]:
    """The first place of every cell: places without a rule between them are one cell."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(tops) - 1):
        middle = (tops[row] + tops[row + 1]) / 2
        for column in range(len(sides) - 1):
            centre = (sides[column] + sides[column + 1]) / 2
            place = (row, column)
            if column and not any(
                abs(rule.left - sides[column]) <= _SAME and rule.bottom <= middle <= rule.top for rule in uprights
            ):
                first[place] = first[row, column - 1]
            elif row and not any(
                abs(rule.bottom - tops[row]) <= _SAME and rule.left <= centre <= rule.right for rule in levels
            ):
                first[place] = first[row - 1, column]
            else:
                first[place] = place
    return first
