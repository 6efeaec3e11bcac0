"""Who holds which office, read out of a text from the ways officials write it.

    đồng chí NAME, OFFICE, OFFICE; đồng chí NAME - OFFICE        behind the name
    OFFICE NAME; OFFICE, đồng chí NAME; OFFICE là ông NAME       in front of it
    OFFICE: NAME; PHÓ BÍ THƯ: NAME                               lists and signatures
    NAME ... làm/giữ chức/trúng cử/được bầu OFFICE               appointments
    BODY do NAME làm Trưởng ban                                  likewise

Captions are texts like any other. An office that somebody leaves in the same breath is marked as former.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from embeddings.extraction.office_grammar import is_remembered, is_unit, office_starts
from embeddings.extraction.offices import OfficeWords, body_before, is_member, office_at, offices
from embeddings.extraction.persons import capital_runs, is_name_like, may_be_named, persons
from embeddings.extraction.text_words import Word, words_of

Span = tuple[int, int]

_ADDRESS = r"(?:(?:các )?(?:đồng chí|đ/c|ông|bà|cụ|anh|chị|cô|thầy|bác|chú)\s+)?"
_BEHIND = re.compile(
    r"\s*(?:,|[–-]|\(|\n)\s*(?:(?:hiện là|hiện nay là|hiện|là|đồng thời là|đồng thời|kiêm|làm)\s+)?|\s+kiêm\s+"
)
_NEXT = re.compile(r"\s*(?:,|[–-])\s*(?:(?:đồng thời là|đồng thời|kiêm|và|hiện là)\s+)?|\s+(?:kiêm|và)\s+")
_ASIDE = re.compile(
    r"\s*(?:\((?:[^()]{1,60})\)"
    r"|,\s*(?:sinh năm \d{4}|\d{1,3} tuổi|dân tộc [^\W\d_]+(?: [^\W\d_]+)?|[^,;.()]{0,40}\d tuổi))"
)
_APPOINTED = re.compile(
    r"\s*,?\s+(?:(?:được|đã|sẽ|vừa|về|lên|sang|hiện|cũng|tiếp tục|thôi|trúng cử|bầu|cử|giao|bổ nhiệm|chỉ định|điều động"
    r"|luân chuyển|phân công|tín nhiệm|giới thiệu|để|ra|xuống|lại|kiện toàn|công nhận|suy tôn)\s+){0,5}"
    r"(?:làm|giữ chức vụ|giữ chức|giữ cương vị|giữ vai trò|đảm nhiệm chức vụ|đảm nhiệm|nhận nhiệm vụ|là|giữ)\s+"
)
_LATER_APPOINTED = re.compile(
    r"[^.;:\n]{0,80}?\s(?:giữ chức vụ|giữ chức|giữ cương vị"
    r"|(?:được |bổ nhiệm |bầu |cử |chỉ định )+(?:làm|giữ chức)|làm)\s+"
)
_ELECTED = re.compile(
    r"\s*,?\s+(?:(?:đã|vừa|tiếp tục|lại|đồng chí)\s+){0,2}"
    r"(?:(?:được\s+)?(?:tái\s+)?(?:trúng|đắc|tái)\s+cử"
    r"|được\s+(?:tín nhiệm\s+)?(?:bầu|bổ nhiệm|chỉ định|suy cử)(?:\s+bổ sung)?(?:\s+lại)?)"
    r"(?:\s+(?:vào|chức|chức vụ|chức danh|cương vị))*\s+"
)
_LEFT = re.compile(
    r"\b(?:miễn nhiệm|bãi nhiệm|cách chức|(?:cho\s+)?thôi(?:\s+giữ)?|thay(?:\s+thế)?|kế nhiệm)"
    r"(?:\s+(?:chức|chức vụ|chức danh|cho|đối với))*"
    rf"\s+{_ADDRESS}$",
    re.IGNORECASE,
)
"""In front of an office or a person who holds it no more (`miễn nhiệm Chủ tịch UBND xã Lê An`)."""
_GIVING_UP = re.compile(r"\b(?:thôi|không còn|miễn nhiệm|hết)\b")
_LED_BY = re.compile(rf"\bdo\s+{_ADDRESS}$", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:\s+|\s*[,:]\s*|\s+(?:là|gồm)\s*:?\s*|\s*[–-]\s*|\s+do\s+|\s*\(|\s*\((?:đã )?ký\)\s*)"
    rf"(?:(?:gồm|là)\s+)?{_ADDRESS}$",
    re.IGNORECASE,
)
_TAKE_PART = re.compile(r"\s*(?:,|và|cùng)\s*(?:đại diện|lãnh đạo)\b", re.IGNORECASE)
_OF_THE_PARTY, _DIRECTOR = "bi thu", "giam doc"
"""Ranks of those who often hold another office besides, and of those who lead an authority beside none other."""
_LINKS = (": ", " là ", ", ông ", ", bà ")
_LONGEST_LINK = 8
"""Characters between an office and a name whose family is not known."""
_NEAR_BEFORE = 48
"""Characters before a name or an office in which it may be said that it is left."""
_LISTED = re.compile(rf"\s*(?:,|;|và|cùng|\n)\s*(?:-\s*|\d+[.)]\s*)?{_ADDRESS}", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(?:KT|TL|TUQ|Q|T/M|TM)\.?\s*$")
"""In front of the office that somebody else signs for (`KT. CHỦ TỊCH, PHÓ CHỦ TỊCH Lê An`)."""
_LEAVING = re.compile(r"\b(?:giữ chức|giữ cương vị|bổ nhiệm|bầu|chỉ định|điều động|luân chuyển|đảm nhiệm)\b")
"""Of an appointment: what stood beside the name is left by it (`NAME, Phó Bí thư giữ chức Bí thư`)."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody under an office.

    Attributes:
        name: where the person's name stands, without a form of address.
        office: where the office stands, and what it is.
        stretch: from the first to the last of the offices that stand beside each other there.
    """

    name: Span
    office: OfficeWords
    stretch: Span


def holdings(text: str) -> list[Holding]:
    """Everybody under an office, in the order of the names."""
    words = words_of(text)
    named = offices(text, words)
    if not named:
        return []
    people = _people(text, named)
    found: list[Holding] = []
    for place, person in enumerate(people):
        until = people[place + 1][0] if place + 1 < len(people) else len(text)
        behind = _behind(text, words, person, until)
        before = _before(text, named, people, place)
        if before and behind and _is_heading(text, before[0]) is False and _shared(before, behind):
            before = []
        later = _appointed(text, words, person, behind, until)
        if _LEFT.search(
            text,
            max((before[0].start if before else person[0]) - _NEAR_BEFORE, 0),
            before[0].start if before else person[0],
        ):
            before, behind = [_as_former(office) for office in before], [_as_former(office) for office in behind]
        if later and _GIVING_UP.search(text[behind[-1].end if behind else person[1] : later[0].start]):
            later = [_as_former(office) for office in later]
        elif later and _LEAVING.search(text[behind[-1].end if behind else person[1] : later[0].start]):
            behind = [_as_former(office) for office in behind]
        if is_remembered(text[person[0] : person[1]]):
            continue
        if later and _LED_BY.search(text, max(person[0] - _NEAR_BEFORE, 0), person[0]):
            later = [_of_the_led(text, words, person, later[0]), *later[1:]]
        for chain in (before, behind, later):
            stretch = (chain[0].start, chain[-1].end) if chain else (0, 0)
            found += [Holding(person, _in_full(text, words, office), stretch) for office in chain]
    return found


def _in_full(text: str, words: Sequence[Word], held: OfficeWords) -> OfficeWords:
    """The office with the body's full name where it is named in short (`làm Trưởng ban`)."""
    short = " ".join(held.office.body)
    if not is_unit(short):
        return held
    place = _word_at(words, held.start)
    body = body_before(text, words, place, short) if place else ()
    return replace(held, office=replace(held.office, body=body)) if body else held


