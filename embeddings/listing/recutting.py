"""Where items that were found begin and end: at their verbs, and around words that are named in one breath."""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from embeddings.extraction.enumerations import Stretch, bare
from embeddings.listing.deeds import does, has_object, is_verb_alone, stretch_of
from embeddings.listing.list_features import PassageView
from embeddings.syllables import CAPITALS

Span = tuple[int, int]
Piece = tuple[int, int, str]
"""Start, end and what stands in front of it; see `Segment`."""

_SHORT = 4
"""Words of what stands behind a comma and belongs to the verb before it, at most."""
_HALF = 4
"""Syllables of one half of a standing pair, at most."""
_WORD = re.compile(r"\S+")
_TWO = 2
_AND = re.compile(r"\s*,?\s+và\s+")
_OR = re.compile(r"\s+(?:hoặc|hay)\s+")
_PLACE = re.compile(rf"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\s+[{CAPITALS}]")


def recut(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items between commas cut anew, the region that they fill being left as it is.

    Args:
        view: of their passage.
        items: in order. Where the first begins with a verb and its object, and another does so behind a comma, they
            are cut at those verbs (`đổi mới nội dung, phương thức` and `nâng cao chất lượng`). Elsewhere the halves of
            standing pairs stay together (`cán bộ, đảng viên`), where that leaves several items.
    """
    stretch = stretch_of(view.text, items)
    if stretch is None:
        return tuple(items)
    return _at_verbs(view.text, stretch, items) or _closed(view.text, in_pairs(view.text, items))


def _at_verbs(text: str, stretch: Stretch, items: Sequence[Span]) -> tuple[Span, ...]:
    """The region of items cut at verbs that have an object; empty where it does not begin with one, or has no other."""
    start, end = items[0][0], items[-1][1]
    pieces = [
        (max(one.start, start), min(one.end, end), one.joint)
        for one in stretch.segments
        if one.end > start and one.start < end
    ]
    others = [piece for piece in pieces[1:] if piece[2] == "," and has_object(text, *piece[:2])]
    if not does(text, start) or not others:
        return ()
    merged: list[Piece] = [pieces[0]]
    for number, piece in enumerate(pieces[1:], start=1):
        if _goes_with(text, merged[-1], piece, is_last=number == len(pieces) - 1):
            merged[-1] = (merged[-1][0], piece[1], merged[-1][2])
        else:
            merged.append(piece)
    return tuple(bare(text, left, right) for left, right, _ in merged) if len(merged) > 1 else ()


def _goes_with(text: str, one: Piece, other: Piece, *, is_last: bool) -> bool:
    """Whether a piece belongs to the item before it: its object, more of it, or a verb that has nothing of its own.

    The other half of a standing pair does, though it has an object (`quy định về phòng, chống dịch`).
    """
    if is_verb_alone(text, *one[:2]) or _paired(text, one[:2], other[:2]):
        return True
    if does(text, other[0]):
        return is_last and is_verb_alone(text, *other[:2])
    return (
        other[2] == "and"
        or len(_WORD.findall(text, other[0], other[1])) <= _SHORT
        or _paired(text, one[:2], other[:2]) is not None
    )


def _closed(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with the last two as one where they share an amount or a choice, and without the place they lie in.

    `hội viên góp 12 ngày công, đoàn viên 9 ngày, quân và dân trong xã 30 ngày`; `đơn, biên bản và ảnh hoặc phim`;
    `A Lan, Bản Thẩm và Nà Cốc, huyện Phú Nham`.
    """
    if len(items) <= _TWO:
        return tuple(items)
    between = [text[end:start] for (_, end), (start, _) in pairwise(items)]
    amounts = [any(sign.isdigit() for sign in text[start:end]) for start, end in items]
    shares = (
        _AND.fullmatch(between[-1]) and not amounts[-2] and amounts[-1] and all(amounts[:-2]) and len(items) > _TWO + 1
    )
    offers = _OR.fullmatch(between[-1]) and any(_AND.fullmatch(one) for one in between[:-1])
    if shares or offers:
        return (*items[:-2], (items[-2][0], items[-1][1]))
    if _AND.fullmatch(between[-2]) and _PLACE.match(text, items[-1][0]) and between[-1].strip() == ",":
        return tuple(items) if any(_PLACE.match(text, start) for start, _ in items[:-1]) else tuple(items[:-1])
    return tuple(items)


def in_pairs(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
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
