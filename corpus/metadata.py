"""Headline, publication date, author and publisher of an article, found in the lines of its page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.dates import DateLine, Stamp
from corpus.furniture import Line, Role, Span
from corpus.furniture.lines import ends_sentence
from corpus.vietnamese import fold

_TITLE_WORDS = range(3, 46)
_SOURCE = re.compile(
    r"\(?\s*(?:(?:nguồn(?: tin| bài| trích)?|trích nguồn|source)\s*[:.]\s*|theo\s*:?\s+(?=(?-i:[A-ZĐÀ-Ỹ])|[\w-]+\.\w))(.{2,120}?)\s*\)?[.]?",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"\(?\s*(?:tác giả(?: bài viết)?|người viết|người đăng|người gửi|bài viết của|thực hiện|nhóm (?:pv|phóng viên|tác giả)|phóng viên|biên tập(?: viên)?"
    r"|(?:tin|bài|ảnh)(?:\s*(?:,|và|-|–|\+|&|/)\s*(?:tin|bài|ảnh|clip|video))*|đăng bởi|được đăng bởi|bởi|by|tổng hợp|author)\s*:\s*(.{2,100}?)\s*\)?[.]?",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:bởi|by|đăng bởi|tin, ảnh|tin ảnh|tin và ảnh|bài và ảnh|bài, ảnh|bài ảnh)\s+(?=(?-i:[A-ZĐÀ-Ỹ]))(.{2,60})", re.IGNORECASE)
_STAFF = re.compile(
    r"(?:P\.?\s?V\.?|B\.?B\.?T\.?|C\.?T\.?V\.?|PV-CTV|Ban [Bb]iên tập|BAN BIÊN TẬP|Nhóm (?:PV|phóng viên)|T\.H\.?|TH)(?:\s*[(/,–-].{0,40})?"
    r"|[A-ZĐ](?:\.\s?[A-ZĐ]){1,3}\.?"
)
_INITIALS = re.compile(r"[A-ZĐ]{2,5}")
_NAME = re.compile(r"(?:[A-ZĐÀ-ỸÂĂÊÔƠƯ][\w’'.]*|[A-ZĐ]\.)")
_DEGREE = re.compile(r"^(?:(?:PGS|GS|TS|ThS|Th\.S|CN|BS|KS|LS|Thạc sĩ|Tiến sĩ|Cử nhân|Kỹ sư|Bác sĩ|Nhà báo|Luật sư|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy)[.,]?\s*)+")
_MANNER = re.compile(r"\s*\((?:thực hiện|tổng hợp|t/h|th|ghi|lược ghi|sưu tầm|st|biên tập|tin, ảnh|theo [^()]{2,40})\)\.?$", re.IGNORECASE)
_LABEL = re.compile(r"^(?:tác giả|người đăng|người viết|bởi|by|theo|tin|bài|pv)\s+(?=(?-i:[A-ZĐÀ-Ỹ]))", re.IGNORECASE)
_JOINTS = re.compile(r"\s*(?:[,–/&+-]|\bvà\b)\s*")
_OFFICE = re.compile(
    r"(?:Cổng|Báo|Tạp chí|Đài|Trang|Trung tâm|Văn phòng|Ban |Sở |Phòng |Hội |Đoàn |Học viện|Trường|Huyện|Tỉnh|Thành ủy|Đảng|UBND|TTXVN|VOV|VTV)"
)
_MEDIA = re.compile(r"(?:Cổng|Báo|Tạp chí|Đài|Trang|TTXVN|VOV|VTV|Bản tin|CTTĐT)\b")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org|info))/?", re.IGNORECASE)
_AGENCY = re.compile(r"^\(\s*([^()]{2,40}?)\s*\)\s*[-–—:.,]*\s*(?=[\w“\"])|^([A-ZĐ]{2,8}|[\w-]+(?:\.[\w-]+)*\.vn)\s*[-–—]\s+(?=[A-ZĐÀ-Ỹ“\"])")
_LOWER_PARTS = frozenset(("va", "th", "tong", "hop", "theo", "thuc", "hien", "anh", "bai", "tin"))


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who wrote and who published, and the places of the lines that say so."""

    author: str | None
    publisher: str | None


