"""Questions for who holds an office, and for the offices that somebody holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from embeddings.extraction.offices import OfficeWords, Word, is_member, office_at, words_of
from embeddings.index.office_records import OfficeDirectory
from embeddings.quantities.quantities import quantities
from embeddings.syllables import agrees, fold


class OfficeAsked(Enum):
    """What a question about an office asks for."""

    HOLDER = auto()
    OFFICE = auto()
    BODY = auto()


@dataclass(frozen=True, slots=True)
class OfficeQuestion:
    """A question about who holds which office.

    Attributes:
        office: named in the question; None where it is asked for.
        persons: folded full names of those the question may mean; empty where a person is asked for.
        years: named in the question.
        several: whether it asks for more than one person.
        rest: folded words that say more about the occasion, without those that only ask.
    """

    asked: OfficeAsked
    office: OfficeWords | None
    persons: frozenset[str]
    years: tuple[str, ...]
    several: bool
    rest: tuple[str, ...]


_WHO = r"(?:ai|nhung ai|nguoi nao|dong chi nao|ong nao|ba nao|vi nao|chi nao|anh nao|la gi|gi|j|chi|nao)"
_HOLDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:nhung )?(?:ai|nguoi nao|dong chi nao|ong nao|ba nao|vi nao) (?:hien |dang |tung |duoc |vua |lai |nao )*"
        r"(?:la|lam|giu|giu chuc|giu chuc vu|dam nhiem|bau|cu|giao|bo nhiem|lanh|ngoi ghe|ngoi|nam|kiem|chi dinh|phan cong)"
        r"(?: lam| giu chuc| la| chuc| vu| ghe| cuong vi)* (?:nguoi |dong chi )?@o",
        rf"@o\b(?: \S+){{0,14}}? (?:la|ten|ten la|ho ten|ho ten la|do|goi la) (?:mot )?{_WHO}(?: (?:vay|the|a|nhi|ha|u|nhe|giup|voi))*$",
        r"@o\b(?: \S+){0,10}? (?:ten|la ai|la nhung ai|ai vay)$",
        r"@o nao\b",
        r"^(?:nhung |cac |ten |ho ten |hoi |cho hoi |tim |\d+ |hai |ba |bon |may |vi |dong chi )*@o(?: (?:nam|khoa|nhiem ky|hien nay|bay gio|luc do|khi do|thoi do|thang|#))*$",
        r"\bai @o\b",
    )
)
_OFFICES = tuple(
    re.compile(pattern)
    for pattern in (
        r"@p\b.*\b(?:giu|lam|dam nhiem|mang|co|nam|ngoi|la|voi) (?:\S+ ){0,3}?(?:chuc|cuong vi|chuc danh|chuc vu|ghe|vai tro|vai|cv)\b",
        r"\b(?:chuc|chuc vu|chuc danh|cuong vi)\b.*@p\b",
        r"@p\b.*\bchuc (?:gi|vu|danh|j|nao)\b",
        r"@p (?:\S+ )?(?:la ai|la gi|lam gi|la nguoi the nao|lam j|la j|lam chuc gi)(?: vay| the| a| o \S+(?: \S+)?)*$",
        r"@p\b.*\b(?:cong tac|lam viec|lam|thuoc|o) (?:o |tai )?(?:dau|co quan nao|don vi nao|to chuc nao)$",
        r"@p\b.*\bchuc\b.*\b(?:gi|nao)\b",
    )
)
_BODIES = re.compile(r"@p\b.*@o (?:cua )?(?:\S+ ){0,3}?(?:nao|gi|dau)\b")
_OTHER = re.compile(r"\b(?:bao nhieu|may|khi nao|bao gio|vi sao|tai sao|the nao|phai khong|dung khong|phat bieu|noi)\b")
_ASKING = frozenset(
    [
        "ai",
        "la",
        "gi",
        "nao",
        "ten",
        "ho",
        "nhung",
        "cac",
        "cho",
        "hoi",
        "em",
        "toi",
        "biet",
        "voi",
        "giup",
        "a",
        "vay",
        "the",
        "j",
        "chi",
        "dong",
        "nguoi",
        "ong",
        "ba",
        "vi",
        "anh",
        "khong",
        "nhi",
        "ha",
        "do",
        "chuc",
        "vu",
        "danh",
        "giu",
        "lam",
        "dang",
        "nam",
        "hien",
        "nay",
        "luc",
        "khi",
        "hoi",
        "dau",
        "cuoi",
        "thang",
        "cua",
        "o",
        "tai",
        "va",
    ]
)
_ADDRESS = frozenset(["ong", "ba", "anh", "chi", "co", "chu", "cu", "dong", "bac", "thay", "d/c"])


def read_office_question(question: str, directory: OfficeDirectory) -> OfficeQuestion | None:
    """Read a question, with marks restored and abbreviations written out; None if it is about no office.

    Args:
        question: as understood.
        directory: of the same documents; whom the question names is looked up in it.
    """
    text = question.rstrip(" ?.!")
    words = words_of(text)
    person, span = _person(words, directory)
    office = _office(text, words, span)
    template = _template(text, words, office, span)
    years = tuple(key for found in quantities(text) for key in found.keys if re.fullmatch(r"(?:19|20)\d\d", key))
    rest = tuple(
        fold(word.text)
        for word in words
        if not (office and office.start <= word.start < office.end)
        and not (span and span[0] <= word.start < span[1])
        and fold(word.text) not in _ASKING
    )
    several = re.search(r"\b(?:nhung|cac|hai|ba|bon|may|\d+)\b", template.split("@o")[0]) is not None

    def found(asked: OfficeAsked) -> OfficeQuestion:
        named = person if asked is not OfficeAsked.HOLDER else frozenset()
        return OfficeQuestion(asked, office, named, years, several, rest)

    if person and office and _BODIES.search(template):
        return found(OfficeAsked.BODY)
    if person and any(pattern.search(template) for pattern in _OFFICES):
        return found(OfficeAsked.OFFICE)
    if office and not person and not _OTHER.search(template) and any(pattern.search(template) for pattern in _HOLDERS):
        return found(OfficeAsked.HOLDER)
    return None


def _person(words: Sequence[Word], directory: OfficeDirectory) -> tuple[frozenset[str], tuple[int, int] | None]:
    """Whom a question names: by the full name, or behind a form of address by the given name alone."""
    folded = [fold(word.text) for word in words]
    for length in range(5, 1, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(folded[start : start + length])
            records = directory.of_person(name)
            if records and _agrees([word.text for word in words[start : start + length]], records[0].name):
                return frozenset({name}), (words[start].start, words[start + length - 1].end)
    for place in range(1, len(words)):
        if folded[place - 1] in _ADDRESS or (folded[place - 1] == "chi" and folded[place - 2 : place - 1] == ["dong"]):
            names = directory.full_names(folded[place])
            agreeing = {
                name for name in names if _agrees([words[place].text], directory.of_person(name)[0].name.split()[-1])
            }
            if agreeing and not _goes_on(words, place):
                return frozenset(agreeing), (words[place].start, words[place].end)
    return frozenset(), None


def _goes_on(words: Sequence[Word], place: int) -> bool:
    """Whether the name goes on with another capital, so that it is somebody else's."""
    following = words[place + 1 : place + 2]
    return bool(following) and words[place].text[0].isupper() and following[0].text[0].isupper()


