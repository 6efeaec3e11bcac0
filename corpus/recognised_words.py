"""Words of a document that were recognised on a picture, and how sure that is."""

from bisect import bisect_left

from corpus.models import Document, Place

UNSURE = 0.6
"""Confidence below which a recognised word has to be compared with the paper (docs/decisions/documents.md)."""


def recognised(document: Document, start: int, end: int) -> tuple[Place, ...]:
    """The recognised words that stand, even in part, between two places of a document's text.

    Args:
        document: its places ascend.
        start: in characters of its text.
        end: likewise.
    """
    first = bisect_left(document.places, start, key=lambda place: place.end - 1)
    last = bisect_left(document.places, end, key=lambda place: place.start)
    return document.places[first:last]


def uncertain_words(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Those of them that are uncertain, as they were read, each once."""
    found = (place for place in recognised(document, start, end) if place.confidence < UNSURE)
    return tuple(dict.fromkeys(document.text[place.start : place.end] for place in found))


def sureness(document: Document, start: int, end: int) -> float:
    """By how much the words of a text may be trusted, 0 to 1: 1 for what is no picture or where no word is uncertain.

    A sentence is as doubtful as its most doubtful word: that may be the one that answers.
    """
    lowest = min((place.confidence for place in recognised(document, start, end)), default=1.0)
    return min(lowest / UNSURE, 1.0)
