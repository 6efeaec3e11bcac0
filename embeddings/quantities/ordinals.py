"""Numbers that tell one of a kind from another: `quý 2`, `khóa XIV`, `lần thứ tư`, `năm 2019`."""

import re
from collections.abc import Iterator

from corpus.vietnamese import fold
from embeddings.remembered import remembered

Ordinal = tuple[str, str]
"""Folded noun and number."""

YEAR = "nam"
_WORDS = {
    "nhất": 1,
    "một": 1,
    "nhì": 2,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_ONE = (
    r"\d{1,3}(?![\d.,]*\d|[^\W\d_])|(?-i:[IVX]+|ii|iii|iv|vii|viii|ix|xi{1,3}|xiv|xv)\b"
    rf"|(?:{'|'.join(_WORDS)})\b"
)
_TO = re.compile(r"\s*(?:[-–]|đến|tới)\s*(?:(?:hết|cuối)\s+)?")
_AND = re.compile(r"\s*(?:,|và|hoặc|hay)\s+")
_COUNTED = ("lần", "tổ", "đội", "cụm", "khối", "khu", "đợt", "kỳ", "bước", "vòng", "thôn", "xóm", "khóa", "khoá")
"""Nouns that numbers count as well (`một lần hai xã`): a word behind one is its number only where nothing follows."""
NUMBERED_NOUNS = ("quý", "quận", "phường", "giai đoạn", "giải", "hạng", "điều", "khoản", *_COUNTED)
"""Nouns whose number tells one from another."""
_ORDINAL = re.compile(
    rf"\b(?P<noun>{'|'.join(NUMBERED_NOUNS)})(?: thứ| số)? (?P<which>{_ONE})",
    re.IGNORECASE,
)
_NOTHING_FOLLOWS = re.compile(r"\s*(?:[,.;:)]|$)")
_NEXT = re.compile(rf"(?:(?P<noun>[^\W\d_]+)\s+)?(?P<which>{_ONE})", re.IGNORECASE)
_YEAR = re.compile(
    r"(?:(?<=[/–-])|(?<=[/–-] )|\b(?P<noun>năm|từ|đến|đầu|cuối|giữa|hồi) )(?P<which>(?:19|20)\d\d)(?![\d.,/]*\d)"
    r"|(?<![\d.,/–-])\b(?P<first>(?:19|20)\d\d)(?=\s*[-–]\s*(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
_YEARS = re.compile(r"(?<![\d.,/])((?:19|20)\d\d)\s*(?:[-–]|đến)\s*(?:năm\s+)?((?:19|20)\d\d)(?!\d)")
_LONGEST_RANGE = 30
_REMEMBERED = 1024


@remembered(_REMEMBERED)
def ordinals(text: str) -> frozenset[Ordinal]:
    """Those that a text names, of a list and of a range each; years that nothing else can be meant by."""
    found = {(fold(noun), str(number)) for noun, number in _numbered(text)}
    found.update((YEAR, one["which"] or one["first"]) for one in _YEAR.finditer(text))
    return frozenset(found)


def told_otherwise(asked: str, told: str) -> frozenset[Ordinal]:
    """Ordinals asked for that a text does not have, while it has others of their kind.

    Args:
        asked: the question.
        told: the text; numbers in it that may be years count as years, and so do those between two.
    """
    there = ordinals(told)
    kinds = {noun for noun, _ in there}
    known = there | _may_be_years(told)
    return frozenset(one for one in ordinals(asked) - known if one[0] in kinds)


@remembered(_REMEMBERED)
def _may_be_years(text: str) -> frozenset[Ordinal]:
    years = {int(year) for year in _ANY_YEAR.findall(text)}
    for first, last in _YEARS.findall(text):
        years.update(range(int(first), min(int(last), int(first) + _LONGEST_RANGE) + 1))
    return frozenset((YEAR, str(year)) for year in years)


def _numbered(text: str) -> Iterator[tuple[str, int]]:
    """Nouns with each of their numbers (`tổ 1, 2 và 3`, `từ quý 1 đến quý 4`)."""
    for match in _ORDINAL.finditer(text):
        noun, number, place = match["noun"].lower(), _number(match["which"]), match.end()
        counts = noun in _COUNTED and match["which"].lower() in _WORDS and " thứ " not in match.group().lower()
        if counts and not _NOTHING_FOLLOWS.match(text, place):
            continue
        yield noun, number
        while True:
            to = _TO.match(text, place)
            joint = to or _AND.match(text, place)
            following = _NEXT.match(text, joint.end()) if joint else None
            if following is None or following["which"].lower() in _WORDS:
                break
            if following["noun"] and following["noun"].lower() != noun:
                break
            later = _number(following["which"])
            if to and number < later <= number + _LONGEST_RANGE:
                yield from ((noun, between) for between in range(number + 1, later))
            yield noun, later
            number, place = later, following.end()


def _number(written: str) -> int:
    lower = written.lower()
    if lower.isdecimal():
        return int(lower)
    if lower in _WORDS:
        return _WORDS[lower]
    values = [_ROMAN[letter] for letter in lower]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
