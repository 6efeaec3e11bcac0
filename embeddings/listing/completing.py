"""Items that were found, with those that go on behind them in the same enumeration (`A, B` of `A, B, C và D`)."""

import re
from collections.abc import Sequence

from embeddings.extraction.enumerations import Level, Segment, bare, begins_with_verb, stretches
from embeddings.listing.item_ends import may_end
from embeddings.listing.list_features import PassageView

Span = tuple[int, int]

_NO_ITEM = re.compile(
    r"(?:nhất là|trong đó|đặc biệt|để|nhằm|góp phần|qua đó|từ đó|do đó|vì|nên|bởi|nhờ|đồng thời|tiến tới|trừ|theo|kể cả"
    r"|bao gồm|gồm|như|trên cơ sở|trong|tại|ở|với|do|bằng|thông qua|sau khi|trước khi|khi|nếu|mà|thì|nhưng|song|còn"
    r"|đến nay|từ|đã|đang|sẽ|phải|cần|được|bị|không|là|có|tạo|giúp|làm|hướng|xứng đáng|phù hợp|tương ứng|căn cứ|đạt"
    r"|tăng|giảm|trường hợp)\b",
    re.IGNORECASE,
)
"""Begins what a sentence goes on with behind a list."""
_PAPER = re.compile(r"(?:quyết định|quy định|hướng dẫn|báo cáo|kiến nghị|thông báo|đề nghị)(?:\s+(?:của|số|về)\b|$)")
"""What is written, in words that are verbs too."""
_LEADS = re.compile(r"\b(?:gồm có|bao gồm|gồm|là|riêng|như)\s+")
"""Words that an enumeration begins behind."""
_WORD = re.compile(r"\S+")
_LONGER_BY, _LONGEST = 3, 7
"""Words that an item may have more than the longest one before it, and any item may have."""


def completed(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with the pieces behind them that are of their kind, up to the one behind `và` or what is none.

    Args:
        view: of the passage they stand in.
        items: in order. They are left as they are where they are as many as the question or the passage says, and where
            the last one stands behind `và`.
    """
    text = view.text
    if len(items) in (view.told(items[0][0]), view.question.count):
        return tuple(items)
    for stretch in stretches(text):
        inside = stretch.start <= items[0][0] and items[-1][1] <= stretch.end
        if stretch.level is not Level.COMMA or not inside:
            continue
        pieces = [(bare(text, one.start, one.end), one) for one in stretch.segments]
        last = next((place for place, (span, _) in enumerate(pieces) if span[1] == items[-1][1]), None)
        if last is None or (len(items) > 2 and _stands_behind_and(pieces, items[-1])):  # noqa: PLR2004 - closed by it
            return tuple(items)
        return (*items, *_going_on(view, items, pieces[last + 1 :]))
    return tuple(items)


def begun(view: PassageView, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with those of their kind before them in the same enumeration, from the word that leads to it on.

    Args:
        view: of the passage they stand in.
        items: in order; left as they are as in `completed`, and where no `gồm`, `là` or the like is before them.
    """
    text = view.text
    if len(items) in (view.told(items[0][0]), view.question.count) or begins_with_verb(text, items[0][0]):
        return tuple(items)
    for stretch in stretches(text):
        place = next((n for n, one in enumerate(stretch.segments) if one.start == items[0][0]), 0)
        if stretch.level is not Level.COMMA or not place or items[-1][1] > stretch.end:
            continue
        before = [one for one in stretch.segments[:place] if one.joint != "and"]
        leads = [match.end() for match in _LEADS.finditer(text, before[0].start, before[0].end)]
        if stretch.segments[place].joint != "," or not leads or len(before) < place:
            return tuple(items)
        found = [bare(text, leads[-1], before[0].end), *(bare(text, one.start, one.end) for one in before[1:])]
        longest = max(len(text[start:end].split()) for start, end in items) + _LONGER_BY
        alike = all(_is_alike(view, one, max(_LONGEST, longest)) for one in found)
        return (*found, *items) if alike else tuple(items)
    return tuple(items)


def _is_alike(view: PassageView, item: Span, longest: int) -> bool:
    words = view.text[item[0] : item[1]].split()
    no_item = begins_with_verb(view.text, item[0]) or _NO_ITEM.match(view.text, *item)
    return 0 < len(words) <= longest and not no_item and not view.repeats(*item)


def _going_on(view: PassageView, items: Sequence[Span], pieces: Sequence[tuple[Span, Segment]]) -> list[Span]:
    text, found = view.text, list(items)
    longest = max(len(text[start:end].split()) for start, end in items)
    verbs = begins_with_verb(text, items[0][0])
    for (start, last), segment in pieces:
        end = _short_end(text, start, last, longest) if segment.joint == "and" else last
        words = text[start:end].split()
        if not words or view.repeats(start, end):
            break
        alike = words[0].lower() in {text[one:other].split()[0].lower() for one, other in found}
        short = len(words) <= max(_LONGEST, longest + _LONGER_BY)
        paper = not verbs and _PAPER.match(text, start, end) is not None
        if not alike and not paper and (_NO_ITEM.match(text, start, end) or not short):
            break
        if begins_with_verb(text, start) is not verbs and not paper:
            break
        found.append((start, end))
        if segment.joint == "and" or paper:  # `..., quy định, hướng dẫn của Đảng, Nhà nước`: whose they all are
            break
    return found[len(items) :]


def _short_end(text: str, start: int, end: int, longest: int) -> int:
    """Where the last item ends that its sentence goes on behind (`... và mô hình đóng góp vào thành công`)."""
    ends = [word.end() for word in _WORD.finditer(text, start, end)]
    if len(ends) <= max(_LONGEST, longest + _LONGER_BY):
        return end
    return next((place for place in ends[1:-1] if may_end(text, start, place)), end)


def _stands_behind_and(pieces: Sequence[tuple[Span, Segment]], item: Span) -> bool:
    return any(span[0] == item[0] and segment.joint == "and" for span, segment in pieces)
