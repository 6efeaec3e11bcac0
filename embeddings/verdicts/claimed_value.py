"""The one value that a yes-or-no question claims (who, how many, when), and the question that asks for it instead.

`bà Lan chủ trì hội nghị phải không` is decided by what answers `ai chủ trì hội nghị`: the same person, or another one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto

from corpus.vietnamese import fold
from embeddings.extraction.offices import offices
from embeddings.extraction.persons import persons
from embeddings.quantities.quantities import Quantity, quantities
from embeddings.syllables import canonical, is_marked
from embeddings.verdicts.bounds import Bound, agree, bound_of, bounded_span
from embeddings.verdicts.claim_numbers import unit_behind

Span = tuple[int, int]


class ValueKind(Enum):
    """What kind of value is claimed."""

    PERSON = auto()
    NUMBER = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class ClaimedValue:
    """A value in a claim.

    Attributes:
        kind: what it is.
        text: its words.
        question: the claim with a question word in its place.
        rest: the claim without it.
        unit: folded first word of what a number counts, "" where it is none or is followed by nothing.
        marked: whether a name was typed with its marks, which then tell it from others.
        bound: what a number is by the words around it.
    """

    kind: ValueKind
    text: str
    question: str
    rest: str
    unit: str = ""
    marked: bool = True
    bound: Bound = Bound.EXACT


_ADDRESS = re.compile(r"(?:(?:các )?đồng chí|đ/c|ông|bà|anh|chị|cô)\s+$", re.IGNORECASE)
_DOER = re.compile(r"\b(?:do|bởi|giao|cử|bầu|chọn|là)\s+$", re.IGNORECASE)
"""Words behind which stands who does something."""
_PLACE_LIKE = 2
"""Words of a name that may be a place's as well as a person's."""
_HOLDING = re.compile(r"\s*,?\s*(?:(?:vừa|đang|từng|có phải)\s+)*(?:là|làm|giữ chức(?: vụ)?|giữ)?\s*", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:thứ|khóa|khoá|số|điều|khoản|điểm|quý|nhiệm kỳ|lần|lần thứ|bão số|kỳ|cấp|vòng)\s+$", re.IGNORECASE
)
"""Words in front of a number that is a name, and counts nothing."""
_OF_YEAR = re.compile(r"\bnăm\s+$", re.IGNORECASE)
_LONGEST_BEFORE = 40
"""Characters in front of a number in which all such words stand; a claim may have a thousand numbers."""
_DATED = re.compile(r"\b(?:vào |từ |trong |hồi )?(?:ngày|hôm|tháng|năm)?\s*$", re.IGNORECASE)
_OF_CODE = re.compile(r"[\w/-]$")
"""In front of digits of a code or a unit (`m2`)."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHARE = re.compile(r"(?<![\d/])(\d+)/\d+(?![\d/])")
"""`5/8 huyện`: five of them."""
_GREAT = re.compile(r"\b(?:nghìn|ngàn|triệu|tỷ|tỉ)\b", re.IGNORECASE)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_LEAST_REST = 2
"""Words of a claim besides its value, from which it can be asked for."""


def claimed_value(claim: str, typed: str = "") -> ClaimedValue | None:
    """The one value that a claim may be wrong in: its one person, else its one number, else the date it ends with.

    Args:
        claim: without what makes a question of it, marks restored.
        typed: the same with what was typed of its marks, "" where that is all of them.
    """
    found = _person(claim) or _number(claim) or _date(claim)
    if found is None or len(found.rest.split()) < _LEAST_REST:
        return None
    name, words = (" ".join(spelt_name(text, marked=True)) for text in (found.text, typed))
    return replace(found, marked=not typed or (is_marked(typed) and name in words))


def _person(claim: str) -> ClaimedValue | None:
    named = list(persons(claim))
    if len(named) != 1:
        return None
    start, end = named[0]
    address = _ADDRESS.search(claim[:start])
    begin = address.start() if address else start
    leads = not claim[:begin].strip() and len(claim[start:end].split()) > _PLACE_LIKE
    if not (address or leads or _DOER.search(claim[:begin])) or _holds_an_office(claim[end:]):
        return None
    return _put(ValueKind.PERSON, claim, (begin, end), claim[start:end], "ai")


def _holds_an_office(rest: str) -> bool:
    """Whether a claim goes on, behind a person's name, with an office that the person is said to hold."""
    led = _HOLDING.match(rest)
    return any(not rest[led.end() if led else 0 : office.start].strip() for office in offices(rest))


def _number(claim: str) -> ClaimedValue | None:
    counted = [one for one in quantities(claim) if _counts(claim, one)]
    if len(counted) != 1:
        return None
    one = counted[0]
    begin = bounded_span(claim, one.start, one.end)[0]
    text = claim[begin : one.end]
    asked = "bao nhiêu phần trăm" if one.keys[0].endswith("%") else "bao nhiêu"
    value = _put(ValueKind.NUMBER, claim, (begin, one.end), text, asked)
    return replace(value, bound=bound_of(claim, one.start, one.end))


