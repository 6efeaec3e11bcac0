"""The head of an official document: where it begins, its kind and subject, its place and date."""

import re
from collections.abc import Sequence

from corpus.article.furniture import Line, Role
from corpus.dates import find_dates

_HEADING = re.compile(
    r"cong hoa xa hoi(?: chu nghia viet nam)?|dang cong san viet nam|\W*doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc\W*"
)
_NUMBER = re.compile(r"so\s*:?\s*[\d.]*\s*[-/][\w/-]+\W*")
_RECIPIENTS = re.compile(r"(?:noi nhan|kinh gui)\s*:.*")
_SUBJECT = re.compile(r"(?:v/v|ve viec|ve|ban hanh|sua doi|quy dinh|thanh lap|phe duyet|cong bo|bo sung|bai bo)\b.*")
_NUMBERED = re.compile(r"(?:[IVXLC]{1,5}|\d{1,2})[.)/]\s|(?:Điều|Chương|Mục|Phần)\s", re.IGNORECASE)
_KIND = re.compile(
    r"(?:quyet dinh|chi thi|nghi quyet|ke hoach|thong bao|bao cao|to trinh|huong dan|cong dien|nghi dinh|thong tu"
    r"|ket luan|quy dinh|quy che|chuong trinh|loi keu goi|thu khen|giay moi|de an|phuong an|cong van|thong tri)"
    r"(?: (?:lien tich|so .*))?\W*"
)
_TEXT_ABOVE = 2  # lines of running text a portal may print above a document (its window title, a summary)
_PLACE_DATE = re.compile(
    r"^[^\W\d_][^\n,]{1,40},\s+ngày\s*(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>(?:19|20)\d\d)[\s.|/]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADLINE_WORDS = 5


def official_block(lines: list[Line]) -> int | None:
    """Where the heading of an official document (agency, motto, number, place, date) begins, None without one."""
    prose = [place for place, line in enumerate(lines) if line.prose]
    limit = prose[_TEXT_ABOVE] if len(prose) > _TEXT_ABOVE else len(lines)
    head = [place for place in range(limit) if _HEADING.fullmatch(lines[place].folded)]
    if not head:
        return None
    signs = (_NUMBER, _RECIPIENTS, _KIND)
    if not any(sign.fullmatch(line.folded) for line in lines for sign in signs):
        return None
    block = head[0]
    while block > 0 and _in_block(lines[block - 1]):
        block -= 1
    return block


def titled_above(lines: list[Line], known: int | None, top: int) -> str | None:
    """The title of a document that says its kind and its subject in lines of their own (`QUYẾT ĐỊNH`, `Ban hành ...`).

    Args:
        lines: the page.
        known: the place of the line that is known to be its headline, which then is the subject.
        top: how many lines are looked through where it is not.
    """
    first = range(max(known - 1, 0), known) if known is not None else range(min(len(lines), top))
    for place in first:
        line = lines[place]
        if _KIND.fullmatch(line.folded) and line.text.isupper() and not line.text.endswith(":"):
            if known is not None:
                return f"{line.text} {lines[known].text}"
            subject = _subject(lines[place + 1 : place + 4])
            if subject and subject[0][0].isupper():
                return " ".join((line.text.rstrip(" :"), *subject))
    return None


def headline_above(lines: list[Line], block: int) -> int | None:
    """The headline a portal prints above an official document."""
    places = [
        place
        for place in range(block)
        if lines[place].role is Role.CONTENT
        and lines[place].words >= _HEADLINE_WORDS
        and lines[place].date is None
        and "|" not in lines[place].text
    ]
    return places[-1] if places else None


def official_title(lines: list[Line], block: int) -> str:
    """`V/v ...`, or the kind of document with the subject printed below it (`CHỈ THỊ Về ...`)."""
    head = lines[block : block + 30]
    for place, line in enumerate(head):
        if line.folded.startswith("v/v"):
            return line.text
        if _KIND.fullmatch(line.folded):
            subject = _subject(head[place + 1 : place + 4])
            subject = subject or [number.text for number in head if _NUMBER.fullmatch(number.folded)][:1]
            return " ".join((line.text.rstrip(" :"), *subject))
    return ""


def place_date(text: str) -> str | None:
    """The date of the line `Hà Nội, ngày 12 tháng 6 năm 2019`, to the month where the day was left blank."""
    match = _PLACE_DATE.search(text)
    if match is None:
        return None
    if not match["d"]:
        return f"{match['y']}-{int(match['m']):02d}"
    dates = find_dates(f"{match['d']}/{match['m']}/{match['y']}")
    return dates[0][2] if dates else None


def _subject(lines: Sequence[Line]) -> list[str]:
    """The lines below the kind of a document that say what it is about."""
    subject: list[str] = []
    for line in lines:
        if line.role is not Role.CONTENT or line.folded.startswith(("can cu", "kinh gui")):
            break
        if not (_SUBJECT.match(line.folded) or line.text.isupper() or subject) or (subject and line.prose):
            break
        if subject and _NUMBERED.match(line.text):
            break
        subject.append(line.text)
    return subject


def _in_block(line: Line) -> bool:
    if line.role is Role.RULE or _NUMBER.fullmatch(line.folded):
        return True
    return line.role is Role.CONTENT and line.text.isupper() and line.words < 11  # noqa: PLR2004
