"""A page of clean text -> the article on it: headline, date, names, paragraphs, and what was left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.article.bylines import Bylines, author_of, ending_places, find_bylines, source_of
from corpus.article.furniture import Line, Role, Span, article_end, article_span, keep_plain, mark_furniture, read_lines
from corpus.article.metadata import find_published, find_title, mark_title
from corpus.models import Cell, Place, Row
from corpus.official.letterhead import Letterhead, find_letterhead, names_kind

_UNIT = re.compile(r"\(?\s*(?:don vi(?: tinh)?|dvt)\b")
_CAPTION = 250  # characters; a longer line above a table is running text
_HEADLINE_WORDS = 5
_TEXT_ABOVE = 2  # lines of running text a portal may print above a document (its window title, a summary)
_HEAD = 2  # lines between headline and text
_PRINTED_WEB = frozenset(
    (Role.MENU, Role.TOOL, Role.RELATED, Role.FEEDBACK, Role.STATISTICS, Role.FOOTER, Role.CONTACT, Role.TAGS)
)
_KINDS_OF_FURNITURE = 3
"""Different kinds of it that a printed web page shows; an office's own file has a line that looks like one or two."""
_A_NOTE = 5
"""Lines of a text so short that it may be nothing but one sentence."""


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
        table: number of the table it is a row of, None if it is none.
        cells: of that row, by their places in the line.
        places: of its words on the page, by their places in the line, where they were recognised on a picture.
    """

    page: int | None = None
    breaks: tuple[tuple[int, int], ...] = ()
    heading: bool = False
    table: int | None = None
    cells: tuple[Cell, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that is not in its text.

    Attributes:
        kind: a word for programs (`pictures`, `attachments`, `script` ...).
        count: how many of them there are.
        sentence: what a person is told, with the count in it.
    """

    kind: str
    count: int
    sentence: str


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
        rows: of tables, ascending.
        places: of words that were recognised on a picture, ascending.
        unread: parts of the file that are not in the text.
        guessed: whether the headline was told from the text by its looks alone.
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
    rows: tuple[Row, ...] = ()
    places: tuple[Place, ...] = ()
    unread: tuple[Unread, ...] = ()
    guessed: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """All that a person should be told of this reading: what was not read, and what is doubtful."""
        return (*(part.sentence for part in self.unread), *self.warnings)

    @property
    def text(self) -> str:
        """The paragraphs as a document holds them, set apart by one blank line."""
        return "\n\n".join(self.paragraphs)


def read_page(text: str, marks: Sequence[Mark] = (), headline: str = "", *, web: bool = True) -> Page:
    """Find the article in a page given as clean text (see `corpus.cleaning.clean`).

    A text without any furniture comes through complete.

    Args:
        text: the page.
        marks: one for each non-blank line of the text, or none at all.
        headline: the line of the text that is known to be its headline, "" if that is to be found.
        web: False for a file of an office: nothing in it is furniture unless a good deal is, as in a printed web page.
    """
    lines = read_lines(text)
    rows = [place for place, mark in enumerate(marks) if mark.table is not None]
    for place in rows:
        lines[place].role = Role.CONTENT
    plain = _is_plain(lines, web=web)
    letterhead = _letterhead(lines)
    block = letterhead.start if letterhead is not None else None
    endings = set() if plain or block is not None else ending_places(lines)
    span = article_span(lines, endings)
    title = _find_title(lines, headline, letterhead, span)
    end = len(lines) if plain else max(article_end(lines, span, endings), rows[-1] + 1 if rows else 0)
    published = letterhead.date if letterhead is not None else None
    if published is None:
        published = find_published(lines if block is None else lines[:block], title.place, span, end)
    bylines = find_bylines(lines, title.place, span, end) if block is None else Bylines(None, None)
    if plain:
        _keep_all(lines, below_title=0 if web or title.place is None else title.place + 1)
    if title.place is not None:
        mark_title(lines, title.place)
    if web or not plain:
        below_title = 0 if title.place is None else title.place + 1
        start = below_title if block is None else min(block, below_title) if title.known else block
        mark_furniture(lines, start, span, end)
    for place in rows:
        lines[place].role = Role.CONTENT
    headline_line = lines[title.place] if title.place is not None else None
    if headline_line and len(lines) <= _A_NOTE and headline_line.words >= _HEADLINE_WORDS:
        _keep_a_note(lines, headline_line)
    kept = [place for place, line in enumerate(lines) if line.role is Role.CONTENT]
    pages, headings, table_rows, places = _marks_in_text(lines, kept, marks)
    return Page(
        title.text,
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
        rows=table_rows,
        places=places,
        guessed=title.place is not None and not title.known,
    )


