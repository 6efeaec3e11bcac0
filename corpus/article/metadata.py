"""Headline and publication date of an article, found in the lines of its page."""

import re
from collections.abc import Iterable

from corpus.article.bylines import is_office, is_signature
from corpus.article.furniture import Line, Role, Span
from corpus.article.furniture.lines import ends_sentence
from corpus.article.furniture.vocabulary import is_breadcrumb
from corpus.dates import DateLine, Stamp

_TITLE_WORDS = range(3, 46)
_FULL_TITLE = 8  # words; longer headlines are no better
_BELOW_TITLE = 6  # words; a line between headline and date is not longer (a name, a section)
_LEAD_LINES = 12  # lines of running text a headline is compared with
_ABOVE = 4  # lines above the headline in which its date may stand
_BELOW = 5  # lines below the article in which its date may stand
_REPEATED = 12  # characters; shorter repetitions mean nothing
_SLUG_WORDS = 4
_SLUG_LENGTH = 15
_SLUG_START = 40  # characters; names of pictures are often cut off


def find_title(lines: list[Line], span: Span) -> int | None:
    """The place of the headline, None if there is none.

    It stands above the running text, near the date of publication, is made of the article's own words, and is often
    repeated in the page's path or in the name of its picture.
    """
    if span.last < 0:
        return next(
            (place for place, line in enumerate(lines) if line.role is Role.CONTENT and not _is_row(line)), None
        )
    body = set(re.findall(r"\w+", " ".join(line.folded for line in lines[span.first : span.first + _LEAD_LINES])))
    candidates = [place for place in range(min(span.first, span.last) + 1) if _may_be_title(lines, place, span)]
    candidates += [  # below running text only with a date, as where a teaser stands above the article
        place
        for place in range(span.first + 1, span.first + (span.last - span.first) // 2)
        if _may_be_title(lines, place, span) and _dated_below(lines, place) and lines[place].words > _BELOW_TITLE
    ]
    scored = [(_title_score(lines, place, span, body), place) for place in candidates]
    score, place = max(scored, default=(0.0, 0))
    return place if score > 0 else None


def mark_title(lines: list[Line], title: int) -> None:
    """Mark the headline, its repetitions, and its words without marks as names of pictures repeat them."""
    headline = lines[title]
    plain = _plain(headline)
    for line in lines:
        again = _plain(line)
        if line is headline or again == plain or (_is_slug(line, again) and _same_slug(plain, again)):
            line.role = Role.TITLE


def find_published(lines: list[Line], title: int | None, span: Span, end: int) -> str | None:
    """The ISO date of publication as the page states it.

    Asked in turn: dates between headline and text (a published one, a bare one), right above the headline, an update,
    and below the text. Clocks (`Hôm nay`, `Hotline`) and dates inside the text are never taken. The line found is
    marked.
    """
    top = -1 if title is None else title
    first = max(span.first, top + 1)
    head = _dated(line for line in lines[top + 1 : first + 1] if not line.prose)
    above = _dated(lines[max(0, top - _ABOVE) : max(top, 0)])
    above_bare = above if top > 0 and _beside_title(lines, top) else []
    below = _dated(lines[end : end + _BELOW])
    below_bare = [pair for pair in below if pair[0].role is Role.DATE] if _ends_there(lines, end) else []
    for found, stamp in (
        (head, Stamp.PUBLISHED),
        (head, Stamp.PLAIN),
        (above, Stamp.PUBLISHED),
        (above_bare, Stamp.PLAIN),
        (below, Stamp.PUBLISHED),
        (head, Stamp.UPDATED),
        (above, Stamp.UPDATED),
        (below, Stamp.UPDATED),
        (below_bare, Stamp.PLAIN),
    ):
        for line, date in found:
            if date.stamp is stamp:
                line.role = Role.DATE
                return date.iso
    return None


def _may_be_title(lines: list[Line], place: int, span: Span) -> bool:
    line = lines[place]
    if line.role is not Role.CONTENT or line.words not in _TITLE_WORDS or line.dated_link or _is_row(line):
        return False
    if line.text.endswith((":", ";", ",")):
        return False
    return not (place >= span.first and line.prose and _states(line))


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a table."""
    return " | " in line.text


def _states(line: Line) -> bool:
    return ends_sentence(line.text) and line.text[-1] not in "!?"


def _title_score(lines: list[Line], place: int, span: Span, body: set[str]) -> float:
    line = lines[place]
    words = [word for word in re.findall(r"\w+", line.folded) if len(word) > 1]
    score = 2.0 * sum(word in body for word in words) / max(len(words), 1) + min(line.words, _FULL_TITLE) / _FULL_TITLE
    score += 2 * _dated_below(lines, place)
    score += 1.5 * any(_repeats(line, other) for other in lines[: span.first + _LEAD_LINES] if other is not line)
    above = lines[place - 1].date if place else None
    score += above is not None and above.stamp is Stamp.PUBLISHED
    score -= 1.5 * _states(line)
    score -= 0.5 * line.caption + 1.5 * line.item
    score -= 2.5 * (is_signature(line.text) or is_office(line))
    return score - 0.15 * sum(other.role is Role.CONTENT for other in lines[place + 1 : span.first])


def _dated_below(lines: list[Line], place: int) -> bool:
    """Whether the next lines, apart from tools and names, are a date of publication."""
    for line in lines[place + 1 : place + 4]:
        if line.date is not None and not line.prose:
            return line.date.stamp is not Stamp.CLOCK
        if line.prose or (line.role is Role.CONTENT and line.words > _BELOW_TITLE):
            return False
    return False


def _plain(line: Line) -> str:
    return re.sub(r"\W+", " ", line.folded).strip()


def _repeats(line: Line, other: Line) -> bool:
    plain, again = _plain(line), _plain(other)
    if len(plain) <= _REPEATED:
        return False
    return plain == again or (len(again) < 3 * len(plain) and (again.endswith(plain) or again.startswith(plain)))


def _is_slug(line: Line, plain: str) -> bool:
    typed = line.text.isascii() and line.text.islower() and not line.prose
    return typed and line.words >= _SLUG_WORDS and len(plain) > _SLUG_LENGTH


def _same_slug(plain: str, again: str) -> bool:
    return again in plain or plain in again or plain[:_SLUG_START] == again[:_SLUG_START]


def _dated(lines: Iterable[Line]) -> list[tuple[Line, DateLine]]:
    return [(line, line.date) for line in lines if line.date is not None]


def _beside_title(lines: list[Line], title: int) -> bool:
    """Whether a bare date above the headline belongs to it.

    It touches the headline; with a day of the week, which clocks show too, it stands below a path or a section's name.
    """
    place = title - 1
    while place > 0 and lines[place].role is Role.TOOL:
        place -= 1
    date = lines[place].date
    if date is None:
        return False
    if not date.weekday:
        return True
    above = lines[place - 1] if place else None
    return above is not None and (above.role is Role.CONTENT or (above.words > 2 and is_breadcrumb(above.text)))  # noqa: PLR2004


def _ends_there(lines: list[Line], end: int) -> bool:
    """Whether no link follows the first date below the article."""
    for place in range(end, min(end + 3, len(lines))):
        if lines[place].role is Role.RELATED:
            return False
        if lines[place].role is Role.DATE:
            return place + 1 >= len(lines) or lines[place + 1].role not in (Role.CONTENT, Role.LINK)
    return False
