"""Items that were found without their verbs, led back to them."""

import re
from collections.abc import Sequence

from embeddings.extraction.enumerations import Stretch, bare, leading_verb_end
from embeddings.listing.deeds import WITH_A_DEED, does, has_object, is_verb_alone, stretch_of
from embeddings.listing.list_features import PassageView

Span = tuple[int, int]

_NEAR = 4
"""Words between a verb and what it governs, at most."""
_WORD = re.compile(r"\S+")
_IS_TAKEN = re.compile(rf"{WITH_A_DEED}$", re.IGNORECASE)
_SAYS_WHERE = re.compile(
    r"\b(?:trong|về|đối với|qua|trên|tại|ở|bằng|theo)\s+(?:(?:công tác|việc|lĩnh vực|các mặt)\s+)?$"
)
"""Between a verb and what it does not govern (`tạo đồng thuận trong công tác đền bù`)."""
_DOES = re.compile(r"\b(?:đã|đang|cần|phải|sẽ|hãy)\s+(?=\w)")
"""Between who does something and what is done."""


def led_back(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items that begin with verbs, the first of them with its own, and those of their kind before it.

    Args:
        view: of their passage.
        items: in order; `chất lượng công tác, hướng về người dân` behind `tiếp tục đổi mới, nâng cao` begins there,
            unless these are the question's own words.
    """
    stretch = stretch_of(view.text, items)
    if stretch is None or not any(has_object(view.text, *item) for item in items[1:]):
        return tuple(items)
    start = items[0][0]
    if not does(view.text, start):
        verb = _verb_before(view, stretch, start)
        if verb is None:
            return tuple(items)
        start = verb
    start = _alone_before(view, stretch, start)
    earlier: list[Span] = []
    while (before := _done_before(view, stretch, start)) is not None:
        first = (start, items[0][1] if not earlier else earlier[0][0])
        earlier.insert(0, bare(view.text, *first))
        start = _alone_before(view, stretch, before)
    return (bare(view.text, start, earlier[0][0] if earlier else items[0][1]), *earlier, *items[1:])


def _verb_before(view: PassageView, stretch: Stretch, start: int) -> int | None:
    """Where the verb begins that governs what starts at a place: in its segment, or in the one before a whole one."""
    text = view.text
    number = next(n for n, one in enumerate(stretch.segments) if start < one.end)
    segment = stretch.segments[number]
    if start == segment.start and number and segment.joint == ",":
        segment = stretch.segments[number - 1]
    words = [word.start() for word in _WORD.finditer(text, segment.start, start)]
    for place in reversed(words[-_NEAR - 2 :]):
        end = leading_verb_end(text, place)
        if end is not None and end <= start and len(_WORD.findall(text, end, start)) <= _NEAR:
            if _SAYS_WHERE.search(text, end, start):
                return None
            return None if view.repeats(place, end) else _with_adverb(text, segment.start, place)
    return None


def _with_adverb(text: str, first: int, place: int) -> int:
    """Where `tiếp tục` and the like before a verb begin."""
    for word in _WORD.finditer(text, first, place):
        end = leading_verb_end(text, word.start())
        if end is not None and end > place:
            return word.start()
    return place


def _alone_before(view: PassageView, stretch: Stretch, start: int) -> int:
    """Where verbs begin that share the object of the verb at a place (`đổi mới, nâng cao chất lượng`)."""
    text = view.text
    number = next((n for n, one in enumerate(stretch.segments) if start == one.start), 0)
    if not number:
        return start
    before = stretch.segments[number - 1]
    words = [word.start() for word in _WORD.finditer(text, before.start, before.end)]
    alone = next((place for place in words[-_NEAR:] if is_verb_alone(text, place, before.end)), None)
    if alone is None or view.repeats(alone, before.end) or _IS_TAKEN.search(text, before.start, alone):
        return start
    ends = [leading_verb_end(text, place) for place in words if place < alone]
    if any(end is not None and text[end:alone].strip() for end in ends):  # it stands in what that verb does
        return start
    return alone


def _done_before(view: PassageView, stretch: Stretch, start: int) -> int | None:
    """Where the item begins that stands before the comma in front of a verb, if that one begins with a verb too."""
    text = view.text
    number = next((n for n, one in enumerate(stretch.segments) if start == one.start), 0)
    if not number or stretch.segments[number].joint != ",":
        return None
    before = stretch.segments[number - 1]
    if has_object(text, before.start, before.end):
        place = before.start
    else:
        done = [match.end() for match in _DOES.finditer(text, before.start, before.end)]
        place = next((end for end in done if has_object(text, end, before.end)), -1)
    return None if place < 0 or view.repeats(place, before.end) else place
