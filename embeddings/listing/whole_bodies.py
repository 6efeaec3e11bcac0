"""Names of bodies that have commas or `và` in them (`Sở Văn hóa, Thể thao và Du lịch`), kept whole."""

import re
from collections.abc import Sequence

from embeddings.syllables import CAPITALS

Span = tuple[int, int]

_JOINED = re.compile(
    r"(?:Sở|Bộ|Phòng|Đài|Hội|Ban|Viện|Trung tâm|Chi cục|Cục|Vụ|Báo|Trường|Liên hiệp)\s+(?P<rest>.*)", re.DOTALL
)
"""A body whose name may have two halves or three."""
_HEAD = re.compile(
    r"(?:sở|bộ|ban|hội|phòng|đài|viện|trung tâm|chi cục|cục|vụ|báo|trường|liên hiệp|liên đoàn|liên minh|[uủ][yỷ] ban"
    r"|công an|đoàn|mặt trận|đảng|tỉnh|thành|huyện|quận|thị|xã|phường|các|những|bộ đội|đồn|ngân hàng|công ty"
    r"|tập đoàn|tổng|tạp chí|văn phòng|bảo hiểm|tòa|toà|kho bạc|hạt|bệnh viện|bưu điện|quỹ|chi nhánh|câu lạc bộ"
    r"|khối|cụm|học viện|đại học|công đoàn|đồng chí|ông|bà|anh|chị|cơ quan)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(rf"[{CAPITALS}][^\W\d_]")
_AND, _COMMA = re.compile(r"\s+và\s+"), re.compile(r",\s+")
_MOST_WORDS = 5
"""Words of the rest of a name, at most."""


def whole_bodies(text: str, items: Sequence[Span]) -> tuple[Span, ...]:
    """Items with the parts of one name together.

    Args:
        text: where they stand.
        items: in order. One behind `và` that begins with a capital and is no body by its first word belongs to the body
            before it (`Sở Thông tin`, `Truyền thông`); so does what stands between two such by a comma.
    """
    whole: list[Span] = []
    number = 0
    while number < len(items):
        stop = _end_of_name(text, items, number)
        whole.append((items[number][0], items[stop][1]))
        number = stop + 1
    return tuple(whole)


def _end_of_name(text: str, items: Sequence[Span], first: int) -> int:
    """Number of the item that ends the name that the one of a number begins."""
    joined = _JOINED.fullmatch(text, *items[first])
    if joined is None or not _CAPITAL.match(joined["rest"]):
        return first
    last = first + 1
    while last < len(items) and _is_rest(text, items[last]):
        between = text[items[last - 1][1] : items[last][0]]
        if _AND.fullmatch(between):
            return last
        if not _COMMA.fullmatch(between):
            break
        last += 1
    return first


def _is_rest(text: str, item: Span) -> bool:
    words = text[slice(*item)].split()
    return _CAPITAL.match(text, item[0]) is not None and not _HEAD.match(text, *item) and len(words) <= _MOST_WORDS
