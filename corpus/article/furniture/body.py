"""Where the article begins and ends among the lines of a page, and what between them is furniture all the same."""

import re
from dataclasses import dataclass

from corpus.article.furniture.lines import Line, ends_sentence
from corpus.article.furniture.vocabulary import Role

_PENALTY = {
    Role.CONTENT: 25,
    Role.MENU: 60,
    Role.TOOL: 20,
    Role.COUNTER: 0,
    Role.RULE: 0,
    Role.REPETITION: 0,
    Role.DATE: 30,
    Role.TAGS: 100,
    Role.RELATED: 300,
    Role.FEEDBACK: 300,
    Role.STATISTICS: 400,
    Role.FOOTER: 500,
    Role.CONTACT: 25,
}
_AFTER_END = 3000  # what a list of links or a form costs once the article has been signed or tagged
_PROSE_CAP = 700
_TEASER = 350  # characters; running text under a link of this length at most may be that link's teaser
_REPEATED_WORDS = 6
_ENDING = {Role.RELATED, Role.FEEDBACK, Role.STATISTICS, Role.FOOTER}
_DOUBTFUL = {Role.MENU, Role.FEEDBACK, Role.STATISTICS, Role.FOOTER, Role.CONTACT, Role.DATE}
_LINK_RUN = 3
_HEAD = 6  # lines; a date so high up is the page's, not the text's
_LINK_RUN_WORDS = 9
_VERSE_WORDS = 7.5  # on average; Vietnamese verse has five to eight to the line
_STRANGE_SHARE = 0.35
_TAG = re.compile(r"\(?[\w.Đđ ]{2,20}\)?\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Span:
    """Places of the first and last line of running text; `last` is -1 if there is none."""

    first: int
    last: int


def keep_plain(lines: list[Line]) -> bool:
    """Whether a text has no furniture at all; then single lines that look like some (`Liên hệ`) are taken for content.

    Returns:
        True if every line is content now.
    """
    for place, line in enumerate(lines):
        if line.role is Role.CONTENT and line.date is not None and place < _HEAD:
            return False
        if line.role in (Role.CONTENT, Role.RULE, Role.TITLE):
            continue
        around = lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]
        lone = place > 0 and all(other.role is Role.CONTENT for other in around)
        if line.role not in _DOUBTFUL or not lone or (line.role is Role.DATE and place < _HEAD):
            return False
    for line in lines:
        if line.role is not Role.RULE:
            line.role = Role.CONTENT
    return True


def article_span(lines: list[Line], endings: set[int]) -> Span:
    """The run of lines that holds the most running text once the cost of what lies between is subtracted.

    This is a maximum-sum segment over lines, the idea of Finn, Kushmerick and Smyth's body text extraction (2001).

    Args:
        lines: the page.
        endings: places of lines that sign or source an article; lists and forms below one cost so much that
            nothing under them is taken for more of the article.
    """
    if not any(line.prose for line in lines):
        return _short_span(lines)
    best, span = 0.0, Span(len(lines), -1)
    total, start = 0.0, 0
    signed = -1
    for place, line in enumerate(lines):
        if place in endings or line.role is Role.TAGS:
            signed = place
        if line.prose:
            total += _prose_worth(lines, place, listed=signed >= 0 and _in_list(lines, place, signed))
        elif line.role is Role.CONTENT and line.text[-1] in ".;:":  # titles of other articles do not end so
            total += len(line.text) / 2
        elif line.role in _ENDING and signed > start:
            total -= _AFTER_END
        elif line.role is Role.RELATED and _interrupts(lines, place, endings):
            total -= _PENALTY[Role.CONTENT]
        else:
            total -= _PENALTY.get(line.role, 25)
        if total <= 0:
            total, start = 0.0, place + 1
        elif total > best:
            best, span = total, Span(start, place)
    return span


def _short_span(lines: list[Line]) -> Span:
    """The longest run of lines that could be content, for a page of nothing but short lines (names, verse, a table)."""
    best, span = 0, Span(len(lines), -1)
    total, start = 0, 0
    for place, line in enumerate(lines):
        total += 2 if line.role is Role.CONTENT and not line.dated_link else 0 if line.role is Role.RULE else -3
        if total <= 0:
            total, start = 0, place + 1
        elif total > best:
            best, span = total, Span(start, place)
    return span


def _prose_worth(lines: list[Line], place: int, *, listed: bool) -> float:
    line = lines[place]
    worth = float(min(len(line.text), _PROSE_CAP))
    above = lines[place - 1] if place else None
    cut_off = line.text.endswith(("...", "…")) and len(line.text) < _TEASER
    under_link = above is not None and (above.linklike or above.role is Role.DATE) and len(line.text) < _TEASER
    return worth / 4 if listed or (cut_off and under_link) else worth


def _interrupts(lines: list[Line], place: int, endings: set[int]) -> bool:
    """Whether links stand inside the article: more text and its signature follow before any other furniture."""
    texts = teasers = 0
    for below in range(place + 1, len(lines)):
        line = lines[below]
        if below in endings or line.role is Role.TAGS:
            return texts > 0 and teasers * 2 <= texts + 1
        if line.role in _ENDING:
            return False
        if line.prose:
            above = lines[below - 1]
            texts += 1
            teasers += above.linklike and not above.caption
    return False


