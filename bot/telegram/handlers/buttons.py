"""What happens when a button under one of the bot's messages is pressed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.answering.answerer import Answerer
from bot.answers import Answer, Citation
from bot.records.history import CitedPassage, Exchange
from bot.telegram import texts
from bot.telegram.handlers.document_list import show_page
from bot.telegram.handlers.questions import Origin, answer
from bot.telegram.handlers.taps import Tap, on_press
from bot.telegram.incoming.senders import reader_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.context_view import render_in_place
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.message_html import render_answer
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
    await answer(context, tap.message, tap.sender, question, origin)


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
    found = await _citation(context, tap, exchange, number)
    html = (
        texts.GONE
        if found is None
        else render_answer(as_answer(_still_seen(found[0], exchange), found[1], number), number)
    )
    await edit(context.bot, message.chat_id, message.message_id, html, buttons=_buttons(exchange, number))


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
    found = await _citation(context, tap, exchange, 0)
    html = texts.GONE if found is None else render_answer(as_answer(_still_seen(found[0], exchange), found[1], 0), 0)
    if await edit(context.bot, message.chat_id, message.message_id, html, buttons=_buttons(exchange, 0)):
        shared = services(context)
        await shared.threads.write(shared.history.sent, exchange.answer_id, str(message.message_id))


ButtonAction = Callable[[Context, Tap, Exchange], Awaitable[None]]

_ACTIONS: dict[Press, ButtonAction] = {
    Press.SOURCE: _show_source,
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
    return Citation(document, passage, kept.quote, kept.link, kept.score, number + 1)


def as_answer(exchange: Exchange, citation: Citation, number: int) -> Answer:
    """A kept answer with one citation alive, in its place among the others."""
    return Answer(
        question=exchange.question,
        status=exchange.status,
        text=exchange.text,
        citations=(citation,) * (number + 1),
        confidence=exchange.confidence,
        notes=exchange.notes,
        generation=exchange.generation,
        elapsed_ms=0.0,
    )


def _buttons(exchange: Exchange, number: int, *, in_context: bool = False) -> InlineKeyboardMarkup:
    count = len(exchange.citations)
    return keyboards.under_answer(exchange.answer_id, exchange.status, count, number, in_context=in_context)


def _counted(label: str, count: int) -> str:
    return texts.COUNTED.format(label=label, count=count) if count else label
