"""The noun that a question asks for (`đạo đức gì` -> đạo đức), and where a text says which (`đạo đức công vụ`)."""

import re

from corpus.vietnamese import fold
from embeddings.extraction.enumerations import begins_with_verb, leading_verb_end
from embeddings.syllables import token_spans

Span = tuple[int, int]

_ASKS = re.compile(r"\b(?:gì|nào)\b")
_LONGEST, _LEAST = 5, 2
"""Syllables of the noun and the verb before it: most nouns have two, and one alone may be part of any word."""
_FURTHER = 8
"""Syllables behind the noun that may still belong to it."""
_ENDS = re.compile(
    r"(?:và|với|trong|để|nhằm|theo|gồm|là|đã|được|tại|từ|do|bằng|khi|nếu|mà|thì|sẽ|đang|hoặc|hay|cùng|vì|như|trên|dưới"
    r"|trước|sau|qua|cho|đến|gần)"
)
"""Syllables that begin something else; with their marks, since `tự`, `độ`, `đền` begin nothing."""
_BREAK = re.compile(r"[^\w\s/-]|\n")
_NOTHING_NAMED = frozenset(("cai", "dieu", "viec", "nhung", "cac", "mot", "la", "the"))


def completions(question: str, text: str) -> list[Span]:
    """Where a text has the noun that stands right before the question's `gì` or `nào`, with words behind it.

    Args:
        question: with its marks restored.
        text: where to look.

    Returns:
        Spans from the noun to the end of its words, in order, for as many of the question's words as the text has
        somewhere side by side; none where the question names no noun.
    """
    asked = list(_ASKS.finditer(question.lower()))
    if not asked:
        return []
    before = question[: asked[-1].start()]
    words = [fold(before[start:end]) for start, end in token_spans(before)][-_LONGEST:]
    if not words or words[-1] in _NOTHING_NAMED:
        return []
    places = token_spans(text)
    folded = [fold(text[start:end]) for start, end in places]
    for length in range(len(words), _LEAST - 1, -1):
        run = words[-length:]
        found = (place for place in range(len(folded) - length) if folded[place : place + length] == run)
        spans = [span for place in found if (span := _completed(text, places, place, place + length))]
        if spans:
            return spans
    return []


def _completed(text: str, places: list[Span], first: int, behind: int) -> Span | None:
    """The noun without the verb that leads it and what stands before that, and what follows; None if nothing does."""
    for place in range(first, behind - _LEAST):
        end = leading_verb_end(text, places[place][0])
        if end is not None and end <= places[behind - _LEAST][0]:
            first = next(later for later in range(place + 1, behind) if places[later][0] >= end)
    if begins_with_verb(text, places[first][0]) or _BREAK.search(text, places[first][0], places[behind - 1][1]):
        return None
    last = behind - 1
    for place in range(behind, min(behind + _FURTHER, len(places))):
        start, end = places[place]
        if _BREAK.search(text, places[place - 1][1], start) or _ENDS.fullmatch(text[start:end].lower()):
            break
        if place > behind and begins_with_verb(text, start):
            break
        last = place
    return (places[first][0], places[last][1]) if last >= behind else None
