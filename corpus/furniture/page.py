"""From the lines of a crawled page to the article on it: headline, dates, names and the paragraphs themselves."""

import re
from dataclasses import dataclass

from corpus.dates import Stamp, find_dates
from corpus.furniture.lines import Line, ends_sentence, read_lines
from corpus.furniture.vocabulary import Role
from corpus.vietnamese import fold

_OPENERS = {Role.RELATED, Role.FEEDBACK, Role.STATISTICS, Role.FOOTER}
_PENALTY = {
    Role.RELATED: 600,
    Role.FEEDBACK: 400,
    Role.STATISTICS: 500,
    Role.FOOTER: 500,
    Role.MENU: 60,
    Role.TAGS: 400,
    Role.SOURCE: 300,
    Role.AUTHOR: 300,
    Role.DATE: 30,
    Role.TOOL: 20,
    Role.COUNTER: 0,
    Role.CONTENT: 25,
}
_PROSE_CAP = 700
_SOURCE = re.compile(
    r"\(?\s*(?:nguồn(?: tin| bài)?|theo(?= [A-ZĐ])|nguồn trích|trích nguồn)\s*:?\s*(.{2,120}?)\s*\)?\.?", re.IGNORECASE
)
_AUTHOR_LABEL = re.compile(
    r"\(?\s*(?:tác giả(?: bài viết)?|người viết|người đăng|bài viết của|thực hiện|nhóm (?:pv|phóng viên|tác giả)|phóng viên|biên tập(?: viên)?|(?:tin|bài)(?:\s*(?:,|và|-|\+)\s*(?:bài|ảnh))*"
    r"|tin\s*[,-]?\s*ảnh|bài\s*(?:và|[,&-])?\s*ảnh|đăng bởi|bởi|by|tổng hợp)\s*:\s*(.{2,100}?)\s*\)?\.?",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?:P\.?\s?V|BBT|B\.?B\.?T|CTV|C\.?T\.?V|Ban biên tập|Nhóm PV|Nhóm phóng viên|TH|T\.H)\b.{0,40}|[A-ZĐ](?:\.\s?[A-ZĐ]){1,3}\.?|[A-ZĐ]{2,4}",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[A-ZĐÀ-ỸÂĂÊÔƠƯ][\w’'.-]*")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org|info))/?", re.IGNORECASE)
