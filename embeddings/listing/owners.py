"""Items of several owners in one enumeration: `nghị quyết, chỉ thị của Đảng, nghị định, quyết định của Chính phủ`."""

import re
from collections.abc import Sequence

from corpus.vietnamese import fold
from embeddings.extraction.enumerations import Segment, bare
from embeddings.listing.deeds import stretch_of
from embeddings.listing.item_ends import may_end
from embeddings.listing.list_features import PassageView
from embeddings.syllables import tokens

Span = tuple[int, int]

_OF = re.compile(r"\s+của\s+")
_WORD = re.compile(r"\S+")
_TWO = 2


def of_the_asked_owner(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """The items of the owner that the question names, where their enumeration has those of another one beside them.

    Args:
        view: of their passage.
        items: in order; the last of an owner's items says whose they all are, which is not said again.
    """
    stretch = stretch_of(view.text, items)
    if stretch is None:
        return tuple(items)
    groups = _by_owner(view.text, stretch.segments)
    question = f" {' '.join(fold(word) for word in tokens(view.question.expected.question))} "
    mine = [group for owner, group in groups if f" cua {owner} " in question]
    named = sum(f" {owner} " in question for owner, _ in groups)
    if len(groups) < _TWO or len(mine) != 1 or named > 1 or len(mine[0]) < _TWO:
        return tuple(items)
    last = [group[-1] for _, group in groups]
    if any(_says_more(view.text, one, items) for one in last):
        return tuple(items)
    if not any(one.start <= start < one.end for one in last for start, _ in items):
        return tuple(items)
    spans = [bare(view.text, max(one.start, items[0][0]), one.end) for one in mine[0] if one.end > items[0][0]]
    if len(spans) < _TWO:
        return tuple(items)
    owned = _OF.search(view.text, *spans[-1])
    return (*spans[:-1], (spans[-1][0], owned.start())) if owned else tuple(spans)


def _says_more(text: str, segment: Segment, items: Sequence[Span]) -> bool:
    """Whether an item begins behind the `của` of a segment: it is not what is owned."""
    owned = _OF.search(text, segment.start, segment.end)
    return owned is not None and any(owned.start() < start < segment.end for start, _ in items)


def _by_owner(text: str, segments: Sequence[Segment]) -> list[tuple[str, list[Segment]]]:
    """Segments up to each `của`, with who is named behind it; those behind the last are left out."""
    groups: list[tuple[str, list[Segment]]] = []
    group: list[Segment] = []
    for one in segments:
        group.append(one)
        owned = _OF.search(text, one.start, one.end)
        if owned:
            groups.append((_owner(text, owned.end(), one.end), group))
            group = []
    return groups


def _owner(text: str, start: int, end: int) -> str:
    ends = (word.end() for word in _WORD.finditer(text, start, end))
    stop = next((place for place in ends if place == end or may_end(text, start, place)), end)
    return " ".join(fold(word) for word in tokens(text[start:stop]))
