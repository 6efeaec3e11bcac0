"""Of several persons those who hold an office or are of a body: `trong đó ai là tỉnh ủy viên`, `đ/c nào của Sở Y tế`.

Also whether a man or a woman is asked for.
"""

import re
from dataclasses import dataclass

from corpus.vietnamese import fold
from embeddings.extraction.office_grammar import is_unit
from embeddings.extraction.offices import office_at
from embeddings.extraction.text_words import words_of

_WHO = r"(?:những ai|ai|(?:những |các )?(?:đồng chí|người|vị|ông,? bà|ông|bà|cán bộ) nào)"
_THOSE = r"(?:đó|họ|này|ấy|trên)"
_OF = (
    r"(?:(?P<of>(?:là |làm (?:việc )?|giữ (?:chức )?|công tác )?(?:người |cán bộ )?(?:của |bên |ở |thuộc |phía |tại ))"
    r"|là |làm |giữ (?:chức )?)"
)
_AMONG_THOSE = (
    re.compile(rf"^(?:trong )?(?:số )?{_THOSE},?\s+(?:thì )?{_WHO}\s+{_OF}(?P<wanted>.+)$", re.IGNORECASE),
    re.compile(rf"^{_WHO}\s+trong (?:số )?{_THOSE}\s+(?:thì )?{_OF}(?P<wanted>.+)$", re.IGNORECASE),
    re.compile(rf"^trong đó,?\s+{_WHO}\s+{_OF}(?P<wanted>.+)$", re.IGNORECASE),
)
_AMONG = re.compile(
    r"^trong (?:số )?(?:những|các|mấy|hai|ba|bốn|năm|sáu|\d+)\s+(?:người|đồng chí|vị|ông|bà|cán bộ|lãnh đạo)\s+"
    rf"(?P<base>.+?)\s*,?\s+(?:thì )?{_WHO}\s+{_OF}(?P<wanted>.+)$",
    re.IGNORECASE,
)
_OF_BODY = re.compile(
    rf"\b{_WHO}\s+(?:là người |là cán bộ )?(?:của|bên|thuộc|phía)\s+(?P<wanted>.+?)"
    r"(?=\s+(?:cùng|đồng|đứng ra|tham gia|có mặt|chủ trì|dự|tham dự|phát biểu|ký|được|đã|đến|tới|lên|trao|kết luận)\b"
    r"|\s*[,?]|$)",
    re.IGNORECASE,
)
_IS_OF = re.compile(
    r"^(?:là |làm (?:việc )?)?(?:(?:(?P<head>cấp trưởng|người đứng đầu|thủ trưởng)|(?P<deputy>cấp phó)|người|cán bộ) )?"
    r"(?:của|bên|ở|thuộc|phía) (?P<wanted>.+)$",
    re.IGNORECASE,
)
_LEADS = re.compile(r"^(?:là )?(?:lãnh đạo|phụ trách|đứng đầu|lo) (?P<wanted>.+)$", re.IGNORECASE)
_BODY = re.compile(r"(?:(?:tinh|huyen|thanh|thi|quan|dang) uy|mat tran)\b")
"""Begins the folded name of a body that has no other word for one."""
_WOMAN, _MAN = (
    re.compile(r"\b(?:bà|cô|chị) nào\b|\b(?:ai|nào) là (?:phụ )?nữ$", re.IGNORECASE),
    re.compile(r"\b(?:ông|anh|chú) nào\b|\b(?:ai|nào) là nam(?: giới)?$", re.IGNORECASE),
)
_EITHER = re.compile(
    r"\b(?:(?:ông|ong|anh|chú)\W+(?:(?:và|hay|hoặc|các|những)\s+)*(?:bà|ba|cô|chị)"
    r"|(?:bà|cô|chị)\W+(?:(?:và|hay|hoặc|các|những)\s+)*(?:ông|anh|chú)) nào\b",
    re.IGNORECASE,
)
"""Everybody, men and women (`những ông bà nào`)."""


@dataclass(frozen=True, slots=True)
class NarrowedPersons:
    """Some of several persons.

    Attributes:
        base: the question for all of them; "" where the one before asked for them.
        wanted: the office or body that those who are meant have.
    """

    base: str
    wanted: str


def read_narrowed_persons(question: str) -> NarrowedPersons | None:
    """Which of several persons a question means, None where it says nothing of several.

    Args:
        question: with its marks restored and abbreviations written out.
    """
    text = question.strip(" ?.!")
    for pattern in _AMONG_THOSE:
        found = pattern.match(text)
        if found:
            return _narrowed("", found)
    found = _AMONG.match(text)
    return _narrowed(f"những ai {found['base'].strip(' ,')}", found) if found else None


def _narrowed(base: str, found: re.Match[str]) -> NarrowedPersons | None:
    """None where what is said of them is no office and no body (`ai là người phát biểu`, `ai là nữ`)."""
    wanted = found["wanted"].strip(" ,")
    words = words_of(wanted)
    if not words:
        return None
    office = (named := office_at(wanted, words, 0, unmarked=True)) is not None and named.end == len(wanted)
    body = found["of"] and (wanted[0].isupper() or is_unit(fold(words[0].text)) or _BODY.match(fold(wanted)))
    return NarrowedPersons(base, wanted) if office or body else None


def body_of_persons(question: str) -> str:
    """The body whose persons a question asks for (`đồng chí nào của Ban Dân vận cùng chủ trì`), "" if it names none."""
    found = _OF_BODY.search(question)
    return found["wanted"].strip(" ,") if found else ""


def body_said(said: str) -> str:
    """The body that somebody is said to be of (`là người của Sở Y tế`), "" where something else is said."""
    found = _IS_OF.match(said.strip(" ?.!")) or _LEADS.match(said.strip(" ?.!"))
    return found["wanted"] if found else ""


def head_said(said: str) -> bool | None:
    """Whether somebody is said to be the head of a body, or a deputy; None where it is left open."""
    found = _IS_OF.match(said.strip(" ?.!"))
    if found is None or not (found["head"] or found["deputy"]):
        return None
    return found["head"] is not None


def asks_for_a_woman(question: str) -> bool | None:
    """Whether a woman (`bà nào`) or a man (`ông nào`) is asked for; None where it is left open (`ông bà nào`)."""
    text = question.strip(" ?.!")
    if _EITHER.search(text):
        return None
    if _WOMAN.search(text):
        return True
    return False if _MAN.search(text) else None
