"""The list in a passage that answers a question best, and how probable it is that it is the one."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from corpus.splitting import sentence_spans
from embeddings.extraction.enumerations import Level, Stretch, bare, begins_with_verb, items_of, stretches
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
_LED_TO, _SAID_ANYWAY, _BEGUN_INSIDE = 2.0, 3.0, 1.0
"""How much more than in training texts it counts, among lists that compete, that the words before one are the
question's, and against words between commas that they repeat the question or that a reader saw answers begin inside
them; see docs/decisions/forms.md."""
_LEAD = 90
_BEGINS = -1.0
"""The logit from which a reader's token begins an answer; few do."""
_LEADS_IN = re.compile(r"(?::|\blà|\bgồm|\bsau)\s*$")
_NEXT_CLAUSE = re.compile(r"\s*;\s*(?:và\s+)?")
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
        preference: what lists that compete are compared by.
    """

    items: tuple[Span, ...]
    score: float
    preference: float

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
        preference = score + _preferred(view, stretch, items, reading)
        if best is None or preference > best.preference:
            best = FoundList(tuple(items), score, preference)
    if best is None or len(best.items) == question.count:
        return best
    return replace(best, items=carried_on(text, best.items))


def carried_on(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with the clauses behind them that go on in their way (`đổi mới, lắng nghe; tăng cường ...; xây dựng ...`).

    Args:
        text: where they stand.
        items: in order; they go on where the first begins with a verb, the last ends with its clause, and the clause
            behind the semicolon begins with a verb too.
    """
    sentence = next((end for start, end in sentence_spans(text) if start <= items[-1][0] < end), len(text))
    found, joint = list(items), _NEXT_CLAUSE.match(text, items[-1][1], sentence)
    while joint and begins_with_verb(text, items[0][0]) and begins_with_verb(text, joint.end()):
        end = text.find(";", joint.end(), sentence)
        found.append(bare(text, joint.end(), sentence if end < 0 else end))
        joint = _NEXT_CLAUSE.match(text, end, sentence) if end >= 0 else None
    return tuple(found)


def _preferred(view: PassageView, stretch: Stretch, items: Sequence[Span], reading: Reading | None) -> float:
    start, end = items[0][0], items[-1][1]
    led_to = _LED_TO * view.said(max(start - _LEAD, 0), start)
    if stretch.level is not Level.COMMA:
        return led_to
    tags = [tag for tag in reading.tags if start < tag.end and tag.start < end] if reading else []
    firsts = {next((tag.start for tag in tags if tag.end > left), -1) for left, _ in items}
    begun = sum(tag.begins > _BEGINS and tag.start not in firsts for tag in tags)
    return led_to - _SAID_ANYWAY * view.said(start, end) - _BEGUN_INSIDE * begun


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