def _of_the_led(text: str, words: Sequence[Word], person: Span, held: OfficeWords) -> OfficeWords:
    """The office in the body that stands in front of `do` (`Ban Pháp chế do bà NAME làm Trưởng ban`)."""
    place, unit = _word_at(words, person[0]), held.office.body[:1]
    if place is None or not unit or not is_unit(unit[0]):
        return held
    body = body_before(text, words, place, unit[0])
    if not body or body == held.office.body[: len(body)]:
        return held
    end = next((word.end for word in words if word.start >= held.body_start), held.end)
    short = held.body_start < held.end
    return replace(held, office=replace(held.office, body=body), end=end if short else held.end)


def _people(text: str, named: Sequence[OfficeWords]) -> list[Span]:
    """Persons, those too whose family name is not known but who stand beside an office."""
    known = list(persons(text))
    starts = {office.start for office in named}
    ends = {office.end for office in named}
    for start, end in capital_runs(text):
        if any(start < other[1] and other[0] < end for other in known) or not is_name_like(text[start:end]):
            continue
        if not may_be_named(text, start):
            continue
        behind = _BEHIND.match(text, end)
        beside = behind is not None and behind.group().strip() != "" and behind.end() in starts
        ahead = any(text[place:start] in _LINKS for place in ends if 0 <= start - place < _LONGEST_LINK)
        if beside or ahead:
            known.append((start, end))
    return sorted(known)


def _behind(text: str, words: Sequence[Word], person: Span, until: int) -> list[OfficeWords]:
    """The offices behind a name: `NAME, OFFICE, OFFICE`, `NAME (OFFICE)`."""
    place = person[1]
    aside = _ASIDE.match(text, place)
    link = _BEHIND.match(text, place)
    first = _office_from(text, words, link.end(), until) if link else None
    if first is None and aside:
        link = _BEHIND.match(text, aside.end())
        first = _office_from(text, words, link.end(), until) if link else None
    if first is None or _leads_on(text, first, until):
        return []
    return _chain(text, words, first, until)


