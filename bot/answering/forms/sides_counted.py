"""Which of two things is more, where one sentence counts both (`loại giỏi 211 người, khá 304 người`)."""

import re
from collections.abc import Iterator

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.quantities.quantities import quantities
from embeddings.question.comparison import Comparison
from embeddings.syllables import token_spans, tokens

_LOOKED_AT = 3
_NO_THING = frozenset(("so", "muc", "luong", "nam", "thang", "quy"))
"""Folded words of a side that are not named beside its number."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEGMENT = re.compile(r"(?:[^,;:]|[,:](?=\d))+?(?=[;:]|,(?!\d)|\svà\s|$)")
"""What stands between commas, semicolons and `và`."""


def answer_by_count(asked: Asked, comparison: Comparison) -> Draft | None:
    """The side with the larger (or smaller) number in a sentence that counts both; None where none does.

    Args:
        asked: the whole question.
        comparison: by number.
    """
    sides = [set(tokens(fold(side))) for side in comparison.sides]
    own = [
        {word for word in one - other if not word.isdigit()} - _NO_THING
        for one, other in zip(sides, sides[::-1], strict=True)
    ]
    if not all(own):
        return None
    for hit in asked.search.hits[:_LOOKED_AT]:
        for start, end in sentence_spans(hit.passage.text):
            counted = [_counted(hit, (start, end), words) for words in own]
            if counted[0] is None or counted[1] is None or counted[0][1] == counted[1][1]:
                continue
            larger = 0 if counted[0][1] > counted[1][1] else 1
            chosen = counted[larger if comparison.by_number > 0 else 1 - larger]
            if chosen:
                rest = (other for other in asked.search.hits if other.passage.id != hit.passage.id)
                around = {hit.passage.id: [(start, end)]}
                piece = Piece(hit, *chosen[0])
                status = Status.ANSWERED
                return Draft(AnswerKind.SPAN, status, asked.confidence, (piece,), (hit, *rest), around=around)
    return None


def _counted(hit: Hit, sentence: Span, words: set[str]) -> tuple[Span, int] | None:
    """Where a sentence names a side with the one number beside it, and that number; None where it has not just one."""
    text = hit.passage.text
    found = []
    for start, end in _segments(text, sentence):
        places = [(place, fold(text[start + place[0] : start + place[1]])) for place in token_spans(text[start:end])]
        named = [place for place, word in places if word in words]
        numbers = [one for one in quantities(text[start:end]) if not (one.is_date or _YEAR.fullmatch(one.keys[0]))]
        key = numbers[0].keys[0].removesuffix("%") if len(numbers) == 1 else ""
        if key.isdecimal() and words <= {word for _, word in places}:
            edges = [edge for place in named for edge in place] + [numbers[0].start, numbers[0].end]
            found.append(((start + min(edges), start + max(edges)), int(key)))
    return found[0] if len(found) == 1 else None


def _segments(text: str, sentence: Span) -> Iterator[Span]:
    start, end = sentence
    for match in _SEGMENT.finditer(text, start, end):
        yield match.span()
