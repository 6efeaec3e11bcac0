"""The head of an official document: agency, motto, number, place and date, kind and subject, by their lines.

One recogniser for lines of whatever file. It must not depend on columns: what stands side by side on paper comes in any
order, or on one line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dates import find_dates
from corpus.official.document_numbers import DocumentNumber, find_numbers, kind_code
from corpus.official.labels import labels_of
from corpus.vietnamese import fold, fold_in_place

_MOTTO = re.compile(
    r"\W*(?:cong hoa xa hoi(?: chu nghia viet nam)?|dang cong san viet nam"
    r"|\W*doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc)\W*"
)
_MOTTO_WITHIN = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc")
_NUMBER = re.compile(r"(?:luat\s+)?so\s*:?\s*[\d.]*\s*[-/][\w/ –-]+?(?=\W*$|\s*,\s*ngay|\s+cong hoa|\s+dang cong)")
_KIND_WORDS = (
    r"quyet dinh|chi thi|nghi quyet|ke hoach|thong bao|bao cao|to trinh|huong dan|cong dien|nghi dinh|thong tu"
    r"|ket luan|quy dinh|quy che|chuong trinh|loi keu goi|thu khen|giay moi|de an|phuong an|cong van|thong tri"
    r"|bien ban|du an|dieu le|lenh|phap lenh|thu moi|thong cao"
)
_KIND = re.compile(rf"(?:{_KIND_WORDS})(?: (?:lien tich|so .*))?\W*")
_KIND_AND_SUBJECT = re.compile(rf"(?P<kind>{_KIND_WORDS})\s+(?P<subject>\D.*)")
_LAW = re.compile(r"(?:bo luat|luat|phap lenh)\s+(?!so\b)\D.*")
_REASON = re.compile(r"(?:v/v|ve viec)\b")
_RECIPIENTS = re.compile(r"\W*(?:noi nhan|kinh gui)\s*:?.*")
_PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\n,:\d]{1,40}?),\s*ngay\s*(?P<d>\d{0,2})[\s.…]*thang\s*(?P<m>\d{1,2})\s*nam\s*(?P<y>(?:19|20)\d\d)"
    r"[\s.|/]*$"
)
_STOPS = re.compile(
    r"\W*(?:can cu|xet|theo de nghi|kinh gui|noi nhan|\(?ban hanh kem|kem theo|de thuc hien"
    r"|thuc hien (?:nghi|quyet|chi|ke)|quoc hoi (?:ban hanh|da)|chinh phu ban hanh)\b"
)
_SECTION = re.compile(r"(?:[IVXLC]{1,5}|\d{1,2}|[A-ZĐ])[.)/]\s")
_BODY = re.compile(r"(?:can cu|xet|theo de nghi)\b|(?:dieu|chuong|phan)\s+(?:\d+|[ivx]+|thu \w+)\b")
_AGENCY = re.compile(
    r"(?:uy ban|hoi dong|chu tich|bo truong|bo |chinh phu|thu tuong|quoc hoi|giam doc|tong giam doc|ban |so |cuc "
    r"|tong cuc|truong |tinh |huyen |thanh |thi |xa |phuong |quan |dang |ubnd|hdnd|mat tran|lien doan|hoi |doan "
    r"|van phong|phong |vien |toa |trung tam|khoi |cong doan|tap doan|cong ty|ngan hang|bi thu|thuong truc"
    r"|uy vien|co quan)"
)
_SUBJECT_VERBS = re.compile(
    r"(?:ban hanh|ve |v/v|quy dinh|phe duyet|thanh lap|sua doi|bai bo|cong nhan|cong bo|kien toan|thuc hien|trien khai"
    r"|to chuc|tong ket|so ket|phan cong|giao |dieu chinh|bo nhiem|khen thuong|huong dan|tang cuong|day manh|phat dong)"
)
_HEAD = 40  # lines
_TOP = 8
_SUBJECT_LINES = 4
_SUBJECT_WORDS = 70
_LINE_WORDS = 45
_CAPS_WORDS = 14


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head of a document says, with the places of its lines.

    Attributes:
        start: its first line.
        kind: as printed (`QUYẾT ĐỊNH`), "" if it has none.
        kind_line: where; None if it has none.
        subject: what it is about, "" if it does not say.
        subject_lines: where, empty if it does not say.
        number: its own number.
        number_line: where that stands.
        date: ISO, to the month where the day was left blank; None without.
        date_line: where.
        place: where it was issued, "" if it does not say.
        agency_lines: who issued it.
    """

    start: int
    kind: str = ""
    kind_line: int | None = None
    subject: str = ""
    subject_lines: tuple[int, ...] = ()
    number: DocumentNumber | None = None
    number_line: int | None = None
    date: str | None = None
    date_line: int | None = None
    place: str = ""
    agency_lines: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        """Kind and subject on one line; of a letter the subject; "" if it says neither."""
        if self.subject or not self.kind:
            return " ".join(part for part in (self.kind, self.subject) if part)
        return " ".join((self.kind, f"Số: {self.number.written}")) if self.number else self.kind


