"""Who does something, by the words in front of what is done: `hai năm qua các cấp Đoàn đã tạo môi trường`."""

import re
from collections.abc import Sequence

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.offices import offices
from embeddings.extraction.persons import persons
from embeddings.listing.partners import named_before
from embeddings.syllables import token_spans

Span = tuple[int, int]

_SAYS = re.compile(
    r"\b(?:cho biết|cho rằng|cho thấy|nhấn mạnh|khẳng định|nêu rõ|đề nghị|yêu cầu|nhận định|đánh giá|thông tin)\b"
    r"(?:\s+rằng)?[,:]?\s+",
    re.IGNORECASE,
)
"""Behind whom another one speaks of others."""
_WHEN = re.compile(
    r"(?:(?:trong|sau|qua|từ|đến|vào|suốt)\s+)?(?:(?:những|các|mấy|\d+|một|hai|ba|bốn|năm|sáu|mười)\s+)?"
    r"(?:(?:năm|tháng|ngày|quý|tuần|nhiệm kỳ|thời gian)(?:\s+(?:vừa\s+)?qua|\s+gần đây|\s+nay|\s+[\d/.-]+)|vừa qua)\s+",
    re.IGNORECASE,
)
_LONGEST, _LEAST = 10, 2
"""Words of each that does it."""
_NOBODY = re.compile(
    r"(?:để|nhằm|việc|khi|theo|qua|với|từ|được|do|là|mà|nơi|trong|và|cũng|góp phần|tiếp tục|phối hợp|tham gia"
    r"|thực hiện|triển khai|tổ chức$)\b",
    re.IGNORECASE,
)


def doers(text: str, deed: Sequence[str]) -> tuple[Span, ...]:
    """The bodies in front of the words that say what is done; empty where none are told, or a person does it.

    Args:
        text: where to look.
        deed: folded words side by side.
    """
    places = token_spans(text)
    folded = [fold(text[start:end]) for start, end in places]
    for place in range(1, len(folded) - len(deed) + 1):
        if folded[place : place + len(deed)] == list(deed):
            return _in_front(text, places[place][0])
    return ()


def _in_front(text: str, end: int) -> tuple[Span, ...]:
    start = next((left for left, right in sentence_spans(text) if left <= end < right), 0)
    said = [found.end() for found in _SAYS.finditer(text, start, end)]
    start = said[-1] if said else start
    when = _WHEN.match(text, start, end)
    found = named_before(text, when.end() if when else start, end)
    words = [text[slice(*span)] for span in found]
    if any(not _LEAST <= len(one.split()) <= _LONGEST or _NOBODY.match(one) for one in words):
        return ()
    by_person = next(persons(text[start:end]), None) or any(
        not one.start for words_ in words for one in offices(words_)
    )
    return () if by_person else found