@dataclass(frozen=True, slots=True)
class _Title:
    """A headline, the line that is it (None for one put together of several), and whether that was known beforehand."""

    text: str
    place: int | None = None
    known: bool = False


def _find_title(lines: list[Line], headline: str, letterhead: Letterhead | None, span: Span) -> _Title:
    known = next((place for place, line in enumerate(lines) if headline and line.text == headline), None)
    if known and letterhead is None and names_kind(lines[known - 1].text):
        return _Title(f"{lines[known - 1].text} {lines[known].text}")
    if letterhead is None:
        place = known if known is not None else find_title(lines, span)
        return _Title("") if place is None else _Title(lines[place].text, place, known=known is not None)
    if known is not None and known not in (letterhead.kind_line, *letterhead.subject_lines):
        return _Title(lines[known].text, known, known=True)
    place = _headline_above(lines, letterhead.start) if known is None else None
    return _Title(letterhead.title) if place is None else _Title(lines[place].text, place)


def _letterhead(lines: list[Line]) -> Letterhead | None:
    """The head of an official document, unless too much running text stands above it."""
    prose = [place for place, line in enumerate(lines) if line.prose]
    limit = prose[_TEXT_ABOVE] if len(prose) > _TEXT_ABOVE else len(lines)
    return find_letterhead([line.text for line in lines], limit)


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


def _keep_all(lines: list[Line], below_title: int) -> None:
    """No line of a plain text is left out but rules, and in an office's file the date or name below its headline."""
    for place, line in enumerate(lines):
        head = below_title <= place < below_title + _HEAD and line.role in (Role.DATE, Role.AUTHOR, Role.SOURCE)
        line.role = line.role if line.role is Role.RULE or (below_title and head) else Role.CONTENT


def _is_plain(lines: list[Line], *, web: bool) -> bool:
    """Whether no line of a text is furniture; single lines that look like some are taken for content then."""
    if web:
        return not any(source_of(line) or author_of(line) for line in lines[-3:]) and keep_plain(lines)
    furniture = [line for line in lines if line.role in _PRINTED_WEB]
    if len({line.role for line in furniture}) >= _KINDS_OF_FURNITURE:
        return False
    for line in furniture:
        line.role = Role.CONTENT
    return True


def _marks_in_text(
    lines: list[Line], kept: list[int], marks: Sequence[Mark]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, str], ...], tuple[Row, ...], tuple[Place, ...]]:
    """Pages, headings, rows and places of the lines that are kept, by their offsets in the text these make."""
    pages: list[tuple[int, int]] = []
    headings: list[tuple[int, str]] = []
    rows: list[Row] = []
    places: list[Place] = []
    caption = ""
    offset = 0
    for place in kept if marks else ():
        mark, line = marks[place], lines[place]
        for within, page in (*(((0, mark.page),) if mark.page is not None else ()), *mark.breaks):
            if not pages or pages[-1][1] != page:
                pages.append((offset + within, page))
        if mark.heading:
            headings.append((offset, line.text))
        if mark.table is not None:
            cells = tuple(replace(cell, start=cell.start + offset, end=cell.end + offset) for cell in mark.cells)
            rows.append(Row(mark.table, offset, offset + len(line.text), cells, caption))
        elif not _UNIT.match(line.folded):
            caption = line.text if len(line.text) <= _CAPTION else ""
        places += [replace(each, start=each.start + offset, end=each.end + offset) for each in mark.places]
        offset += len(line.text) + 2
    return tuple(pages), tuple(headings), tuple(rows), tuple(places)


def _keep_a_note(lines: list[Line], headline: Line) -> None:
    """A text of a line or two is all headline to the rules above; it is kept as what it says."""
    if not any(line.role is Role.CONTENT for line in lines):
        headline.role = Role.CONTENT