def find_letterhead(lines: Sequence[str], body: int | None = None) -> Letterhead | None:
    """The head of an official document among the lines of a text; None if none is there.

    It is one if it has the motto of the state or the Party and a number, a kind or recipients; or, as gazettes and
    portals print it, the kind on a line of its own with the subject below and what decisions begin with below that; or
    the number below an agency in capitals.

    Args:
        lines: not blank.
        body: the line before which it must begin; the first lines if it is not known.
    """
    head = [" ".join(fold_in_place(line).split()) for line in lines[:_HEAD]]
    limit = len(head) if body is None else min(body, len(head))
    motto = next((place for place in range(limit) if _is_motto(head[place])), None)
    kind = _kind_line(lines, head, motto if motto is not None else 0)
    signs = any(_NUMBER.match(line) or _RECIPIENTS.fullmatch(line) for line in map(_spaced, lines))
    if motto is not None and (signs or kind is not None):
        start = motto
        while start > 0 and _in_head(lines[start - 1], head[start - 1]):
            start -= 1
    elif (first := _without_motto(lines, head, limit, kind)) is not None:
        start = first
        while start > 0 and _in_head(lines[start - 1], head[start - 1]):
            start -= 1
    else:
        return None
    return _read(lines, head, start, kind)


def _without_motto(lines: Sequence[str], head: Sequence[str], limit: int, kind: int | None) -> int | None:
    """A line of a head that leaves out the motto: the kind, or the number below the agency in capitals."""
    if kind is not None and kind < limit and _is_followed(lines, head, kind):
        return kind
    number = next((place for place in range(1, min(limit, _TOP)) if number_of_line(lines[place])), None)
    if number is not None and lines[number - 1].isupper() and _AGENCY.match(head[number - 1]):
        return number
    return None


def names_kind(line: str) -> bool:
    """Whether a line in capitals says a kind of document and nothing else; `QUYẾT ĐỊNH:` announces articles."""
    return line.isupper() and not line.rstrip().endswith(":") and _KIND.fullmatch(_spaced(line)) is not None


def number_of_line(line: str) -> DocumentNumber | None:
    """The document's own number where a line says it (`Số: 45/QĐ-UBND`), None if it does not."""
    spaced = _spaced(line)
    match = _NUMBER.match(spaced)
    if match is None:
        return None
    return next((number for number in find_numbers(line[: match.end() + 1]) if number.is_whole), None)


def date_of_line(line: str) -> tuple[str, str] | None:
    """Place and ISO date of a line like `Hà Nội, ngày 12 tháng 6 năm 2019`; the date to the month without a day."""
    folded = fold_in_place(line)
    match = _PLACE_DATE.search(folded)
    if match is None or (match.start() and not folded[: match.start()].endswith(" ")):
        return None
    place = line[match.start("place") : match.end("place")].strip()
    if not match["d"]:
        return place, f"{match['y']}-{int(match['m']):02d}"
    dates = find_dates(f"{match['d']}/{match['m']}/{match['y']}")
    return (place, dates[0][2]) if dates else None


def _spaced(line: str) -> str:
    return fold_in_place(line).strip()


def _is_motto(folded: str) -> bool:
    return _MOTTO.fullmatch(folded) is not None or (len(folded) < 120 and _MOTTO_WITHIN.search(folded) is not None)  # noqa: PLR2004


def _in_head(line: str, folded: str) -> bool:
    """Whether a line above belongs to the head: an agency in capitals, the number, a rule."""
    if not any(character.isalnum() for character in line) or _NUMBER.match(folded):
        return True
    return line.isupper() and len(line.split()) <= _CAPS_WORDS and "|" not in line


def _kind_line(lines: Sequence[str], head: Sequence[str], after: int) -> int | None:
    """The line that says what kind of document it is; `QUYẾT ĐỊNH:` with a colon only announces the articles."""
    places = [
        place
        for place in range(max(after - _HEAD, 0), len(head))
        if _KIND.fullmatch(head[place]) and (lines[place].isupper() or place >= after)
    ]
    titled = [place for place in places if not lines[place].rstrip().endswith(":")]
    return next(iter(titled or places), None)


def _is_followed(lines: Sequence[str], head: Sequence[str], kind: int) -> bool:
    """Whether subject and beginning of a decision stand below a line that names a kind of document."""
    if not names_kind(lines[kind]):
        return False
    _, places = _subject_below(lines, head, kind)
    if not places:
        return False
    below = head[kind + len(places) + 1 : kind + len(places) + 6]
    clear = kind < _TOP and _SUBJECT_VERBS.match(head[places[0]]) is not None
    return clear or any(_BODY.match(line) for line in below)


