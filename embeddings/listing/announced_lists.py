"""Lists that a sentence announces before a colon: `ba khoản chi: A, B và C`, `nhiệm vụ: a) ...; b) ...; c) ...`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.splitting import sentence_spans
from embeddings.quantities.quantities import quantities

Span = tuple[int, int]

_COLON = re.compile(r":\s+")
_SEMICOLON = re.compile(r";")
_COMMA = re.compile(r",\s+(?:và\s+)?|\s+và\s+")
_MARK = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zđ])[).]|[-–+•])\s+|\s*và\s+", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,4})[.)]\s")
_FEWEST, _MOST = 2, 20
_UNCOUNTED = 3
"""Items between semicolons from which a list is one though nobody says how many there are."""
_NEAR = 60
"""Characters before a colon in which the number of what follows stands."""


@dataclass(frozen=True, slots=True)
class AnnouncedList:
    """A list behind a colon.

    Attributes:
        head: the words of its sentence before the colon.
        items: where they stand, without their marks.
        counted: whether the head says how many there are, and so many there are.
    """

    head: Span
    items: tuple[Span, ...]
    counted: bool


def announced_lists(text: str) -> Iterator[AnnouncedList]:
    """The lists of a text behind colons: as many items as the head says, or at least three between semicolons."""
    for start, end in sentence_spans(text):
        for colon in _COLON.finditer(text, start, end):
            head = start, colon.start()
            numbers = _numbers(text[max(head[0], head[1] - _NEAR) : head[1]])
            tail = colon.end(), colon.end() + len(text[colon.end() : end].rstrip(" .;…"))
            parts = _parted(text, tail, _SEMICOLON)
            inner = [_parted(text, part, _COMMA) for part in parts]
            if len(numbers) > 1 and [len(one) for one in inner] == numbers:  # `bốn cùng, ba không`
                yield AnnouncedList(head, tuple(item for one in inner for item in one), counted=True)
            elif len(parts) in numbers:
                yield AnnouncedList(head, parts, counted=True)
            elif inner and len(inner[0]) in numbers:
                yield AnnouncedList(head, inner[0], counted=True)
            elif not numbers and len(parts) >= _UNCOUNTED:
                yield AnnouncedList(head, parts, counted=False)


def _numbers(head: str) -> list[int]:
    """The numbers of a head that can be those of items."""
    numbered = _MARKED.match(head)
    head = head[numbered.end() :] if numbered else head
    told = [one for one in quantities(head) if not one.is_date and one.keys[0].isdecimal()]
    return [number for one in told if _FEWEST <= (number := int(one.keys[0])) <= _MOST]


def _parted(text: str, span: Span, separator: re.Pattern[str]) -> tuple[Span, ...]:
    """A stretch cut at its separators, without marks and white space; what is empty is left out."""
    edges = [span[0]]
    for found in separator.finditer(text, *span):
        edges += [found.start(), found.end()]
    edges.append(span[1])
    parts = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        mark = _MARK.match(text, start, end)
        begin = mark.end() if mark else start + len(text[start:end]) - len(text[start:end].lstrip())
        stop = begin + len(text[begin:end].rstrip(" ,.;"))
        if begin < stop:
            parts.append((begin, stop))
    return tuple(parts)
