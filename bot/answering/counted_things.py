"""Whether a number counts what is asked for: `40 trang` is no answer to `bao nhiêu cuốn`, `24/7` no number to call."""

import re

from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Expectation

_ALIKE = (
    ("cuốn", "quyển"),
    ("trang",),
    ("người", "vị", "đồng chí", "cán bộ", "đảng viên", "đoàn viên", "hội viên", "đại biểu", "ông", "bà"),
    ("hộ", "gia đình"),
    ("thôn", "buôn", "ấp", "xóm", "làng", "tổ dân phố", "khu phố", "khu dân cư"),
    ("xã", "phường", "thị trấn"),
    ("huyện", "quận", "thị xã"),
    ("tỉnh",),
    ("tỷ đồng", "triệu đồng", "nghìn đồng", "ngàn đồng", "đồng"),
    ("giờ", "phút", "ngày", "tuần", "tháng", "năm"),
    ("km", "m", "mét"),
    ("ha", "héc ta", "m2"),
    ("kg", "tấn", "tạ"),
)
"""Things that are counted; those of a row may stand for each other."""
_ROW_OF = {word: row for row, words in enumerate(_ALIKE) for word in words}
_THING = re.compile(
    rf"[ \u00a0]*(?P<thing>{'|'.join(sorted(_ROW_OF, key=len, reverse=True))})(?!\w)"
    r"(?! (?:ủy|uỷ|viên|hội|bào|hương|ruộng|đội|(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:bao nhiêu|mấy)\b")
_PRIZE_ASKED = re.compile(r"\bgiải mấy\b")
_PRIZE = re.compile(
    r"\b(?:nhất|nhì|ba|tư|khuyến khích|đặc biệt|triển vọng|vàng|bạc|đồng|[ABC]|không|chưa)\b"
    r"|\b(?:thứ|hạng|giải|vị trí)\s+\S",
    re.IGNORECASE,
)
_BY_DIGITS = re.compile(r"\bsố (?:điện thoại|máy|fax|tài khoản|hotline)\b|\bđường dây nóng\b")
_LEAST_DIGITS = 3
"""Of a telephone number: the shortest have so many (113)."""


def counted_word(text: str, start: int, end: int) -> str:
    """What the one number of a stretch counts, where that is one of the things known here; else ""."""
    numbers = quantities(text[start:end])
    told = _THING.match(text, start + numbers[0].end) if len(numbers) == 1 else None
    return told["thing"].lower() if told else ""


def counts_other_things(expected: Expectation, text: str, start: int, end: int) -> bool:
    """Whether the one number of a stretch of a passage counts other things than the question asks for.

    Args:
        expected: what the question waits for.
        text: of the passage, NFC.
        start: of the words that would be shown.
        end: of them.
    """
    question = expected.question.lower()
    if _BY_DIGITS.search(question) and not expected.counted:
        longest = max((len(run.replace(" ", "")) for run in re.findall(r"\d[\d .-]*", text[start:end])), default=0)
        return longest < _LEAST_DIGITS
    if _PRIZE_ASKED.search(question):
        return not _PRIZE.search(text, start, end)
    counted = _COUNTED.search(question)
    asked = _THING.match(question, counted.end()) if counted else None
    told = counted_word(text, start, end)
    return asked is not None and bool(told) and _ROW_OF[asked["thing"]] != _ROW_OF[told]