def _read(lines: Sequence[str], head: Sequence[str], start: int, kind: int | None) -> Letterhead:
    number_line = next((place for place in range(start, len(head)) if number_of_line(lines[place])), None)
    dated = [(place, found) for place in range(start, len(head)) if (found := date_of_line(lines[place]))]
    date, place_name, date_line = None, "", None
    if dated:
        date_line, (place_name, date) = dated[0]
    elif number_line is not None and (dates := find_dates(lines[number_line])):
        date, date_line = dates[0][2], number_line
    subject, shown = "", ""
    places: tuple[int, ...] = ()
    reason = next((place for place in range(start, len(head)) if _REASON.match(head[place])), None)
    if kind is not None:
        shown = lines[kind].strip().rstrip(" :")
        subject, places = _subject_below(lines, head, kind)
    elif (joined := _joined_kind(lines, head, start)) is not None:
        kind, shown, subject = joined
        more, places = _subject_below(lines, head, kind, beginning=subject)
        subject, places = more, (kind, *places)
    elif reason is not None:
        subject, places = _subject_below(lines, head, reason - 1)
    return Letterhead(
        start=start,
        kind=shown,
        kind_line=kind,
        subject=subject,
        subject_lines=places,
        number=number_of_line(lines[number_line]) if number_line is not None else None,
        number_line=number_line,
        date=date,
        date_line=date_line,
        place=place_name,
        agency_lines=_agency(lines, head, start),
    )


def _joined_kind(lines: Sequence[str], head: Sequence[str], start: int) -> tuple[int, str, str] | None:
    """Kind and subject where both stand on one line (`KẾ HOẠCH Thực hiện ...`, `LUẬT ĐẤT ĐAI`)."""
    for place in range(start, min(len(head), start + 15)):
        line = lines[place].strip()
        if _LAW.fullmatch(head[place]) and line.isupper():
            return place, "", line
        match = _KIND_AND_SUBJECT.fullmatch(" ".join(_spaced(line).split()))
        if match is not None and line[: match.end("kind")].isupper() and not _RECIPIENTS.fullmatch(head[place]):
            words = len(match["kind"].split())
            pieces = line.split()
            return place, " ".join(pieces[:words]), " ".join(pieces[words:])
    return None


def _subject_below(
    lines: Sequence[str], head: Sequence[str], above: int, beginning: str = ""
) -> tuple[str, tuple[int, ...]]:
    """What a document is about: the lines below a line, as far as they go on with it."""
    subject = [beginning] if beginning else []
    places: list[int] = []
    for place in range(above + 1, min(above + 1 + _SUBJECT_LINES, len(head))):
        line, folded = lines[place].strip(), head[place]
        if not any(character.isalnum() for character in line):
            if subject:
                break
            continue
        if _stops_subject(line, folded, begun=bool(subject)):
            break
        if subject and not _goes_on(subject[-1], line):
            break
        if len(" ".join(subject).split()) + len(line.split()) > _SUBJECT_WORDS:
            break
        subject.append(line)
        places.append(place)
    return " ".join(subject), tuple(places)


def _stops_subject(line: str, folded: str, *, begun: bool) -> bool:
    if (
        " | " in line
        or _STOPS.match(folded)
        or _KIND.fullmatch(folded)
        or _is_motto(folded)
        or labels_of(line)
        or _SECTION.match(line)
    ):
        return True
    if number_of_line(line) or date_of_line(line) or len(line.split()) > _LINE_WORDS:
        return True
    if line.isupper() and _AGENCY.match(folded) and not _SUBJECT_VERBS.match(folded):
        return not begun or not folded.startswith(("tinh ", "huyen ", "xa ", "phuong ", "thanh "))
    return (
        not begun and line.endswith((".", ";")) and len(line.split()) > _CAPS_WORDS and not _SUBJECT_VERBS.match(folded)
    )


def _goes_on(above: str, line: str) -> bool:
    if above.isupper() and line.isupper():
        return True
    return not above.endswith((".", ";", ":")) and (line[0].islower() or not line.endswith((".", ";", ":", ",")))


def _agency(lines: Sequence[str], head: Sequence[str], start: int) -> tuple[int, ...]:
    """The lines in capitals at the top that name who issues the document."""
    found: list[int] = []
    for place in range(start, min(start + 8, len(head))):
        line = lines[place].strip()
        if _is_motto(head[place]) or number_of_line(line) or date_of_line(line) or _KIND.fullmatch(head[place]):
            if found:
                break
            continue
        if line.isupper() and _AGENCY.match(head[place]):
            found.append(place)
        elif found and any(character.isalnum() for character in line):
            break
    return tuple(found)


def kind_of(title: str) -> str | None:
    """The code of the kind of document a title begins with (`Nghị quyết số 11 ...` -> `nq`)."""
    words = fold(title).split()[:3]
    return next((code for length in (3, 2, 1) if (code := kind_code(" ".join(words[:length])))), None)
