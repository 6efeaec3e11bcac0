"""What somebody does, as items tell it: a verb with its object, or verbs that share the object of the next."""

import re
from collections.abc import Sequence

from embeddings.extraction.enumerations import Level, Stretch, bare, begins_with_verb, leading_verb_end, stretches

Span = tuple[int, int]

WITH_A_DEED = r"(?:đẩy mạnh|tăng cường|tổ chức|thực hiện|triển khai)\s"
"""Verbs whose object may be a verb (`đẩy mạnh tuyên truyền`)."""
_TAKES_A_DEED = re.compile(rf"(?:tiếp tục\s+)?{WITH_A_DEED}", re.IGNORECASE)
_THING = re.compile(
    r"\s*(?:tổ chức (?:tự xưng|trái phép|phản động|phi chính phủ|quốc tế|chính trị|xã hội|tôn giáo|kinh tế|quần chúng"
    r"|nghề nghiệp|tín dụng|đảng|đoàn(?! công tác)"
    r"|hội(?! (?:nghị|thảo|thi|diễn|họp|đàm|chợ|trại|thao|nghề))|công đoàn|cơ sở|thành viên)"
    r"|lãnh đạo (?:các|cơ quan|đơn vị|ban|sở|ngành|huyện|tỉnh|xã|phường))\b",
    re.IGNORECASE,
)
"""Nouns that begin as a verb does."""


def does(text: str, place: int) -> bool:
    """Whether a verb stands at a place, and no noun that begins like one."""
    return begins_with_verb(text, place) and not _THING.match(text, place)


def has_object(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text begins with a verb, and has more than verbs."""
    return does(text, start) and not is_verb_alone(text, start, end)


def is_verb_alone(text: str, start: int, end: int) -> bool:
    """Whether verbs of data/leading_verbs.txt are all that a stretch of text has (`tiếp tục đổi mới`)."""
    start, end = bare(text, start, end)
    deed = _TAKES_A_DEED.match(text, start, end)
    if deed and does(text, deed.end()):
        return False
    while start < end and (behind := leading_verb_end(text, start)) is not None and behind <= end:
        start = behind + (text[behind : behind + 1] == " ")
    return start >= end


def stretch_of(text: str, items: Sequence[Span]) -> Stretch | None:
    """The smallest stretch between commas that several items fill and that cuts none of them off."""
    found = [
        one
        for one in stretches(text)
        if one.level is Level.COMMA and one.start <= items[0][0] and items[-1][1] <= one.end
    ]
    return min(found, key=lambda one: one.end - one.start, default=None)