def _counts(claim: str, one: Quantity) -> bool:
    """Whether a number counts or measures something, and is no date, ordinal or part of a code."""
    near = max(one.start - _LONGEST_BEFORE, 0)
    if one.is_date or any(pattern.search(claim, near, one.start) for pattern in (_NUMBERED, _OF_YEAR, _OF_CODE)):
        return False
    if claim.startswith(("/", "-"), one.end) or _YEAR.fullmatch(claim, one.start, one.end):
        return False
    if fold(claim[one.start : one.end]) == "nam":  # five, or a year
        return False
    share = one.keys[0].endswith("%")
    return share or bool(unit_behind(claim, one.end)) or bool(_GREAT.search(claim[one.start : one.end]))


def _date(claim: str) -> ClaimedValue | None:
    found = quantities(claim)
    if not found or found[-1].end != len(claim):
        return None
    one = found[-1]
    led = _DATED.search(claim[: one.start])
    begin = led.start() if led else one.start
    said = fold(claim[begin : one.end])
    year = _YEAR.fullmatch(one.keys[0]) is not None
    if not (one.is_date or (year and "nam" in said)):
        return None
    return _put(ValueKind.DATE, claim, (begin, one.end), claim[one.start : one.end], "năm nào" if year else "ngày nào")


def _put(kind: ValueKind, claim: str, span: Span, text: str, asked: str) -> ClaimedValue:
    start, end = span
    question = " ".join(f"{claim[:start]} {asked} {claim[end:]}".split())
    rest = " ".join(f"{claim[:start]} {claim[end:]}".split())
    unit = unit_behind(claim, end) if kind is ValueKind.NUMBER else []
    return ClaimedValue(kind, text, question, rest, "".join(unit))


def compared(value: ClaimedValue, told: str) -> bool | None:
    """Whether words that answer the question for a value give the same one; None where they give none of its kind.

    Args:
        value: claimed.
        told: what answers instead.
    """
    if value.kind is ValueKind.PERSON:
        return _same_person(value, told)
    found = quantities(told)
    if value.kind is ValueKind.DATE:
        return _same_date(quantities(value.text), found)
    told = _SHARE.sub(r"\1", told)
    found = quantities(told)
    counted = [one for one in found if not one.is_date and not _OF_CODE.search(told[: one.start])]
    own = [one for one in quantities(value.text) if not one.is_date]
    if len(counted) != 1 or len(own) != 1:
        return None
    return _same_number((own[0], value.bound), (counted[0], bound_of(told, counted[0].start, counted[0].end)))


def spelt_name(name: str, *, marked: bool) -> list[str]:
    """The words of a name as they are compared: `Hưng` is no `Hùng` where it was typed with its marks."""
    return [canonical(word) if marked else fold(word) for word in name.split()]


def _same_person(value: ClaimedValue, told: str) -> bool | None:
    named = [told[start:end] for start, end in persons(told)] or ([told] if told.istitle() else [])
    if not named:
        return None
    wanted = spelt_name(value.text, marked=value.marked)
    others = [spelt_name(one, marked=value.marked) for one in named]
    return any(other[-len(wanted) :] == wanted or wanted[-len(other) :] == other for other in others)


def _same_date(own: Sequence[Quantity], found: Sequence[Quantity]) -> bool | None:
    if not own or not found:
        return None
    exact = own[-1].keys[0]
    if any(exact in one.keys for one in found):
        return True
    depth = exact.count("/")
    return False if any(key.count("/") == depth for one in found for key in one.keys) else None


def _same_number(own: tuple[Quantity, Bound], told: tuple[Quantity, Bound]) -> bool | None:
    one, other = _amount(own[0]), _amount(told[0])
    if set(own[0].keys[:2]) & set(told[0].keys[:2]):
        return agree(Decimal(0), own[1], Decimal(0), told[1])
    if own[0].keys[0].endswith("%") != told[0].keys[0].endswith("%") or one is None or other is None:
        return None
    return agree(one, own[1], other, told[1])


def _amount(one: Quantity) -> Decimal | None:
    """None for what is no plain number (`3/4`)."""
    amount = one.keys[0].removesuffix("%")
    return Decimal(amount) if _PLAIN.fullmatch(amount) else None


def leaves_open(claim: str, told: str) -> bool:
    """Whether a claim has a bound or an approximation that a number told does not go against (`trên 300`: 326)."""
    numbers = [one for one in quantities(told) if not one.is_date]
    bounds = [(one, bound_of(claim, one.start, one.end)) for one in quantities(claim) if not one.is_date]
    return any(
        _same_number(own, (one, bound_of(told, one.start, one.end))) is not False
        for own in bounds
        for one in numbers
        if own[1] is not Bound.EXACT
    )
