"""Questions for who holds an office, and for the offices that somebody holds."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from importlib.resources import files

from corpus.vietnamese import fold
from embeddings.extraction.office_matching import place_of
from embeddings.extraction.offices import OfficeWords, is_member, office_at
from embeddings.extraction.text_words import Word, words_of
from embeddings.index.office_records import OfficeDirectory
from embeddings.quantities.quantities import quantities
from embeddings.syllables import agrees


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
        persons: folded full names of those the question may mean; where the holder is asked for, of whoever held it
            before or stood beside.
        years: named in the question.
        several: whether it asks for more than one person.
        rest: folded words that say more about the occasion, without those that only ask.
        alone: whether nothing but an office is named, and a time perhaps (`chủ tịch UBND tỉnh năm 2019`).
    """

    asked: OfficeAsked
    office: OfficeWords | None
    persons: frozenset[str]
    years: tuple[str, ...]
    several: bool
    rest: tuple[str, ...]
    alone: bool = False


_TIME_BEGINS = re.compile(r"(?:quý|quy|năm|nam|tháng|thang|ngày|ngay) (?:\d|[ivx]+\b|nào|nao)", re.IGNORECASE)
_SHORT_PLACE = 2
"""Words of a place that may all belong to it: `Hà Nam 2020`."""
_ADDRESS = ("ông", "bà", "anh", "chị", "cô", "chú", "cụ", "bác", "thầy")
_COMRADE = ("đồng", "chí")


def read_office_question(question: str, directory: OfficeDirectory) -> OfficeQuestion | None:
    """Read a question, with marks restored and abbreviations written out; None if it is about no office.

    Args:
        question: as understood.
        directory: of the same documents; whom the question names is looked up in it.
    """
    rules = _rules()
    text = question.rstrip(" ?.!")
    words = words_of(text)
    person, span = _person(words, directory)
    office = _office(text, words, span)
    template = _template(text, office, span)
    years = _years(text)
    rest = tuple(
        fold(word.text)
        for word in words
        if not (office and office.start <= word.start < office.end)
        and not (span and span[0] <= word.start < span[1])
        and fold(word.text) not in rules.asking
    )
    several = re.search(r"\b(?:nhung|cac|hai|ba|bon|may|\d+)\b", template.split("@o")[0]) is not None

    def found(asked: OfficeAsked) -> OfficeQuestion:
        named = person if asked is not OfficeAsked.HOLDER else frozenset()
        return OfficeQuestion(asked, office, named, years, several, rest)

    if person and office and (rules.successors.search(template) or rules.companions.search(template)):
        return OfficeQuestion(OfficeAsked.HOLDER, office, person, years, several, rest)
    if person and office and rules.bodies.search(template):
        return found(OfficeAsked.BODY)
    if person and rules.offices.search(template):
        return found(OfficeAsked.OFFICE)
    if office and not person and not rules.other.search(template):
        if rules.alone.search(template):
            return replace(found(OfficeAsked.HOLDER), alone=True)
        if rules.holders.search(template):
            return found(OfficeAsked.HOLDER)
    return None


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of data/office_questions.toml."""

    holders: re.Pattern[str]
    alone: re.Pattern[str]
    offices: re.Pattern[str]
    bodies: re.Pattern[str]
    successors: re.Pattern[str]
    companions: re.Pattern[str]
    claims: re.Pattern[str]
    other: re.Pattern[str]
    asking: frozenset[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = tomllib.loads(files("embeddings").joinpath("data/office_questions.toml").read_text("utf-8"))
    names = ("holders", "alone", "offices", "bodies", "successors", "companions", "claims", "other")
    patterns = {name: re.compile("|".join(f"(?:{one})" for one in data[name])) for name in names}
    return _Rules(**patterns, asking=frozenset(data["asking"]))


def _years(text: str) -> tuple[str, ...]:
    return tuple(key for found in quantities(text) for key in found.keys if re.fullmatch(r"(?:19|20)\d\d", key))


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
        if _is_addressed(words, place):
            names = directory.full_names(folded[place])
            agreeing = {
                name for name in names if _agrees([words[place].text], directory.of_person(name)[0].name.split()[-1])
            }
            if agreeing and not _goes_on(words, place):
                return frozenset(agreeing), (words[place].start, words[place].end)
    return frozenset(), None


def _is_addressed(words: Sequence[Word], place: int) -> bool:
    """Whether a form of address stands in front of a word."""
    before = words[place - 1].text
    if any(agrees(before, one) for one in _ADDRESS):
        return True
    pair = [word.text for word in words[max(place - 2, 0) : place]]
    return len(pair) == len(_COMRADE) and all(agrees(one, other) for one, other in zip(pair, _COMRADE, strict=True))


def _goes_on(words: Sequence[Word], place: int) -> bool:
    """Whether the name goes on with another capital, so that it is somebody else's."""
    following = words[place + 1 : place + 2]
    return bool(following) and words[place].text[0].isupper() and following[0].text[0].isupper()


def _agrees(typed: Sequence[str], name: str) -> bool:
    parts = name.split()
    return len(typed) == len(parts) and all(agrees(one, other) for one, other in zip(typed, parts, strict=True))


def _office(text: str, words: Sequence[Word], person: tuple[int, int] | None) -> OfficeWords | None:
    """The first office a question names that somebody may be asked for by."""
    before = [word for word in words if person and word.start < person[0]]
    for place, word in enumerate(words):
        if person and person[0] <= word.start < person[1]:
            continue
        found = office_at(text, before if place < len(before) else words, place, unmarked=True)
        if found and (found.office.body or not is_member(found.office)):
            return _without_time(text, words, found)
    return None


def _without_time(text: str, words: Sequence[Word], found: OfficeWords) -> OfficeWords:
    """An office whose body does not end with a word that begins a time (`huyện Thạch Đê quý 3/2022`)."""
    inside = [word for word in words if found.start <= word.start < found.end]
    if len(place_of(found.office.body)) <= _SHORT_PLACE or not _TIME_BEGINS.match(text, inside[-1].start):
        return found
    return replace(found, end=inside[-2].end, office=replace(found.office, body=found.office.body[:-1]))


def _template(text: str, office: OfficeWords | None, person: tuple[int, int] | None) -> str:
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


@dataclass(frozen=True, slots=True)
class OfficeClaim:
    """What a yes-or-no question claims of somebody (`Lê An là Bí thư Tỉnh ủy à`)."""

    office: OfficeWords
    persons: frozenset[str]
    years: tuple[str, ...]


def read_office_claim(question: str, directory: OfficeDirectory) -> OfficeClaim | None:
    """The claim that somebody holds an office, None if a question claims something else."""
    text = question.rstrip(" ?.!")
    words = words_of(text)
    persons, span = _person(words, directory)
    office = _office(text, words, span) if span else None
    if not persons or office is None or span is None:
        return None
    template = _template(text, office, span)
    if not _rules().claims.search(template):
        return None
    return OfficeClaim(office, persons, _years(text))
