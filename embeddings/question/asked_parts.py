"""Which numbered part of a document a question asks for: `khoản 2 Điều 7`, `chương III`, `mục 2 phần thứ nhất`."""

import re
from dataclasses import dataclass

from corpus.models import Level
from corpus.official.numerals import ORDINAL, part_number
from corpus.vietnamese import fold_in_place

_LEVELS = {
    "phan": Level.PART,
    "chuong": Level.CHAPTER,
    "muc": Level.SECTION,
    "tieu muc": Level.SUBSECTION,
    "dieu": Level.ARTICLE,
    "khoan": Level.CLAUSE,
    "diem": Level.POINT,
    "tiet": Level.POINT,
}
_PART = re.compile(
    rf"(?<!\w)(?P<level>phan|chuong|tieu\s+muc|muc|dieu|khoan|diem|tiet)\s*(?:thu\s+|so\s+)?"
    rf"(?P<number>\d{{1,4}}[a-z]?(?![\w%]|[.,]\d)|[ivxlc]+(?!\w)|(?:{ORDINAL})(?!\w)|[a-z]\d?(?!\w))"
)
_SECTION = re.compile(r"(?<!\w)muc\s+(?P<outer>[ivx]+)\s?[.,]\s?(?P<inner>\d{1,2})(?!\w)")
_SHORT = re.compile(r"(?<!\w)(?P<level>[kd])\s?\.?\s?(?P<number>\d{1,3})(?!\w)")
_BETWEEN = re.compile(r"[\s,;.()–-]*(?:(?:cua|thuoc|trong|tai|o)\s+)?")
_COUNTED = re.compile(
    r"\s*(?:%|(?:phan tram|trieu|ty|nghin|ngan|tram|dong|nguoi|nam|thang|ngay|lan|mon|loai|cap|xa|ho|tieu chi)\b)"
)
_NUMBERED_IN_LETTERS = frozenset((Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.POINT))
"""Parts whose numbers may be Roman, words or letters; `một khoản`, `điều hai` are as a rule no numbers."""
_ROMAN = "ivx"

_Part = tuple[Level, str, int, int]  # with its place in the question


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part of a document as a question names it.

    Attributes:
        parts: level and number of everything that is named, outermost first.
        start, end: where in the question.
    """

    parts: tuple[tuple[Level, str], ...]
    start: int
    end: int


def asked_part(question: str) -> AskedPart | None:
    """The part that a question names, None where it names none.

    A question may name it inside out (`điểm b khoản 2 điều 7`), outside in (`Điều 7, khoản 2`), in one (`mục II.1`) and
    without marks. What is counted is no part (`khoản 5 triệu`, `điều 1 người`).

    Args:
        question: NFC, as typed.
    """
    folded = fold_in_place(question)
    runs: list[list[_Part]] = []
    for part in _parts(question, folded):
        if runs and _BETWEEN.fullmatch(folded, runs[-1][-1][3], part[2]) and part[0] not in {p[0] for p in runs[-1]}:
            runs[-1].append(part)
        else:
            runs.append([part])
    if not runs:
        return None
    run = max(runs, key=len)
    if len(run) == 1 and _SHORT.fullmatch(folded, run[0][2], run[0][3]):
        return None  # `k2` or `đ7` alone may be anything
    order = list(Level)
    parts = sorted(((level, number) for level, number, _, _ in run), key=lambda part: order.index(part[0]))
    return AskedPart(tuple(parts), run[0][2], run[-1][3])


def _parts(question: str, folded: str) -> list[_Part]:
    found: list[_Part] = []
    for match in _SECTION.finditer(folded):
        outer = part_number(match["outer"])
        if outer:
            found.append((Level.SECTION, outer, match.start(), match.end("outer")))
            found.append((Level.CLAUSE, match["inner"], match.start("inner"), match.end()))
    for match in _PART.finditer(folded):
        part = _read(question, folded, match)
        if part is not None and all(part[3] <= other[2] or part[2] >= other[3] for other in found):
            found.append(part)
    for match in _SHORT.finditer(folded):
        level = Level.CLAUSE if match["level"] == "k" else Level.ARTICLE
        found.append((level, str(int(match["number"])), match.start(), match.end()))
    return sorted(found, key=lambda part: part[2])


def _read(question: str, folded: str, match: re.Match[str]) -> _Part | None:
    level = _LEVELS[" ".join(match["level"].split())]
    written = question[match.start("number") : match.end("number")].lower()
    if written[0].isdigit():
        if _COUNTED.match(folded, match.end()):
            return None
    elif level not in _NUMBERED_IN_LETTERS:
        return None
    lettered = level is Level.POINT or (level is Level.PART and len(written) == 1 and written not in _ROMAN)
    number = part_number(written, lettered=lettered)
    return (level, number, match.start(), match.end()) if number else None
