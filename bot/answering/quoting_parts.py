"""What is quoted of a part that was looked up by its number: its text, in pieces that fit, without its labels."""

from collections.abc import Sequence

from corpus.official.labels import labels_of
from corpus.splitting import sentence_spans, trim

LONGEST_QUOTE = 300
"""Characters."""
_ALL_QUOTES = 600
"""Characters that are quoted of one passage."""

Span = tuple[int, int]


def quotes_of_part(text: str, pieces: Sequence[Span], kept: Span | None = None) -> list[Span]:
    """What is quoted of a part: whole sentences, as many as may be quoted, in reading order; at least one quote.

    A sentence longer than a quote may be is cut at a blank.

    Args:
        text: of the passage.
        pieces: of the part that stand in it, not empty.
        kept: words that must stand in the first quote whole, where they are shorter than it.
    """
    start, end = trim(text, pieces[0][0], pieces[-1][1])
    if kept and kept[1] > start + LONGEST_QUOTE:
        return [_around(text, kept, (start, end))]
    quotes: list[Span] = []
    for left, right in sentence_spans(text[start:end]):
        first, last = start + left, start + right
        if quotes and last - quotes[-1][0] <= LONGEST_QUOTE:
            quotes[-1] = quotes[-1][0], last
        else:
            quotes.append((first, _cut(text, first, last)))
    quoted = quotes[:1]
    for quote in quotes[1:]:
        if sum(right - left for left, right in (*quoted, quote)) > _ALL_QUOTES:
            break
        quoted.append(quote)
    return quoted or [(start, end)]


def words_of_part(text: str, pieces: Sequence[Span]) -> list[Span]:
    """The words of each piece of a part, without the label in front and the stop of a list behind; empty ones left out.

    Of a piece that is longer than a quote may be, its beginning.
    """
    found = []
    for start, end in pieces:
        label = next(iter(labels_of(text[start:end])), None)
        first, last = trim(text, start + (label.length if label else 0), end)
        last = min(last, first + len(text[first:last].rstrip(" ;,:")))
        if first < last:
            found.append((first, _cut(text, first, last)))
    return found


def _around(text: str, kept: Span, within: Span) -> Span:
    """Words that stand late in a long sentence with as much of it before them as a quote takes."""
    first = max(within[0], kept[1] - LONGEST_QUOTE)
    blank = text.find(" ", first, kept[0])
    start = first if first == within[0] or blank < 0 else blank + 1
    return trim(text, start, min(max(kept[1], start + 1), start + LONGEST_QUOTE))


def _cut(text: str, start: int, end: int) -> int:
    if end - start <= LONGEST_QUOTE:
        return end
    cut = text.rfind(" ", start + 1, start + LONGEST_QUOTE)
    return cut if cut > start else start + LONGEST_QUOTE
