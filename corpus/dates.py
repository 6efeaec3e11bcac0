"""Dates as Vietnamese pages print them: what a line of nothing but date, time and counters says."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from corpus.vietnamese import fold_in_place

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("mot", "gieng", "january", "jan"),
            ("hai", "february", "feb"),
            ("ba", "march", "mar"),
            ("tu", "april", "apr"),
            ("nam", "may"),
            ("sau", "june", "jun"),
            ("bay", "july", "jul"),
            ("tam", "august", "aug"),
            ("chin", "september", "sep", "sept"),
            ("muoi", "october", "oct"),
            ("muoi mot", "november", "nov"),
            ("muoi hai", "chap", "december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ENGLISH_MONTH = "|".join(
    sorted((name for name in _MONTHS if re.match("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", name)), key=len)[
        ::-1
    ]
)
# All patterns run over folded text (no marks, lower case), which is as long as the NFC text it comes from.
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        r"(?<![\d/.-])(?P<d>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d(?![\d:h]))(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})\s+thang\s+(?P<m>\d{{1,2}}|{_MONTH_WORD})\s*,?\s*(?:nam\s+)?{_YEAR}",
        rf"\bthang\s+(?P<m>{_MONTH_WORD}|\d{{1,2}})\s+(?P<d>\d{{1,2}})\s*,\s*{_YEAR}",
        rf"\b(?P<m>{_ENGLISH_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*{_YEAR}",
        rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<m>{_ENGLISH_MONTH})\.?,?\s+{_YEAR}",
    )
)
_TIME = re.compile(
    r"(?<!\d)t?\d{1,2}\s?(?::|h|g|gio)\s?\d{2}(?:\s?[:.]\s?\d{2})?(?:\.\d+)?\s?(?:'|phut|p\b)?(?:\s?(?:am|pm|sa|ch)\b)?z?"
    r"(?:[+-]\d\d:?\d\d)?|\(?\b(?:gmt|utc)\s?\+?\s?\d{0,2}(?::\d\d)?\)?"
)
_WEEKDAY = re.compile(
    r"\b(?:thu\s?(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|mon|tue|wed|thu|fri|sat|sun)\b"
)
_UPDATED = re.compile(
    r"\b(?:(?:lan )?cap nhat(?: lan cuoi| cuoi)?|chinh sua|sua (?:doi )?lan cuoi|(?:last )?(?:updated|modified))\b"
)
_PUBLISHED = re.compile(
    r"\b(?:ngay (?:dang|xuat ban|phat hanh|ban hanh|viet|tao|gui|dua tin|dua|post)"
    r"|(?:thoi gian |gio |duoc )?(?:dang|xuat ban|gui|viet|tao) (?:luc|ngay|vao|boi|tren)|dang tin|thoi gian dang"
    r"|post(?:ed)?(?: on| date)?|publish(?:ed)?(?: on| date)?|date|created|dang|gui)\b"
)
_CLOCK = re.compile(r"\b(?:hom nay|bay gio|hotline|duong day nong|hien tai|today|gio viet nam)\b")
_COUNTS = re.compile(
    r"\b(?:so )?(?:luot|lan|da)?\s?(?:xem|doc|view|views|truy cap|nguoi xem|nguoi doc)(?: tin| bai| bai viet)?"
    r"\s?[:(=]?\s?[\d.,]+\s?(?:lan|luot|nguoi)?\)?"
    r"|[\d.,]+\s?(?:k )?(?:luot|lan)?\s?(?:xem|doc|views?|truy cap|nguoi xem|binh luan|comments?|phan hoi|nhan xet"
    r"|likes?|luot thich|chia se)\b"
    r"|\b(?:binh luan|phan hoi|y kien|comments?|views?|hits)\s?[:(]?\s?\d+\)?"
    r"|\b(?:(?:xem )?(?:voi )?co chu(?: doc bai viet)?|in bai(?: viet)?|in tin|in trang|print|e-?mail|chia se|share"
    r"|luot xem|luot doc|so lan xem|da xem|xem|gui e?mail|luu bai(?: viet)?|facebook|zalo|twitter|font size"
    r"|nghe bai(?: viet)?|doc bai(?: viet)?|tang giam co chu|ban in|a a|aa)\b"
)
_FILLER = re.compile(r"\b(?:ngay|luc|hoi|vao|thang|nam|gio|phut|thoi gian|khoang|tin)\b")
_REST = re.compile(r"[^\W\d_]+")


class Stamp(Enum):
    """What a date line says of itself."""

    PUBLISHED = "published"
    UPDATED = "updated"
    CLOCK = "clock"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is a date.

    Attributes:
        iso: the (published) date, `YYYY-MM-DD`.
        stamp: what the line calls it.
        timed: whether a time of day stands with it.
        weekday: whether a day of the week stands with it.
        rest: the words that are neither date nor time nor counter (an author, a section, a place), "" for none.
    """

    iso: str
    stamp: Stamp
    timed: bool
    weekday: bool
    rest: str


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """All complete dates in a text as (start, end, ISO date), in reading order, not overlapping."""
    folded = fold_in_place(text)
    found: list[tuple[int, int, str]] = []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            iso = _iso(match["y"], match["m"], match["d"])
            if iso and all(match.end() <= start or match.start() >= end for start, end, _ in found):
                found.append((match.start(), match.end(), iso))
    return sorted(found)


