"""Who wrote and who published an article: the lines at its head and foot that say so."""

import re
from dataclasses import dataclass

from corpus.article.furniture import Line, Role, Span
from corpus.dates import DateLine
from corpus.vietnamese import fold

_SOURCE = re.compile(
    r"\(?\s*(?:(?:nguồn(?:\s(?:tin|bài|trích))?|trích\snguồn|source)\s*[:.]\s*|theo\s*:?\s+(?=(?-i:[A-ZĐÀ-Ỹ])|[\w-]+\.\w))"
    r"(?P<name>.{2,120}?)\s*\)?\.?",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"\(?\s*(?:tác\sgiả(?:\sbài\sviết)?|người\s(?:viết|đăng|gửi)|bài\sviết\scủa|thực\shiện|nhóm\s(?:pv|phóng\sviên|tác\sgiả)"
    r"|phóng\sviên|biên\stập(?:\sviên)?|(?:được\s)?đăng\sbởi|bởi|by|author|tổng\shợp"
    r"|(?:tin|bài|ảnh)(?:\s*(?:,|và|-|–|\+|&|/)\s*(?:tin|bài|ảnh|clip|video))*)"
    r"\s*:\s*(?P<name>.{2,100}?)\s*\)?\.?",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:đăng\s)?bởi|by|tin,?\sảnh|(?:tin|bài)\svà\sảnh|bài,?\sảnh)\s+(?P<name>(?-i:[A-ZĐÀ-Ỹ]).{1,60})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:tác giả|người đăng|người viết|bởi|by|theo|tin|bài|pv)\s+(?=(?-i:[A-ZĐÀ-Ỹ]))", re.IGNORECASE)
_MANNER = re.compile(
    r"\s*\((?:thực hiện|tổng hợp|t/h|th|ghi|lược ghi|sưu tầm|st|biên tập|tin, ảnh|theo [^()]{2,40})\)\.?$",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?:P\.?\s?V\.?|B\.?B\.?T\.?|C\.?T\.?V\.?|PV-CTV|Ban [Bb]iên tập|BAN BIÊN TẬP|Nhóm (?:PV|phóng viên)|T\.H\.?|TH)"
    r"(?:\s*[(/,–-].{0,40})?|[A-ZĐ](?:\.\s?[A-ZĐ]){1,3}\.?|[A-ZĐ]{2,5}"
)
_ACRONYM = re.compile(r"[A-ZĐ]{2,8}")  # beside a date the paper itself
_DEGREE = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|Th\.S|CN|BS|KS|LS|Thạc sĩ|Tiến sĩ|Cử nhân|Kỹ sư|Bác sĩ|Nhà báo|Luật sư"
    r"|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy)[.,]?\s*)+"
)
_NAME = re.compile(r"[A-ZĐÀ-ỸÂĂÊÔƠƯ][\w’'.]*")
_JOINTS = re.compile(r"\s*(?:[,–/&+-]|\bvà\b)\s*")
_OFFICE = re.compile(
    r"(?:Cổng|Báo|Tạp chí|Đài|Trang|Trung tâm|Văn phòng|Ban |Sở |Phòng |Hội |Đoàn |Học viện|Trường|Huyện|Tỉnh"
    r"|Thành ủy|Đảng|UBND|TTXVN|VOV|VTV|CC |PV|CTV|Trưởng|Phó|Bí thư|Chủ tịch|Giám đốc|Ủy viên|Chuyên viên)"
)
_HEADER = re.compile(
    r"(?:CỔNG|TRANG|BÁO|TẠP CHÍ|ĐÀI|BAN|SỞ|PHÒNG|UBND|ỦY BAN|UỶ BAN|HĐND|ĐẢNG|TỈNH|HUYỆN|THÀNH|QUẬN|XÃ|HỘI|ĐOÀN"
    r"|MẶT TRẬN|LIÊN ĐOÀN|CÔNG ĐOÀN|BỘ|TỔNG|CỤC|VIỆN|HỌC VIỆN|TRƯỜNG|VĂN PHÒNG|TRUNG TÂM)\b"
)
_MEDIA = re.compile(r"(?:Cổng|Báo|Tạp chí|Đài|Trang|TTXVN|VOV|VTV|Bản tin|CTTĐT)\b")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org|info))/?", re.IGNORECASE)
_AGENCY = re.compile(
    r"^\(\s*([^()]{2,40}?)\s*\)\s*[-–—:.,]*\s*(?=[\w“\"])"
    r"|^([A-ZĐ]{2,8}|[\w-]+(?:\.[\w-]+)*\.(?i:vn))\s*[-–—]\s+(?=[A-ZĐÀ-Ỹ“\"])"
)
_JOINING_WORDS = frozenset(("va", "th", "tong", "hop", "theo", "thuc", "hien", "anh", "bai", "tin"))
_ACCOUNTS = frozenset(("admin", "administrator"))
_LONGEST_BYLINE = 16  # words
_LONGEST_NAME = 4  # words
_LONGEST_SIGNATURE = 12  # words
_SHORT = 8  # words
_LONGEST_HEADER = 10  # words
_BELOW = 8  # lines below the article in which it may be signed
_ENDS = (Role.RELATED, Role.FEEDBACK, Role.STATISTICS, Role.FOOTER)


@dataclass(frozen=True, slots=True)
class Bylines:
    """Who wrote and who published, None where the page does not say."""

    author: str | None
    publisher: str | None


def ending_places(lines: list[Line]) -> set[int]:
    """Places of lines that look like the end of an article: a source, an author, a name standing alone."""
    return {
        place
        for place, line in enumerate(lines)
        if place
        and (
            source_of(line)
            or author_of(line)
            or _SITE.fullmatch(line.text.strip(" ()"))
            or (line.role is Role.CONTENT and is_signature(line.text) and not _among_names(lines, place))
        )
    }


