"""/tailieu: the documents the assistant answers from, newest first."""

from telegram import Message, Update

from bot.answering.links import Links
from bot.telegram import texts
from bot.telegram.command_recognition import on_command
from bot.telegram.incoming.senders import reader_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.context_view import Library
from bot.telegram.outgoing.sending import beside, edit, send
from bot.telegram.outgoing.text_html import render_source
from bot.telegram.services import App, Context, services

PAGE = 8


def register(application: App) -> None:
    """Answer `/tailieu`."""
    application.add_handler(on_command("tailieu", _list))


async def _list(update: Update, context: Context) -> None:
    if update.message is not None:
        await show_page(context, update.message, 0)


async def show_page(context: Context, message: Message, page: int, *, in_place: bool = False) -> None:
    """Show one page of the list where `message` is, or in its place if it shows another."""
    shared = services(context)
    answerer = await shared.answerer(reader_of(message))
    html, last = render_page(answerer.retriever, shared.links, page)
    buttons = keyboards.pages(min(page, last), last)
    if not in_place or not await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons):
        await send(context.bot, beside(message), html, buttons=buttons)


def render_page(library: Library, links: Links, page: int) -> tuple[str, int]:
    """One page of the documents as Telegram HTML, and the number of the last page."""
    newest_first = sorted(
        sorted(library.documents.values(), key=lambda document: document.title),
        key=lambda document: document.published or "",
        reverse=True,
    )
    last = max(0, (len(newest_first) - 1) // PAGE)
    start = min(page, last) * PAGE
    shown = newest_first[start : start + PAGE]
    lines = [texts.DOCUMENTS.format(count=len(newest_first))]
    for number, document in enumerate(shown, start=start + 1):
        passages = library.passages_of(document.id)
        link = document.url or (links.link(document, passages[0], passages[0].text) if passages else None)
        lines.append(f"{number}. {render_source(document, link)}")
    return "\n".join(lines), last