def is_date(text: str) -> bool:
    """Whether a text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and names a date there is."""
    if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", text) is None:
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def read_date_line(line: str) -> DateLine | None:
    """Understand a line as a date line, None if it holds no full date or is mostly something else."""
    if len(line) > 200:  # noqa: PLR2004
        return None
    dates = find_dates(line)
    if not dates:
        return None
    folded = fold_in_place(line)
    stamp, iso = _stamp(folded, dates)
    remaining = folded
    for start, end, _ in dates:
        remaining = remaining[:start] + " " * (end - start) + remaining[end:]
    timed = _TIME.search(remaining) is not None
    remaining = _blank(_TIME, remaining)
    weekday = _WEEKDAY.search(remaining) is not None
    for pattern in (_WEEKDAY, _COUNTS, _CLOCK, _UPDATED, _PUBLISHED, _FILLER):
        remaining = _blank(pattern, remaining)
    rest = _rest(line, [match.span() for match in _REST.finditer(remaining) if len(match[0]) > 1 or not timed])
    return DateLine(iso, stamp, timed, weekday, rest)


def label_stamp(line: str) -> Stamp | None:
    """What a line that is only the label of a date calls it (`Ngày đăng:`), None if it is no label."""
    folded = fold_in_place(line).strip(" :")
    if _PUBLISHED.fullmatch(folded):
        return Stamp.PUBLISHED
    return Stamp.UPDATED if _UPDATED.fullmatch(folded) else None


def _rest(line: str, words: list[tuple[int, int]]) -> str:
    """The words at these places, with a dash between two names that had one (`VĂN HÀO - TRẦN HỮU`)."""
    parts: list[str] = []
    last = words[0][0] if words else 0
    for start, end in words:
        parts += ["-"] * any(dash in line[last:start] for dash in "-–") + [line[start:end]]
        last = end
    return " ".join(parts)


def _stamp(folded: str, dates: list[tuple[int, int, str]]) -> tuple[Stamp, str]:
    labelled: dict[Stamp, str] = {}
    previous = 0
    for start, end, iso in dates:
        before = folded[previous:start]
        if _UPDATED.search(before):
            labelled.setdefault(Stamp.UPDATED, iso)
        elif _PUBLISHED.search(before):
            labelled.setdefault(Stamp.PUBLISHED, iso)
        previous = end
    if Stamp.PUBLISHED in labelled:
        return Stamp.PUBLISHED, labelled[Stamp.PUBLISHED]
    if _CLOCK.search(folded):
        return Stamp.CLOCK, dates[0][2]
    if Stamp.UPDATED in labelled:
        return Stamp.UPDATED, labelled[Stamp.UPDATED]
    return Stamp.PLAIN, dates[0][2]


def _iso(year: str, month: str, day: str) -> str | None:
    years = int(year) if len(year) == 4 else 2000 + int(year)  # noqa: PLR2004
    months = int(month) if month.isdigit() else _MONTHS[month]
    try:
        return date(years, months, int(day)).isoformat()
    except ValueError:
        return None


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def vietnamese_date(iso: str | None) -> str:
    """An ISO date as people write it: 2020-01-10 -> 10/01/2020, 2020-01 -> 01/2020; "" where there is none."""
    return "/".join(reversed(iso[:10].split("-"))) if iso else ""