def find_bylines(lines: list[Line], title: int | None, span: Span, end: int) -> Bylines:
    """Author and publisher of an article, in its page's own words; the lines that say so get their role.

    They are looked for between headline and text and below the text; the agency a lead opens with (`(Mic.gov.vn) - `)
    is the publisher if nothing else names one.
    """
    top = 0 if title is None else title + 1
    head = _from_head(lines, top, span)
    foot = _from_foot(lines, max(span.last + 1, top), end)
    return Bylines(head.author or foot.author, head.publisher or foot.publisher or _agency(lines, span))


def source_of(line: Line) -> str | None:
    """The publisher a line like `Nguồn: ...` or `Theo ...` names."""
    match = _SOURCE.fullmatch(line.text)
    return match["name"] if match and line.words < _LONGEST_BYLINE and not line.prose else None


def author_of(line: Line) -> str | None:
    """The author a line like `Tác giả: ...` or `Bài, ảnh: ...` names."""
    if line.words > _LONGEST_BYLINE or line.prose:
        return None
    match = _AUTHOR.fullmatch(line.text) or _BY.fullmatch(line.text.strip("() "))
    return match["name"] if match else None


def is_signature(text: str) -> bool:
    """Whether a line is nothing but names of persons (with degree and office) or an editor's initials."""
    text = _DEGREE.sub("", _MANNER.sub("", text).strip(" ()*"))
    if not text or len(text.split()) > _LONGEST_SIGNATURE or text[-1] in ":;,!?…":
        return False
    if _STAFF.fullmatch(text):
        return True
    parts = [part for part in _JOINTS.split(text) if part]
    names = [_is_name(part) for part in parts]
    if not names or not names[0]:
        return False
    if all(names):
        return len(text.split()) > 1 or text.isupper()
    return len(parts[0].split()) > 1 and any(map(_OFFICE.match, parts[1:]))


def is_office(line: Line) -> bool:
    """Whether a short line names an office or paper, as the top of a page does."""
    if line.text.isupper():
        return line.words <= _LONGEST_HEADER and _HEADER.match(line.text) is not None
    return line.words < _SHORT and _OFFICE.match(line.text) is not None


def _from_head(lines: list[Line], top: int, span: Span) -> Bylines:
    author = publisher = None
    for place in range(top, min(span.first + 1, len(lines))):
        line = lines[place]
        if line.date is not None and not line.prose:
            author, line.role = author or _name_beside(line.date), Role.DATE
        elif name := author_of(line):
            author, line.role = author or name, Role.AUTHOR
        elif name := source_of(line):
            publisher, line.role = publisher or name, Role.SOURCE
        elif place < span.first and _is_account(line):
            line.role = Role.TOOL
        elif place < span.first and _is_bare_author(lines, place):
            author, line.role = author or line.text, Role.AUTHOR
    return Bylines(author, publisher)


def _from_foot(lines: list[Line], start: int, end: int) -> Bylines:
    author = publisher = None
    for place in range(start, min(len(lines), end + _BELOW)):
        line = lines[place]
        if line.role in _ENDS:
            break
        signs = line.role is Role.CONTENT and end <= place <= end + 2
        if name := source_of(line):
            publisher, line.role = publisher or name, Role.SOURCE
        elif name := author_of(line):
            author, line.role = author or name, Role.AUTHOR
        elif site := _SITE.fullmatch(line.text.strip(" ()")):
            publisher, line.role = publisher or site[1], Role.SOURCE
        elif signs and _MEDIA.match(line.text) and line.words <= _SHORT:
            publisher, line.role = publisher or line.text, Role.SOURCE
        elif signs and is_signature(line.text):
            author, line.role = author or _MANNER.sub("", line.text).strip(" ()"), Role.AUTHOR
    return Bylines(author, publisher)


def _agency(lines: list[Line], span: Span) -> str | None:
    for line in lines[span.first : span.first + 2]:
        match = _AGENCY.match(line.text)
        if match and line.prose:
            return match[1] or match[2]
    return None


def _is_name(part: str) -> bool:
    words = [word for word in _DEGREE.sub("", part).strip(" ()").split() if word[0].isupper() or not _joins(word)]
    return 1 <= len(words) <= _LONGEST_NAME and all(_NAME.fullmatch(word) for word in words)


def _joins(word: str) -> bool:
    return fold(word) in _JOINING_WORDS


def _is_account(line: Line) -> bool:
    """The account that posted the page (`admin`), or a bare count of comments or views."""
    return (line.words == 1 and line.text.islower()) or not any(character.isalpha() for character in line.text)


def _is_bare_author(lines: list[Line], place: int) -> bool:
    line = lines[place]
    near = [line for line in lines[max(0, place - 3) : place + 2] if line.role is not Role.TOOL]
    beside_date = any(other.date is not None for other in near)
    return beside_date and line.role is Role.CONTENT and line.text[0] != "(" and is_signature(line.text)


def _among_names(lines: list[Line], place: int) -> bool:
    """Whether the line is one of a list of names."""
    around = [lines[other] for other in (place - 2, place - 1, place + 1, place + 2) if 0 <= other < len(lines)]
    return sum(line.role is Role.CONTENT and is_signature(line.text) for line in around) > 1


def _name_beside(date: DateLine) -> str | None:
    name = _LABEL.sub("", date.rest)
    if not is_signature(name) or fold(name) in _ACCOUNTS:
        return None
    return None if _ACRONYM.fullmatch(name) and name not in ("PV", "BBT") else name
