"""A page of clean text -> the article on it: headline, date, names, paragraphs, and what was left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article.bylines import Bylines, author_of, ending_places, find_bylines, source_of
from corpus.article.furniture import Line, Role, article_end, article_span, keep_plain, mark_furniture, read_lines
from corpus.article.metadata import find_published, find_title, mark_title
from corpus.dates import find_dates

_HEADING = re.compile(
    r"cong hoa xa hoi(?: chu nghia viet nam)?|dang cong san viet nam|\W*doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc\W*"
)
_NUMBER = re.compile(r"so\s*:?\s*[\d.]*\s*[-/][\w/-]+\W*")
_RECIPIENTS = re.compile(r"(?:noi nhan|kinh gui)\s*:.*")
_SUBJECT = re.compile(r"(?:v/v|ve viec|ve)\b.*")
_KIND = re.compile(
    r"(?:quyet dinh|chi thi|nghi quyet|ke hoach|thong bao|bao cao|to trinh|huong dan|cong dien|nghi dinh|thong tu"
    r"|ket luan|quy dinh|quy che|chuong trinh|loi keu goi|thu khen|giay moi|de an|phuong an|cong van|thong tri)"
    r"(?: (?:lien tich|so .*))?\W*"
)
_HEADLINE_WORDS = 5
_A_NOTE = 5
"""Lines of a text so short that it may be nothing but one sentence."""
_TEXT_ABOVE = 2  # lines of running text a portal may print above a document (its window title, a summary)
_PLACE_DATE = re.compile(
    r"^[^\W\d_][^\n,]{1,40},\s+ngày\s*(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>(?:19|20)\d\d)[\s.|/]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is not part of the article, and what it was taken for."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says of one line of its text beside the words.

    Attributes:
        page: number of the page it begins on, None where the file has no pages.
        breaks: (character offset in the line, number of the page that begins there), ascending.
        heading: whether the file marks it as a heading.
    """

    page: int | None = None
    breaks: tuple[tuple[int, int], ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, apart from its furniture.

    Attributes:
        title: the headline as printed, "" if the text has none.
        published: ISO date, None if the page does not state one.
        paragraphs: the article's lines in order, the headline not among them.
        dropped: every other line but the headline, in order.
        url: the address the page says is its own, None if it does not.
        pages: (character offset in `text`, page number from 1), ascending; empty for files without pages.
        headings: (character offset in `text`, heading that holds from there on), ascending.
        warnings: what is doubtful about this reading, one sentence each.
    """

    title: str
    published: str | None
    author: str | None
    publisher: str | None
    paragraphs: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    url: str | None = None
    pages: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs as a document holds them, set apart by one blank line."""
        return "\n\n".join(self.paragraphs)


def read_page(text: str, marks: Sequence[Mark] = (), headline: str = "") -> Page:
    """Find the article in a page given as clean text (see `corpus.cleaning.clean`).

    A text without any furniture comes through complete.

    Args:
        text: the page.
        marks: one for each non-blank line of the text, or none at all.
        headline: the line of the text that is known to be its headline, "" if that is to be found.
    """
    lines = read_lines(text)
    known = next((place for place, line in enumerate(lines) if headline and line.text == headline), None)
    plain = not any(source_of(line) or author_of(line) for line in lines[-3:]) and keep_plain(lines)
    block = _official_block(lines)
    endings = set() if plain or block is not None else ending_places(lines)
    span = article_span(lines, endings)
    if known is not None:
        title: int | None = known
        headline = lines[known].text
    elif block is None:
        title = find_title(lines, span)
        headline = lines[title].text if title is not None else ""
    else:
        title = _headline_above(lines, block)
        headline = lines[title].text if title is not None else _official_title(lines, block)
    start = block if block is not None and known is None else 0 if title is None else title + 1
    end = len(lines) if plain else article_end(lines, span, endings)
    published = _place_date(text) if block is not None else None
    if published is None:
        published = find_published(lines if block is None else lines[:block], title, span, end)
    bylines = find_bylines(lines, title, span, end) if block is None else Bylines(None, None)
    if plain:
        for line in lines:
            line.role = Role.RULE if line.role is Role.RULE else Role.CONTENT
    if title is not None:
        mark_title(lines, title)
    mark_furniture(lines, start, span, end)
    headline_line = lines[title] if title is not None else None
    if headline_line and len(lines) <= _A_NOTE and headline_line.words >= _HEADLINE_WORDS:
        _keep_a_note(lines, headline_line)
    kept = [place for place, line in enumerate(lines) if line.role is Role.CONTENT]
    pages, headings = _marks_in_text(lines, kept, marks)
    return Page(
        headline,
        published,
        bylines.author,
        bylines.publisher,
        tuple(lines[place].text for place in kept),
        tuple(
            Dropped(line.text, line.role)
            for line in lines
            if line.role is not Role.CONTENT and line is not headline_line
        ),
        pages=pages,
        headings=headings,
    )


def _marks_in_text(
    lines: list[Line], kept: list[int], marks: Sequence[Mark]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, str], ...]]:
    """Pages and headings of the lines that are kept, by their offsets in the text these make."""
    pages: list[tuple[int, int]] = []
    headings: list[tuple[int, str]] = []
    offset = 0
    for place in kept if marks else ():
        mark, line = marks[place], lines[place]
        for within, page in (*(((0, mark.page),) if mark.page is not None else ()), *mark.breaks):
            if not pages or pages[-1][1] != page:
                pages.append((offset + within, page))
        if mark.heading:
            headings.append((offset, line.text))
        offset += len(line.text) + 2
    return tuple(pages), tuple(headings)


def _keep_a_note(lines: list[Line], headline: Line) -> None:
    """A text of a line or two is all headline to the rules above; it is kept as what it says."""
    if not any(line.role is Role.CONTENT for line in lines):
        headline.role = Role.CONTENT


def _official_block(lines: list[Line]) -> int | None:
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


def _in_block(line: Line) -> bool:
    if line.role is Role.RULE or _NUMBER.fullmatch(line.folded):
        return True
    return line.role is Role.CONTENT and line.text.isupper() and line.words < 11  # noqa: PLR2004


def _headline_above(lines: list[Line], block: int) -> int | None:
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


def _official_title(lines: list[Line], block: int) -> str:
    """`V/v ...`, or the kind of document with the subject printed below it (`CHỈ THỊ Về ...`)."""
    head = lines[block : block + 30]
    for place, line in enumerate(head):
        if line.folded.startswith("v/v"):
            return line.text
        if _KIND.fullmatch(line.folded):
            subject: list[str] = []
            for below in head[place + 1 : place + 4]:
                if below.role is not Role.CONTENT or below.folded.startswith(("can cu", "kinh gui")):
                    break
                if not (_SUBJECT.match(below.folded) or below.text.isupper() or subject) or (subject and below.prose):
                    break
                subject.append(below.text)
            subject = subject or [number.text for number in head if _NUMBER.fullmatch(number.folded)][:1]
            return " ".join((line.text.rstrip(" :"), *subject))
    return ""


def _place_date(text: str) -> str | None:
    """The date of the line `Hà Nội, ngày 12 tháng 6 năm 2019`, to the month where the day was left blank."""
    match = _PLACE_DATE.search(text)
    if match is None:
        return None
    if not match["d"]:
        return f"{match['y']}-{int(match['m']):02d}"
    dates = find_dates(f"{match['d']}/{match['m']}/{match['y']}")
    return dates[0][2] if dates else None
