"""Who does something, by the words in front of what is done: `hai năm qua các cấp Đoàn đã tạo môi trường`."""

import re
from collections.abc import Sequence

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.offices import offices
from embeddings.extraction.persons import persons
from embeddings.extraction.requests import REQUESTS
from embeddings.listing.partners import named_before
from embeddings.syllables import token_spans

Span = tuple[int, int]

_SAYS = re.compile(
    r"\b(?:cho biết|cho rằng|cho thấy|nhấn mạnh|khẳng định|nêu rõ|nhận định|đánh giá|thông tin)\b"
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

_NOT_DONE = re.compile(
    r"\b(?:không|chưa|chẳng|chả|đừng|cần(?! thơ)|phải|nên|sẽ|sắp|dự kiến|dự định|có thể|muốn|mong|xin|nếu|hứa"
    rf"|{REQUESTS}|mời|nhắc|(?<!ban )chỉ đạo(?! của\b))\b",
    re.IGNORECASE,
)
"""Words in front of a deed that is denied, wished for or asked of somebody, and not told as done."""
_APART = frozenset(fold("ở tại cho trong vào năm ngày tháng của về với đến từ trên").split())
"""Words that begin what tells a deed apart behind its object, which other words may stand in front of."""
_CLAUSE_ENDS = re.compile(r"[;:,.…\n]|\s(?:và|do|được|để|nhằm|sau|trước|khi|mà)\s")
_LEAST_TOGETHER = 3
"""Words of a deed that a text has side by side where it puts something in between."""


def doers(text: str, deed: Sequence[str]) -> tuple[Span, ...]:
    """The bodies in front of the words that say what is done.

    Args:
        text: where to look.
        deed: folded words; all of them stand in one clause, side by side but for what begins with `ở`, `cho`, ...

    Returns:
        Empty where none are told, a person does it, it is not told as done, or two places tell of different ones.
    """
    places = token_spans(text)
    folded = [fold(text[start:end]) for start, end in places]
    told: list[tuple[Span, ...]] = []
    for place in range(1, len(folded)):
        together = next((n for n, (a, b) in enumerate(zip(deed, folded[place:], strict=False)) if a != b), len(deed))
        together = min(together, len(folded) - place)
        rest = list(deed[together:])
        if together < min(_LEAST_TOGETHER, len(deed)) or (rest and rest[0] not in _APART):
            continue
        found = _in_front(text, places[place][0])
        if rest and found:
            last = places[place + together - 1][1]
            ends = _CLAUSE_ENDS.search(text, last)
            clause = (text[last : ends.start() if ends else len(text)], text[_begins(text, last) : found[0][0]])
            found = found if any(_has(one, rest) for one in clause) else ()
        if found:
            told.append(found)
    return told[0] if len({tuple(fold(text[slice(*one)]) for one in found) for found in told}) == 1 else ()


def _has(text: str, words: list[str]) -> bool:
    folded = [fold(text[start:end]) for start, end in token_spans(text)]
    return any(folded[place : place + len(words)] == words for place in range(len(folded)))


def _begins(text: str, place: int) -> int:
    """Where the sentence around a place begins."""
    return next((left for left, right in sentence_spans(text) if left <= place < right), 0)


def _in_front(text: str, end: int) -> tuple[Span, ...]:
    start = _begins(text, end)
    if _NOT_DONE.search(text, start, end):
        return ()
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
