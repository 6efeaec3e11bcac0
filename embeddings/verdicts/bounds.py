"""Numbers that are bounds or about right (`không quá 20`, `gần 400`, `90% trở lên`), held against each other."""

import re
from decimal import Decimal
from enum import Enum, auto

Span = tuple[int, int]


class Bound(Enum):
    """What a number says of the one that is meant."""

    EXACT = auto()
    BELOW = auto()
    AT_MOST = auto()
    ABOVE = auto()
    AT_LEAST = auto()
    ABOUT = auto()


_PHRASES = {
    Bound.EXACT: ("tới", "đến", "lên đến", "lên tới", "tất cả", "cả", "đủ", "chỉ"),
    Bound.BELOW: (
        *("dưới", "chưa đến", "chưa tới", "chưa đầy", "không đến", "không tới", "không đầy"),
        *("ít hơn", "thấp hơn", "nhỏ hơn", "chưa quá"),
    ),
    Bound.AT_MOST: ("không quá", "không vượt quá", "không hơn", "không trên", "tối đa", "nhiều nhất", "cao nhất"),
    Bound.ABOVE: ("hơn", "trên", "quá", "nhiều hơn", "cao hơn", "lớn hơn", "vượt quá"),
    Bound.AT_LEAST: ("ít nhất", "tối thiểu", "thấp nhất", "không dưới", "không ít hơn", "không thấp hơn"),
    Bound.ABOUT: ("gần", "khoảng", "chừng", "xấp xỉ", "ước", "ước tính", "cỡ", "trên dưới", "ngót"),
}
_KNOWN = {phrase: bound for bound, phrases in _PHRASES.items() for phrase in phrases}
_LED = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))})\s+)+$", re.IGNORECASE
)
_ONE = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))})(?!\w)")
_FOLLOWED = re.compile(r"[^,;.\d]{0,40}?(?<!\w)(?:trở|đổ)\s+(?P<way>lên|xuống|lại)(?!\w)", re.IGNORECASE)
_BEFORE = 40
"""Characters in front of a number in which the words of a bound stand."""
_UPPER, _LOWER = frozenset((Bound.BELOW, Bound.AT_MOST)), frozenset((Bound.ABOVE, Bound.AT_LEAST))


def bounded_span(text: str, start: int, end: int) -> Span:
    """A number of a text with the words around it that make a bound of it."""
    led, followed = _LED.search(text[max(start - _BEFORE, 0) : start]), _FOLLOWED.match(text[end:])
    return start - len(led.group()) if led else start, end + followed.end() if followed else end


def bound_of(text: str, start: int, end: int) -> Bound:
    """What a number of a text is by the words around it, the longest phrase before it."""
    followed = _FOLLOWED.match(text[end:])
    if followed:
        return Bound.AT_LEAST if followed["way"].lower() == "lên" else Bound.AT_MOST
    led = _LED.search(text[max(start - _BEFORE, 0) : start])
    words = " ".join(led.group().lower().split()) if led else ""
    found = [_KNOWN[phrase] for phrase in ([words] if words in _KNOWN else _ONE.findall(words))]
    meant = [bound for bound in found if bound is not Bound.EXACT]
    return Bound.ABOUT if Bound.ABOUT in meant else meant[-1] if meant else Bound.EXACT


def agree(own: Decimal, own_bound: Bound, told: Decimal, told_bound: Bound) -> bool | None:
    """Whether a claimed number is the one told; None where a bound or an approximation leaves it open."""
    if own == told:
        across = (own_bound in _UPPER and told_bound in _LOWER) or (own_bound in _LOWER and told_bound in _UPPER)
        beyond = own_bound is Bound.BELOW or (told_bound is Bound.BELOW and own_bound not in _UPPER)
        return None if beyond or across else True
    if Bound.ABOUT in (own_bound, told_bound):
        return None if abs(own - told) <= abs(own) / 2 else False
    if own_bound is Bound.BELOW and told_bound is Bound.EXACT and told < own:
        return True
    within = (own_bound in _UPPER and told < own) or (own_bound in _LOWER and told > own)
    around = (told_bound in _UPPER and told > own) or (told_bound in _LOWER and told < own)
    return None if within or (around and own_bound is Bound.EXACT) else False
