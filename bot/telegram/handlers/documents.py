"""Documents that an admin sends, as files or as addresses: what was understood of them, then taken in or left."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from telegram import Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.records.access import Role
from bot.records.audit import AuditAction
from bot.telegram import admin_texts
from bot.telegram.handlers.admins_only import for_admins_taps, replace
from bot.telegram.handlers.not_questions import guide
from bot.telegram.handlers.questions import ask
from bot.telegram.handlers.taps import Tap, on_press
from bot.telegram.incoming.addressing import words_in
from bot.telegram.incoming.senders import sender_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.documents_html import is_wanted, render_done, render_look
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.sending import answering, edit, send
from bot.telegram.outgoing.typing_indicator import typing
from bot.telegram.services import App, Context, services
from corpus.errors import DanvanError
from corpus.folder.file_names import safe_name
from corpus.intake.addresses import looks_like_address
from corpus.library.outcomes import Action, Outcome

MOST_ADDRESSES = 10
LONGEST_NAME = 150
CHANGED = (Action.ADDED, Action.REPLACED, Action.CORRECTED, Action.RESTORED)


class Addresses(filters.MessageFilter):
    """Lets through messages that say nothing but addresses of pages."""

    __slots__ = ()

    def filter(self, message: Message) -> bool:
        """Whether the message is such a list."""
        return bool(addresses_in(message))


def addresses_in(message: Message) -> Sequence[str]:
    """The addresses that a message consists of; none if it says anything else."""
    words = (message.text or "").split()
    return words[:MOST_ADDRESSES] if words and all("://" in word and looks_like_address(word) for word in words) else ()


def register(application: App) -> None:
    """Take documents from admins; comes before what answers questions."""
    here = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    application.add_handler(MessageHandler(here & (filters.Document.ALL | Addresses()), _look))
    application.add_handler(on_press(for_admins_taps(_add), Press.ADD))
    application.add_handler(on_press(for_admins_taps(_drop), Press.DROP))


async def _look(update: Update, context: Context) -> None:
    """Tell an admin what would be added; anybody else is told, or answered, as ever."""
    message, sender, shared = update.message, sender_of(update), services(context)
    if message is None or sender is None:
        return
    if await shared.threads.read(shared.access.role, sender.person) is Role.ADMIN:
        async with typing(context.bot, message.chat_id):
            await _show(context, message)
        if message.caption:
            await ask(update, context)
        return
    await (ask if words_in(message) else guide)(update, context)


async def _show(context: Context, message: Message) -> None:
    outcomes = await _outcomes(context, message, message, dry_run=True)
    if outcomes is None:
        return
    buttons = keyboards.offered_documents(message.message_id) if any(map(is_wanted, outcomes)) else None
    html = render_look(outcomes, datetime.now(UTC).astimezone().date())
    await send(context.bot, answering(message), html, buttons=buttons)


async def _add(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    """Take in what the message is about to which the look replied."""
    shared, source = services(context), tap.message.reply_to_message
    if source is None or not (source.document or addresses_in(source)):
        await replace(tap.message, context, admin_texts.SEND_FILE_AGAIN)
        return
    async with typing(context.bot, tap.message.chat_id):
        outcomes = await _outcomes(context, tap.message, source, dry_run=False)
    if outcomes is None:
        return
    changed = [one for one in outcomes if one.action in CHANGED]
    for one in changed:
        await shared.threads.write(shared.audit.note, tap.sender.person, AuditAction.ADDED, one.file)
    html = render_done(outcomes) + (admin_texts.THEN_REINDEX if changed else "")
    buttons = keyboards.index_steps() if changed else None
    await edit(context.bot, tap.message.chat_id, tap.message.message_id, html, buttons=buttons)


async def _drop(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    await replace(tap.message, context, admin_texts.DROPPED)


async def _outcomes(context: Context, asked: Message, source: Message, *, dry_run: bool) -> list[Outcome] | None:
    """What becomes, or would become, of what a message brings; None where `asked` was told that nothing can.

    The file is fetched each time: nothing of it stays here unless it is added.
    """
    library = services(context).parts.library(services(context).settings, "the bot")
    problem = ""
    with tempfile.TemporaryDirectory(prefix="danvan-received-") as folder:
        try:
            sources = await _sources(context, source, Path(folder))
            return await asyncio.to_thread(lambda: list(library.add(sources, dry_run=dry_run)))
        except _TooLargeError:
            megabytes = int(FileSizeLimit.FILESIZE_DOWNLOAD) // 1_000_000
            problem = admin_texts.FILE_TOO_LARGE.format(megabytes=megabytes)
        except TelegramError:
            problem = admin_texts.FILE_NOT_FETCHED
        except DanvanError:
            problem = admin_texts.LIBRARY_BUSY
    await send(context.bot, answering(asked), problem)
    return None


class _TooLargeError(Exception):
    """Telegram lets no bot fetch the file."""


async def _sources(context: Context, message: Message, folder: Path) -> Sequence[str]:
    """The addresses in a message, or the path its file was fetched to."""
    document = message.document
    if document is None:
        return addresses_in(message)
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise _TooLargeError
    path = folder / safe_name((document.file_name or "tai-lieu")[-LONGEST_NAME:])
    file = await context.bot.get_file(document.file_id)
    await file.download_to_drive(path)
    return [str(path)]
