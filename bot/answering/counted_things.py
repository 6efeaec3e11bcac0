"""Whether a number counts what is asked for: `40 trang` is no answer to `bao nhiêu cuốn`, `24/7` no number to call."""

import re

from corpus.vietnamese import fold
from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Expectation

_ALIKE = (
    ("cuon", "quyen"),
    ("trang",),
    ("nguoi", "vi", "dong chi", "can bo", "dang vien", "doan vien", "hoi vien", "dai bieu", "ong", "ba"),
    ("ho", "gia dinh"),
    ("thon", "ban", "buon", "ap", "xom", "lang", "to dan pho", "khu pho", "khu dan cu"),
    ("xa", "phuong", "thi tran"),
    ("huyen", "quan", "thi xa"),
    ("tinh",),
    ("ty dong", "trieu dong", "nghin dong", "ngan dong", "dong"),
    ("gio", "phut", "ngay", "tuan", "thang", "nam"),
    ("km", "m", "met"),
    ("ha", "hec ta", "m2"),
    ("kg", "tan", "ta"),
)
"""Things that are counted, folded; those of a row may stand for each other."""
_ROW_OF = {word: row for row, words in enumerate(_ALIKE) for word in words}
_THING = re.compile(rf"\s*({'|'.join(sorted(_ROW_OF, key=len, reverse=True))})(?!\w)")
_BEHIND = 16
_PRIZE_ASKED = re.compile(r"\b(?:giải|hạng) mấy\b")
_PRIZE = re.compile(
    r"\b(?:nhất|nhì|ba|tư|khuyến khích|đặc biệt|triển vọng|[ABC])\b|\b(?:thứ|hạng|giải)\s+[\dIVX]", re.IGNORECASE
)
_BY_DIGITS = re.compile(r"\bsố (?:điện thoại|máy|fax|tài khoản|hotline)\b|\bđường dây nóng\b")
_LEAST_DIGITS = 3
"""Of a telephone number: the shortest have so many (113)."""


def counted_kind(text: str, start: int, end: int) -> str:
    """What the one number of a stretch counts, by the first word of its row; "" where that is not known."""
    numbers = quantities(text[start:end])
    told = _THING.match(fold(text[start + numbers[0].end :][:_BEHIND])) if len(numbers) == 1 else None
    return _ALIKE[_ROW_OF[told[1]]][0] if told else ""


def counts_other_things(expected: Expectation, text: str, start: int, end: int) -> bool:
    """Whether the one number of a stretch of a passage counts other things than the question asks for.

    Args:
        expected: what the question waits for.
        text: of the passage, NFC.
        start: of the words that would be shown.
        end: of them.
    """
    if _BY_DIGITS.search(expected.question.lower()):
        longest = max((len(run.replace(" ", "")) for run in re.findall(r"\d[\d .-]*", text[start:end])), default=0)
        return longest < _LEAST_DIGITS
    if _PRIZE_ASKED.search(expected.question.lower()):
        return not _PRIZE.search(text, start, end)
    asked, told = _THING.match(" ".join(expected.counted)), counted_kind(text, start, end)
    return asked is not None and bool(told) and _ALIKE[_ROW_OF[asked[1]]][0] != told
