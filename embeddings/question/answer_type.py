"""What kind of words a question waits for (a person, a time, a number, a place) and where a text has them.

Rules over the question's own question words; what they find are candidates for the answer, not the answer yet.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from corpus.vietnamese import fold
from embeddings.extraction.persons import family_names, persons
from embeddings.quantities.ordinals import NUMBERED_NOUNS
from embeddings.remembered import remembered
from embeddings.syllables import CAPITALS, folded_words

Span = tuple[int, int]


class Kind(Enum):
    """What is asked for."""

    PERSON = auto()
    ROLE = auto()
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
        grain: for `TIME`, how fine: `ngày`, `tháng`, `năm`, `giờ`, or "" where the question leaves it open.
        question: with its marks restored.
    """

    kind: Kind
    counted: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    grain: str = ""
    question: str = ""


_PERSON = re.compile(r"\b(?:ai|những ai|người nào|đồng chí nào|ông nào|bà nào|vị nào|nhà lãnh đạo nào)\b")
_ROLE = re.compile(r"\b(?:chức vụ|chức danh|chức)\b.*\b(?:gì|nào)\b|\b(?:là ai|làm gì)\b")
_TIME = re.compile(
    r"\b(?:khi nào|bao giờ|lúc nào|hồi nào|mấy giờ|hôm nào|thời gian nào|thời điểm nào|(?:từ |đến |vào |trong )?năm nào"
    r"|(?:ngày|tháng|quý|thứ|buổi)(?: tháng)? (?:nào|mấy|bao nhiêu))\b"
)
_NUMBER = re.compile(r"\b(?:bao nhiêu|mấy)\b\s*((?:[^\W\d_]+\s*){0,3})")
_PLACE = re.compile(
    r"\b(?:ở đâu|tại đâu|nơi nào|chỗ nào|đi đâu|về đâu|vào đâu|từ đâu|đâu"
    r"|(?:tỉnh|huyện|xã|(?<!văn )bản|thôn|phường|thành phố|thị xã|địa điểm|địa phương|điểm cầu|nước) nào)\b"
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
_NUMBERED = rf"\b(?:điểm|số|{'|'.join(NUMBERED_NOUNS)})"
_LABELLED = re.compile(
    rf"{_NUMBERED}(?: thứ| số)? (?:\d+[^\W\d_]?(?:,| và| đến| hoặc) )*$",
    re.IGNORECASE,
)
"""In front of a number that tells one of a kind from another."""
_WHICH_NUMBER = re.compile(rf"{_NUMBERED}(?: thứ| số)? (?:mấy|bao nhiêu)\b", re.IGNORECASE)
_LABEL_LENGTH = 40
_MOMENT = re.compile(
    r"(?:(?:sáng|chiều|tối|trưa)\s+)?(?:ngày\s+)?(?<![\w/.-])\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?![\w/])"
    r"|(?:ngày\s+\d{1,2}\s+)?tháng\s+\d{1,2}(?:\s+năm\s+\d{4}|/\d{4})?"
    r"|ngày\s+\d{1,2}\b"
    r"|\b(?:quý\s+[IVX\d]+(?:/\d{4})?|năm\s+\d{4}|\d{1,2}\s*giờ(?:\s*\d{1,2})?|\d{1,2}h\d{0,2})\b"
    r"|(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?:\s+hằng tuần|\s+hàng tuần)?"
    r"|(?<![\w/.-])(?:19|20)\d{2}(?![\w/])",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(
    r"\b(?:tại|ở|tỉnh|huyện|xã|bản|thôn|phường|thành phố|thị xã|TP\.?|điểm cầu)\s+"
    rf"((?:tỉnh |huyện |xã |bản |thôn |phường |thành phố |thị xã )?[{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*)*)"
)
_LOWER_NAME = re.compile(r"(?:đồng chí |ông |bà )?([^\W\d_]+) [^\W\d_]+ .*\b(?:là ai|giữ|làm|chức)")
_GRAIN = re.compile(r"\b(?:(ngày|hôm|tháng|năm)(?: tháng)? (?:nào|mấy|bao nhiêu)|(mấy giờ))\b")
_GRAINS = {
    "ngày": re.compile(r"ngày|\d{1,2}[/.-]\d{1,2}|thứ|chủ nhật", re.IGNORECASE),
    "tháng": re.compile(r"tháng|\d{1,2}[/.-]\d{1,2}", re.IGNORECASE),
    "năm": re.compile(r"(?:19|20)\d{2}"),
    "giờ": re.compile(r"giờ|\dh", re.IGNORECASE),
}
_LATER_ROLE = re.compile(r"\s*[,–-]\s*([^;.:…]{3,150})")
_ROLE_ENDS = re.compile(
    r"\s+(?:phát biểu|chủ trì|đồng chủ trì|cùng chủ trì|báo cáo|kết luận|cho biết|cho rằng|nhấn mạnh|trả lời|nhắc lại"
    r"|đánh giá|biểu dương|ghi nhận|kiến nghị|đề xuất|nhận định|chia sẻ|chỉ đạo|giới thiệu|trao tặng|trao"
    r"|đã|sẽ|đang|tham dự|dự|khẳng định|đề nghị|yêu cầu|lưu ý|và đồng chí)\b.*$"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,150})[”\"]")


def expect(question: str) -> Expectation:
    """Read off a question, with its marks restored, what it waits for."""
    lower = question.lower()
    known = frozenset(folded_words(question))
    if _ROLE.search(lower) and _names_a_person(question):
        return Expectation(Kind.ROLE, known=known, question=question)
    for kind, pattern in ((Kind.NAME, _NAME), (Kind.PERSON, _PERSON), (Kind.TIME, _TIME), (Kind.NUMBER, _NUMBER)):
        asked = pattern.search(lower)
        if asked:
            counted = tuple(fold(asked.group(1)).split()) if kind is Kind.NUMBER else ()
            grain = _grain(lower) if kind is Kind.TIME else ""
            return Expectation(kind, counted=counted, known=known, grain=grain, question=question)
    return Expectation(Kind.PLACE if _PLACE.search(lower) else Kind.OTHER, known=known, question=question)


def _grain(question: str) -> str:
    asked = _GRAIN.search(question)
    if not asked:
        return ""
    unit = asked.group(1) or "giờ"
    return "ngày" if unit == "hôm" else unit


def _names_a_person(question: str) -> bool:
    """Whether it does, with capitals or, as on a phone, without."""
    bare = _LOWER_NAME.match(question.lower())
    return next(persons(question), None) is not None or (bare is not None and bare.group(1) in family_names())


def candidates(expected: Expectation, text: str) -> list[Span]:
    """Where a text has words of the kind that is waited for and that the question does not already say."""
    spans = list(_found(expected, text))
    return [(start, end) for start, end in spans if not _says_nothing_new(expected, text[start:end])]


def fit(expected: Expectation, text: str) -> float:
    """How well a text can hold what is waited for: 0 not at all, 1 yes or nothing particular is waited for."""
    if expected.kind in (Kind.OTHER, Kind.NAME, Kind.PLACE, Kind.ROLE):
        return 1.0
    found = candidates(expected, text)
    if not found or expected.kind is not Kind.NUMBER or not expected.counted:
        return float(bool(found))
    return max(0.5 + 0.5 * counts(expected, text, span) for span in found)


def counts(expected: Expectation, text: str, span: Span) -> float:
    """Share of the counted thing's first two words that stand right behind a number."""
    behind = list(folded_words(text[span[0] : span[1] + 40])[:6])
    wanted = expected.counted[:2]
    if not wanted:
        return 0.0
    for length in range(len(wanted), 0, -1):
        pieces = [behind[i : i + length] for i in range(1, 4)]
        if list(wanted[:length]) in pieces:
            return length / len(wanted)
    return 0.0


def _found(expected: Expectation, text: str) -> list[Span]:
    return list(_FINDERS[expected.kind](expected, text)) if expected.kind in _FINDERS else []


def _moments(expected: Expectation, text: str) -> list[Span]:
    fine = _GRAINS.get(expected.grain)
    return [(start, end) for start, end in _all_moments(text) if not fine or fine.search(text[start:end])]


@remembered(2048)
def _all_moments(text: str) -> tuple[Span, ...]:
    return tuple(match.span() for match in _MOMENT.finditer(text))


@remembered(2048)
def _amounts(text: str) -> tuple[Span, ...]:
    """Numbers that are no part of a date."""
    dates = [(start, end) for start, end in _all_moments(text) if "/" in text[start:end]] if "/" in text else []
    spans = (match.span() for match in _AMOUNT.finditer(text))
    return tuple(span for span in spans if not any(start <= span[0] < end for start, end in dates))


def _no_labels(text: str, spans: Iterable[Span]) -> list[Span]:
    """Numbers without those that only say which one is meant (`quý 2`, `tổ 1 và 2`, `khu 4B`)."""
    return [
        (start, end)
        for start, end in spans
        if not text[end : end + 1].isupper() and not _LABELLED.search(text, max(start - _LABEL_LENGTH, 0), start)
    ]


def _roles(expected: Expectation, text: str) -> Iterable[Span]:
    """What follows a person of the question up to the next person or what that person does."""
    for start, end in persons(text):
        role = _LATER_ROLE.match(text, end)
        if role and {fold(word) for word in text[start:end].split()} <= expected.known:
            words = _ROLE_ENDS.sub("", role.group(1)).rstrip(" ,")
            yield role.start(1), role.start(1) + len(words)


def _says_nothing_new(expected: Expectation, words: str) -> bool:
    said = folded_words(words)
    return bool(said) and expected.known.issuperset(said)


_FINDERS: dict[Kind, Callable[[Expectation, str], Iterable[Span]]] = {
    Kind.PERSON: lambda _, text: persons(text),
    Kind.ROLE: _roles,
    Kind.TIME: _moments,
    Kind.NUMBER: lambda expected, text: (
        _amounts(text) if _WHICH_NUMBER.search(expected.question) else _no_labels(text, _amounts(text))
    ),
    Kind.PLACE: lambda _, text: (match.span(1) for match in _BEFORE_PLACE.finditer(text)),
    Kind.NAME: lambda _, text: (match.span(1) for match in _QUOTED.finditer(text)),
}
