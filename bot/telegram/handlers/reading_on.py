"""Reading on from an answer: the passage before and behind, the whole document page by page, its own file."""

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot import phrases
from bot.answering.answerer import Answerer
from bot.records.exchanges import Exchange
from bot.telegram import texts
from bot.telegram.handlers.kept_answers import revived
from bot.telegram.handlers.taps import Tap, on_press, with_exchange
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.context_view import render_in_place
from bot.telegram.outgoing.document_pages import page_with, render_page
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.sending import answering, edit, send, send_file
from bot.telegram.services import App, Context, services
from corpus.models import Document, Passage


def register(application: App) -> None:
    """Handle the buttons for reading on."""
    application.add_handler(on_press(with_exchange(_show_passage), Press.CONTEXT))
    application.add_handler(on_press(with_exchange(_show_page), Press.PAGE))
    application.add_handler(on_press(with_exchange(_send_original), Press.ORIGINAL))


async def _show_passage(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Put a passage in its place, with the paragraphs around it, where the answer stood."""
    await show_in_place(context, tap.message, exchange, tap.pressed.number, tap.pressed.offset, in_place=True)


async def show_in_place(  # noqa: PLR0913 - which passage where
    context: Context, message: Message, exchange: Exchange, number: int, offset: int = 0, *, in_place: bool
) -> None:
    """Show the passage of a citation, or one `offset` passages from it, in its place in the document.

    Args:
        context: of the update.
        message: the one that carries the answer, or that asks for this.
        exchange: the answer.
        number: of the citation (0-based).
        offset: passages further on, or back below 0.
        in_place: whether it takes the place of `message` or is sent as a reply to it.
    """
    found = await revived(context, message, exchange, number)
    if found is None:
        html, buttons = texts.GONE, None
    else:
        passages = found.answerer.retriever.passages_of(found.citation.document.id)
        passage = _further_on(passages, found.citation.passage, offset)
        quote = found.citation.quote if passage.id == found.citation.passage.id else ""
        html = render_in_place(found.answerer.retriever, passage, services(context).links, quote)
        buttons = keyboards.under_passage(
            exchange.answer_id,
            number,
            passage.ordinal - found.citation.passage.ordinal,
            is_first=passage.ordinal == passages[0].ordinal,
            is_last=passage.ordinal == passages[-1].ordinal,
            has_file=found.citation.document.url is None,
        )
    if in_place:
        await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons)
    else:
        await send(context.bot, answering(message), html, buttons=buttons)


async def _show_page(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Turn to a page of the whole document; the first time to the one that the citation stands on."""
    message, number = tap.message, tap.pressed.number
    found = await revived(context, message, exchange, number)
    if found is None:
        await edit(context.bot, message.chat_id, message.message_id, texts.GONE)
        return
    document = found.citation.document
    page = tap.pressed.offset - 1 if tap.pressed.offset else _page_of(found.answerer, found.citation.passage)
    html, buttons = _page(context, exchange, found.answerer, document, number, page)
    await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons)


async def show_opening(context: Context, message: Message, exchange: Exchange) -> None:
    """Send the first page of the document that answered."""
    found = await revived(context, message, exchange, 0)
    if found is None:
        await send(context.bot, answering(message), texts.GONE)
        return
    html, buttons = _page(context, exchange, found.answerer, found.citation.document, 0, 0, phrases.OPENING)
    await send(context.bot, answering(message), html, buttons=buttons)


async def _send_original(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Send the file that a document was read from, if it is still the one that was read."""
    shared = services(context)
    found = await revived(context, tap.message, exchange, tap.pressed.number)
    path = None
    if found is not None:
        path = await shared.threads.look(shared.parts.original, shared.settings, found.citation.document)
    try:
        if path is not None and path.stat().st_size <= FileSizeLimit.FILESIZE_UPLOAD:
            await send_file(context.bot, answering(tap.message), path)
            return
        await send(context.bot, answering(tap.message), texts.NO_ORIGINAL)
    except (OSError, BadRequest):
        await send(context.bot, answering(tap.message), texts.NO_ORIGINAL)


def _page(  # noqa: PLR0913, PLR0917 - what a page shows
    context: Context, exchange: Exchange, answerer: Answerer, document: Document, number: int, page: int,
    heading: str = "",
) -> tuple[str, InlineKeyboardMarkup]:  # fmt: skip
    html, last = render_page(answerer.retriever, document, services(context).links, page, heading)
    buttons = keyboards.under_page(exchange.answer_id, number, min(page, last), last, has_file=document.url is None)
    return html, buttons


def _page_of(answerer: Answerer, passage: Passage) -> int:
    return page_with(answerer.retriever.passages_of(passage.document_id), passage)


def _further_on(passages: "tuple[Passage, ...]", passage: Passage, offset: int) -> Passage:
    """The passage so many further on; the last or first one where there are not so many."""
    place = next(place for place, one in enumerate(passages) if one.id == passage.id)
    return passages[min(max(place + offset, 0), len(passages) - 1)]
