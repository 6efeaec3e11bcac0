"""Where a text says why or what for: the clause of a sentence that gives a reason or a purpose, and what it is told of.

A reason stands behind `vì`, `do`, `nguyên nhân là`, before `nên`, or in the sentence before one that begins with
`Vì vậy`; a purpose behind `để`, `nhằm`, `với mục đích`. `do` before whoever does something, `vì mục tiêu` and their
like are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.splitting import sentence_spans, trim
from embeddings.extraction.enumerations import bare
from embeddings.syllables import CAPITALS

Span = tuple[int, int]

_REASON = re.compile(
    r"(?<![\w-])(?:là\s+)?(?P<word>do|vì|bởi|tại vì|nhờ|xuất phát từ)(?:\s+(?:vì|do|có))?(?=\s)", re.IGNORECASE
)
_PURPOSE = re.compile(
    r"(?<![\w-])(?P<word>nhằm(?:\s+(?:mục đích|mục tiêu))?|để|với\s+(?:mục đích|mục tiêu)|góp phần)(?=\s)",
    re.IGNORECASE,
)
_NAMED_CAUSE = re.compile(r"(?<!\w)(?:nguyên nhân|lý do|lí do)(?!\w)[^.;:]{0,60}?(?:\blà\b|:)\s*", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:do|vì|nhờ|bởi)\s+(?:vậy|thế|đó|đây|sao|đâu|ai|gì|lẽ|mục tiêu|sự nghiệp|lợi ích|cộng đồng|người nghèo|nhân dân"
    r"|an ninh|môi trường|trẻ em|ngày mai)\b|để\s+(?:lại|ý|dành|xảy ra|sót|lọt|lộ|mất|trống)\b",
    re.IGNORECASE,
)
_BEFORE_OTHER = re.compile(
    r"(?:\btự|\bmặc|\bphấn đấu|\bphấn đầu|\bhành động|\bchung tay|\btất cả|\bkhông|\bđừng|[“\"])\s*$", re.IGNORECASE
)
_DOES = re.compile(
    r"do\s+(?:[^\s,;.]+\s+){1,10}?(?:tổ chức|chủ trì|ban hành|làm|ký|thực hiện|bầu|cấp|quản lý|lãnh đạo|phụ trách"
    r"|phát động|đầu tư|chi trả|trình bày|quyết định|đề xuất|xây dựng|lập|chấm|tài trợ|trao|phát|soạn|viết|tự chọn"
    r"|tiến hành|quy định|biên soạn|giới thiệu|đóng góp|đảm nhiệm|hướng dẫn|giữ)\b",
    re.IGNORECASE,
)
_LACKS = re.compile(r"\b(?:thiếu|chưa|không|chậm|khó|hết|bị|quá|vướng)\b", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"(?:(?:chính )?vì (?:vậy|thế)|do (?:đó|vậy)|bởi (?:vậy|thế)|nhờ (?:đó|vậy)|từ đó)\b,?\s*", re.IGNORECASE
)
_SO = re.compile(r"(?<!không)(?<!chẳng)(?<!cũng)(?<!chỉ)(?<!trở)(?<!cần),?\s(?:cho )?nên\s", re.IGNORECASE)
_ENDS = re.compile(r";|,?\s(?:cho )?nên\s|,\s(?:song|nhưng|trong khi|đồng thời|vì vậy|do đó|vì thế)\b")
_OPENS = re.compile(r"\W*(?:\([^()]{2,40}\)\s*[-–]\s*)?")
"""What may stand before the first word of a sentence (`(Nguồn) - Nhằm ...`)."""
_COMMA = re.compile(r",\s")
_BEFORE_TOLD = re.compile(
    rf",\s(?=(?:sáng|chiều|tối|ngày|trong|tại|thời gian|từ ngày|vừa qua|năm|các cấp|đồng chí)\b|[{CAPITALS}])"
)
"""The comma behind which a sentence that begins with its reason or purpose goes on with what was done."""
_LEAST = 2
"""Words of a clause that tells something."""


@dataclass(frozen=True, slots=True)
class Given:
    """A reason or purpose, and what it is given for.

    Attributes:
        clause: the words that give it.
        told: the stretches of text that say what it is given for.
        before: the sentence before, which may name what is spoken of; empty where there is none.
    """

    clause: Span
    told: tuple[Span, ...]
    before: Span = (0, 0)


@lru_cache(maxsize=256)
def reasons(text: str) -> tuple[Given, ...]:
    """All reasons that a text gives, in its order."""
    return tuple(_reasons(text))


@lru_cache(maxsize=256)
def purposes(text: str) -> tuple[Given, ...]:
    """All purposes that a text gives, in its order."""
    return tuple(
        replace(given, before=before)
        for before, (start, end) in _sentences(text)
        for given in _behind(text, start, end, _PURPOSE.finditer(text, start, end))
    )


def _reasons(text: str) -> Iterator[Given]:
    for before, (start, end) in _sentences(text):
        follows = _FOLLOWS.match(text, start, end)
        if follows and before[0] < before[1]:
            yield Given(bare(text, *before), (trim(text, follows.end(), end),))
        for given in _inside(text, start, end):
            yield replace(given, before=before)


def _sentences(text: str) -> Iterator[tuple[Span, Span]]:
    """Each sentence behind the one before it."""
    before = (0, 0)
    for start, end in sentence_spans(text):
        yield before, (start, end)
        before = trim(text, start, end)


def _inside(text: str, start: int, end: int) -> Iterator[Given]:
    """The reasons that a sentence gives in itself."""
    yield from _behind(text, start, end, _REASON.finditer(text, start, end))
    named = _NAMED_CAUSE.search(text, start, end)
    if named:
        yield Given(bare(text, named.end(), _end(text, named.end(), end)), (trim(text, start, named.start()),))
    so = _SO.search(text, start, end)
    if so:
        left = max(text.rfind(";", start, so.start()) + 1, start)
        yield Given(bare(text, left, so.start()), (trim(text, so.end(), end),))


def _behind(text: str, start: int, end: int, words: Iterator[re.Match[str]]) -> Iterator[Given]:
    for word in words:
        place = word.start("word")
        if _OTHER.match(text, place) or _BEFORE_OTHER.search(text[max(place - 14, start) : place]):
            continue
        done_by = _DOES.match(text, place, end)
        if done_by and not _LACKS.search(done_by.group()):
            continue
        if _OPENS.fullmatch(text, start, place):  # `Vì mưa lớn, hội nghị hoãn`: told behind its comma
            comma = _BEFORE_TOLD.search(text, place, end) or _COMMA.search(text, place, end)
            if comma is None:
                continue
            clause, told = (place, comma.start()), [(comma.end(), end)]
        else:
            last = _end(text, word.end(), end)
            clause, told = (place, last), [(start, word.start()), (last, end)]
        if len(text[slice(*clause)].split()) > _LEAST:
            yield Given(bare(text, *clause), tuple(trim(text, *span) for span in told if span[0] < span[1]))


def _end(text: str, start: int, end: int) -> int:
    found = _ENDS.search(text, start, end)
    return found.start() if found else end