def _in_list(lines: list[Line], place: int, since: int) -> bool:
    return any(line.role is Role.RELATED for line in lines[since:place])


def article_end(lines: list[Line], span: Span, endings: set[int]) -> int:
    """The place after the article's last line; short lines below its text belong to it until furniture begins."""
    if span.last < 0:
        return len(lines)
    end = place = span.last + 1
    while place < len(lines):
        line = lines[place]
        if line.role in (Role.TOOL, Role.COUNTER, Role.RULE, Role.REPETITION):
            place += 1
            continue
        if place in endings or line.role is not Role.CONTENT or line.dated_link or _starts_links(lines, place):
            break
        place += 1
        end = place
    return end


def _starts_links(lines: list[Line], place: int) -> bool:
    """Whether unannounced links begin here: several long titles one after another, none of them a caption or item."""
    run = 0
    while (
        place + run < len(lines)
        and (line := lines[place + run]).linklike
        and not line.item
        and not line.caption
        and not ends_sentence(line.text)
        and line.text[0].isupper()
    ):
        run += 1
    words = [line.words for line in lines[place : place + run]]
    furnished = place + run < len(lines) and lines[place + run].role is not Role.CONTENT
    return run >= _LINK_RUN and furnished and sum(words) / run >= _LINK_RUN_WORDS


def mark_furniture(lines: list[Line], start: int, span: Span, end: int) -> None:
    """Give every line its final role: what stays CONTENT is the article.

    Args:
        lines: the page.
        start: place of the first line that may belong to the article.
        span: its running text.
        end: place after its last line.
    """
    furnished = any(line.role not in (Role.CONTENT, Role.RULE, Role.TITLE) for line in lines)
    for place, line in enumerate(lines):
        if place < start and line.role is Role.CONTENT and furnished:
            line.role = Role.MENU
        elif place >= end and line.role is Role.CONTENT:
            line.role = Role.LINK
        elif place > 0 and line.words >= _REPEATED_WORDS and line.text == lines[place - 1].text:
            line.role = Role.REPETITION
    _drop_strayed_links(lines, start, span)
    _keep_lone(lines, max(start, span.first), end)
    _drop_boxes(lines, max(start, span.first), min(end, span.last))


def _drop_strayed_links(lines: list[Line], start: int, span: Span) -> None:
    """Links that follow the first paragraph unannounced.

    Either each opens with the tag of the paper, as the lead does; or several stand right below the lead, and their
    announcement strayed above the headline or their words are not the article's.
    """
    first = max(span.first, start)
    if first >= span.last:
        return
    if tag := _TAG.match(lines[first].text):
        for line in lines[first + 1 : span.last]:
            if line.linklike and line.text.startswith(tag[0]):
                line.role = Role.LINK
    place = first + 1
    while (
        place < span.last and lines[place].linklike and not lines[place].item and not ends_sentence(lines[place].text)
    ):
        place += 1
    run = lines[first + 1 : place]
    announced = any(line.role is Role.RELATED for line in lines[max(0, start - 2) : start])
    if len(run) >= _LINK_RUN and (announced or _foreign(run, lines[place : span.last + 1])):
        for line in run:
            line.role = Role.LINK


def _foreign(run: list[Line], body: list[Line]) -> bool:
    """Whether lines are too long for verse, hardly captions, and speak of other things than the text below them."""
    words = [word for line in run for word in re.findall(r"\w\w+", line.folded)]
    known = set(re.findall(r"\w+", " ".join(line.folded for line in body)))
    verse = sum(line.words for line in run) / len(run) <= _VERSE_WORDS
    strange = sum(word not in known for word in words) >= len(words) * _STRANGE_SHARE
    return strange and not verse and body[0].prose and sum(line.caption for line in run) * 2 < len(run)


def _keep_lone(lines: list[Line], start: int, end: int) -> None:
    """A lone line between paragraphs that looks like furniture is a heading (`Y tế`, `Liên hệ`) or a date."""
    for place in range(start + 1, end):
        line = lines[place]
        if line.role not in _DOUBTFUL:
            continue
        around = [lines[place - 1], *lines[place + 1 : min(place + 2, end)]]
        if all(other.role in (Role.CONTENT, Role.COUNTER) for other in around):
            line.role = Role.CONTENT


def _drop_boxes(lines: list[Line], start: int, end: int) -> None:
    """Links to other articles that interrupt the text, from the line that announces them to the next paragraph."""
    place = start
    while place < end:
        if lines[place].role is Role.RELATED:
            place += 1
            while place < end and not lines[place].prose and not lines[place].numbered_heading:
                following = lines[place + 1] if place + 1 < len(lines) else None
                if lines[place].caption and following is not None and following.prose:
                    break
                if lines[place].role is Role.CONTENT:
                    lines[place].role = Role.LINK
                place += 1
        else:
            place += 1
