"""Names of persons in a text: runs of capitals that begin with a family name or stand behind a form of address."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from embeddings.extraction.office_grammar import is_remembered
from embeddings.extraction.place_names import places
from embeddings.remembered import remembered
from embeddings.syllables import CAPITALS

Span = tuple[int, int]

_WORD = rf"[{CAPITALS}][^\W\d_]*(?:['’][^\W\d_]+)?"
_BODY_OF_PLACE = re.compile(
    r"(?:(?:UBND|HĐND|ủy ban nhân dân|hội đồng nhân dân|MTTQ|Mặt trận Tổ quốc|ủy|Hội(?: [^\W\d_]+){1,4}|Công an|Đoàn"
    r"|Quân sự) (?:tỉnh|huyện|quận|xã|phường|thành phố|thị xã|thị trấn)"
    r"|(?:tỉnh|huyện|thành|thị|quận) (?:ủy|uỷ|đoàn))\s+$",
    re.IGNORECASE,
)
"""Behind `UBND xã` a name of three words is a person's, one of two the place's."""
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?: {_WORD})*(?![\w])")
_ADDRESS_WORDS = frozenset(["ông", "bà", "anh", "chị", "cụ", "cô", "chú", "bác", "thầy"])
_LAST_WORD = re.compile(r"([^\W\d_]+(?:/[^\W\d_]+)?) $")
_MIDDLE = ("Văn", "Thị")
_LONGEST, _SHORTEST = 5, 2


def persons(text: str) -> Iterator[Span]:
    """Where persons are named, without their forms of address; in the order of the text."""
    return iter(_named(text))


@remembered(2048)
def _named(text: str) -> tuple[Span, ...]:
    return tuple(_find(text))


def _find(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        start, words = match.start(), match.group().split()
        before = text[max(start - 24, 0) : start]
        addressed = _words().addressed.search(before) is not None
        located = _is_located(before)
        while words and _is_no_name(words):  # KT. CHỦ TỊCH Lê An, Trưởng Ban Lê An, Ông An, Tại Hà Giang
            addressed = words[0].lower() in _ADDRESS_WORDS
            located = words[0].lower() in _words().locatives
            start += len(words[0]) + 1
            words = words[1:]
        middle = next((i for i, word in enumerate(words) if i > 1 and word in _MIDDLE), None)
        if middle and not _has_family(words) and _is_place(text, start, words[:1]):  # huyện Tà Xen Đèo Thị Phượng
            start += sum(len(word) + 1 for word in words[: middle - 1])
            words = words[middle - 1 :]
        if not words or len(words) > _LONGEST or (start == match.start() and _is_place(text, start, words)):
            continue
        if any(word.isupper() and len(word) > 1 for word in words):
            continue
        if not addressed and (located or _is_province(" ".join(words))):
            continue
        if _has_family(words) or (addressed and _is_name(words)):
            yield start, match.end()


def is_name_like(text: str) -> bool:
    """Whether a run of capitals may be a person's name where an office stands beside it, its family unknown."""
    words = text.split()
    return (
        _RUN.fullmatch(text) is not None
        and _SHORTEST <= len(words) <= _LONGEST
        and words[0].lower() not in _words().no_names
        and not any(word.isupper() and len(word) > 1 for word in words)
        and not _is_province(text)
    )


def may_be_named(text: str, start: int) -> bool:
    """Whether a name whose family is not known may begin at a place: no other words in small letters lead to it.

    (`khu tái định cư Gò Dài, Giám đốc ...` names a place, `; Rơ Châm Yơn, Giám đốc ...` a person).
    """
    before = _LAST_WORD.search(text, max(start - 24, 0), start)
    if before is None or not before.group(1).islower():
        return True
    return (
        before.group(1) in _words().names_behind
        or _words().addressed.search(text[max(start - 24, 0) : start]) is not None
    )


def _is_province(name: str) -> bool:
    """Whether a name is a province's or a region's and nobody's who is remembered."""
    return name in places() and not is_remembered(name)


def _is_located(before: str) -> bool:
    """Whether a text ends with a word behind which places are named."""
    last = _LAST_WORD.search(before)
    return last is not None and last.group(1).lower() in _words().locatives


def capital_runs(text: str) -> Iterator[Span]:
    """All runs of words that begin with capitals."""
    return (match.span() for match in _RUN.finditer(text))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of data/persons.toml."""

    addressed: re.Pattern[str]
    places: re.Pattern[str]
    locatives: frozenset[str]
    names_behind: frozenset[str]
    no_names: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads(files("embeddings").joinpath("data/persons.toml").read_text("utf-8"))
    addresses = "|".join(re.escape(word) for word in sorted(data["addresses"], key=len, reverse=True))
    return _Words(
        addressed=re.compile(rf"(?<!\w)(?:{addresses})\s+$", re.IGNORECASE),
        places=re.compile(rf"(?<!\w)(?:{'|'.join(data['places'])})\s+$", re.IGNORECASE),
        locatives=frozenset(data["locatives"]),
        names_behind=frozenset(data["names_behind"]),
        no_names=frozenset(data["no_names"]),
    )


@lru_cache(maxsize=1)
def family_names() -> frozenset[str]:
    """Family names in small letters (data/family_names.txt)."""
    lines = files("embeddings").joinpath("data/family_names.txt").read_text("utf-8").splitlines()
    return frozenset(name.lower() for line in lines if not line.startswith("#") for name in line.split())


def _has_family(words: list[str]) -> bool:
    """Whether a name begins with a family name, or has `Văn` or `Thị` behind one that is not listed."""
    if len(words) < _SHORTEST:
        return False
    family = words[0].lower()
    middle = len(words) > _SHORTEST and words[1] in _MIDDLE
    listed = family in family_names() and (family not in _words().no_names or len(words) > _SHORTEST)
    return listed or (middle and family not in _words().no_names)


def _is_place(text: str, start: int, words: list[str]) -> bool:
    """Whether a name stands behind a word for a place; behind `UBND xã` a name of three words is a person's."""
    before = text[max(start - 60, 0) : start]
    if not _words().places.search(before):
        return False
    return not (len(words) > _SHORTEST and _has_family(words) and _BODY_OF_PLACE.search(before))


def _is_no_name(words: list[str]) -> bool:
    """Whether a run's first word belongs to an office or is a form of address, and a name may follow."""
    first, rest = words[0], words[1:]
    if not rest:
        return False
    if first.isupper() and len(first) > 1:
        return not rest[0].isupper() or len(rest) > 1
    if first.lower() in _ADDRESS_WORDS:
        return first.lower() != "ông" or len(words) > _SHORTEST or rest[0].lower() in family_names()
    if first.lower() not in _words().no_names:
        return False
    if _has_family(words):  # Trung ương Đoàn Nguyễn Anh Tuấn
        return len(rest) > _SHORTEST and _has_family(rest)
    return any(_has_family(words[i:]) for i in range(1, len(words)))


def _is_name(words: list[str]) -> bool:
    return words[0].lower() not in _words().no_names or words[0].lower() in family_names()