_AGENCY = re.compile(r"^\s*\(?\s*([A-ZĐÀ-Ỹ][\w.Đđ ]{1,30}?)\s*\)?\s*[-–—]\s*(?=[A-ZĐÀ-Ỹ“])")
_BRACKETED_AGENCY = re.compile(r"^\s*\(\s*([^()]{2,40}?)\s*\)\s*[-–—:.,]?\s*(?=[\w“\"])")
_PLACE_DATE = re.compile(
    r"[^\W\d_][\w .-]{1,40}, ngày\s*(?P<d>\d{0,2})[ .…]*tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>(?:19|20)\d\d)\.?$",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam|doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc|noi nhan\s*:?"
)
_TITLE_SUFFIX = re.compile(r"\s+[-|–»]\s+[^-|–»]{3,60}$")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is not part of the article, and what it was taken for."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, apart from its furniture.

    Attributes:
        title: the headline as printed, "" if the text has none.
        published: ISO date, None if the page does not state one.
        paragraphs: the article's lines in order, the headline not among them.
        dropped: every other line, in order.
    """

    title: str
    published: str | None
    author: str | None
    publisher: str | None
    paragraphs: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def read_page(text: str) -> Page:
    """Find the article in a page given as clean text (see `corpus.cleaning.clean`)."""
    lines = read_lines(text)
    first, last = _core(lines)
    official = sum(bool(_OFFICIAL.fullmatch(line.folded)) for line in lines) >= 2  # noqa: PLR2004
    title = _find_title(lines, first)
    start = 0 if title is None else title + 1
    end = _find_end(lines, last, official=official)
    published = _published(lines, title, first, end)
    author, publisher = _signatures(lines, first, last, end, official=official)
    if title is not None:
        _mark_title(lines, title)
    _mark_outside(lines, start, end)
    kept, dropped = [], []
    for line in lines:
        if line.role is Role.CONTENT:
            kept.append(line.text)
        elif line.role is not Role.TITLE or (title is not None and line is not lines[title]):
            dropped.append(Dropped(line.text, line.role))
    headline = lines[title].text if title is not None else ""
    return Page(headline, published, author, publisher, tuple(kept), tuple(dropped))


def _core(lines: list[Line]) -> tuple[int, int]:
    """The run of lines holding the most running text after what lies between is subtracted (a maximum-sum segment).

    The idea is Finn, Kushmerick and Smyth's body text extraction (2001) with lines for tokens.

    Returns:
        Places of its first and last line, (len(lines), -1) if there is no running text.
    """
    best, best_span = 0, (len(lines), -1)
    total, start = 0, 0
    for place, line in enumerate(lines):
        total += min(len(line.text), _PROSE_CAP) if line.prose else -_PENALTY.get(line.role, 25)
        if total <= 0:
            total, start = 0, place + 1
        elif total > best:
            best, best_span = total, (start, place)
    return best_span


def _find_title(lines: list[Line], first: int) -> int | None:
    """The place of the headline: above the running text, near its date, made of the article's own words."""
    if not lines:
        return None
    limit = min(first, len(lines) - 1)
    body = set(" ".join(line.folded for line in lines[first : first + 12]).split())
    texts = [line.folded for line in lines[: limit + 1]]
    best, best_score = None, 0.0
    for place in range(limit + 1):
        line = lines[place]
        if line.role is not Role.CONTENT or line.dated_link or not (3 <= line.words <= 45):  # noqa: PLR2004
            continue
        if place == first and (
            line.words > 30 or (len(lines) > 1 and ends_sentence(line.text) and line.text[-1] not in "!?")
        ):  # noqa: PLR2004
            continue
        words = [word for word in re.findall(r"\w+", line.folded) if len(word) > 1]
        shared = sum(word in body for word in words) / len(words) if words else 0
        score = 2.0 * shared + min(line.words, 8) / 8
        after = [
            other
            for other in lines[place + 1 : min(place + 4, len(lines))]
            if other.role not in (Role.TOOL, Role.COUNTER)
        ]
        if after and after[0].date is not None and after[0].role is Role.DATE:
            score += 2
        elif len(after) > 1 and after[1].role is Role.DATE and place + 2 <= first:
            score += 1
        if any(_same_headline(line.folded, other) for other in texts[:place]):
            score += 1.5
        if ends_sentence(line.text) and line.text[-1] not in "!?":
            score -= 1.5
        score -= 0.12 * sum(other.role is Role.CONTENT for other in lines[place + 1 : first])
        if score > best_score:
            best, best_score = place, score
    return best


def _same_headline(one: str, other: str) -> bool:
    return one == other or (len(other) > len(one) and other.startswith(one) and _TITLE_SUFFIX.search(other) is not None)


def _find_end(lines: list[Line], last: int, *, official: bool) -> int:
    """The place after the article's last line."""
    if last < 0:
        return len(lines)
    end = last + 1
    place = last + 1
    while place < len(lines):
        line = lines[place]
        if line.role in (Role.TOOL, Role.COUNTER):
            place += 1
            continue
        if line.role is not Role.CONTENT or line.dated_link:
            break
        if not official and (_source(line) or _author(line) or _signature(line)):
            break
        place += 1
        end = place
    return end


