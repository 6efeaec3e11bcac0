"""The sentence of a passage that answers, cut to size, and the words in it that are the answer."""

import re
from collections.abc import Mapping
from itertools import pairwise

from embeddings.expectation import Expectation, Kind, Span, candidates, counts, fit
from embeddings.models import Hit
from embeddings.vietnamese import fold, token_spans

LONGEST_QUOTE = 300
"""Characters."""

Worth = Mapping[str, float]

_MEANING_WEIGHT = 8.0
_WORDS_WEIGHT = 0.7
_FIT_WEIGHT = 0.5
_CLAUSE_END = re.compile(r"[;:,](?=\s)|\.\.\.|…|(?<=\s)[–-](?=\s)")
_FAR = 400
_MONEY = re.compile(r"đồng|tỷ|triệu|nghìn|ngàn", re.IGNORECASE)


def find_quote(expected: Expectation, worth: Worth, hit: Hit) -> str:
    """The sentence that answers best; of one longer than `LONGEST_QUOTE` the run of clauses that does.

    A sentence counts by its meaning (cosine), by the question's words in it and by holding words of the kind that is
    waited for.
    """
    text = hit.passage.text
    best = max(
        hit.sentences, key=lambda sentence: _value(expected, worth, text[sentence[0] : sentence[1]], sentence[2])
    )
    sentence = text[best[0] : best[1]].strip()
    return sentence if len(sentence) <= LONGEST_QUOTE else _cut(expected, worth, sentence)


def find_answer(expected: Expectation, worth: Worth, quote: str) -> str | None:
    """The words that answer where rules can tell them, an exact substring of the quote.

    Of several candidates of the right kind the one nearest to the question's own words is taken.
    """
    found = candidates(expected, quote)
    if expected.kind is Kind.NUMBER and expected.counted:
        found = [span for span in found if counts(expected, quote, span) or _is_money(expected, quote, span)]
    if not found:
        return None
    anchors = _anchors(worth, quote)
    start, end = max(found, key=lambda span: _nearness(expected, anchors, quote, span))
    return quote[start:end].strip()


def _is_money(expected: Expectation, quote: str, span: Span) -> bool:
    return "tien" in expected.counted and _MONEY.search(quote[span[0] : span[1]]) is not None


def covered(worth: Worth, text: str) -> float:
    """Share of the question's words, by worth, that a text has; 0 if the question has none."""
    total = sum(worth.values())
    said = {fold(text[start:end]) for start, end in token_spans(text)}
    return sum(value for word, value in worth.items() if word in said) / total if total else 0.0


def _value(expected: Expectation, worth: Worth, sentence: str, cosine: float) -> float:
    return _MEANING_WEIGHT * cosine + _WORDS_WEIGHT * covered(worth, sentence) + _FIT_WEIGHT * fit(expected, sentence)


def _cut(expected: Expectation, worth: Worth, sentence: str) -> str:
    """The run of whole clauses, at most `LONGEST_QUOTE` long, that says most of what is asked."""
    starts = [0, *(match.end() for match in _CLAUSE_END.finditer(sentence))]
    pieces = _short_pieces(sentence, [*starts, len(sentence)])
    best, best_value = (0, 0), -1.0
    for first, (start, _) in enumerate(pieces):
        for last in range(first, len(pieces)):
            end = pieces[last][1]
            if len(sentence[start:end].strip()) > LONGEST_QUOTE:
                break
            text = sentence[start:end]
            value = covered(worth, text) + _FIT_WEIGHT * fit(expected, text) + 0.1 * len(text) / LONGEST_QUOTE
            if value > best_value:
                best, best_value = (start, end), value
    return sentence[best[0] : best[1]].strip().rstrip(",;:–- ").strip()


def _short_pieces(sentence: str, edges: list[int]) -> list[Span]:
    """Clauses between edges; one longer than a quote is cut at blanks."""
    pieces: list[Span] = []
    for start, end in pairwise(edges):
        position = start
        while end - position > LONGEST_QUOTE:
            cut = sentence.rfind(" ", position + 1, position + LONGEST_QUOTE)
            cut = cut if cut > position else position + LONGEST_QUOTE
            pieces.append((position, cut))
            position = cut
        if end > position:
            pieces.append((position, end))
    return pieces


def _anchors(worth: Worth, quote: str) -> list[tuple[int, float]]:
    """Where the question's words stand in the quote, and their worth."""
    places = ((start, fold(quote[start:end])) for start, end in token_spans(quote))
    return [(start, worth[word]) for start, word in places if word in worth]


def _nearness(expected: Expectation, anchors: list[tuple[int, float]], quote: str, span: Span) -> float:
    """Share of the question's words in the same part of the quote, closeness to them, and what the kind asks for."""
    total = sum(value for _, value in anchors) or 1.0
    middle = (span[0] + span[1]) / 2
    first = max(quote.rfind(mark, 0, span[0]) for mark in ";:")
    last = min((place for mark in ";:" if (place := quote.find(mark, span[1])) >= 0), default=len(quote))
    near = sum(value * max(0.0, 1 - abs(place - middle) / _FAR) for place, value in anchors) / total
    near += sum(value for place, value in anchors if first < place < last) / total
    if expected.kind is Kind.NUMBER:
        near += counts(expected, quote, span)
    if expected.kind is Kind.TIME:
        near += 0.02 * (span[1] - span[0])
    return near
