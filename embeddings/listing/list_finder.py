"""The list in a passage that answers a question best, and how probable it is that it is the one."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from corpus.splitting import sentence_spans
from embeddings.extraction.compounds import cuts_a_word
from embeddings.extraction.enumerations import Level, Stretch, bare, begins_with_verb, items_of, stretches
from embeddings.listing.completing import begun, completed
from embeddings.listing.item_ends import to_the_end
from embeddings.listing.leading_back import led_back
from embeddings.listing.list_features import (
    ListQuestion,
    PassageView,
    dot,
    list_features,
)
from embeddings.listing.outer_lists import is_part_of_an_item, outer_item, outer_whole
from embeddings.listing.owners import of_the_asked_owner
from embeddings.listing.recutting import recut
from embeddings.listing.whole_bodies import whole_bodies
from embeddings.reading.readings import Reading

Span = tuple[int, int]

_ANNOUNCED = 4.0
"""Log odds for as many items as question and words before the list name: rarer in training texts than in questions."""
_LED_TO, _SAID_ANYWAY, _BEGUN_INSIDE = 2.0, 3.0, 1.0
"""How much more than in training texts it counts, among lists that compete, that the words before one are the
question's, and against words between commas that they repeat the question or that a reader saw answers begin inside
them; see docs/decisions/forms.md."""
_TOLD = 1.5
"""The same for as many items as the words right before them announce."""
_LEAD = 90
_BEGINS = -1.0
"""The logit from which a reader's token begins an answer; few do."""
_LEADS_IN = re.compile(r"(?::|\blà|\bgồm|\bsau)\s*$")
_ANNOUNCED_HERE = re.compile(r":\s*[“\"'‘]?$")
_NUMBERED = re.compile(
    r"(?:(?:một|hai|ba|bốn|năm|sáu|bảy) là|thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)(?: là)?)\s*,?\s+(?=\w)", re.IGNORECASE
)
_LEADS_TO_ALL = re.compile(
    r"(?:liên quan (?:đến|tới)|bao gồm|gồm(?: có)?|đối với|trong (?:công tác|việc|các lĩnh vực)|là|về)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_BETWEEN_COMMAS = re.compile(r"[^,]+")
_NEXT_CLAUSE = re.compile(r"\s*;\s*(?:và\s+)?")
_OPENS, _CLOSES = ("“", "‘", "«"), ("”", "’", "»")
_SHORT = 4
"""Words of what stands between two commas of a slogan, at most."""
_CLAUSE_BEFORE = re.compile(r";\s*(?:và\s+)?$")
_BEGINS_BEFORE = 0.0
"""Log odds from which a list is taken to begin in the clause before."""
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
        counted: whether it has as many items as the question asks for and the words before it announce.
    """

    items: tuple[Span, ...]
    score: float
    preference: float
    counted: bool = False

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
    inside: Stretch | None = None
    for stretch, items, scores in candidates(view, weights):
        if any(view.repeats(*item) for item in items) or is_part_of_an_item(view, stretch, items):
            continue
        score = dot(weights.whole, list_features(view, stretch, items, scores).items())
        told = view.told(items[0][0])
        counted = len(items) == told == question.count and _LEADS_IN.search(text, 0, items[0][0]) is not None
        score += _ANNOUNCED * counted
        preference = score + _preferred(view, stretch, items, reading)
        if best is None or preference > best.preference:
            best, inside = FoundList(tuple(items), score, preference, counted), stretch
    if best is None or inside is None:
        return None
    best = replace(best, items=to_the_end(text, inside, best.items))
    if len(best.items) in (question.count, view.told(best.items[0][0])):  # all there are
        return replace(best, items=unnumbered(text, best.items))
    whole = whole_slogan(text, best.items)
    owned = of_the_asked_owner(view, best.items)
    if owned != best.items:
        return replace(best, items=owned)
    best = replace(best, items=without_lead(text, best.items))
    inner = _with_whole_items(view, led_up_to(view, best.items, weights))
    found = whole or outer_whole(text, inner, carried_on(text, inner))
    return replace(best, items=unnumbered(text, found))


def _with_whole_items(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items of one stretch from their verbs on and to their end; of persons nothing is cut anew."""
    if any(view.is_person(*item) for item in items):
        return completed(view, items)
    return recut(view, whole_bodies(view.text, begun(view, completed(view, led_back(view, items)))))


def unnumbered(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items without the words that number them, where the first begins so (`một là, ...; hai là, ...`)."""
    if not items or not _NUMBERED.match(text, *items[0]):
        return tuple(items)
    return tuple(
        (match.end(), end) if (match := _NUMBERED.match(text, start, end)) else (start, end) for start, end in items
    )


def without_lead(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items without the words that lead to all of them, where the first begins so and no other does."""
    lead = _LEADS_TO_ALL.match(text, *items[0])
    if lead is None or any(text.startswith(lead.group(), start) for start, _ in items[1:]):
        return tuple(items)
    return ((lead.end(), items[0][1]), *items[1:])


def whole_slogan(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """All words of the quotation that items end, where it is nothing but short words between commas.

    Args:
        text: where they stand.
        items: in order; a slogan (`“Kỷ cương, sáng tạo, hiệu quả”`) is named whole. Empty where they end none.
    """
    for stretch in stretches(text):
        inside = [bare(text, segment.start, segment.end) for segment in stretch.segments]
        if (
            stretch.level is Level.COMMA
            and text[stretch.start - 1 : stretch.start] in _OPENS
            and text[stretch.end : stretch.end + 1] in _CLOSES
            and stretch.start <= items[0][0]
            and items[-1][1] == inside[-1][1]
            and all(len(text[start:end].split()) <= _SHORT for start, end in inside)
        ):
            return tuple(inside)
    return ()


def led_up_to(view: PassageView, items: Sequence[Span], weights: ListWeights) -> tuple[Span, ...]:
    """Items with those of the clause before them, where they begin right behind its semicolon and it enumerates too.

    Args:
        view: of their passage.
        items: in order; `phải kiên trì, không nóng vội; có kiến thức, ứng xử có văn hóa` is one list, found by its end.
        weights: say where the earlier items begin.
    """
    before = _CLAUSE_BEFORE.search(view.text, 0, items[0][0])
    if before is None:
        return tuple(items)
    last = before.start()
    for stretch in stretches(view.text):
        if stretch.level is Level.COMMA and stretch.end == last:
            start, score = _best(view, stretch, weights.start, is_end=False)[0]
            earlier = items_of(view.text, stretch, start, last)
            if score >= _BEGINS_BEFORE and earlier and not any(view.repeats(*item) for item in earlier[0]):
                return (*earlier[0], *items)
    return tuple(items)


def carried_on(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with the clauses behind them that go on in their way (`đổi mới, lắng nghe; tăng cường ...; xây dựng ...`).

    Args:
        text: where they stand.
        items: in order; they go on where the last ends with its clause, and a colon announced the first, or the first
            and the clause behind the semicolon begin with verbs.
    """
    sentence = next((end for start, end in sentence_spans(text) if start <= items[-1][0] < end), len(text))
    found, joint = list(items), _NEXT_CLAUSE.match(text, items[-1][1], sentence)
    told = _ANNOUNCED_HERE.search(text, 0, items[0][0]) is not None
    led = begins_with_verb(text, items[0][0]) and not _is_inside_a_deed(text, items[0][0])
    while joint and (told or (led and begins_with_verb(text, joint.end()))):
        end = text.find(";", joint.end(), sentence)
        found += _alike(text, bare(text, joint.end(), sentence if end < 0 else end))
        joint = _NEXT_CLAUSE.match(text, end, sentence) if end >= 0 else None
    return tuple(found)


def _is_inside_a_deed(text: str, place: int) -> bool:
    """Whether the clause of a place begins with another verb, which the clauses behind go on from."""
    clause = max(text.rfind(sign, 0, place) for sign in ";:.\n") + 1
    clause += len(text[clause:place]) - len(text[clause:place].lstrip())
    return clause < place and begins_with_verb(text, clause)


def _alike(text: str, clause: Span) -> list[Span]:
    """A clause cut at its commas where all its pieces begin with the same word (`luôn mỉm cười, luôn giúp đỡ`)."""
    pieces = [bare(text, *match.span()) for match in _BETWEEN_COMMAS.finditer(text, *clause)]
    firsts = {text[start:end].split(" ", 1)[0].lower() for start, end in pieces}
    return pieces if len(pieces) > 1 and len(firsts) == 1 else [clause]


def _preferred(view: PassageView, stretch: Stretch, items: Sequence[Span], reading: Reading | None) -> float:
    start, end = items[0][0], items[-1][1]
    item = outer_item(view.text, start) if stretch.level is Level.COMMA else None
    from_here = item if item is not None and item < start else 0
    led_to = _LED_TO * view.said(max(start - _LEAD, from_here), start)
    if len(items) == view.told(start) and _ANNOUNCED_HERE.search(view.text[:start].rstrip()):
        led_to += _TOLD
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
    """Where a list may begin (or end) in a stretch, never inside a word: (place, number of the segment)."""
    found = []
    for number, segment in enumerate(stretch.segments):
        first, last = view.number_at(segment.start), view.number_at(segment.end)
        for start, end in view.words[first:last]:
            inside = end < segment.end if is_end else start > segment.start
            if inside and cuts_a_word(view.text, end + 1 if is_end else start):
                continue
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