def ending_places(lines: list[Line]) -> set[int]:
    """Places of lines that look like the end of an article: a source, an author, a name standing alone."""
    places = {place for place, line in enumerate(lines) if place and (_source(line) or _author(line) or _is_site(line))}
    for place, line in enumerate(lines):
        if place and line.role is Role.CONTENT and _signature(line.text) and not _among_names(lines, place):
            places.add(place)
    return places


def has_byline(lines: list[Line]) -> bool:
    """Whether one of the last lines says `Nguồn: ...`, `Tác giả: ...` or the like."""
    return any(_source(line) or _author(line) for line in lines[-3:])


def find_title(lines: list[Line], span: Span) -> int | None:
    """The place of the headline.

    It stands above the running text, near the date of publication, is made of the article's own words, and is often repeated in
    the page's path or in the name of its picture.
    """
    if not lines:
        return None
    if span.last < 0:
        return next((place for place, line in enumerate(lines) if line.role is Role.CONTENT), None)
    body = set(re.findall(r"\w+", " ".join(line.folded for line in lines[span.first : span.first + 12])))
    candidates = [place for place in range(min(span.first, span.last) + 1) if _may_be_title(lines, place, span)]
    candidates += [
        place
        for place in range(span.first + 1, span.first + (span.last - span.first) // 2)
        if _may_be_title(lines, place, span) and _dated_below(lines, place) and lines[place].words > 5  # noqa: PLR2004
    ]
    scored = [(_title_score(lines, place, span, body), place) for place in candidates]
    score, place = max(scored, key=lambda pair: (pair[0], pair[1]), default=(0.0, 0))
    return place if score > 0 else None


def _may_be_title(lines: list[Line], place: int, span: Span) -> bool:
    line = lines[place]
    if line.role is not Role.CONTENT or line.words not in _TITLE_WORDS or line.dated_link or line.text.endswith((":", ";", ",")):
        return False
    statement = ends_sentence(line.text) and line.text[-1] not in "!?"
    return not (place >= span.first and line.prose and statement)


def _title_score(lines: list[Line], place: int, span: Span, body: set[str]) -> float:
    line = lines[place]
    words = [word for word in re.findall(r"\w+", line.folded) if len(word) > 1]
    score = 2.0 * sum(word in body for word in words) / max(len(words), 1) + min(line.words, 8) / 8
    if _dated_below(lines, place):
        score += 2
    score += 1.5 * any(_repeats(line, other) for other in lines[: span.first + 12] if other is not line)
    if place and lines[place - 1].role is Role.DATE and lines[place - 1].date and lines[place - 1].date.stamp is Stamp.PUBLISHED:
        score += 1
    if ends_sentence(line.text) and line.text[-1] not in "!?":
        score -= 1.5
    if line.caption:
        score -= 0.5
    if _signature(line.text) or (line.words < 8 and _OFFICE.match(line.text)):  # noqa: PLR2004
        score -= 2.5
    return score - 0.15 * sum(other.role is Role.CONTENT for other in lines[place + 1 : span.first])


def _dated_below(lines: list[Line], place: int) -> bool:
    """Whether the next lines, apart from tools and names, are a date of publication."""
    for line in lines[place + 1 : place + 4]:
        if line.role is Role.DATE and line.date is not None and line.date.stamp is not Stamp.CLOCK:
            return True
        if line.prose or (line.role is Role.CONTENT and line.date is None and line.words > 6):  # noqa: PLR2004
            return False
        if line.date is not None:
            return True
    return False


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()


def _repeats(line: Line, other: Line) -> bool:
    plain, again = _plain(line.folded), _plain(other.folded)
    return len(plain) > 12 and (plain == again or (len(again) < 3 * len(plain) and (again.endswith(plain) or again.startswith(plain))))  # noqa: PLR2004


def mark_title(lines: list[Line], title: int) -> None:
    """Mark the headline, its repetitions, and its words without marks as names of pictures repeat them."""
    headline = lines[title]
    plain = _plain(headline.folded)
    for line in lines:
        again = _plain(line.folded)
        slug = line.text.isascii() and line.text.islower() and line.words > 3 and len(again) > 15  # noqa: PLR2004
        if line is headline or again == plain or (slug and not line.prose and (again in plain or plain in again or plain[:40] == again[:40])):
            line.role = Role.TITLE


def find_published(lines: list[Line], title: int | None, span: Span, end: int) -> str | None:
    """The ISO date of publication as the page states it.

    Asked in turn: dates between headline and text (a published one, a bare one), right above the headline, an update, and
    below the text. Clocks (`Hôm nay`, `Hotline`) and dates inside the text are never taken.
    """
    top = -1 if title is None else title
    first = max(span.first, top + 1)
    head = _dated(line for line in lines[top + 1 : first + 1] if not line.prose)
    above = _dated(lines[place] for place in range(max(0, top - 4), max(top, 0)))
    if above and top > 0 and not _beside_title(lines, top):
        above = [line for line in above if line.date.stamp is not Stamp.PLAIN]  # type: ignore[union-attr]
    below = _dated(lines[end : end + 5])
    bare_below = [line for line in below if line.role is Role.DATE]
    for found, stamp in (
        (head, Stamp.PUBLISHED),
        (head, Stamp.PLAIN),
        (above, Stamp.PUBLISHED),
        (above, Stamp.PLAIN),
        (below, Stamp.PUBLISHED),
        (head, Stamp.UPDATED),
        (above, Stamp.UPDATED),
        (below, Stamp.UPDATED),
        (bare_below if _ends_there(lines, end) else [], Stamp.PLAIN),
    ):
        for line in found:
            if line.date is not None and line.date.stamp is stamp:
                line.role = Role.DATE
                return line.date.iso
    return None


def _dated(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.date is not None]


def _beside_title(lines: list[Line], title: int) -> bool:
    """Whether a bare date above the headline belongs to it: it touches it, below a path or section and not at the top of the page."""
    place = title - 1
    while place > 0 and lines[place].role is Role.TOOL:
        place -= 1
    if lines[place].role is not Role.DATE and lines[place].date is None:
        return False
    date = lines[place].date
    if place == 0:
        return date is not None and not date.weekday
    return not (date is not None and date.weekday and place < 3 and lines[place - 1].role is Role.MENU and len(lines[place - 1].text) < 12)  # noqa: PLR2004


def _ends_there(lines: list[Line], end: int) -> bool:
    """Whether no link follows the first date below the article."""
    for place in range(end, min(end + 3, len(lines))):
        if lines[place].role is Role.RELATED:
            return False
        if lines[place].role is Role.DATE:
            return place + 1 >= len(lines) or lines[place + 1].role not in (Role.CONTENT, Role.LINK)
    return False


def find_signatures(lines: list[Line], title: int | None, span: Span, end: int) -> Signatures:
    """Author and publisher from the lines between headline and text and those below the text; the lines found are marked."""
    top = -1 if title is None else title
    author = publisher = None
    for place in range(top + 1, min(span.first + 1, len(lines))):
        line = lines[place]
        if line.date is not None and not line.prose:
            author, line.role = author or _name_of(line.date), Role.DATE
        elif name := _author(line):
            author, line.role = author or name, Role.AUTHOR
        elif name := _source(line):
            publisher, line.role = publisher or name, Role.SOURCE
        elif place < span.first and not any(character.isalpha() for character in line.text):
            line.role = Role.TOOL  # a count of comments or views
        elif place < span.first and line.role is Role.CONTENT and line.text[0] != "(" and _signature(line.text) and _beside_date(lines, place):
            author, line.role = author or line.text, Role.AUTHOR
        elif place < span.first and line.words == 1 and line.text.islower():
            line.role = Role.AUTHOR  # the account that posted it (admin, bbt)
    for place in range(max(span.last + 1, top + 1), min(len(lines), end + 8)):
        line = lines[place]
        if line.role in (Role.RELATED, Role.FEEDBACK, Role.STATISTICS, Role.FOOTER):
            break
        if name := _source(line):
            publisher, line.role = publisher or name, Role.SOURCE
        elif name := _author(line):
            author, line.role = author or name, Role.AUTHOR
        elif site := _SITE.fullmatch(line.text.strip(" ()")):
            publisher, line.role = publisher or site[1], Role.SOURCE
        elif line.role is Role.CONTENT and place >= end and place <= end + 2:
            if _MEDIA.match(line.text) and line.words < 9:  # noqa: PLR2004
                publisher, line.role = publisher or line.text, Role.SOURCE
            elif _signature(line.text):
                author, line.role = author or _MANNER.sub("", line.text).strip(" ()"), Role.AUTHOR
    return Signatures(author, publisher or _agency(lines, span))


def _agency(lines: list[Line], span: Span) -> str | None:
    for line in lines[span.first : span.first + 2]:
        match = _AGENCY.match(line.text)
        if match and line.prose:
            return match[1] or match[2]
    return None


def _source(line: Line) -> str | None:
    match = _SOURCE.fullmatch(line.text)
    return match[1] if match and line.words < 15 and not line.prose else None  # noqa: PLR2004


def _author(line: Line) -> str | None:
    if line.words > 16 or line.prose:  # noqa: PLR2004
        return None
    match = _AUTHOR.fullmatch(line.text) or _BY.fullmatch(line.text.strip("() "))
    return match[1] if match else None


def _is_site(line: Line) -> bool:
    return _SITE.fullmatch(line.text.strip(" ()")) is not None


def _signature(text: str) -> bool:
    """Whether a line is nothing but a person's name (with degree and office) or an editor's initials."""
    text = _DEGREE.sub("", _MANNER.sub("", text).strip(" ()*"))
    if not text or len(text.split()) > 12 or text[-1] in ":;,!?…":  # noqa: PLR2004
        return False
    if _STAFF.fullmatch(text) or _INITIALS.fullmatch(text):
        return True
    parts = [part for part in _JOINTS.split(_DEGREE.sub("", text)) if part]
    names = [_is_name(part) for part in parts]
    if names and names[0] and len(parts) > 1 and not all(names):
        return len(parts[0].split()) > 1 and all(name or _OFFICE.match(part) for name, part in zip(names, parts, strict=True))
    return bool(names) and all(names) and (len(text.split()) > 1 or text.isupper())


def _is_name(part: str) -> bool:
    words = [word for word in _DEGREE.sub("", part).strip(" ()").split() if fold(word) not in _LOWER_PARTS or word[0].isupper()]
    return 1 <= len(words) <= 4 and all(_NAME.fullmatch(word) for word in words)  # noqa: PLR2004


def _among_names(lines: list[Line], place: int) -> bool:
    """Whether the line is one of a list of names."""
    around = [lines[other] for other in (place - 2, place - 1, place + 1, place + 2) if 0 <= other < len(lines)]
    return sum(line.role is Role.CONTENT and _signature(line.text) for line in around) > 1


def _beside_date(lines: list[Line], place: int) -> bool:
    return any(lines[other].date is not None for other in (place - 1, place + 1) if 0 <= other < len(lines))


def _name_of(date: DateLine) -> str | None:
    name = _LABEL.sub("", date.rest)
    return name if _signature(name) and fold(name) not in ("admin", "administrator") else None
