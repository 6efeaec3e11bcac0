"""Questions: understood, answered, sent with their source."""

from telegram import InlineKeyboardButton, Message, Update, User
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.conversation import Reply, SmallTalk
from bot.telegram import texts
from bot.telegram.addressing import question_in
from bot.telegram.presence import typing
from bot.telegram.render import escape, render_answer
from bot.telegram.sending import send, thread_of
from bot.telegram.services import App, Context, services

SMALL_TALK = {
    SmallTalk.GREETING: texts.GREETING,
    SmallTalk.THANKS: texts.THANKS,
    SmallTalk.FAREWELL: texts.FAREWELL,
    SmallTalk.IDENTITY: texts.IDENTITY,
    SmallTalk.ACKNOWLEDGEMENT: texts.ACKNOWLEDGED,
}


def register(application: App) -> None:
    """Answer `/hoi` and every plain text."""
    application.add_handler(CommandHandler("hoi", _ask, filters.UpdateType.MESSAGE))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND, _ask))
    application.add_handler(CallbackQueryHandler(_ask_example, pattern=r"^e:\d$"))


async def _ask(update: Update, context: Context) -> None:
    message = update.message
    if message is None or message.from_user is None:
        return
    question = question_in(message, context.bot)
    if not question and message.text and message.text.startswith("/"):
        example = escape(services(context).examples[0])
        await send(context.bot, message.chat_id, texts.ASK_WHAT.format(example=example), reply_to=message)
        return
    await answer(context, message, message.from_user, question)


async def _ask_example(update: Update, context: Context) -> None:
    """A tap on an example asks what its button says, whatever the examples are by now."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return
    question = _label(query.message, query.data) or services(context).examples[0]
    await answer(context, query.message, query.from_user, question)


def _label(message: Message, data: str | None) -> str | None:
    rows: tuple[tuple[InlineKeyboardButton, ...], ...] = (
        message.reply_markup.inline_keyboard if message.reply_markup else ()
    )
    return next((button.text for row in rows for button in row if button.callback_data == data), None)


async def answer(context: Context, message: Message, user: User, question: str) -> None:
    """Answer what `user` asked, as a reply to `message`, showing "typing…" meanwhile."""
    shared = services(context)
    async with typing(context.bot, message.chat_id, thread_of(message)):
        reply = await shared.call(shared.conversation.reply, place_of(message, user), question)
        await send(context.bot, message.chat_id, words_of(reply), reply_to=message)


def words_of(reply: Reply) -> str:
    """A reply as Telegram HTML."""
    if reply.small_talk is not None:
        return SMALL_TALK[reply.small_talk]
    return render_answer(reply.answer) if reply.answer is not None else texts.INVALID


def place_of(message: Message, user: User) -> str:
    """The conversation a message belongs to: one for each person in each chat."""
    return f"telegram:{message.chat_id}/{user.id}"
