"""What is not a question: pictures, voices, unknown commands."""

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import MessageHandler, filters

from bot.telegram import texts
from bot.telegram.outgoing.sending import answering, send
from bot.telegram.outgoing.text_html import escape
from bot.telegram.services import App, Context, services

MOST_ALBUMS = 1000


def register(application: App) -> None:
    """Guide people back to questions; comes after everything else."""
    new = filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(new & filters.COMMAND, _unknown_command))
    application.add_handler(MessageHandler(new & ~filters.TEXT & ~filters.CAPTION & ~filters.StatusUpdate.ALL, guide))


async def _unknown_command(update: Update, context: Context) -> None:
    message = update.message
    if message is not None and message.chat.type == ChatType.PRIVATE:
        await send(context.bot, answering(message), texts.UNKNOWN_COMMAND)


async def guide(update: Update, context: Context) -> None:
    """One hint for a message without text; one for a whole album."""
    message = update.message
    if message is None:
        return
    shared = services(context)
    if message.media_group_id is not None:
        if message.media_group_id in shared.albums:
            return
        if len(shared.albums) >= MOST_ALBUMS:
            shared.albums.clear()
        shared.albums[message.media_group_id] = None
    spoken = message.voice is not None or message.audio is not None or message.video_note is not None
    html = (texts.VOICE if spoken else texts.GUIDE).format(example=escape(shared.readiness.examples[0]))
    await send(context.bot, answering(message), html)
