"""When something breaks: a polite sentence for the person, the traceback in the log, one id for both."""

import logging
import secrets
import traceback

from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.telegram import texts
from bot.telegram.outgoing.flood_limits import UncertainError, UndeliveredError
from bot.telegram.outgoing.sending import send
from bot.telegram.services import App, Context, services
from corpus.errors import DanvanError

log = logging.getLogger(__name__)


def register(application: App) -> None:
    """Handle whatever a handler raises."""
    application.add_error_handler(_apologise)


async def _apologise(update: object, context: Context) -> None:
    error = context.error
    if isinstance(error, UndeliveredError) and isinstance(update, Update):
        services(context).keep_open(update)
        log.info("an answer is left to the next start: the bot is stopping and Telegram cannot be reached")
        return
    if isinstance(error, UncertainError | Forbidden):
        log.warning("a message may not have arrived: %s", describe(error))
        return
    error_id = secrets.token_hex(4)
    log.error("error %s: %s", error_id, describe(error))
    if isinstance(update, Update) and update.effective_chat is not None and update.effective_user is not None:
        try:
            await send(context.bot, update.effective_chat.id, texts.ERROR.format(id=error_id))
        except TelegramError as failed:
            log.warning("error %s: the apology could not be sent (%s)", error_id, type(failed).__name__)


def describe(error: BaseException | None) -> str:
    """Where an error came from, without what people typed: their words may stand in an exception's message.

    Messages are kept where they cannot hold a question: the system's, Telegram's and this program's own. With
    debugging on, everything is kept.
    """
    if error is None:
        return "unknown"
    if log.isEnabledFor(logging.DEBUG):
        return "".join(traceback.format_exception(error))
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        message = f": {seen}" if isinstance(seen, OSError | TelegramError | DanvanError) else ""
        frames = "".join(traceback.format_tb(seen.__traceback__))
        lines.append(f"{frames}{type(seen).__name__}{message}")
        seen = seen.__cause__ or seen.__context__
    return "\ncaused by\n".join(lines)
