"""Answers given earlier, shown again: their citations as today's documents have them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from telegram import InlineKeyboardMarkup, Message

from bot.answering.answerer import Answerer
from bot.answers import Answer, AnswerKind, AnswerText, Citation, Language, Verdict
from bot.records.exchanges import CitedPassage, Exchange
from bot.telegram import texts
from bot.telegram.incoming.senders import reader_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.keyboards import More
from bot.telegram.outgoing.message_html import next_items, render_answer, render_rest
from bot.telegram.services import Context, services


@dataclass(frozen=True, slots=True)
class Revived:
    """A citation as today's documents have it.

    Attributes:
        answerer: over the documents that whoever reads along may see.
    """

    answerer: Answerer
    citation: Citation


async def revived(context: Context, message: Message, exchange: Exchange, number: int) -> Revived | None:
    """A citation (0-based) of an earlier answer, for who reads `message`; None if its passage is no longer there."""
    answerer = await services(context).answerer(reader_of(message))
    if not 0 <= number < len(exchange.citations):
        return None
    citation = _citation(answerer, exchange.citations[number], number)
    return None if citation is None else Revived(answerer, citation)


def view(exchange: Exchange, found: Revived, number: int) -> tuple[str, InlineKeyboardMarkup]:
    """What is shown of an earlier answer with this citation (0-based), and the buttons under it."""
    answer = kept_answer(exchange, found)
    start = None if number else next_items(answer)
    return render_answer(answer, number), buttons_of_kept(exchange, number, more_items(answer, start))


def view_of_rest(exchange: Exchange, found: Revived, start: int) -> tuple[str, InlineKeyboardMarkup]:
    """The items of a long list from number `start` on, in the place of those shown, and the buttons under them."""
    answer = kept_answer(exchange, found)
    known = start < len(answer.answers)
    html = render_rest(answer, start) if known else texts.GONE
    after = next_items(answer, start, rest=True) if known else None
    buttons = keyboards.under_rest(exchange.answer_id)
    return html, keyboards.with_more(buttons, exchange.answer_id, more_items(answer, after))


def more_items(answer: Answer, start: int | None) -> More | None:
    """The items that a message leaves over, from number `start` on."""
    return None if start is None else More(start, len(answer.answers) - start)


def buttons_of_kept(exchange: Exchange, number: int = 0, more: More | None = None) -> InlineKeyboardMarkup:
    """The buttons under an earlier answer that shows this citation (0-based)."""
    follows = bool(exchange.form.get("follows"))
    count = len(exchange.citations)
    buttons = keyboards.under_answer(exchange.answer_id, exchange.status, count, number, follows=follows)
    return keyboards.with_more(buttons, exchange.answer_id, more)


def kept_answer(exchange: Exchange, found: Revived) -> Answer:
    """The answer as it was given, with what can still be seen of it."""
    number = found.citation.rank - 1
    alive = {number: found.citation}
    for other, kept in enumerate(exchange.citations):
        citation = _citation(found.answerer, kept, other)
        if citation is not None:
            alive[other] = citation
    return as_answer(_still_seen(found.answerer, exchange), alive, number)


def as_answer(exchange: Exchange, alive: Mapping[int, Citation], number: int) -> Answer:
    """A kept answer: its citations in their places, and of what answers all that still stands in one of them.

    Args:
        exchange: as it was kept.
        alive: citations that can be shown, by number (0-based).
        number: one of them, which stands in for those that cannot.
    """
    form = exchange.form
    kept = [AnswerText(**one) for one in form.get("answers", ())]
    return Answer(
        question=exchange.question,
        status=exchange.status,
        text=exchange.text,
        citations=tuple(alive.get(place, alive[number]) for place in range(len(exchange.citations))),
        confidence=exchange.confidence,
        notes=exchange.notes,
        generation=exchange.generation,
        elapsed_ms=0.0,
        kind=AnswerKind(form.get("kind", AnswerKind.SPAN)),
        answers=tuple(text for text in kept if text.citation - 1 in alive),
        verdict=Verdict(form["verdict"]) if form.get("verdict") else None,
        parts=tuple(form.get("parts") or ()),
        goes_on=bool(form.get("goes_on")),
        language=Language(form.get("language") or Language.VIETNAMESE),
        follows=str(form.get("follows") or ""),
    )


def _still_seen(answerer: Answerer, exchange: Exchange) -> Exchange:
    """An exchange without its notes where they may name a document that cannot be seen any more."""
    known = answerer.retriever.documents
    return exchange if all(one.document in known for one in exchange.citations) else replace(exchange, notes=())


def _citation(answerer: Answerer, kept: CitedPassage, number: int) -> Citation | None:
    passage = answerer.retriever.passage(kept.passage)
    document = answerer.retriever.documents.get(kept.document)
    if passage is None or document is None or kept.quote not in passage.text:
        return None
    further = tuple(quote for quote in kept.further if quote in passage.text)
    return Citation(document, passage, kept.quote, kept.link, kept.score, number + 1, further)
