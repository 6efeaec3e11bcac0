"""What kind of words a question waits for (a person, a time, a number, a place) and where a text has them.

Rules over the question's own question words; what they find are candidates for the answer, not the answer yet.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from embeddings.vietnamese import CAPITALS, fold, tokens

Span = tuple[int, int]


class Kind(Enum):
    """What is asked for."""

    PERSON = auto()
    TIME = auto()
    NUMBER = auto()
    PLACE = auto()
    NAME = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a question waits for.

    Attributes:
        counted: for `NUMBER`, the folded words of what is counted ("bao nhiêu hội nghị" -> hoi, nghi).
        known: folded words of the question; what only repeats them is no answer.
    """

    kind: Kind
    counted: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


_PERSON = re.compile(r"\b(?:ai|những ai|người nào|đồng chí nào|ông nào|bà nào|vị nào|nhà lãnh đạo nào)\b")
_TIME = re.compile(
    r"\b(?:khi nào|bao giờ|lúc nào|hồi nào|mấy giờ|hôm nào|thời gian nào|thời điểm nào|(?:từ |đến |vào |trong )?năm nào"
    r"|(?:ngày|tháng|quý|thứ|buổi)(?: tháng)? (?:nào|mấy|bao nhiêu))\b"
)
_NUMBER = re.compile(r"\b(?:bao nhiêu|mấy)\b\s*((?:[^\W\d_]+\s*){0,3})")
_PLACE = re.compile(
    r"\b(?:ở đâu|tại đâu|nơi nào|chỗ nào|đi đâu|về đâu|vào đâu|từ đâu|đâu"
    r"|(?:tỉnh|huyện|xã|bản|thôn|phường|thành phố|thị xã|địa điểm|địa phương|điểm cầu|nước) nào)\b"
)
_NAME = re.compile(
    r"\b(?:tên (?:là )?gì|gọi là gì|là (?:năm|ngày|tháng) gì|(?:chủ đề|phương châm|khẩu hiệu)(?: là)? gì)\b"
)

_UNIT = (
    r"(?:đồng|tỷ|triệu|nghìn|ngàn|trăm|phần trăm|km|ha|m2|m|kg|tấn|tạ|lít|giờ|phút|ngày|tháng|năm|tuần|tuổi|điểm|lần)"
)
_AMOUNT = re.compile(
    rf"(?<![\w/.,-])\d+(?:[.,]\d+)*(?:\s*%|(?:\s+{_UNIT}\b)+)?"
    r"|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?=\s+[^\W\d_])",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"(?:(?:sáng|chiều|tối|trưa)\s+)?(?:ngày\s+)?(?<![\w/.-])\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?![\w/])"
    r"|(?:ngày\s+\d{1,2}\s+)?tháng\s+\d{1,2}(?:\s+năm\s+\d{4}|/\d{4})?"
    r"|ngày\s+\d{1,2}\b"
    r"|\b(?:quý\s+[IVX\d]+(?:/\d{4})?|năm\s+\d{4}|\d{1,2}\s*giờ(?:\s*\d{1,2})?|\d{1,2}h\d{0,2})\b"
    r"|(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?:\s+hằng tuần|\s+hàng tuần)?"
    r"|(?<![\w/.-])(?:19|20)\d{2}(?![\w/])",
    re.IGNORECASE,
)
_PROPER = re.compile(rf"[{CAPITALS}][^\W\d_]*(?:['’][^\W\d_]+)?(?:\s+[{CAPITALS}][^\W\d_]*(?:['’][^\W\d_]+)?)+")
_BEFORE_PLACE = re.compile(
    r"\b(?:tại|ở|tỉnh|huyện|xã|bản|thôn|phường|thành phố|thị xã|TP\.?|điểm cầu)\s+"
    rf"((?:tỉnh |huyện |xã |bản |thôn |phường |thành phố |thị xã )?[{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*)*)"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,150})[”\"]")


def expect(question: str) -> Expectation:
    """Read off a question, with its marks restored, what it waits for."""
    lower = question.lower()
    known = frozenset(fold(word) for word in tokens(question))
    if _NAME.search(lower):
        return Expectation(Kind.NAME, known=known)
    if _PERSON.search(lower):
        return Expectation(Kind.PERSON, known=known)
    if _TIME.search(lower):
        return Expectation(Kind.TIME, known=known)
    counted = _NUMBER.search(lower)
    if counted:
        return Expectation(Kind.NUMBER, counted=tuple(fold(counted.group(1)).split()), known=known)
    if _PLACE.search(lower):
        return Expectation(Kind.PLACE, known=known)
    return Expectation(Kind.OTHER, known=known)


def candidates(expected: Expectation, text: str) -> list[Span]:
    """Where a text has words of the kind that is waited for and that the question does not already say."""
    spans = list(_found(expected, text))
    return [(start, end) for start, end in spans if not _says_nothing_new(expected, text[start:end])]


def fit(expected: Expectation, text: str) -> float:
    """How well a text can hold what is waited for: 0 not at all, 1 yes or nothing particular is waited for."""
    if expected.kind in (Kind.OTHER, Kind.NAME, Kind.PLACE):
        return 1.0
    found = candidates(expected, text)
    if not found or expected.kind is not Kind.NUMBER or not expected.counted:
        return float(bool(found))
    return max(0.5 + 0.5 * counts(expected, text, span) for span in found)


def counts(expected: Expectation, text: str, span: Span) -> float:
    """Share of the counted thing's first two words that stand right behind a number."""
    behind = [fold(word) for word in tokens(text[span[0] : span[1] + 40])][:6]
    wanted = expected.counted[:2]
    if not wanted:
        return 0.0
    for length in range(len(wanted), 0, -1):
        pieces = [behind[i : i + length] for i in range(1, 4)]
        if list(wanted[:length]) in pieces:
            return length / len(wanted)
    return 0.0


def _found(expected: Expectation, text: str) -> list[Span]:
    match expected.kind:
        case Kind.PERSON:
            return [match.span() for match in _PROPER.finditer(text)]
        case Kind.TIME:
            return [match.span() for match in _MOMENT.finditer(text)]
        case Kind.NUMBER:
            moments = [match.span() for match in _MOMENT.finditer(text) if "/" in match.group()]
            return [
                match.span()
                for match in _AMOUNT.finditer(text)
                if not any(start <= match.start() < end for start, end in moments)
            ]
        case Kind.PLACE:
            return [match.span(1) for match in _BEFORE_PLACE.finditer(text)]
        case Kind.NAME:
            return [match.span(1) for match in _QUOTED.finditer(text)]
        case _:
            return []


def _says_nothing_new(expected: Expectation, words: str) -> bool:
    said = {fold(word) for word in tokens(words)}
    return bool(said) and said <= expected.known
