"""An answer as a page shows it: what is said, each item with its place, sources that lead to the marked sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answering.citation_address import MOST_CITED, Trail, cited
from bot.answers import Answer, Status
from bot.published_documents import VisibleDocuments
from bot.records.exchanges import Exchange, form_as_json
from corpus.models import Document, Passage

_ENDS = (".", "!", "?", "…", ":", ";", "”", "»", '"')
"""What a sentence ends with, or an item of a list."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A citation that can be shown.

    Attributes:
        quotes: at least one, exact substrings of the passage, in reading order.
    """

    document: Document
    passage: Passage
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said.

    Attributes:
        place: the numbered parts of the document it stands in, outermost first; "" where there are none.
        address: path of the reader page with the quote marked.
        excerpt: the whole passage, the quotes standing out.
        quote: the quotes alone.
    """

    title: str
    publisher: str | None
    published: str | None
    page: int | None
    place: str
    address: str
    excerpt: tuple[Piece, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of several words that answer.

    Attributes:
        said: the quote they stand in, they themselves standing out.
        elsewhere: whether they stand in another passage than the first source.
    """

    text: str
    office: str | None
    address: str
    part: int | None
    said: tuple[Piece, ...]
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Everything a page shows of one answer.

    Attributes:
        id: under which it is kept; None where it is not.
        said: the first quotes, the words that answer standing out.
        items: all that answers, where that is more than one thing.
        parts: what a question of several parts asks, one by one.
        helpful: what this visitor thought of it, None if nothing was said.
    """

    status: Status
    kind: str
    verdict: str | None
    goes_on: bool
    parts: tuple[str, ...]
    said: tuple[Piece, ...]
    items: tuple[Item, ...]
    sources: tuple[Source, ...]
    id: int | None = None
    question: str = ""
    notes: tuple[str, ...] = ()
    helpful: bool | None = None


def view_of_answer(answer: Answer, answer_id: int | None) -> AnswerView:
    """The view of an answer just given."""
    seen = [Seen(one.document, one.passage, one.quotes) for one in answer.citations]
    view = _view(answer.status, answer.text, form_as_json(answer), seen)
    return replace(view, id=answer_id, question=answer.question, notes=answer.notes)


def view_of_exchange(exchange: Exchange, documents: VisibleDocuments) -> AnswerView:
    """The view of an answer given earlier; what it cited is shown as it stands now, or stood then. Blocking."""
    seen = []
    for one in exchange.citations:
        holding = documents.with_passage(one.passage)
        if holding is not None:
            passage = next(passage for passage in holding.passages if passage.id == one.passage)
            seen.append(Seen(holding.document, passage, (one.quote, *one.further)))
    view = _view(exchange.status, exchange.text, exchange.form, seen)
    whole = len(seen) == len(exchange.citations)  # a note may name a document that cannot be seen any more
    return replace(view, id=exchange.answer_id, question=exchange.question, notes=exchange.notes if whole else ())


def _view(status: Status, text: str | None, form: Mapping[str, Any], seen: Sequence[Seen]) -> AnswerView:
    trail = Trail(tuple(cited(one.passage, one.quotes) for one in seen[:MOST_CITED])) if seen else None
    addresses = _addresses(trail, seen)
    answers = form.get("answers") or ([{"text": text, "citation": 1}] if text else [])
    words = [one["text"] for one in answers if one["citation"] == 1] or ([text] if text else [])
    items = tuple(
        Item(
            text=one["text"],
            office=one.get("office"),
            address=addresses[one["citation"]],
            part=one.get("part"),
            said=_said_of(seen[one["citation"] - 1], one["text"]),
            elsewhere=one["citation"] > 1,
        )
        for one in answers
        if one["citation"] in addresses  # what cannot be shown any more is not said either
    )
    return AnswerView(
        status=status,
        kind=form.get("kind", "span"),
        verdict=form.get("verdict"),
        goes_on=bool(form.get("goes_on")),
        parts=tuple(form.get("parts") or ()),
        said=_said(seen[0], words) if seen and status is not Status.NOT_FOUND else (),
        items=items if len(items) > 1 or form.get("parts") else (),
        sources=tuple(_source(one, addresses[rank]) for rank, one in enumerate(seen[:MOST_CITED], start=1)),
    )


def _addresses(trail: Trail | None, seen: Sequence[Seen]) -> dict[int, str]:
    """Addresses by rank."""
    found = {}
    for number in range(len(trail.cited) if trail else 0):
        at = trail.at(number) if trail else None
        if at:
            found[number + 1] = at.reader_path(seen[number].document.id)
    return found


def _source(one: Seen, address: str) -> Source:
    spans = [
        (start, start + len(quote)) for quote in one.quotes if quote and (start := one.passage.text.find(quote)) >= 0
    ]
    return Source(
        title=one.document.title,
        publisher=one.document.publisher,
        published=one.document.published,
        page=one.passage.page,
        place=" › ".join(one.passage.path),
        address=address,
        excerpt=_pieces(one.passage.text, spans),
        quote=_line(one),
    )


def _said(best: Seen, words: Sequence[str]) -> tuple[Piece, ...]:
    """The quotes of the best citation on one line, the words that answer standing out where they are in it."""
    line = _line(best)
    spans = []
    for text in words:
        flat = " ".join(text.split())
        start = line.find(flat)
        if flat and start >= 0:
            spans.append((start, start + len(flat)))
    return _pieces(line, spans)


def _said_of(one: Seen, text: str) -> tuple[Piece, ...]:
    """The quote that holds some words on one line, the words standing out."""
    quotes = tuple(quote for quote in one.quotes if text in quote)[:1] or (text,)
    return _said(Seen(one.document, one.passage, quotes), [text])


def _line(one: Seen) -> str:
    """The quotes of a citation on one line, dots where they begin or end within a sentence."""
    return " […] ".join(_with_dots(one.passage.text, quote) for quote in one.quotes)


def _with_dots(text: str, quote: str) -> str:
    start = text.find(quote)
    before, after = (text[:start], text[start + len(quote) :]) if start >= 0 else ("", "")
    said = " ".join(quote.split())
    begins = not before.strip() or "\n" in before[len(before.rstrip()) :] or before.rstrip().endswith(_ENDS)
    ends = not after.strip() or after.lstrip(" \t").startswith("\n") or said.endswith(_ENDS)
    return f"{'' if begins else '… '}{said}{'' if ends else ' …'}"


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start < at:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], strong=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)
