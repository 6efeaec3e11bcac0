"""Lines as a PDF prints them, and which of them are no text but headers, footers and page numbers."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf.places import Box

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:trang|page|tr\.)?\s*[-–—|•]*\s*(\d{1,4})\s*(?:[/|]\s*\d{1,4})?\s*[-–—|•]*", re.IGNORECASE)
_EDGE = 3  # lines at the top and at the bottom of a page that may be running ones
_SAME_HEIGHT = 6.0  # points; running lines stand at one height
_MARGIN = 0.055  # of a page's height; nothing but running lines stands so close to its edge
_TOP = 0.12
_SMALL = 0.95  # of the text's letters; so small and high up stands a running header, even of a single page
_LONE_DISTANCE = 2.0  # of the letters' size


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word stands: from character to character of its line, from left to right on the page.

    Attributes:
        confidence: of whoever recognised it on a picture, 0 to 1; 1 where it was printed as text.
        shown: of a recognised word: its place on the page as it is shown, which may be turned or tilted.
    """

    start: int
    end: int
    left: float
    right: float
    confidence: float = 1.0
    shown: Box | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as printed: its box in points, y upwards, the size and weight of its letters, its words."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    text: str
    page: int
    words: tuple[Word, ...] = ()


def running_lines(pages: Sequence[Sequence[Printed]], heights: Sequence[float]) -> set[Printed]:
    """Headers, footers and page numbers: what stands at one height of many pages, digits apart, or in a margin."""
    edges = [_edge_lines(lines) for lines in pages]
    seen = Counter(
        key for lines in edges for key in {(_masked(line.text), round(line.bottom / _SAME_HEIGHT)) for line in lines}
    )
    size = statistics.median(line.size for page in pages for line in page for _ in line.text) if any(pages) else 0.0
    needed = 2 if len(pages) < 5 else max(3, len(pages) // 4)  # noqa: PLR2004 - left and right pages may differ
    found = set()
    for lines, height in zip(edges, heights, strict=True):
        for line in lines:
            at = round(line.bottom / _SAME_HEIGHT)
            often = sum(seen[_masked(line.text), at + near] for near in (-1, 0, 1)) >= needed
            outermost = line in (lines[0], lines[-1])
            in_margin = line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN
            highest = abs(line.bottom - lines[0].bottom) < 1
            small = highest and line.bottom > height * (1 - _TOP) and line.size < size * _SMALL
            numbers = outermost and _NUMBER.fullmatch(line.text) and not _beside_others(line, lines)
            if often or numbers or ((in_margin or small) and _alone(line, lines)):
                found.add(line)
    return found


def _edge_lines(lines: Sequence[Printed]) -> list[Printed]:
    """The highest and the lowest lines of a page, from top to bottom."""
    ordered = sorted(lines, key=lambda line: -line.bottom)
    return ordered if len(ordered) <= 2 * _EDGE else ordered[:_EDGE] + ordered[-_EDGE:]


def _beside_others(line: Printed, lines: Sequence[Printed]) -> bool:
    """Whether several other lines stand at its height, as cells of a table do."""
    return sum(abs(other.bottom - line.bottom) < 1 for other in lines) > 2  # noqa: PLR2004 - a title may stand there


def _alone(line: Printed, lines: Sequence[Printed]) -> bool:
    """Whether no other line stands right above or below."""
    distances = (abs(other.bottom - line.bottom) for other in lines if abs(other.bottom - line.bottom) > 1)
    return min(distances, default=1e9) > _LONE_DISTANCE * line.size


def _masked(text: str) -> str:
    return " ".join(_DIGITS.sub("#", text.casefold()).split())
