"""The list in a passage that answers a question best, and how probable it is that it is the one."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from embeddings.extraction.enumerations import Stretch, items_of, stretches
from embeddings.listing.list_features import (
    ListQuestion,
    PassageView,
    dot,
    list_features,
)
from embeddings.reading.readings import Reading

Span = tuple[int, int]

_ANNOUNCED = 4.0
"""Log odds for as many items as question and words before the list name: rarer in training texts than in questions."""
_LEADS_IN = re.compile(r"(?::|\blà|\bgồm|\bsau)\s*$")
_PLACES = 6
"""Beginnings and ends that are tried with each other, the best ones of each stretch."""


@dataclass(frozen=True, slots=True)
class ListWeights:
    """Weights of the features; see `embeddings.training.lists`."""

    start: Mapping[str, float]
    end: Mapping[str, float]
    whole: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FoundList:
    """Items that answer.

    Attributes:
        items: where they stand, in the order of the text.
        score: log odds that these are the items that are asked for.
    """

    items: tuple[Span, ...]
    score: float

    @property
    def probability(self) -> float:
        """0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score))))


def find_list(
    text: str, question: ListQuestion, reading: Reading | None = None, weights: ListWeights | None = None
) -> FoundList | None:
    """The best list of a passage, None where nothing enumerates.

    Args:
        text: the passage.
        question: what is asked.
        reading: of the passage, None where nobody has read it.
        weights: None for those that are shipped.
    """
    weights = weights or shipped(read=reading is not None)
    view = PassageView(text, question, reading)
    best: FoundList | None = None
    for stretch, items, scores in candidates(view, weights):
        if any(view.repeats(*item) for item in items):
            continue
        score = dot(weights.whole, list_features(view, stretch, items, scores).items())
        told = view.told(items[0][0])
        if len(items) == told == question.count and _LEADS_IN.search(text, 0, items[0][0]):
            score += _ANNOUNCED
        if best is None or score > best.score:
            best = FoundList(tuple(items), score)
    return best


def candidates(view: PassageView, weights: ListWeights) -> list[tuple[Stretch, list[Span], tuple[float, float]]]:
    """Lists worth a look: the best beginnings of each stretch with its best ends, cut in every way."""
    found = []
    for stretch in stretches(view.text):
        starts = _best(view, stretch, weights.start, is_end=False)
        ends = _best(view, stretch, weights.end, is_end=True)
        for start, start_score in starts:
            for end, end_score in ends:
                if end > start:
                    found += [
                        (stretch, items, (start_score, end_score)) for items in items_of(view.text, stretch, start, end)
                    ]
    return found


def places(view: PassageView, stretch: Stretch, *, is_end: bool) -> list[tuple[int, int]]:
    """Where a list may begin (or end) in a stretch: (place, number of the segment)."""
    found = []
    for number, segment in enumerate(stretch.segments):
        first, last = view.number_at(segment.start), view.number_at(segment.end)
        for start, end in view.words[first:last]:
            if (is_end and end <= segment.end) or (not is_end and start >= segment.start):
                found.append((end if is_end else start, number))
        if is_end and (not found or found[-1][0] != segment.end):
            found.append((segment.end, number))
        if not is_end and segment.start not in {place for place, _ in found}:
            found.append((segment.start, number))
    return found


def _best(
    view: PassageView, stretch: Stretch, weights: Mapping[str, float], *, is_end: bool
) -> list[tuple[int, float]]:
    side = "end" if is_end else "start"
    scored = [
        (place, dot(weights, view.features_at(side, place, stretch, number).items()))
        for place, number in places(view, stretch, is_end=is_end)
    ]
    return sorted(scored, key=lambda one: -one[1])[:_PLACES]


@lru_cache(maxsize=2)
def shipped(*, read: bool) -> ListWeights:
    """The weights that come with the program: for passages that a reader has read, and for others."""
    data = json.loads(files("embeddings").joinpath("data/list_weights.json").read_text("utf-8"))
    return ListWeights(**data["read" if read else "unread"])
