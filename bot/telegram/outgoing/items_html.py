"""Several things that answer, as Telegram HTML: items on lines of their own, part by part, passages side by side."""

from collections.abc import Iterator, Sequence

from bot.answers import Answer, AnswerKind, AnswerText, Citation
from bot.phrases import phrases
from bot.telegram.outgoing.text_html import clip, escape, render_source
from corpus.dates import vietnamese_date

ITEMS_LIMIT = 460
"""Characters of items in a message that also shows their passage; `REST_LIMIT` in one that shows items alone."""
REST_LIMIT = 900
_ITEM_LIMIT = 180
_OFFICE_LIMIT = 120
_PART_LIMIT = 90
_PARTS_LIMIT = 1000
_QUOTE_FROM = 80
_OVERVIEW_LIMIT = 900
_EXCERPT_LIMIT = 240


def items_from(answer: Answer, start: int, limit: int) -> tuple[list[str], int]:
    """Items as lines of Telegram HTML, and the number of the first that is not among them.

    Args:
        answer: with several `answers`.
        start: number of the first item (0-based).
        limit: characters of all lines together, tags not counted; one item is shown however long.
    """
    dated = answer.kind is AnswerKind.OFFICE and len({text.citation for text in answer.answers}) > 1
    lines: list[str] = []
    room = limit
    for number, text in enumerate(answer.answers[start:], start=start):
        date = vietnamese_date(_citation(answer, text).document.published) if dated else ""
        words, office = clip(text.text, _ITEM_LIMIT), clip(text.office or "", _OFFICE_LIMIT)
        beside = "".join((f" – {office}" if office else "", f" ({date})" if date else ""))
        room -= len(words) + len(beside) + 3
        if room < 0 and lines:
            return lines, number
        lines.append(f"• <b>{escape(words)}</b>{escape(beside)}")
    return lines, len(answer.answers)


def left_over(answer: Answer, after: int) -> list[str]:
    """What is said under items when more follow, here or in the document; `after` is the first that is not shown."""
    said = phrases(answer.language)
    if after < len(answer.answers):
        return [f"<i>… {escape(said.more.format(count=len(answer.answers) - after))}</i>"]
    return [f"<i>{escape(said.goes_on)}</i>"] if answer.goes_on else []


def part_by_part(answer: Answer) -> list[str]:
    """Each part that was asked for, what answers it, the sentence that says so, and its source."""
    answered = [
        (part, [text for text in answer.answers if text.part == number]) for number, part in enumerate(answer.parts)
    ]
    answered = [(part, texts) for part, texts in answered if texts]
    budget = _PARTS_LIMIT // max(len(answered), 1)
    return [line for part, texts in answered for line in _part(answer, part, texts, budget)]


def side_by_side(answer: Answer) -> list[str]:
    """An overview's passages, or the documents on a subject, each with a source; of one document its excerpts."""
    of_one = len({citation.document.id for citation in answer.citations}) == 1
    lines = list(_excerpts(answer.citations)) if of_one else list(_sources(answer))
    if of_one:
        first = answer.citations[0]
        lines.append(f"{phrases(answer.language).source} {render_source(first.document, first.link)}")
    return lines


def _part(answer: Answer, part: str, texts: Sequence[AnswerText], budget: int) -> Iterator[str]:
    said = phrases(answer.language)
    citation = _citation(answer, texts[0])
    name = clip(part, _PART_LIMIT)
    words = clip("; ".join(text.text for text in texts), budget // 3)
    title = clip(citation.document.title, budget // 4)
    link = f'<a href="{escape(citation.link, quote=True)}">{escape(title)}</a>' if citation.link else escape(title)
    yield f"<i>{escape(name)}</i>"
    yield f"• <b>{escape(words)}</b>"
    room = budget - len(name) - len(words) - len(title) - len(said.source) - 20
    if room >= _QUOTE_FROM:
        yield f"<blockquote>{escape(clip(_quote_with(citation, texts[0].text), room))}</blockquote>"
    yield f"{escape(said.source)} {link}"


def _quote_with(citation: Citation, words: str) -> str:
    return next((quote for quote in citation.quotes if words in quote), citation.quote)


def _excerpts(citations: Sequence[Citation]) -> Iterator[str]:
    room = _OVERVIEW_LIMIT
    for citation in sorted(citations, key=lambda one: one.passage.ordinal):
        words = clip(citation.quote, min(_EXCERPT_LIMIT, room))
        room -= len(words) + 3
        if room < 0:
            return
        yield f"• {escape(words)}"


def _sources(answer: Answer) -> Iterator[str]:
    seen: set[str] = set()
    room = _OVERVIEW_LIMIT
    for citation in answer.citations:
        if citation.document.id in seen:
            continue
        seen.add(citation.document.id)
        words = clip(citation.quote, _EXCERPT_LIMIT // 2)
        room -= len(words) + len(clip(citation.document.title, _EXCERPT_LIMIT // 2)) + 40
        if room < 0:
            return
        yield f"• {render_source(citation.document, citation.link)}\n{escape(words)}"


def _citation(answer: Answer, text: AnswerText) -> Citation:
    return next((one for one in answer.citations if one.rank == text.citation), answer.citations[0])
