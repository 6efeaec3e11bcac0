"""When something breaks: a polite sentence for the person, the traceback in the log, one id for both."""

import logging
import secrets

from telegram import Message, Update
from telegram.error import TelegramError

from bot.telegram import texts
from bot.telegram.logs import describe
from bot.telegram.outgoing.refusals import UncertainError, UndeliveredError, is_no_place_to_write
from bot.telegram.outgoing.sending import Where, answering, beside, send
from bot.telegram.services import App, Context, services

log = logging.getLogger(__name__)


def register(application: App) -> None:
    """Handle whatever a handler raises."""
    application.add_error_handler(_apologise)


async def _apologise(update: object, context: Context) -> None:
    error = context.error
    if isinstance(error, UndeliveredError) and isinstance(update, Update):
        services(context).inbox.leave_open(update)
        log.info("an answer is left for later: Telegram cannot be reached, or the bot is stopping")
        return
    if is_no_place_to_write(error):
        log.info("a chat cannot be written to: %s", error)
        return
    if isinstance(error, UncertainError):
        log.warning("a message may not have arrived: %s", describe(error))
        return
    error_id = secrets.token_hex(4)
    log.error("error %s: %s", error_id, describe(error))
    if isinstance(update, Update):
        services(context).pulse.failed(update.update_id)
        where = _where(update)
        if where is not None:
            await _send_apology(context, where, error_id)


async def _send_apology(context: Context, where: Where, error_id: str) -> None:
    try:
        await send(context.bot, where, texts.ERROR.format(id=error_id))
    except TelegramError as failed:
        log.warning("error %s: the apology could not be sent (%s)", error_id, type(failed).__name__)


def _where(update: Update) -> Where | None:
    """Where the person who is left without an answer reads: in the topic of what they wrote."""
    message = update.message or update.edited_message
    if message is not None:
        return answering(message)
    pressed = update.callback_query.message if update.callback_query is not None else None
    return beside(pressed) if isinstance(pressed, Message) else None
