"""Where an item may end inside a clause: before what goes on behind a noun or a deed, never before the rest of it."""

import re
from collections.abc import Sequence

from embeddings.extraction.compounds import cuts_a_word
from embeddings.extraction.enumerations import Stretch, bare, leading_verb_end

Span = tuple[int, int]

_GOES_ON = re.compile(
    r"\s+(?:của|trong|ngoài|ở|tại|về|theo|do|để|nhằm|cho|với|từ|đến|tới|khi|trước|sau|ngay|trên|dưới|giữa|đối với|vào"
    r"|qua|thông qua|mà|thì|là|gồm|như|bằng|nên|vì|bởi|nhờ|mỗi|cùng|đồng|được|bị|đã|đang|sẽ|chưa|không|phải|cần|có|vẫn"
    r"|còn|đều|tiếp tục|chủ trì|chủ tọa|chủ toạ|phát biểu|cho biết|nhấn mạnh|khẳng định|trình bày|dự|tham dự|ký|thuộc"
    r"|lần lượt|trực tiếp|tích cực|chịu|chiếm|gắn|phù hợp|liên quan|nhất là|đóng góp)\b",
    re.IGNORECASE,
)
"""Begins what is said of an item, or what somebody does."""
_LOOSE = re.compile(
    r"\b(?:của|trong|ở|tại|về|theo|do|để|nhằm|cho|với|từ|đến|tới|khi|vào|mà|là|gồm|như|bằng|vì|bởi|nhờ|được|bị|đã|đang|sẽ"
    r"|các|những|một|mọi|mỗi|và|hoặc|chịu trách nhiệm|phối hợp|gắn liền|kết hợp|thay mặt|đại diện)$",
    re.IGNORECASE,
)
"""Ends what something must follow."""
_WORD = re.compile(r"\W*[^\W_]+[”’»)\]]?")
_PAIRS = (("(", ")"), ("“", "”"), ("‘", "’"), ("«", "»"), ("[", "]"))


def to_the_end(text: str, stretch: Stretch, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with the rest of the last one, where it was found to end in the middle of its words.

    Args:
        text: where they stand.
        stretch: they lie in.
        items: in order.
    """
    start, end = items[-1]
    segment = next((one for one in stretch.segments if one.start < end <= one.end), None)
    if segment is None:
        return tuple(items)
    last = bare(text, start, segment.end)[1]
    while end < last and not may_end(text, start, end):
        following = _WORD.match(text, end)
        if following is None:
            break
        end = min(following.end(), last)
    return (*items[:-1], bare(text, start, end))


def may_end(text: str, start: int, place: int) -> bool:
    """Whether an item may end at a place inside a clause.

    Args:
        text: where it stands.
        start: of the item.
        place: the end of a word.
    """
    said = text[start:place]
    if _LOOSE.search(said) or any(said.count(opened) > said.count(closed) for opened, closed in _PAIRS):
        return False
    if not text[place : place + 1].isspace():
        return True
    if cuts_a_word(text, place + 1):
        return False
    return _GOES_ON.match(text, place) is not None or leading_verb_end(text, place + 1) is not None
