"""When and where what a document tells of took place, from its beginning and its date.

News names day and place once, in its first paragraph; those who ask name the event by them ("tọa đàm 15/11 ai kết
luận") and mean a paragraph further down.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import takewhile

from corpus.vietnamese import fold
from embeddings.extraction.place_names import places

BEGINNING = 600
"""Characters in which a document says when and where."""
_MOST_PLACES = 2
_DAY = re.compile(
    r"(?:\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm)|[(])\s*(?:[0-3]?\d (?:và|đến) (?:ngày )?)?"
    r"(?:(?P<day>[0-3]?\d)[/-](?P<month>[01]?\d)(?:[/-](?P<year>(?:19|20)\d\d))?(?![\d/-]|\.\d)"
    r"|(?P<day2>[0-3]?\d) tháng (?P<month2>[01]?\d)(?: năm (?P<year2>(?:19|20)\d\d))?)",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b(?:Căn cứ|Luật|Pháp lệnh|Hiến pháp|Nghị (?:định|quyết)|Quyết định|Quy định|Kế hoạch|Chỉ thị|Thông (?:tư|báo)"
    r"|Kết luận|Công văn|Hướng dẫn|Tờ trình|Báo cáo|Chương trình|Đề án|sinh)\b[^.;,]*$",
    re.IGNORECASE,
)
"""In front of the date of a document that is cited, or of somebody's birth."""
_WORD = r"[^\W\d_][\w'’]*"
_UNITS = (
    "tỉnh|thành phố|thị xã|thị trấn|huyện|quận|xã|phường|đặc khu|thôn|bản|ấp|khu phố"
    "|Tỉnh ủy|Thành ủy|Thị ủy|Huyện ủy|Đảng ủy xã"
)
_PLACE = re.compile(rf"\b(?:{_UNITS}) (?:(?:{_UNITS}) )?(?P<name>{_WORD}(?: {_WORD}){{0,3}})")
_BODIES = re.compile(
    r"(?:Ban|Đảng|Ủy|Uỷ|Hội|Sở|Bộ|Trung|UBND|HĐND|MTTQ|BTV|Mặt|Văn|Nhà|Trường|Liên|Tổng|Chính|Khối|Đoàn|Tỉnh|Thành|Huyện"
    r"|Quốc|Công|Điều|Khoản|Cục|Chi|Phòng|Viện|Nghị|Đại)\b"
)
_CITY = re.compile(r"(?:[Tt]hành phố|TP\.?) $")
_PERSON = "Hồ Chí Minh"
"""Who gave a city his name: named without the word for it, he is meant himself."""
_FOUND_LATER = 60
"""Days between an event and the article on it, at most."""
_OPENING, _LONG_AFTER = 200, 5 * 365
"""The event that a document opens with (characters) may lie so many days back: it was put in again."""


@lru_cache(maxsize=1024)
def event_setting(title: str, text: str, published: str | None) -> str:
    """Day and places, such as "15/11/2017, Hà Tĩnh"; "" where nothing is told.

    Args:
        title: the document's; a place that it names is not said again.
        text: of the document; its beginning counts.
        published: date of the document, ISO, or its year, or year and month. A whole one completes a day without a
            year; each stands for a day that is missing.
    """
    beginning = text[:BEGINNING]
    told = [_day_of(beginning, published), *_places_of(beginning, title)]
    return ", ".join(part for part in told if part)


def _day_of(beginning: str, published: str | None) -> str:
    known = date.fromisoformat(published) if published and len(published) == len("2020-01-31") else None
    for match in _DAY.finditer(beginning):
        if _CITED.search(beginning[: match.start()]):
            continue
        day, month = (int(match[name] or match[f"{name}2"]) for name in ("day", "month"))
        year = match["year"] or match["year2"]
        opens = match.start() < _OPENING
        if known is None and not year:
            return f"{day}/{month}" if _date(2000, month, day) else ""
        when = _date(int(year), month, day) if year else _latest(month, day, known)
        if when is None:
            continue
        if known is None:
            return _said(when) if opens else ""
        if abs((known - when).days) <= _FOUND_LATER or (year and opens and 0 <= (known - when).days <= _LONG_AFTER):
            return _said(when)
    return "/".join(str(int(part)) for part in reversed(published.split("-"))) if published else ""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, known: date | None) -> date | None:
    """The last such day before a date."""
    if known is None:
        return None
    when = _date(known.year, month, day)
    return when if when is None or when <= known else _date(known.year - 1, month, day)


def _said(when: date) -> str:
    return f"{when.day}/{when.month}/{when.year}"


def _places_of(beginning: str, title: str) -> list[str]:
    known = fold(title)
    found: dict[str, str] = {}
    for name in _named(beginning):
        key = fold(name)
        if key not in known and not any(key in other or other in key for other in found):
            found[key] = name
    return list(found.values())[:_MOST_PLACES]


def _named(beginning: str) -> Iterator[str]:
    """Names of places as they come."""
    said = [(match.start("name"), _capitalised(match["name"])) for match in _PLACE.finditer(beginning)]
    for match in _known().finditer(beginning):
        before, place = beginning[: match.start()], match.group()
        if _CITY.search(before) or not (place == _PERSON or _is_name(before.split(" ")[-2:-1])):
            said.append((match.start(), place))
    for _, name in sorted(said, key=lambda one: (one[0], -len(one[1]))):
        if name and not _BODIES.match(name):
            yield name


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, places()))})(?!\w)")


def _capitalised(words: str) -> str:
    """The words in front that are written as names."""
    taken = list(takewhile(lambda word: word[0].isupper(), words.split(" ")))
    return " ".join(taken)


def _is_name(words: list[str]) -> bool:
    """Whether the word before a place is written with a capital in the same phrase, as a family's name is."""
    return bool(words) and words[0][:1].isupper() and words[0][-1].isalnum()