def _leads_on(text: str, office: OfficeWords, until: int) -> bool:
    """Whether an office stands in front of the next person: `OFFICE: NAME`."""
    gap = text[office.end : until]
    return ":" in gap and _BEFORE.fullmatch(gap) is not None


def _chain(text: str, words: Sequence[Word], first: OfficeWords, until: int) -> list[OfficeWords]:
    found = [first]
    while link := _NEXT.match(text, found[-1].end):
        following = _office_from(text, words, link.end(), until)
        if following is None or _leads_on(text, following, until):
            break
        if link.group().strip() == "và" and text[following.end : until].strip() == "":
            break  # `và Trưởng bản Lê An`: another person's
        found.append(following)
    if _TAKE_PART.match(text, found[-1].end) and not (first.office.rank == _OF_THE_PARTY or is_member(first.office)):
        # `NAME, Chủ tịch Công đoàn, Giám đốc Công an, đại diện Bảo hiểm xã hội`: others without names
        found = [first, *takewhile(lambda other: other.office.rank != _DIRECTOR, found[1:])]
    return found


def _office_from(text: str, words: Sequence[Word], start: int, until: int) -> OfficeWords | None:
    """The office that begins exactly at a place, cut where the next person is named."""
    place = _word_at(words, start)
    if place is None or not (office_starts(words, place) or words[place].text.lower() in ("nguyên", "cựu", "quyền")):
        return None
    inside = [word for word in words if word.start < until]
    return office_at(text, inside, place)


def _before(text: str, named: Sequence[OfficeWords], people: Sequence[Span], number: int) -> list[OfficeWords]:
    """The offices in front of a name: `OFFICE NAME`, `OFFICE, đồng chí NAME`, `OFFICE: NAME`, also of a list."""
    start, earliest = people[number][0], people[number - 1][1] if number else 0
    words = words_of(text[earliest:start])
    near = offices(text[earliest:start], words)
    if near:
        last = near[-1]
        gap = text[earliest + last.end : start]
        if gap.strip() == "" or _BEFORE.fullmatch(gap):
            chain = [last]
            for office in reversed(near[:-1]):
                if not _NEXT.fullmatch(text[earliest + office.end : earliest + chain[0].start]):
                    break
                if _ON_BEHALF.search(text[max(earliest, earliest + office.start - 6) : earliest + office.start]):
                    break
                chain.insert(0, office)
            if _belongs_to_former_name(text, people, number, earliest + chain[0].start, gap):
                return []
            return [_moved(one, earliest) for one in chain]
    if number and _LISTED.fullmatch(text[people[number - 1][1] : start]):
        return [one for one in _before(text, named, people, number - 1) if _heads_a_list(text, one)]
    return []


def _moved(office: OfficeWords, by: int) -> OfficeWords:
    return replace(office, start=office.start + by, end=office.end + by, body_start=office.body_start + by)


def _belongs_to_former_name(text: str, people: Sequence[Span], number: int, office_start: int, gap: str) -> bool:
    """Whether the office stands behind the name before it (`NAME, OFFICE, NAME`), not in front of this one."""
    if not number:
        return False
    link = _BEHIND.fullmatch(text[people[number - 1][1] : office_start])
    return link is not None and link.group().strip() != "" and ":" not in gap and gap.strip(" ") != ""


def _heads_a_list(text: str, office: OfficeWords) -> bool:
    """Whether names are listed behind an office: `các Phó Chủ tịch: A, B và C`."""
    return re.match(r"\s*(?::|gồm|là)", text[office.end :]) is not None


def _is_heading(text: str, office: OfficeWords) -> bool:
    return _heads_a_list(text, office)


def _shared(before: Sequence[OfficeWords], behind: Sequence[OfficeWords]) -> bool:
    return any(one.start == other.start for one in before for other in behind)


def _appointed(
    text: str, words: Sequence[Word], person: Span, behind: Sequence[OfficeWords], until: int
) -> list[OfficeWords]:
    """The offices somebody is made to hold: `NAME(, OFFICE) giữ chức OFFICE`."""
    place = behind[-1].end if behind else person[1]
    for pattern in (_APPOINTED, _ELECTED, _LATER_APPOINTED):
        link = pattern.match(text, place)
        if link and link.end() <= until:
            first = _office_from(text, words, link.end(), until)
            if first:
                return _chain(text, words, first, until)
    return []


def _as_former(office: OfficeWords) -> OfficeWords:
    return replace(office, office=replace(office.office, former=True))


def _word_at(words: Sequence[Word], start: int) -> int | None:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].start < start:
            low = middle + 1
        else:
            high = middle
    return low if low < len(words) and words[low].start == start else None


def names_of(text: str, found: Sequence[Holding]) -> Iterator[str]:
    """The names in holdings."""
    return (text[one.name[0] : one.name[1]] for one in found)
