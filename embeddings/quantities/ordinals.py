"""Numbers that tell one of a kind from another: `quý 2`, `khóa XIV`, `lần thứ tư`, `năm 2019`."""

import re
from functools import lru_cache

from corpus.vietnamese import fold
from embeddings.quantities.quantities import quantities

Ordinal = tuple[str, str]
"""Folded noun and number."""

YEAR = "nam"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOUN = re.compile(
    r"\b(?P<noun>quý|khóa|khoá|lần|kỳ|đợt|khối|tổ|khu|quận|phường|đội|cụm|giai đoạn|giải|hạng|cấp|điều|khoản|bước|vòng)"
    r"(?: thứ)? $",
    re.IGNORECASE,
)
_PRIZE = re.compile(r"\b(?P<noun>giải|hạng) (?P<which>nhất|nhì|khuyến khích)\b", re.IGNORECASE)
_PRIZES = {"nhất": "1", "nhì": "2", "khuyến khích": "khuyến khích"}
"""Words for numbers that stand for one only behind these nouns."""
_LONGEST_NOUN = 16
_REMEMBERED = 1024


@lru_cache(maxsize=_REMEMBERED)
def ordinals(text: str) -> frozenset[Ordinal]:
    """Those of a text; a year counts as one of its own, however it is named."""
    found = {(fold(one["noun"]), _PRIZES[one["which"].lower()]) for one in _PRIZE.finditer(text)}
    for one in quantities(text):
        found.update((YEAR, key) for key in one.keys if _YEAR.fullmatch(key))
        noun = None if one.is_date else _NOUN.search(text, max(one.start - _LONGEST_NOUN, 0), one.start)
        if noun:
            found.add((fold(noun["noun"]), one.keys[0]))
    return frozenset(found)


def told_otherwise(asked: frozenset[Ordinal], told: frozenset[Ordinal]) -> frozenset[Ordinal]:
    """Those asked for that a text does not have, while it has others of their kind."""
    kinds = {noun for noun, _ in told}
    return frozenset(one for one in asked - told if one[0] in kinds)
