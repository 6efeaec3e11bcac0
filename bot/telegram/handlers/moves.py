"""A group that becomes a supergroup gets another number: its conversations go on there."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.telegram.services import CHANNEL, App, Context, services


def register(application: App) -> None:
    """Follow a group to its new number."""
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, _follow))


async def _follow(update: Update, context: Context) -> None:
    message = update.message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat_id
    new = message.migrate_to_chat_id or message.chat_id
    shared = services(context)
    await shared.threads.write(shared.history.move, CHANNEL, old, new)