def _agrees(typed: Sequence[str], name: str) -> bool:
    parts = name.split()
    return len(typed) == len(parts) and all(agrees(one, other) for one, other in zip(typed, parts, strict=True))


def _office(text: str, words: Sequence[Word], person: tuple[int, int] | None) -> OfficeWords | None:
    """The first office a question names that somebody may be asked for by."""
    place = 0
    while place < len(words):
        if not (person and person[0] <= words[place].start < person[1]):
            inside = [word for word in words if not person or word.start < person[0] or words[place].start > person[0]]
            found = office_at(text, inside, place if inside[place:] else 0, unmarked=True)
            if found and (found.office.body or not is_member(found.office)):
                return found
        place += 1
    return None


def _template(text: str, words: Sequence[Word], office: OfficeWords | None, person: tuple[int, int] | None) -> str:
    """The folded question with `@o` for the office and `@p` for the person."""
    parts: list[str] = []
    for word in re.finditer(r"\S+", text):
        if office and office.start <= word.start() < office.end:
            parts += [] if parts[-1:] == ["@o"] else ["@o"]
        elif person and person[0] <= word.start() < person[1]:
            parts += [] if parts[-1:] == ["@p"] else ["@p"]
        else:
            plain = fold(word.group()).strip(".,;:?!“”\"'()")
            parts.append("#" if plain[:1].isdigit() else plain)
    return " ".join(parts)
