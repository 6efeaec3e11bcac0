"""Quotes around words that answer: whole sentences, of long ones the clauses that hold the words and their subject."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.splitting import sentence_spans, trim

LONGEST_QUOTE = 300
"""Characters of one quote."""
ALL_QUOTES = 600
"""Characters quoted of one passage."""

Span = tuple[int, int]

_CLAUSE_END = re.compile(r"[;:,](?=\s)|\.\.\.|…|(?<=\s)[–-](?=\s)|\n")


def quotes_around(text: str, words: Sequence[Span], beside: Sequence[Span] = ()) -> list[Span]:
    """What to quote of a passage.

    Args:
        text: the passage.
        words: spans that must stand in a quote, not empty; those that do not fit any more are left out from the end.
        beside: spans that should stand in a quote if there is room.

    Returns:
        Spans in reading order, each at most `LONGEST_QUOTE` long, `ALL_QUOTES` together.
    """
    clauses = [clause for sentence in sentence_spans(text) for clause in _clauses(text, sentence)]
    needed = _holding(clauses, words)
    groups = _grouped(clauses, needed)
    groups = _widened(text, clauses, groups)
    kept = _within(clauses, groups, ALL_QUOTES)
    for wanted in _holding(clauses, beside):
        if not any(first <= wanted <= last for first, last in kept):
            more = sorted([*kept, (wanted, wanted)])
            if _total(clauses, more) <= ALL_QUOTES:
                kept = _merged(clauses, more)
    return [span for first, last in kept if (span := _trimmed(text, clauses[first][0], clauses[last][1]))]


def _clauses(text: str, sentence: Span) -> list[Span]:
    """A sentence cut at its clauses' ends; a clause longer than a quote is cut at blanks."""
    start, end = sentence
    edges = [start, *(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end]
    found: list[Span] = []
    for left, right in pairwise(sorted(set(edges))):
        position = left
        while right - position > LONGEST_QUOTE:
            cut = text.rfind(" ", position + 1, position + LONGEST_QUOTE)
            cut = cut if cut > position else position + LONGEST_QUOTE
            found.append((position, cut))
            position = cut
        if right > position:
            found.append((position, right))
    return found


def _holding(clauses: Sequence[Span], words: Sequence[Span]) -> list[int]:
    """Numbers of the clauses that hold some of the words."""
    return [
        number
        for number, (start, end) in enumerate(clauses)
        if any(left < end and start < right for left, right in words)
    ]


def _grouped(clauses: Sequence[Span], needed: Sequence[int]) -> list[Span]:
    """Runs of clauses (first and last number) that hold the needed ones, each no longer than a quote."""
    groups: list[Span] = []
    for number in needed:
        if groups and clauses[number][1] - clauses[groups[-1][0]][0] <= LONGEST_QUOTE:
            groups[-1] = groups[-1][0], number
        else:
            groups.append((number, number))
    return groups


def _widened(text: str, clauses: Sequence[Span], groups: Sequence[Span]) -> list[Span]:
    """Groups grown to their sentences: first back to where the sentence begins, then on to its end, as far as fits."""
    bounds = sentence_spans(text)
    found: list[Span] = []
    for place, group in enumerate(groups):
        first, last = group
        left_limit = found[-1][1] + 1 if found else 0
        right_limit = groups[place + 1][0] - 1 if place + 1 < len(groups) else len(clauses) - 1
        start = next((left for left, right in bounds if left <= clauses[first][0] < right), clauses[first][0])
        end = next((right for left, right in bounds if left < clauses[last][1] <= right), clauses[last][1])
        while first > left_limit and clauses[first - 1][0] >= start and _fits(clauses, first - 1, last):
            first -= 1
        while last < right_limit and clauses[last + 1][1] <= end and _fits(clauses, first, last + 1):
            last += 1
        found.append((first, last))
    return _merged(clauses, found)


def _merged(clauses: Sequence[Span], groups: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for first, last in groups:
        if found and first <= found[-1][1] + 1 and _fits(clauses, found[-1][0], last):
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _fits(clauses: Sequence[Span], first: int, last: int) -> bool:
    return clauses[last][1] - clauses[first][0] <= LONGEST_QUOTE


def _within(clauses: Sequence[Span], groups: Sequence[Span], limit: int) -> list[Span]:
    kept: list[Span] = []
    for group in groups:
        if kept and _total(clauses, [*kept, group]) > limit:
            break
        kept.append(group)
    return kept


def _total(clauses: Sequence[Span], groups: Sequence[Span]) -> int:
    return sum(clauses[last][1] - clauses[first][0] for first, last in groups)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    start, end = trim(text, start, end)
    while end > start and text[end - 1] in ",;:–- ":
        end -= 1
    return (start, end) if start < end else None
