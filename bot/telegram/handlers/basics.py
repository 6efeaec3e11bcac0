"""The commands everybody needs first: /start, /help, /moi; and a hint for what is not text."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import CommandHandler, filters

from bot.telegram import texts
from bot.telegram.render import clip, escape
from bot.telegram.sending import send
from bot.telegram.services import App, Context, services

LABEL_LIMIT = 40


def register(application: App) -> None:
    """Answer the basic commands."""
    only_new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("start", start, only_new))
    application.add_handler(CommandHandler("help", _help, only_new))


async def start(update: Update, context: Context) -> None:
    """Greet, say what this is for and offer three questions to tap."""
    message = update.message
    if message is None:
        return
    shared = services(context)
    buttons = [
        [InlineKeyboardButton(clip(example, LABEL_LIMIT), callback_data=f"e:{number}")]
        for number, example in enumerate(shared.examples)
    ]
    count = len(shared.answerer().retriever.documents)
    await send(context.bot, message.chat_id, texts.START.format(count=count), buttons=InlineKeyboardMarkup(buttons))


async def _help(update: Update, context: Context) -> None:
    if update.message is not None:
        example = escape(services(context).examples[0])
        await send(context.bot, update.message.chat_id, texts.HELP.format(example=example))
