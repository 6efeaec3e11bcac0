"""The numbered parts of an official document (Phần, Chương, Mục, Điều, khoản, điểm), read off its paragraphs.

There is one recogniser for texts of whatever file: it looks at words and at how the numbers follow on each other, never
at how a part is printed. A document has either Điều, or the sections of plans and reports (I., 1., 1.1., a)); what is
attached to it (a Quy chế, a Phụ lục) is a part of its own, whose numbers begin anew.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.models import Level, Unit
from corpus.official.labels import (
    Label,
    Paragraph,
    attached_title,
    ends_document,
    is_caps_title,
    labels_of,
    may_be_title,
    paragraphs,
)
from corpus.official.numbering import follows, sections_of

_ORDER = (
    Level.ATTACHMENT,
    Level.PART,
    Level.CHAPTER,
    Level.SECTION,
    Level.SUBSECTION,
    Level.ARTICLE,
    Level.CLAUSE,
    Level.POINT,
)
_TITLE_LINES = 3


@lru_cache(maxsize=256)
def outline(text: str) -> tuple[Unit, ...]:
    """The parts of a document's text, in reading order, every part behind the one it stands in.

    Args:
        text: paragraphs, each a line of its own.

    Returns:
        Parts with `text[unit.start:unit.end]` as their own text, that of the parts inside them included; none for a
        text that is not divided so.
    """
    lines = paragraphs(text)
    blocks = _blocks(lines)
    builder = _Builder(text)
    for block in blocks:
        builder.read(block)
    return builder.finished()


def path_at(units: Sequence[Unit], offset: int) -> tuple[Unit, ...]:
    """The parts that hold a place of the text, from the outermost to the innermost."""
    place = bisect_right(units, offset, key=lambda unit: unit.start) - 1
    while place >= 0 and units[place].end <= offset:
        parent = units[place].parent
        place = -1 if parent is None else parent
    return path_to(units, place) if place >= 0 else ()


def heading_at(text: str, units: Sequence[Unit], offset: int) -> str | None:
    """The heading a place of a text stands under, as it is printed: that of the innermost part that has one."""
    unit = next((unit for unit in reversed(path_at(units, offset)) if unit.title), None)
    if unit is None:
        return None
    if unit.level is Level.ATTACHMENT:
        return unit.title
    line = text[unit.start :].split("\n", 1)[0].strip()
    return line if unit.title in line else f"{line.rstrip(' .:')}. {unit.title}"


def path_to(units: Sequence[Unit], place: int) -> tuple[Unit, ...]:
    """A part, by its place among the units, behind all that it stands in, from the outermost."""
    path = [units[place]]
    while path[-1].parent is not None:
        path.append(units[path[-1].parent])
    return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class _Block:
    """The document proper, or one thing attached to it: its paragraphs, and what it is called if it is attached."""

    lines: tuple[Paragraph, ...]
    title: str | None
    has_articles: bool


def _blocks(lines: Sequence[Paragraph]) -> list[_Block]:
    """Cut a text where something attached begins: under a title of its own, or where the Điều begin anew."""
    starts: list[tuple[int, str | None]] = [(0, None)]
    last = 0
    quoted = False
    for place, line in enumerate(lines):
        title = attached_title(lines, place) if place and not quoted else None
        article = next((label for label in line.labels if label.level is Level.ARTICLE), None)
        if title is not None:
            starts.append((place, title))
            last = 0
        elif article and article.sure and not quoted:
            if article.number == "1" and last > 1:
                starts.append((place, ""))
            last = int("".join(filter(str.isdigit, article.number)))
        quoted = line.leaves_quotation_open(quoted)
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    blocks = []
    for (start, title), end in zip(starts, ends, strict=True):
        own = tuple(lines[start:end])
        articles = [label for line in own for label in line.labels if label.level is Level.ARTICLE]
        counted = [label.number for label in articles[:2]] == ["1", "2"]
        blocks.append(_Block(own, title, counted or any(label.sure for label in articles)))
    return blocks


@dataclass(slots=True)
class _Open:
    """A part while it is being read."""

    level: Level
    number: str
    label: str
    title: str
    start: int
    body: int
    end: int
    parent: int | None


class _Builder:
    """Opens and closes parts as their labels come."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._units: list[_Open] = []
        self._stack: list[int] = []
        self._numbers: dict[tuple[Level, int | None], str] = {}
        self._sections: dict[int, Label] | None = None

    def read(self, block: _Block) -> None:
        """Read one block; nothing of it is left open."""
        self._stack = []
        lines = block.lines
        if block.title is not None and lines:
            name = block.title.split("\n")[0]
            self._open(Level.ATTACHMENT, name, name, block.title.replace("\n", " "), lines[0].start, lines[0].end)
        self._sections = None if block.has_articles else sections_of(lines)
        quoted, place = False, 0
        while place < len(lines):
            line = lines[place]
            if self._stack and self._level() is not Level.ATTACHMENT and not quoted and ends_document(line.text):
                self._close_down_to(Level.ATTACHMENT)
            taken = 1
            if not quoted:
                label = self._next(line, place)
                if label is not None:
                    taken = self._begin(label, lines, place)
            for unit in self._stack:
                self._units[unit].end = lines[place + taken - 1].end
            for inside in lines[place : place + taken]:
                quoted = inside.leaves_quotation_open(quoted)
                if self._stack and self._level() in (Level.ARTICLE, Level.CLAUSE):
                    self._points_within(inside)
            place += taken

    def finished(self) -> tuple[Unit, ...]:
        """All parts that were read."""
        return tuple(
            Unit(each.level, each.number, each.label, each.title, each.start, each.body, each.end, each.parent)
            for each in self._units
        )

    def _level(self) -> Level:
        return self._units[self._stack[-1]].level

    def _next(self, line: Paragraph, place: int) -> Label | None:
        """The label at the beginning of a line that goes on from what was read before."""
        if self._sections is not None:
            return self._sections.get(place) or next(
                (each for each in line.labels if self._goes_on_in_section(each)), None
            )
        return next((label for label in line.labels if self._goes_on(label)), None)

    def _goes_on(self, label: Label) -> bool:
        """Whether a label of a document with Điều is the next of its level."""
        if label.level in (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION):
            return label.sure
        last = self._last(label.level)
        if label.level is Level.ARTICLE:
            return label.sure or follows(last, label.number)
        if self._inside(Level.ARTICLE) is None:
            return False
        if label.level is Level.POINT and "." in label.number and self._inside(Level.CLAUSE) is None:
            return False
        return follows(last, label.number)

    def _goes_on_in_section(self, label: Label) -> bool:
        if label.level is Level.POINT and self._inside(Level.SECTION, Level.CLAUSE, Level.PART) is not None:
            return follows(self._last(Level.POINT), label.number)
        if label.level is Level.CLAUSE and self._inside(Level.SECTION) is not None:
            return follows(self._last(Level.CLAUSE), label.number)
        return label.level in (Level.PART, Level.CHAPTER) and label.sure

    def _last(self, level: Level) -> str | None:
        """The number of the last part of a level among those whose numbers go on from each other.

        Điều go on through a whole document, whatever chapter they stand in.
        """
        return self._numbers.get((level, self._base(level)))

    def _base(self, level: Level) -> int | None:
        """The open part within which the numbers of a level go on."""
        return self._inside(*((Level.ATTACHMENT,) if level is Level.ARTICLE else _ORDER[: _ORDER.index(level)]))

    def _inside(self, *levels: Level) -> int | None:
        """The innermost open part of one of these levels."""
        return next((unit for unit in reversed(self._stack) if self._units[unit].level in levels), None)

    def _begin(self, label: Label, lines: Sequence[Paragraph], place: int) -> int:
        """Open the part a label begins; return how many paragraphs its label and title take."""
        line = lines[place]
        self._close_down_to(*_ORDER[: _ORDER.index(label.level)])
        rest = line.text[label.length :].strip()
        body = line.start + label.length
        title, taken = "", 1
        if label.level in (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION):
            titles = [rest] if rest else []
            while (
                len(titles) < _TITLE_LINES
                and place + taken < len(lines)
                and place + taken not in (self._sections or ())
                and _is_title(lines[place + taken], beginning=not titles, caps=bool(titles) and titles[-1].isupper())
            ):
                titles.append(lines[place + taken].text)
                taken += 1
            if not (len(titles) == 1 and rest and not may_be_title(rest)):
                title = " ".join(titles)
                body = lines[place + taken - 1].end if titles else body
        elif not _inner_label(rest, label) and may_be_title(rest) and self._announces(label, lines, place):
            title, body = rest.rstrip(" :."), line.end
        self._open(label.level, label.number, label.written, title, line.start, min(body, lines[place + taken - 1].end))
        if not title and label.level in (Level.ARTICLE, Level.CLAUSE):
            self._begin_within(line, label)
        return taken

    def _begin_within(self, line: Paragraph, label: Label) -> None:
        """Open the khoản or điểm that begins on the same line right behind a label (`Điều 32. 1. Mọi người ...`)."""
        inner = _inner_label(line.text[label.length :], label)
        if inner is not None:
            start = line.start + label.length
            self._open(inner.level, inner.number, inner.written, "", start, start + inner.length)

    def _announces(self, label: Label, lines: Sequence[Paragraph], place: int) -> bool:
        """Whether what stands behind a number is a heading: more of the same part follows below it."""
        if place + 1 >= len(lines):
            return False
        rest = lines[place].text[label.length :].strip()
        following = lines[place + 1]
        inner = _ORDER.index(label.level)
        goes_on = not any(_ORDER.index(each.level) <= inner and each.sure for each in following.labels)
        deeper = any(_ORDER.index(each.level) > inner for each in following.labels)
        if label.level is Level.ARTICLE:
            return (goes_on or deeper) and not ends_document(following.text) and not rest.endswith(";")
        in_a_section = self._inside(Level.ARTICLE) is None and not following.labels
        return (deeper or in_a_section) and not rest.endswith((".", ";", ","))

    def _open(self, level: Level, number: str, label: str, title: str, start: int, body: int) -> None:  # noqa: PLR0913, PLR0917
        parent = self._stack[-1] if self._stack else None
        self._numbers[level, self._base(level)] = number
        self._units.append(_Open(level, number, label, title, start, body, max(start, body), parent))
        self._stack.append(len(self._units) - 1)

    def _close_down_to(self, *levels: Level) -> None:
        """Close the innermost parts until one of these levels is the innermost."""
        while self._stack and self._level() not in levels:
            self._stack.pop()

    def _points_within(self, line: Paragraph) -> None:
        """Points that stand in the middle of a line, one behind the other (`...: a) ...; b) ...`)."""
        points = line.points_within()
        parent = self._stack[-1]
        for place, (label, start, body) in enumerate(points):
            end = points[place + 1][1] if place + 1 < len(points) else line.end
            while end > body and self._text[end - 1].isspace():
                end -= 1
            self._units.append(_Open(Level.POINT, label, f"{label})", "", start, body, end, parent))


def _inner_label(rest: str, label: Label) -> Label | None:
    """The first khoản or điểm where it begins right behind the label of what it stands in."""
    found = (each for each in labels_of(rest) if each.number in ("1", "a"))
    return next((each for each in found if _ORDER.index(each.level) > _ORDER.index(label.level)), None)


def _is_title(line: Paragraph, *, beginning: bool, caps: bool) -> bool:
    """Whether a line below the label of a chapter is its title, or goes on with one in capitals."""
    if line.labels or line.text.startswith(("-", "+", "•", "(")) or ends_document(line.text):
        return False
    if is_caps_title(line.text):
        return beginning or caps
    return beginning and may_be_title(line.text) and not line.text.endswith(".") and len(line.text.split()) <= 30  # noqa: PLR2004
