"""While the database that several programs share is away: what people ask waits for it, and they are told so once."""

import contextlib

from telegram import Update
from telegram.error import TelegramError

from bot.telegram import texts
from bot.telegram.outgoing.sending import beside, send
from bot.telegram.services import Context, services

FAILURES_TOLD = 2
"""After so many vain attempts who waits is told; the first may be a connection that was cut."""


async def is_tried_again(update: Update, context: Context) -> bool:
    """Whether an update for which the database was away is worked on again in a moment; nothing was sent for it yet."""
    if not services(context).inbox.try_again(update):
        return False
    await tell(update, context)
    return True


async def tell(update: Update, context: Context) -> None:
    """Tell who waits for the database, when it has been asked in vain more than once."""
    message = update.message or update.edited_message
    if message is not None and services(context).inbox.failures(update) == FAILURES_TOLD:
        with contextlib.suppress(TelegramError):
            await send(context.bot, beside(message), texts.DELAYED)
