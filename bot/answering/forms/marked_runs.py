"""Items that stand on marked lines (`1.`, `a)`, `-`), over the passages they fill, and the line that leads to them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.answering.quoting import covered
from corpus.models import Passage
from corpus.splitting import sentence_spans, trim

_MARK = re.compile(
    r"\s*(?:(?P<roman>[IVX]{1,5}[.)-])|(?P<number>\(?\d{1,2}[.)])|(?P<letter>\(?[a-zđ][)])|(?P<bullet>[-–•*])|(?P<plus>\+)"
    r"|(?P<ordinal>(?i:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám)(?: là)?)[,:]?)"
    r"|(?P<cardinal>(?i:(?:một|hai|ba|bốn|năm|sáu|bảy|tám) là)[,:]?))\s+"
)
_COUNTED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")
_ORDERED = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_PART = re.compile(r"\s*(?:Điều|Chương|Mục|Phần)\s+[\dIVXLC]+\b", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_FAR = 40
"""Passages that are looked at before and behind the one that was found."""
_LONGEST_HEADING = 160
"""Characters of a line that leads to items without a colon."""
_LED_TO = 0.6
"""Share of the question's words, by worth, that the line before the items says, with the document's title."""


class Kind(IntEnum):
    """Of the mark of a line, outer ones first."""

    PART = 0
    ROMAN = 1
    NUMBER = 2
    LETTER = 3
    ORDINAL = 4
    CARDINAL = 5
    BULLET = 6
    PLUS = 7


_KINDS = {
    "roman": Kind.ROMAN,
    "number": Kind.NUMBER,
    "letter": Kind.LETTER,
    "bullet": Kind.BULLET,
    "plus": Kind.PLUS,
    "ordinal": Kind.ORDINAL,
    "cardinal": Kind.CARDINAL,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a passage.

    Attributes:
        start, end: what it says, in the passage, without its mark.
        kind: of its mark, None for a line without one.
        place: number or letter of its mark, from 1; 0 for a bullet or none.
    """

    passage: Passage
    start: int
    end: int
    kind: Kind | None = None
    place: int = 0

    @property
    def text(self) -> str:
        """What it says."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Lines with running marks of one kind, and the line before the first of them."""

    lead: Line
    items: tuple[Line, ...]


def lines_of(passage: Passage) -> Iterator[Line]:
    """The lines of a passage, in order, each without its mark."""
    for match in _LINE.finditer(passage.text):
        mark = _MARK.match(match.group())
        if mark is None:
            start, end = trim(passage.text, *match.span())
            part = _PART.match(match.group())
            yield Line(passage, start, end, Kind.PART if part else None)
            continue
        name = mark.lastgroup or ""
        start, end = trim(passage.text, match.start() + mark.end(), match.end())
        yield Line(passage, start, end, _KINDS[name], _place(name, mark[name]))


def runs_at(passages: Sequence[Passage], ordinal: int) -> list[MarkedRun]:
    """Runs that a passage begins, or that some of its lines belong to, inner ones first.

    Args:
        passages: of the document, in order.
        ordinal: of the passage.
    """
    first = max(0, ordinal - _FAR)
    lines = [line for passage in passages[first : ordinal + _FAR] for line in lines_of(passage)]
    mine = [number for number, line in enumerate(lines) if line.passage.ordinal == ordinal]
    if mine and mine[-1] + 1 < len(lines):
        last, behind = lines[mine[-1]], lines[mine[-1] + 1]
        if last.text.endswith(":") and behind.kind is not None:
            mine.append(mine[-1] + 1)
    found: dict[tuple[int, ...], MarkedRun] = {}
    for number in mine:
        run = _run_of(lines, number)
        if run and len(run) > 1 and run[0]:
            found.setdefault(tuple(run), MarkedRun(lines[run[0] - 1], tuple(lines[one] for one in run)))
    return sorted(found.values(), key=lambda one: -(one.items[0].kind or 0))


def leads_to(run: MarkedRun, worth: Mapping[str, float], title: str) -> bool:
    """Whether the line before a run says what the question asks for, and no single item of the run says more of it.

    Args:
        run: of a document.
        worth: the question's words, folded, with what each is worth.
        title: of the document.
    """
    if not (run.lead.text.endswith(":") or (len(run.lead.text) <= _LONGEST_HEADING and run.lead.text[-1] not in ".;,")):
        return False
    if 2 * sum(len(sentence_spans(item.text)) > 1 for item in run.items) >= len(run.items):
        return False  # sections of a report, not items
    heading = run.lead.passage.heading or ""
    led = covered(worth, f"{run.lead.text}\n{heading}\n{title}")
    own = covered(worth, run.lead.text)
    items = max(covered(worth, item.text) for item in run.items)
    return led >= _LED_TO and own > 0 and own >= items


def _run_of(lines: Sequence[Line], number: int) -> list[int]:
    """Numbers of the lines of one kind that run on from each other and hold a line; inner kinds may lie between."""
    line = lines[number]
    if line.kind is None or line.kind is Kind.PART:
        return []
    back = [number]
    while (before := _next(lines, back[0], -1)) is not None:
        back.insert(0, before)
    if line.kind < Kind.BULLET and lines[back[0]].place != 1:
        return []
    while (behind := _next(lines, back[-1], 1)) is not None:
        back.append(behind)
    return back


def _next(lines: Sequence[Line], number: int, step: int) -> int | None:
    """The line before or behind that goes with a line."""
    line = lines[number]
    kind = line.kind
    if kind is None:
        return None
    other = number + step
    while 0 <= other < len(lines):
        found = lines[other]
        if found.kind is kind:
            return other if kind >= Kind.BULLET or found.place == line.place + step else None
        if found.kind is not None and found.kind < kind:
            return None
        if found.kind is None and (kind >= Kind.BULLET or found.text.endswith(":")):
            return None
        other += step
    return None


def _place(name: str, mark: str) -> int:
    word = mark.strip("(). -").lower()
    if name == "number":
        return int(word)
    if name in ("ordinal", "cardinal"):
        words = word.rstrip(",:").split()
        return _ORDERED.index(words[1]) + 1 if name == "ordinal" else _COUNTED.index(words[0]) + 1
    if name == "letter":
        return _LETTERS.find(word) + 1
    if name == "roman":
        return {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}.get(word, 0)
    return 0
