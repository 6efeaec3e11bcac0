"""What speaks for a place as the beginning or end of the list that is asked for, and for a list as a whole."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.vietnamese import fold
from embeddings.extraction.enumerations import Level, Segment, Stretch, begins_with_verb
from embeddings.extraction.persons import persons
from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Expectation, Kind
from embeddings.reading.readings import Reading
from embeddings.reading.readings import Span as ReadSpan
from embeddings.syllables import token_spans

Span = tuple[int, int]
Features = dict[str, float]

_NEAR = 8
_FAR_MARGIN = 12.0
_LONG = 12
_COUNTED_BEFORE = re.compile(r"([^\W\d_]+|\d+)\s+(?:[^\W\d_]+\s+){0,4}[^\W\d_]*:?\s*$")
_ONE_WORD = re.compile(r"\s+\w+(?:,|,? và)\s+")


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What a question for several things says.

    Attributes:
        worth: folded content words and their rarity.
        expected: what kind of words it waits for.
        count: how many things it asks for, None where it does not say.
        noun: folded words of what is asked for (`những xã nào` -> xa).
        likelihood: how probable it is from the question alone that several things are asked for, 0 to 1.
    """

    worth: Mapping[str, float]
    expected: Expectation
    count: int | None = None
    noun: tuple[str, ...] = ()
    likelihood: float = 1.0


class PassageView:
    """A passage prepared for one question: its words, persons and numbers, and what a reader found in it."""

    def __init__(self, text: str, question: ListQuestion, reading: Reading | None) -> None:
        self.text = text
        self.question = question
        self.read = reading.spans if reading else ()
        self.words = token_spans(text)
        self.starts = [start for start, _ in self.words]
        self.folded = [fold(text[start:end]) for start, end in self.words]
        self._asked = [number for number, word in enumerate(self.folded) if word in question.worth]
        self._total = sum(question.worth.values()) or 1.0
        self._told: dict[int, int | None] = {}
        self._said: dict[tuple[int, int], float] = {}
        self._places: dict[tuple[str, int, Stretch], Features] = {}

    def features_at(self, side: str, place: int, stretch: Stretch, number: int) -> Features:
        """What speaks for a place as the `start` or `end` of a list; worked out once."""
        known = self._places.get((side, place, stretch))
        if known is None:
            found = start_features if side == "start" else end_features
            known = self._places[side, place, stretch] = found(self, place, stretch, number)
        return known

    def told(self, start: int) -> int | None:
        """See `announced`; worked out once."""
        if start not in self._told:
            self._told[start] = announced(self.text, start)
        return self._told[start]

    @cached_property
    def people(self) -> list[Span]:
        """Where persons are named."""
        return list(persons(self.text))

    def number_at(self, place: int) -> int:
        """Number of the first word that starts at or behind a place."""
        return bisect_right(self.starts, place - 1)

    def said(self, start: int, end: int) -> float:
        """Share of the question's words, by worth, between two places."""
        first = bisect_left(self._asked, self.number_at(start))
        last = bisect_left(self._asked, self.number_at(end))
        if (first, last) not in self._said:
            found = {self.folded[number] for number in self._asked[first:last]}
            self._said[first, last] = sum(self.question.worth[word] for word in found) / self._total
        return self._said[first, last]

    def repeats(self, start: int, end: int) -> bool:
        """Whether the words between two places are all words of the question: what it asks about, and no answer."""
        words = self.folded[self.number_at(start) : self.number_at(end)]
        return all(word in self.question.worth or word in self.question.expected.known for word in words)

    def is_person(self, start: int, end: int) -> bool:
        """Whether a person's name begins near a place."""
        return any(start <= begin < min(end, start + 24) for begin, _ in self.people)


