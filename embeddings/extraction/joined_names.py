"""Names with a dash, a comma or `và` in them, which part no items: `Sở Lao động - Thương binh và Xã hội`."""

import re
from functools import lru_cache
from importlib.resources import files

from embeddings.syllables import CAPITALS

Span = tuple[int, int]

_SMALL = re.compile(r"(?<!\S)[^\W\d_]*\s[–-]\s[^\W\d_]")
"""A word and the first letter of the next one with a dash between them."""
_ALONE = re.compile(rf"(?:^|,|;|\s(?:và|các|dân tộc|người))\s+[{CAPITALS}][^\W\d_]+$")
_BODY = re.compile(
    r"(?:Phòng|Sở|Ban|Bộ|Khối|Trung tâm|Cục|Vụ|Chi cục|Viện|Tổ|Hội đồng)"
    rf"\s+[{CAPITALS}][^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}$"
)
_OFFICE = re.compile(r"(?:Trưởng|Phó|Bí thư|Chủ tịch|Ủy viên|Giám đốc|Thành viên|Chánh|Đồng chí|Ông|Bà)\b")
_CAPITAL = re.compile(rf"[{CAPITALS}]")
_LONGEST = 40
"""Characters before a dash in which a name stands."""


def joins(text: str, start: int, end: int) -> bool:
    """Whether a dash stands between words that are named together.

    Two in small letters (`kinh tế - xã hội`), two years, two names of one word (`Gié - Triêng`), the halves of a body's
    name (`Ban Dân chủ - Pháp luật`); an office behind a dash belongs to somebody.

    Args:
        text: NFC.
        start: of the dash with its blanks.
        end: of it.
    """
    if text[start:end].strip() not in ("-", "–"):
        return False
    word = text.rfind(" ", 0, start) + 1
    if text[word:start].isdigit() and text[end : end + 1].isdigit():
        return True
    if _CAPITAL.match(text, end):
        before = max(start - _LONGEST, 0)
        name = _BODY.search(text, before, start) or _ALONE.search(text, before, start)
        return name is not None and _OFFICE.match(text, end) is None
    found = _SMALL.match(text, word)
    return found is not None and found.end() == end + 1 and found[0][0].islower() and found[0][-1].islower()


def joined_bodies(text: str) -> list[Span]:
    """Where a text names bodies of data/joined_bodies.txt."""
    return [match.span() for match in _bodies().finditer(text)]


@lru_cache(maxsize=1)
def _bodies() -> re.Pattern[str]:
    lines = files("embeddings").joinpath("data/joined_bodies.txt").read_text("utf-8").splitlines()
    names = (re.escape(line).replace(r"\ \-\ ", r"\s[–-]\s") for line in lines if line and not line.startswith("#"))
    return re.compile("|".join(names))
