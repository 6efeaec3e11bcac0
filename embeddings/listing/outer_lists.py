"""Lists that a colon announces, whose items may hold lists of their own: `ba việc: đổi mới cách đi, cách nghe; ...`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from embeddings.extraction.enumerations import Level, Segment, Stretch, bare, stretches
from embeddings.listing.list_features import PassageView

Span = tuple[int, int]

_COLON = re.compile(r":\s+")
_MARKS = " \n-–•*+1a()."
"""What may stand between the colon and the first of the items on marked lines."""
_SHORT = 4
"""Words of things that are no clauses, at most."""
_REMEMBERED = 256


def outer_item(text: str, place: int) -> int | None:
    """Where the item of an outer list begins that a place lies in; None where it lies in none."""
    return next((segment.start for segment in outer_items(text) if segment.start <= place < segment.end), None)


def is_part_of_an_item(view: PassageView, stretch: Stretch, items: Sequence[Span]) -> bool:
    """Whether what stands between commas begins where an item of an outer list does, and so is the beginning of it.

    Short words that fill the item are a list of their own (`cùng ăn, cùng ở; không hứa suông`), and persons are.
    """
    if stretch.level is not Level.COMMA or outer_item(view.text, items[0][0]) != items[0][0]:
        return False
    fills = items[-1][1] == bare(view.text, stretch.start, stretch.end)[1]
    fills = fills and all(len(view.text[start:end].split()) <= _SHORT for start, end in items)
    return not fills and not any(view.is_person(*item) for item in items)


def outer_whole(text: str, inner: Sequence[Span], items: Sequence[Span]) -> tuple[Span, ...]:
    """All items of the announced list that items go on in; else these as they are.

    Args:
        text: where they stand.
        inner: a list inside one item, but the first, of an announced list.
        items: the same with the items of the announced list behind it.
    """
    outer = outer_items(text)
    first = outer_item(text, items[0][0])
    if len(items) == len(inner) or first is None or outer_item(text, items[-1][0]) in (None, first):
        return tuple(items)
    stretch = next(run for run in _runs(outer) if any(one.start == first for one in run))
    if stretch[0].start == first or outer_item(text, inner[-1][0]) != first:
        return tuple(items)
    return tuple(bare(text, one.start, one.end) for one in stretch)


def _runs(items: Sequence[Segment]) -> list[list[Segment]]:
    """Items of several lists apart: those of one begin where nothing joins them to the one before."""
    runs: list[list[Segment]] = []
    for item in items:
        if runs and item.joint:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


@lru_cache(maxsize=_REMEMBERED)
def outer_items(text: str) -> tuple[Segment, ...]:
    """The items of lists between semicolons or on marked lines that a colon announces."""
    found: list[Segment] = []
    for stretch in stretches(text):
        if stretch.level is Level.MARKED and text[: stretch.start].rstrip(_MARKS).endswith(":"):
            found += stretch.segments
        elif stretch.level is Level.SEMICOLON:
            first = stretch.segments[0]
            colon = _COLON.search(text, first.start, first.end)
            if colon:
                found += [replace(first, start=colon.end()), *stretch.segments[1:]]
    return tuple(found)