def start_features(view: PassageView, place: int, stretch: Stretch, number: int) -> Features:
    """Features of a word's beginning as the beginning of a list.

    Args:
        view: of the passage.
        place: where the word begins.
        stretch: the stretch that the list would lie in.
        number: of the segment in it.
    """
    text, segments = view.text, stretch.segments
    segment = segments[number]
    word = view.number_at(place)
    before = text[max(place - 3, 0) : place].strip()
    previous = view.folded[word - 1] if word else ""
    following = segments[number + 1] if number + 1 < len(segments) else None
    features: Features = {
        "bias": 1.0,
        f"level={stretch.level.value}": 1.0,
        f"before={before[-1:] if before and not before[-1:].isalnum() else 'word'}": 1.0,
        f"prev={previous}": 1.0,
        f"next={view.folded[word] if word < len(view.folded) else ''}": 1.0,
        f"class={_class(text, place)}": 1.0,
        f"at segment start={int(place == segment.start)},{segment.joint}": 1.0,
        f"last segment={int(following is None)}": 1.0,
        "lead said": view.said(max(place - 90, 0), place),
        "lead said near": view.said(max(place - 35, 0), place),
        "sentence said": view.said(stretch.start, stretch.end),
        "said behind": view.said(place, min(segment.end, place + 60)),
        "words in segment": min(view.number_at(segment.end) - word, _LONG) / _LONG,
        "noun at": float(_noun_at(view, word)),
        "noun before": float(_noun_at(view, word - 1) or _noun_at(view, word - 2)),
    }
    features["verb here"] = float(begins_with_verb(text, place))
    if following is not None:
        features |= _parallel(view, place, following)
    features |= _kind(view, place, segment.end)
    if place == segment.start and number:
        features["said in earlier segment"] = view.said(segments[number - 1].start, segments[number - 1].end)
    return features | _read_at(view.read, place, "start")


def end_features(view: PassageView, place: int, stretch: Stretch, number: int) -> Features:
    """Features of a word's end as the end of a list; arguments as for `start_features`."""
    text, segments = view.text, stretch.segments
    segment = segments[number]
    word = view.number_at(place)
    behind = text[place : place + 2]
    sign = behind.strip()[:1]
    following = view.folded[word] if word < len(view.folded) else ""
    return {
        "bias": 1.0,
        f"level={stretch.level.value}": 1.0,
        f"behind={sign if sign and not sign.isalnum() else ('word' if sign else 'end')}": 1.0,
        f"next={following}": 1.0,
        f"prev={view.folded[word - 1] if word else ''}": 1.0,
        f"at segment end={int(place == segment.end)}": 1.0,
        f"last segment={int(number == len(segments) - 1)}": 1.0,
        f"first segment={int(number == 0)}": 1.0,
        "said behind": view.said(place, min(place + 60, stretch.end)),
        "words in segment": min(word - view.number_at(segment.start), _LONG) / _LONG,
        "said in segment": view.said(segment.start, place),
        f"class behind={_class(text, text.find(following, place) if following else place)}": 1.0,
    } | _read_at(view.read, place, "end")


def list_features(view: PassageView, stretch: Stretch, items: Sequence[Span], scores: tuple[float, float]) -> Features:
    """Features of a whole list.

    Args:
        view: of the passage.
        stretch: it lies in.
        items: its items.
        scores: of its beginning and of its end, log odds.
    """
    text, question = view.text, view.question
    start, end = items[0][0], items[-1][1]
    classes = {_class(text, left) for left, _ in items}
    firsts = {view.folded[view.number_at(left)] for left, _ in items if view.number_at(left) < len(view.folded)}
    lengths = [view.number_at(right) - view.number_at(left) for left, right in items]
    told = view.told(start)
    features: Features = {
        "bias": 1.0,
        "start": scores[0],
        "end": scores[1],
        f"level={stretch.level.value}": 1.0,
        f"n={min(len(items), 6)}": 1.0,
        f"classes={min(len(classes), 3)}": 1.0,
        f"verbs={_verbs_at(text, items)}": 1.0,
        "semicolons around": _semicolons_around(text, start, end) if stretch.level is Level.COMMA else 0.0,
        "commas inside items": min(sum(text.count(",", left, right) for left, right in items), 4) / 4,
        "same first word": float(len(firsts) == 1),
        "likelihood": question.likelihood,
        "said inside": view.said(start, end),
        "said around": view.said(stretch.start, start) + view.said(end, stretch.end),
        "spread of lengths": (max(lengths) - min(lengths)) / _LONG,
        "longest": max(lengths) / (2 * _LONG),
        "shortest is short": float(min(lengths) == 1),
        "whole stretch": float(items[-1][1] >= stretch.segments[-1].end - 1),
        "people": float(all(view.is_person(left, right) for left, right in items)),
    }
    if question.count is not None:
        features["count is asked"] = float(len(items) == question.count)
        features["count is not asked"] = float(len(items) != question.count)
    if told is not None:
        features["count is announced"] = float(len(items) == told)
        features["count is not announced"] = float(len(items) != told)
    if question.expected.kind is Kind.PERSON:
        features["people asked"] = features["people"]
        features["no people asked"] = 1 - features["people"]
    if view.read:
        best = view.read[0]
        overlap = max(0, min(end, best.end) - max(start, best.start))
        features["read inside"] = overlap / max(best.end - best.start, 1)
        features["read of list"] = overlap / max(end - start, 1)
        features["read margin"] = max(-_FAR_MARGIN, min(_FAR_MARGIN, best.margin)) / _FAR_MARGIN
        inside = [span.margin for span in view.read if span.start < end and start < span.end]
        features["best read inside"] = max([-_FAR_MARGIN, *inside]) / _FAR_MARGIN
        features["more read inside"] = min(len(inside), 4) / 4
    return features


