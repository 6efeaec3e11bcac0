"""Where items that were found begin and end: at their verbs, and around words that are named in one breath."""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from embeddings.extraction.enumerations import (
    Level,
    Stretch,
    bare,
    begins_with_verb,
    leading_verb_end,
    stretches,
)
from embeddings.listing.list_features import PassageView

Span = tuple[int, int]
Piece = tuple[int, int, str]
"""Start, end and what stands in front of it; see `Segment`."""

_SHORT = 4
"""Words of what stands behind a comma and belongs to the verb before it, at most."""
_NEAR = 4
"""Words between a verb and what it governs, at most."""
_HALF = 4
"""Syllables of one half of a standing pair, at most."""
_WITH_A_DEED = r"(?:đẩy mạnh|tăng cường|tổ chức|thực hiện|triển khai)\s"
"""Verbs whose object may be a verb (`đẩy mạnh tuyên truyền`)."""
_TAKES_A_DEED = re.compile(rf"(?:tiếp tục\s+)?{_WITH_A_DEED}", re.IGNORECASE)
_IS_TAKEN = re.compile(rf"{_WITH_A_DEED}$", re.IGNORECASE)
_THING = re.compile(
    r"\s*(?:tổ chức (?:tự xưng|chính trị|xã hội|đảng|đoàn|hội|công đoàn|cơ sở|thành viên)"
    r"|lãnh đạo (?:các|cơ quan|đơn vị|ban|sở|ngành|huyện|tỉnh|xã|phường))\b",
    re.IGNORECASE,
)
"""Nouns that begin as a verb does."""
_WORD = re.compile(r"\S+")
_DOES = re.compile(r"\b(?:đã|đang|cần|phải|sẽ|hãy)\s+(?=\w)")
"""Between who does something and what is done."""


