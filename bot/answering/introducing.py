"""What introduces somebody (`đồng chí NAME, OFFICE phát biểu`) is no answer to what that person did or said."""

import re

from corpus.vietnamese import fold
from embeddings.extraction.holdings import holdings
from embeddings.syllables import tokens

Span = tuple[int, int]

_DID = re.compile(
    r"\b(?:phát biểu|nói|kết luận|đánh giá|yêu cầu|đề nghị|nhấn mạnh|khẳng định|cho rằng|cho biết|biểu dương|nhắc"
    r"|báo cáo|chủ trì|trả lời|mong|muốn|dặn|bảo|chỉ đạo|lưu ý|đề xuất|kiến nghị|nhận xét|nêu|trao|tham dự|dự|ký|chỉ ra"
    r"|làm gì (?:ở|tại|trong) (?:tọa đàm|toạ đàm|hội nghị|diễn đàn|buổi|cuộc|lễ|đại hội|phiên))\b"
)
"""With their marks: without them `dặn` would be the `dân` of `dân vận`, `bảo` the `bao` of `bao nhiêu`."""
_OFFICE = re.compile(r"\b(?:chức|cương vị|chức danh|chức vụ|vai trò|là ai|công tác ở|tư cách)\b")


def asks_what_was_done(question: str) -> bool:
    """Whether a question, with its marks, asks for what somebody did or said, and not for an office."""
    lower = question.lower()
    return _DID.search(lower) is not None and _OFFICE.search(lower) is None


def only_introduces(question: str, said: str, span: Span) -> bool:
    """Whether words are no more than the office under which a text names a person of the question.

    Args:
        question: with its marks.
        said: the sentence.
        span: of the words in it.
    """
    known = {fold(word) for word in tokens(question)}
    for holding in holdings(said):
        start, end = holding.stretch
        name = [fold(word) for word in tokens(said[slice(*holding.name)])]
        if start <= span[0] and span[1] <= end and len(known.intersection(name)) > len(name) / 2:
            return True
    return False
