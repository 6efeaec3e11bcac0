"""Questions that offer two things to choose from ("A hay B ...?"), and which of them a text has."""

import re

from corpus.vietnamese import fold
from embeddings.syllables import CAPITALS, token_spans

Span = tuple[int, int]

_OR = re.compile(r"\s+(?:hay là|hay|hoặc là|hoặc)\s+", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:ai|gì|nào|đâu|sao|bao nhiêu|mấy|khi nào|bao giờ|thế nào|hơn|nhất)\b", re.IGNORECASE)
_YES_NO = re.compile(r"\b(?:không|chưa|phải|à|hả|khong|chua|ko)$", re.IGNORECASE)
_GOOD = re.compile(
    r"\b(?:cách|làm|mô hình|sáng kiến|kinh nghiệm|điều|cái|bài|câu|ý|nói|hát|rất|bao|người) hay(?! là)\b", re.IGNORECASE
)
"""`hay` that praises."""
_LONGEST = 8
_LEAST_WORDS = 2


def offers(question: str) -> bool:
    """Whether a question offers two things and asks for nothing else (`do A hay B phát động?`, no `A hay không`)."""
    parts = _OR.split(question.strip(" ?"))
    two = len(parts) == 2 and not _GOOD.search(question)  # noqa: PLR2004 - two things
    return two and not _ASKS.search(question) and not _YES_NO.search(question.strip(" ?"))


def chosen(question: str, text: str) -> Span | None:
    """Where a text names one of the two things a question offers, or more of its words than of the other's.

    Args:
        question: with its marks restored; one that asks with a question word, or compares, offers nothing.
        text: where to look.
    """
    parts = _OR.split(question.strip(" ?"))
    if len(parts) != 2 or _ASKS.search(question):  # noqa: PLR2004 - two things
        return None
    left, right = ([part[start:end] for start, end in token_spans(part)] for part in parts)
    firsts = (left[-length:] for length in range(min(_LONGEST, len(left)), 0, -1))
    seconds = (right[:length] for length in range(min(_LONGEST, len(right)), 0, -1))
    first = next((span for words in firsts if (span := _place(words, text))), None)
    second = next((span for words in seconds if (span := _place(words, text))), None)
    lengths = [span[1] - span[0] if span else 0 for span in (first, second)]
    if lengths[0] == lengths[1]:
        return None
    return first if lengths[0] > lengths[1] else second


def says_one(question: str, text: str) -> bool:
    """Whether a text has the word beside `hay` of one thing that is offered, and not the other's.

    Of two where one is told with the words of the other and more (`trưởng phòng hay phó trưởng phòng`) it needs the
    words that both have.

    Args:
        question: that `offers` two things.
        text: what was found.
    """
    left, right = (
        [fold(part[start:end]) for start, end in token_spans(part)] for part in _OR.split(question.strip(" ?"))
    )
    before, behind = left[-_LONGEST:], right[:_LONGEST]
    words = {fold(text[start:end]) for start, end in token_spans(text)}
    second = next((word for word in behind if word not in before), None)
    if before[-1] in behind or second is None:
        return before[-1] in words or second in words
    return (before[-1] in words) != (second in words)


def _place(words: list[str], text: str) -> Span | None:
    """Where the words stand next to each other, marks and case aside; a single word must be a name or a number."""
    if len(words) < _LEAST_WORDS and not (words[0][0].isdigit() or words[0][0] in CAPITALS):
        return None
    spans = token_spans(text)
    folded = [fold(text[start:end]) for start, end in spans]
    wanted = [fold(word) for word in words]
    for place in range(len(spans) - len(wanted) + 1):
        if folded[place : place + len(wanted)] == wanted:
            return spans[place][0], spans[place + len(wanted) - 1][1]
    return None