def led_back(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items that begin with verbs, the first of them with its own, and those of their kind before it.

    Args:
        view: of their passage.
        items: in order; `chất lượng công tác, hướng về người dân` behind `tiếp tục đổi mới, nâng cao` begins there,
            unless these are the question's own words.
    """
    stretch = _stretch_of(view.text, items)
    if stretch is None or not any(_has_object(view.text, *item) for item in items[1:]):
        return tuple(items)
    start = items[0][0]
    if not _does(view.text, start):
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


def recut(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items between commas cut anew, the region that they fill being left as it is.

    Args:
        view: of their passage.
        items: in order. Where the first begins with a verb and its object, and another does so behind a comma, they
            are cut at those verbs (`đổi mới nội dung, phương thức` and `nâng cao chất lượng`). Elsewhere the halves of
            standing pairs stay together (`cán bộ, đảng viên`), where that leaves several items.
    """
    stretch = _stretch_of(view.text, items)
    if stretch is None:
        return tuple(items)
    return _at_verbs(view.text, stretch, items) or _in_pairs(view.text, items)


def _stretch_of(text: str, items: Sequence[Span]) -> Stretch | None:
    """The smallest stretch between commas that several items fill and that cuts none of them off."""
    found = [
        one
        for one in stretches(text)
        if one.level is Level.COMMA and one.start <= items[0][0] and items[-1][1] <= one.end
    ]
    return min(found, key=lambda one: one.end - one.start, default=None)


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
    return alone


def _done_before(view: PassageView, stretch: Stretch, start: int) -> int | None:
    """Where the item begins that stands before the comma in front of a verb, if that one begins with a verb too."""
    text = view.text
    number = next((n for n, one in enumerate(stretch.segments) if start == one.start), 0)
    if not number or stretch.segments[number].joint != ",":
        return None
    before = stretch.segments[number - 1]
    if _has_object(text, before.start, before.end):
        place = before.start
    else:
        does = [match.end() for match in _DOES.finditer(text, before.start, before.end)]
        place = next((end for end in does if _has_object(text, end, before.end)), -1)
    return None if place < 0 or view.repeats(place, before.end) else place


def _at_verbs(text: str, stretch: Stretch, items: Sequence[Span]) -> tuple[Span, ...]:
    """The region of items cut at verbs that have an object; empty where it does not begin with one, or has no other."""
    start, end = items[0][0], items[-1][1]
    pieces = [
        (max(one.start, start), min(one.end, end), one.joint)
        for one in stretch.segments
        if one.end > start and one.start < end
    ]
    others = [piece for piece in pieces[1:] if piece[2] == "," and _has_object(text, *piece[:2])]
    if not _does(text, start) or not others:
        return ()
    merged: list[Piece] = [pieces[0]]
    for number, piece in enumerate(pieces[1:], start=1):
        if _goes_with(text, merged[-1], piece, is_last=number == len(pieces) - 1):
            merged[-1] = (merged[-1][0], piece[1], merged[-1][2])
        else:
            merged.append(piece)
    return tuple(bare(text, left, right) for left, right, _ in merged) if len(merged) > 1 else ()


def _goes_with(text: str, one: Piece, other: Piece, *, is_last: bool) -> bool:
    """Whether a piece belongs to the item before it: its object, more of it, or a verb that has nothing of its own."""
    if is_verb_alone(text, *one[:2]):
        return True
    if _does(text, other[0]):
        return is_last and is_verb_alone(text, *other[:2])
    return (
        other[2] == "and"
        or len(_WORD.findall(text, other[0], other[1])) <= _SHORT
        or _paired(text, one[:2], other[:2]) is not None
    )


def _does(text: str, place: int) -> bool:
    """Whether a verb stands at a place, and no noun that begins like one."""
    return begins_with_verb(text, place) and not _THING.match(text, place)


def _has_object(text: str, start: int, end: int) -> bool:
    return _does(text, start) and not is_verb_alone(text, start, end)


def is_verb_alone(text: str, start: int, end: int) -> bool:
    """Whether verbs of data/leading_verbs.txt are all that a stretch of text has (`tiếp tục đổi mới`)."""
    start, end = bare(text, start, end)
    deed = _TAKES_A_DEED.match(text, start, end)
    if deed and _does(text, deed.end()):
        return False
    while start < end and (behind := leading_verb_end(text, start)) is not None and behind <= end:
        start = behind + (text[behind : behind + 1] == " ")
    return start >= end


def _in_pairs(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with the halves of standing pairs together, where that leaves several.

    Halves that bear nothing else are things of their own (`cơ quan, đơn vị, doanh nghiệp`); words before the first or
    behind the last of a chain belong to all of it (`cán bộ, công chức, viên chức trẻ`).
    """
    chains: list[list[Span]] = [[items[0]]]
    bears: list[bool] = [False]
    for item in items[1:]:
        more = _paired(text, chains[-1][-1], item)
        if more is None:
            chains.append([item])
            bears.append(False)
        else:
            chains[-1].append(item)
            bears[-1] = bears[-1] or more
    merged: list[Span] = []
    for chain, one in zip(chains, bears, strict=True):
        merged += [(chain[0][0], chain[-1][1])] if one else chain
    return tuple(merged) if len(merged) > 1 else tuple(items)


def _paired(text: str, one: Span, other: Span) -> bool | None:
    """Whether two items that are a standing pair bear more than its halves; None where they are none.

    They are one where the first ends with one half, and the second begins with the other.
    """
    before, behind = text[one[0] : one[1]].lower().split(), text[other[0] : other[1]].lower().split()
    for first in range(1, min(_HALF, len(before)) + 1):
        for second in range(1, min(_HALF, len(behind)) + 1):
            if (" ".join(before[-first:]), " ".join(behind[:second])) in _pairs():
                return first < len(before) or second < len(behind)
    return None


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    lines = files("embeddings").joinpath("data/standing_pairs.txt").read_text("utf-8").splitlines()
    pairs = (line.split(", ") for line in lines if line and not line.startswith("#"))
    return frozenset((one, other) for one, other in pairs)
