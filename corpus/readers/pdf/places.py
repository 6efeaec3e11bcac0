"""Places on a page: boxes in points, x to the right and y upwards, and how they lie once a page is turned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `left <= right` and `bottom <= top`."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, point: tuple[float, float], margin: float = 0.0) -> bool:
        """Whether a point lies in it, or not farther outside than a margin."""
        x, y = point
        return self.left - margin <= x <= self.right + margin and self.bottom - margin <= y <= self.top + margin

    def moved(self, across: float, up: float) -> "Box":
        """The box somewhere else."""
        return Box(self.left + across, self.bottom + up, self.right + across, self.top + up)

    def turned(self, quarters: int, size: tuple[float, float]) -> "Box":
        """The box after its page (width, height) was turned clockwise by quarters."""
        first = turned_point((self.left, self.bottom), quarters, size)
        second = turned_point((self.right, self.top), quarters, size)
        (left, right), (bottom, top) = (sorted(pair) for pair in zip(first, second, strict=True))
        return Box(left, bottom, right, top)


def around(boxes: "list[Box]") -> Box:
    """The smallest box that holds all of these, at least one."""
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def turned_point(point: tuple[float, float], quarters: int, size: tuple[float, float]) -> tuple[float, float]:
    """Where a point lies after its page (width, height) was turned clockwise by quarters."""
    (x, y), (width, height) = point, size
    match quarters % 4:
        case 1:
            return y, width - x
        case 2:
            return width - x, height - y
        case 3:
            return height - y, x
        case _:
            return x, y