def announced(text: str, start: int) -> int | None:
    """The number that the words right before a list name: `ba việc:`, `gồm năm người:`."""
    window = text[max(start - 70, 0) : start]
    cut = max(window.rfind(mark) for mark in ".;!?\n")
    found = [q for q in quantities(window[cut + 1 :]) if not q.is_date and q.keys[0].isdecimal()]
    if len(found) > 1 and _ONE_WORD.fullmatch(window, cut + 1 + found[-2].end, cut + 1 + found[-1].start):
        return None  # `bốn cùng, ba không: ...` are two lists
    number = int(found[-1].keys[0]) if found else 0
    return number if 1 < number <= 20 else None  # noqa: PLR2004 - what is enumerated, not measured


def _class(text: str, place: int) -> str:
    if not 0 <= place < len(text):
        return "none"
    sign = text[place]
    if sign.isdigit():
        return "digit"
    if sign.isupper():
        return "capital"
    return "small" if sign.isalpha() else "sign"


def _parallel(view: PassageView, place: int, following: Segment) -> Features:
    here, there = view.number_at(place), view.number_at(following.start)
    if there >= len(view.folded) or here >= len(view.folded):
        return {}
    return {
        "parallel class": float(_class(view.text, place) == _class(view.text, following.start)),
        "parallel verbs": float(begins_with_verb(view.text, place) and begins_with_verb(view.text, following.start)),
        "parallel word": float(view.folded[here] == view.folded[there]),
        f"joint={following.joint}": 1.0,
    }


def _kind(view: PassageView, place: int, end: int) -> Features:
    kind = view.question.expected.kind
    person = view.is_person(place, end)
    return {f"kind={kind.name},person={int(person)}": 1.0, f"kind={kind.name},{_class(view.text, place)}": 1.0}


def _semicolons_around(text: str, start: int, end: int) -> float:
    """How many semicolons, thirds, the sentence of a list has outside it, which part larger items than commas do."""
    first = max(text.rfind(mark, 0, start) for mark in (". ", "\n", ": "))
    last = min((place for mark in (". ", "\n") if (place := text.find(mark, end)) >= 0), default=len(text))
    return min(text.count(";", max(first, 0), start) + text.count(";", end, last), 3) / 3


def _verbs_at(text: str, items: Sequence[Span]) -> str:
    """Whether all items begin with verbs, none, only the first or some."""
    begun = [begins_with_verb(text, left) for left, _ in items]
    if all(begun):
        return "all"
    if not any(begun):
        return "none"
    return "first" if begun[0] and not any(begun[1:]) else "some"


def _noun_at(view: PassageView, word: int) -> bool:
    noun = view.question.noun
    return bool(noun) and word >= 0 and tuple(view.folded[word : word + len(noun)]) == noun


def _read_at(read: Sequence[ReadSpan], place: int, side: str) -> Features:
    """How a reader's spans begin or end at a place."""
    if not read:
        return {}
    at = [span.margin for span in read if (span.start if side == "start" else span.end) == place]
    best = read[0]
    near = (best.start if side == "start" else best.end) == place
    return {
        "read": 1.0,
        "read here": (max(at) + _FAR_MARGIN) / (2 * _FAR_MARGIN) if at else 0.0,
        "read best here": float(near),
        "read some here": float(bool(at)),
        "read inside best": float(best.start < place < best.end),
        "read close": float(abs((best.start if side == "start" else best.end) - place) < _NEAR),
    }


def dot(weights: Mapping[str, float], features: Iterable[tuple[str, float]]) -> float:
    """The weighted sum; a feature without a weight counts nothing."""
    total = 0.0
    for name, value in features:
        weight = weights.get(name)
        if weight is not None:
            total += weight * value
    return total
