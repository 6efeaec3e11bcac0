"""What only admins may do, by command or by button; for everybody else it changes nothing."""

from collections.abc import Sequence
from functools import wraps

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.records.access import Role
from bot.telegram import admin_texts
from bot.telegram.command_recognition import Handler
from bot.telegram.handlers.taps import OnTap, Tap
from bot.telegram.incoming.senders import sender_of
from bot.telegram.outgoing.sending import Where, answering, edit, send
from bot.telegram.services import CHANNEL, Context, Services, services, user_id_of

LONGEST_LIST = 3500
"""Characters of a list in one message."""


def for_admins(handler: Handler) -> Handler:
    """The same command, for admins; others are told so in private and get no word in groups."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        message, sender, shared = update.message, sender_of(update), services(context)
        if message is None or sender is None:
            return
        if await shared.threads.read(shared.access.role, sender.person) is Role.ADMIN:
            await handler(update, context)
        elif message.chat.type == ChatType.PRIVATE:
            await send(context.bot, answering(message), admin_texts.ADMIN_ONLY)

    return guarded


def for_admins_taps(handler: OnTap) -> OnTap:
    """The same button, for admins."""

    async def guarded(tap: Tap, update: Update, context: Context) -> None:
        shared = services(context)
        if await shared.threads.read(shared.access.role, tap.sender.person) is Role.ADMIN:
            await handler(tap, update, context)

    return guarded


async def reply(update: Update, context: Context, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Answer an admin's command."""
    if update.message is not None:
        await send(context.bot, answering(update.message), html, buttons=buttons)


async def replace(message: Message, context: Context, html: str) -> None:
    """Put the outcome in the place of the message with the buttons, which are gone then."""
    if not await edit(context.bot, message.chat_id, message.message_id, html):
        await send(context.bot, answering(message), html)


async def admins_here(shared: Services) -> Sequence[int]:
    """The numbers of the admins of this channel."""
    prefix = f"{CHANNEL}:"
    found = await shared.threads.read(shared.access.admins)
    return [user_id_of(person) for person in found if person.startswith(prefix)]


async def tell_admins(context: Context, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Send every admin a message; one who never opened the chat with the bot keeps nobody from hearing it."""
    for number in await admins_here(services(context)):
        try:
            await send(context.bot, Where(number), html, buttons=buttons)
        except TelegramError:
            continue


def within(lines: Sequence[str]) -> tuple[list[str], int]:
    """The lines that fit into one message, and how many do not."""
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > LONGEST_LIST:
            break
        kept.append(line)
    return kept, len(lines) - len(kept)
