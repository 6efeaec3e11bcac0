"""Where a passage names one of two sides that a question compares or offers."""

import re

from corpus.vietnamese import fold
from embeddings.extraction.persons import persons
from embeddings.verdicts.claim_words import spoken_spans, spoken_words

Span = tuple[int, int]

_ADDRESSED = re.compile(r"(?:ông|bà|anh|chị|cô|chú|đồng chí)\s+(?P<name>[^\W\d_]+)", re.IGNORECASE)


def side_named(text: str, span: Span, side: str, other: str) -> Span | None:
    """Where a stretch of a passage names a side.

    By all its words; else by those from the first to the last that the other side has not; else by the longest run of
    its first words that has such a word (two words at least, unless the side has one). Somebody who is addressed by
    the given name alone (`bà Lụa`) by the one full name that ends so.

    Args:
        text: of the passage, NFC.
        span: where to look in it.
        side: as the question has it.
        other: the other side: what it has too tells neither.
    """
    addressed = _ADDRESSED.fullmatch(side)
    if addressed and fold(side) not in fold(text[slice(*span)]):
        return _with_given_name(text, span, addressed["name"])
    words, theirs = [fold(word) for word in spoken_words(side)], {fold(word) for word in spoken_words(other)}
    own = [place for place, word in enumerate(words) if word not in theirs]
    if not own:
        return None
    runs = [words, *(words[start : own[-1] + 1] for start in range(own[0] + 1))]
    runs += [words[:length] for length in range(len(words) - 1, own[0], -1)]
    named = (run for run in runs if len(run) > 1 or len(words) == 1 or run[0].isdigit())
    return next((found for run in named if (found := _run_in(text, span, run))), None)


def _run_in(text: str, span: Span, wanted: list[str]) -> Span | None:
    """Where folded words stand side by side."""
    start, end = span
    spoken = spoken_spans(text[start:end])
    here = [fold(word) for word, _ in spoken]
    for place in range(len(here) - len(wanted) + 1):
        if here[place : place + len(wanted)] == wanted:
            return start + spoken[place][1][0], start + spoken[place + len(wanted) - 1][1][1]
    return None


def _with_given_name(text: str, span: Span, given: str) -> Span | None:
    """The full name in a stretch of a passage that ends with a given one; None unless just one person's does."""
    spans = [(span[0] + start, span[0] + end) for start, end in persons(text[slice(*span)])]
    named = [one for one in spans if fold(text[slice(*one)].rsplit(maxsplit=1)[-1]) == fold(given)]
    return named[0] if len({text[slice(*one)] for one in named}) == 1 else None
