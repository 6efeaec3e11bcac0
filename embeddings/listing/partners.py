"""Who does something together: `A phối hợp với B, C tổ chức ...`, `A và B phối hợp tổ chức ...`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.splitting import sentence_spans
from embeddings.extraction.compounds import cuts_a_word
from embeddings.extraction.enumerations import bare, leading_verb_end
from embeddings.listing.deeds import does
from embeddings.listing.whole_bodies import whole_bodies

Span = tuple[int, int]

_WITH = r"(?:(?:một cách\s+)?chặt chẽ\s+)?(?:(?:cùng\s+)?với|cùng)\s+"
_TOGETHER = re.compile(
    rf"\b(?:phối hợp|phối kết hợp|kết hợp|liên kết|cùng phối hợp)\s+(?P<with>{_WITH})?", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;:\n]\s*|(?<=\s)[–-]\s+")
_COMMA = re.compile(r"\s*,\s+(?:(?:và|cùng|cùng với)\s+)?|\s+(?:và|cùng với|cùng)\s+")
_ASIDE = re.compile(
    r"(?:(?:sáng|trưa|chiều|tối|đêm|vào|trong|ngày|tháng|năm|tại|ở|nhân|vừa qua|từ|theo|qua|để|nhằm|sau|trước|với"
    r"|hằng|hàng|bên cạnh|đồng thời|thực hiện|triển khai|mới đây|cũng|dưới|hiện|đến|thời gian|trên|đặc biệt|ngoài"
    r"|giai đoạn|khi|đầu|giữa|cuối|vì|do đó)\b|\d)",
    re.IGNORECASE,
)
"""Begins what only says when, where or why something was done."""
_PASSIVE = re.compile(r"\b(?:do|được)\s+", re.IGNORECASE)
_HOW = re.compile(
    r"(?:,?\s+(?:đã|sẽ|đang|cũng|chủ trì|chủ động|tích cực|thường xuyên|vừa|cùng|cùng nhau|đều|là đơn vị"
    r"|được))+\s*,?\s*$",
    re.IGNORECASE,
)
"""Between who does something and that they do it together."""
_ENDS = re.compile(
    r"\s+(?:để|nhằm|trong|tại|ở|về|khi|từ|mà|cho|đã|đang|sẽ|qua|thông qua|theo|vào|bằng|cùng tham gia|đồng)\b|[;.:(\n]"
)
_OF_A_NOUN = re.compile(
    r"\b(?:các|những|mỗi|mọi|một số|ban|bộ phận|cơ quan|tổ|đội|hội|hội đồng|trung tâm|người|công tác|phòng|văn"
    r"|chi cục|cục)\s+$",
    re.IGNORECASE,
)
"""Words that make what looks like a verb behind them a part of a name (`ban chỉ đạo`, `cơ quan quản lý`)."""
_WORD = re.compile(r"[^\s,]+")
_SMALL = re.compile(r"(?:ngày|sáng|chiều|tối|năm|tháng)\b|\d", re.IGNORECASE)
_LONGEST = 16
"""Words that the name of one who takes part may have."""


@dataclass(frozen=True, slots=True)
class Partnership:
    """What several do together.

    Attributes:
        leading: who is named before `phối hợp`; empty where that is not told cleanly.
        partners: who is named behind `phối hợp với`; empty where nobody is.
        deed: what they do.
        sentence: it is told in.
    """

    leading: tuple[Span, ...]
    partners: tuple[Span, ...]
    deed: Span
    sentence: Span


def partnerships(text: str) -> Iterator[Partnership]:
    """All that a text says several do together, in its order."""
    for sentence in sentence_spans(text):
        for found in _TOGETHER.finditer(text, *sentence):
            leading = named_before(text, sentence[0], found.start())
            end = found.end()
            partners: tuple[Span, ...] = ()
            if found["with"]:
                end = _end_of_partners(text, found.end(), sentence[1])
                partners = _parted(text, found.end(), end)
            if (partners or len(leading) > 1) and all(_is_name(text, one) for one in (*leading, *partners)):
                yield Partnership(leading, partners, bare(text, end, sentence[1]), sentence)


def named_before(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Who stands before what is done, without what says when and where; empty where something else is told between."""
    clauses = [found.end() for found in _CLAUSE.finditer(text, start, end)]
    start = clauses[-1] if clauses else start
    how = _HOW.search(text[start:end])
    end = start + how.start() if how else end
    by = list(_PASSIVE.finditer(text, start, end))
    start = by[-1].end() if by else start
    parts = list(_parted(text, start, end))
    while parts and _ASIDE.match(text, parts[0][0]):
        del parts[0]
    between = text[parts[-1][1] : end].strip() if parts else "-"
    done = any(_verb_in(text, *part) is not None for part in parts)
    return () if between or done else tuple(parts)


def _end_of_partners(text: str, start: int, end: int) -> int:
    """Where those who are named end: before what they do, or when, where and what for."""
    stop = _ENDS.search(text, start, end)
    end = stop.start() if stop else end
    verb = _verb_in(text, start, end)
    return end if verb is None else verb


def _verb_in(text: str, start: int, end: int) -> int | None:
    """Where a verb in small letters begins that is no part of a name and not the first word."""
    for word in _WORD.finditer(text, start, end):
        place = word.start()
        if place == start or not text[place].islower() or not does(text, place):
            continue
        stop = leading_verb_end(text, place)
        if (
            stop is not None
            and stop <= end
            and not cuts_a_word(text, place)
            and not _OF_A_NOUN.search(text, start, place)
        ):
            return place
    return None


def _parted(text: str, start: int, end: int) -> tuple[Span, ...]:
    """A stretch cut at its commas and `và`."""
    edges = [start]
    for found in _COMMA.finditer(text, start, end):
        edges += [found.start(), found.end()]
    edges.append(end)
    parts = (bare(text, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True))
    return whole_bodies(text, [part for part in parts if part[0] < part[1]])


def _is_name(text: str, span: Span) -> bool:
    words = text[slice(*span)].split()
    return len(words) <= _LONGEST and not _SMALL.match(text, span[0])