def _signatures(lines: list[Line], first: int, last: int, end: int, *, official: bool) -> tuple[str | None, str | None]:
    author = publisher = None
    tail = range(max(end - 1, last + 1), min(len(lines), end + 8))
    if not official:
        for place in [*range(first, max(first, last - 1)), *tail]:
            line = lines[place]
            if line.role in _OPENERS:
                if place > last:
                    break
                continue
            if (name := _source(line)) and place > last:
                publisher, line.role = publisher or name, Role.SOURCE
            elif name := _author(line):
                author, line.role = author or name, Role.AUTHOR
            elif place > last and (site := _SITE.fullmatch(line.text)):
                publisher, line.role = publisher or site[1], Role.SOURCE
            elif place > last and _signature(line):
                author, line.role = author or line.text.strip(" ()."), Role.AUTHOR
    if publisher is None:
        for line in lines[first : first + 2]:
            if (agency := _BRACKETED_AGENCY.match(line.text)) and line.prose:
                publisher = agency[1]
                break
    return author, publisher


def _source(line: Line) -> str | None:
    match = _SOURCE.fullmatch(line.text)
    return match[1] if match and line.words <= 14 and not line.prose else None  # noqa: PLR2004


def _author(line: Line) -> str | None:
    match = _AUTHOR_LABEL.fullmatch(line.text)
    return match[1] if match and line.words <= 16 else None  # noqa: PLR2004


def _signature(line: Line) -> bool:
    """Whether a line is nothing but a person's name or an editor's initials."""
    text = line.text.strip(" ()")
    if line.words > 8 or text[-1:] in ":;,!?":  # noqa: PLR2004
        return False
    if _STAFF.fullmatch(text):
        return True
    words = [
        word
        for word in re.split(r"[\s,–-]+|(?<=\w)/(?=\w)", text)
        if word and fold(word) not in ("va", "th", "tong", "hop", "theo")
    ]
    return 1 <= len(words) <= 6 and all(_NAME_WORD.fullmatch(word) for word in words) and not text.isupper()  # noqa: PLR2004


def _published(lines: list[Line], title: int | None, first: int, end: int) -> str | None:
    for line in lines:
        if match := _PLACE_DATE.fullmatch(line.text.strip(" ./")):
            day = f"-{int(match['d']):02d}" if match["d"] else ""
            iso = f"{match['y']}-{int(match['m']):02d}{day}"
            if not day or find_dates(line.text):
                return iso
    top = -1 if title is None else title
    between = [line for line in lines[top + 1 : max(first, top + 1) + 1] if line.date is not None and not line.prose]
    above = [
        line
        for line in lines[max(0, top - 2) : max(top, 0)]
        if line.date is not None and line.date.stamp is Stamp.PUBLISHED
    ]
    below = [
        line
        for line in lines[end : end + 4]
        if line.date is not None and line.date.stamp in (Stamp.PUBLISHED, Stamp.UPDATED)
    ]
    for stamps in ((Stamp.PUBLISHED,), (Stamp.PLAIN,), (Stamp.UPDATED,)):
        for line in between:
            if line.date is not None and line.date.stamp in stamps:
                line.role = Role.DATE
                return line.date.iso
    for line in (*above, *below):
        if line.date is not None:
            line.role = Role.DATE
            return line.date.iso
    return None


def _mark_title(lines: list[Line], title: int) -> None:
    """The headline, its repetitions, and its words without marks as file names and image texts repeat them."""
    headline = lines[title]
    plain = re.sub(r"\W+", " ", headline.folded).strip()
    for line in lines:
        folded = re.sub(r"\W+", " ", line.folded).strip()
        if line is headline or folded == plain:
            line.role = Role.TITLE
        elif (
            line.text.isascii()
            and line.words >= 4
            and not line.prose
            and (folded in plain or plain.startswith(folded[:60]))
        ):  # noqa: PLR2004
            line.role = Role.TITLE


def _mark_outside(lines: list[Line], start: int, end: int) -> None:
    furniture_above = any(line.role is not Role.CONTENT for line in lines[: max(start - 1, 0)])
    dated = any(line.role is Role.DATE for line in lines[start : start + 3])
    for place, line in enumerate(lines):
        outside = (place < start and (furniture_above or dated)) or place >= end
        if outside and line.role is Role.CONTENT:
            line.role = Role.MENU if place < start else Role.LINK
        elif not outside and line.role in (Role.MENU, Role.STATISTICS, Role.FOOTER) and start <= place < end:
            line.role = Role.CONTENT
