"""What happens when a button under one of the bot's messages is pressed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.answering.answerer import Answerer
from bot.answers import Answer, AnswerKind, AnswerText, Citation, Language, Verdict
from bot.records.history import CitedPassage, Exchange
from bot.telegram import texts
from bot.telegram.handlers.document_list import show_page
from bot.telegram.handlers.questions import Origin, more_items
from bot.telegram.handlers.questions import answer as answer_question
from bot.telegram.handlers.taps import Tap, on_press
from bot.telegram.incoming.senders import reader_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.context_view import render_in_place
from bot.telegram.outgoing.keyboards import More, Press
from bot.telegram.outgoing.message_html import next_items, render_answer, render_rest
from bot.telegram.outgoing.sending import answering, edit, edit_buttons, send
from bot.telegram.services import App, Context, is_in_chat, services


def register(application: App) -> None:
    """Handle the buttons under answers, examples and the list of documents."""
    application.add_handler(on_press(_ask_example, Press.EXAMPLE))
    application.add_handler(on_press(_turn_page, Press.DOCUMENTS))
    application.add_handler(on_press(_on_answer, *_ACTIONS))


async def _ask_example(tap: Tap, update: Update, context: Context) -> None:
    """A tap on an example asks what its button says, whatever the examples are by now."""
    rows = tap.message.reply_markup.inline_keyboard if tap.message.reply_markup else ()
    labels = [button.text for row in rows for button in row if button.callback_data == keyboards.data_of(tap.pressed)]
    question = (labels or list(services(context).readiness.examples))[0]
    origin = Origin(f"tap-{tap.query}", services(context).inbox.was_taken_up(update))
    await answer_question(context, tap.message, tap.sender, question, origin)


async def _turn_page(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    await show_page(context, tap.message, tap.pressed.subject, in_place=True)


async def _on_answer(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    shared = services(context)
    exchange = await shared.threads.read(shared.history.exchange, tap.pressed.subject)
    if exchange is None or not is_in_chat(exchange.place, tap.message.chat_id):
        await send(context.bot, answering(tap.message), texts.FORGOTTEN)
        return
    await _ACTIONS[tap.pressed.press](context, tap, exchange)


async def _show_source(context: Context, tap: Tap, exchange: Exchange) -> None:
    """Put another citation in the place of the one shown."""
    message, number = tap.message, tap.pressed.number
    answer = await _kept_answer(context, tap, exchange, number)
    html = texts.GONE if answer is None else render_answer(answer, number)
    start = None if answer is None or number else next_items(answer)
    buttons = _buttons(exchange, number, more=more_items(answer, start) if answer else None)
    await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons)


async def _show_more(context: Context, tap: Tap, exchange: Exchange) -> None:
    """Put the items of a long list that had no room in the place of those shown."""
    message, start = tap.message, tap.pressed.number
    answer = await _kept_answer(context, tap, exchange, 0)
    known = answer is not None and start < len(answer.answers)
    html = render_rest(answer, start) if answer and known else texts.GONE
    after = next_items(answer, start, rest=True) if answer and known else None
    buttons = _buttons(exchange, 0, in_context=True, more=more_items(answer, after) if answer else None)
    await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons)


async def _show_context(context: Context, tap: Tap, exchange: Exchange) -> None:
    """Show the paragraphs around the citation."""
    shared = services(context)
    message, number = tap.message, tap.pressed.number
    found = await _citation(context, tap, exchange, number)
    if found is None:
        html = texts.GONE
    else:
        answerer, citation = found
        html = render_in_place(answerer.retriever, citation.passage, shared.links, citation.quote)
    buttons = _buttons(exchange, number, in_context=True)
    await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons)


async def _rate(context: Context, tap: Tap, exchange: Exchange) -> None:
    """Keep the person's verdict and show that it was kept."""
    shared = services(context)
    message, number = tap.message, tap.pressed.number
    await shared.threads.write(shared.history.rate, exchange.answer_id, tap.sender.person, helpful=bool(number))
    if message.reply_markup is None:
        return
    if message.chat.type == ChatType.PRIVATE:
        labels = {1: texts.HELPFUL, 0: texts.UNHELPFUL}
        labels[1 if number else 0] = texts.CHOSEN.format(label=labels[1 if number else 0])
    else:
        helpful, unhelpful = await shared.threads.read(shared.history.ratings, exchange.answer_id)
        labels = {1: _counted(texts.HELPFUL, helpful), 0: _counted(texts.UNHELPFUL, unhelpful)}
    await edit_buttons(context.bot, message, keyboards.with_verdict(message.reply_markup, labels))


async def _send_again(context: Context, tap: Tap, exchange: Exchange) -> None:
    """Send an answer that may not have arrived, in the place of the note that offered it."""
    message = tap.message
    answer = await _kept_answer(context, tap, exchange, 0)
    html = texts.GONE if answer is None else render_answer(answer)
    buttons = _buttons(exchange, 0, more=more_items(answer, next_items(answer)) if answer else None)
    if await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons):
        shared = services(context)
        await shared.threads.write(shared.history.sent, exchange.answer_id, str(message.message_id))


ButtonAction = Callable[[Context, Tap, Exchange], Awaitable[None]]

_ACTIONS: dict[Press, ButtonAction] = {
    Press.SOURCE: _show_source,
    Press.MORE: _show_more,
    Press.CONTEXT: _show_context,
    Press.RATE: _rate,
    Press.AGAIN: _send_again,
}


async def _citation(context: Context, tap: Tap, exchange: Exchange, number: int) -> tuple[Answerer, Citation] | None:
    """The citation as today's documents have it; None if its passage is no longer among them."""
    shared = services(context)
    answerer = await shared.answerer(reader_of(tap.message))
    if not 0 <= number < len(exchange.citations):
        return None
    citation = _revived(answerer, exchange.citations[number], number)
    return None if citation is None else (answerer, citation)


def _still_seen(answerer: Answerer, exchange: Exchange) -> Exchange:
    """An exchange without its notes where they may name a document that cannot be seen any more."""
    known = answerer.retriever.documents
    return exchange if all(one.document in known for one in exchange.citations) else replace(exchange, notes=())


def _revived(answerer: Answerer, kept: CitedPassage, number: int) -> Citation | None:
    passage = answerer.retriever.passage(kept.passage)
    document = answerer.retriever.documents.get(kept.document)
    if passage is None or document is None or kept.quote not in passage.text:
        return None
    further = tuple(quote for quote in kept.further if quote in passage.text)
    return Citation(document, passage, kept.quote, kept.link, kept.score, number + 1, further)


async def _kept_answer(context: Context, tap: Tap, exchange: Exchange, number: int) -> Answer | None:
    """The answer as it was given, with what can still be seen of it; None if citation `number` cannot."""
    found = await _citation(context, tap, exchange, number)
    if found is None:
        return None
    answerer, citation = found
    alive = {number: citation}
    for other, kept in enumerate(exchange.citations):
        revived = _revived(answerer, kept, other)
        if revived is not None:
            alive[other] = revived
    return as_answer(_still_seen(answerer, exchange), alive, number)


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
    )


def _buttons(
    exchange: Exchange, number: int, *, in_context: bool = False, more: More | None = None
) -> InlineKeyboardMarkup:
    count = len(exchange.citations)
    buttons = keyboards.under_answer(exchange.answer_id, exchange.status, count, number, in_context=in_context)
    return keyboards.with_more(buttons, exchange.answer_id, more)


def _counted(label: str, count: int) -> str:
    return texts.COUNTED.format(label=label, count=count) if count else label
