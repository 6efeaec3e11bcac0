"""Questions, new and corrected: understood, answered, sent with their source."""

import unicodedata
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.conversation import Reply, SmallTalk
from bot.records.history import Asking
from bot.telegram import texts
from bot.telegram.command_recognition import Command, on_command
from bot.telegram.incoming.addressing import GROUP_COMMAND, command_in, is_reply_to, question_in
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.flood_limits import UncertainError
from bot.telegram.outgoing.message_html import escape, render_answer
from bot.telegram.outgoing.sending import edit, send, thread_of
from bot.telegram.outgoing.typing_indicator import typing
from bot.telegram.services import App, Context, person_of, place_of, services

SMALL_TALK = {
    SmallTalk.GREETING: texts.GREETING,
    SmallTalk.THANKS: texts.THANKS,
    SmallTalk.FAREWELL: texts.FAREWELL,
    SmallTalk.IDENTITY: texts.IDENTITY,
    SmallTalk.ACKNOWLEDGEMENT: texts.ACKNOWLEDGED,
}


def register(application: App) -> None:
    """Answer `/hoi` and every plain text, and answer them anew when they are edited."""
    application.add_handler(on_command(GROUP_COMMAND, _ask))
    plain = filters.TEXT & ~filters.COMMAND
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & plain, _ask))
    edited = filters.UpdateType.EDITED_MESSAGE & (plain | Command(GROUP_COMMAND))
    application.add_handler(MessageHandler(edited, _ask))


async def _ask(update: Update, context: Context) -> None:
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return
    question = question_in(message, context.bot) or _asked_by_pointing(message)
    if not question and command_in(message) is not None:
        example = escape(services(context).examples[0])
        await send(context.bot, message.chat_id, texts.ASK_WHAT.format(example=example), reply_to=message)
        return
    again = update.edited_message is not None or services(context).was_taken_up(update)
    await answer(context, message, message.from_user, question, Origin(str(message.message_id), again))


def _asked_by_pointing(message: Message) -> str:
    """The text of the message that an empty `/hoi` replies to: somebody asks for another person's question."""
    replied = message.reply_to_message
    return replied.text or "" if replied is not None and command_in(message) is not None else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What asked a question.

    Attributes:
        name: the message's number, or what else names it within its chat.
        again: whether it may have been answered before, see `bot.records.history.Asking`.
    """

    name: str
    again: bool


async def answer(context: Context, message: Message, user: User, question: str, origin: Origin) -> None:
    """Answer what `user` asked, as a reply to `message`, showing "typing…" meanwhile.

    Args:
        context: of the update.
        message: to reply to.
        user: who asked.
        question: as typed.
        origin: what asked it.
    """
    shared = services(context)
    text = _sound(question)
    asking = Asking(person_of(user), place_of(message, user), origin.name, text, origin.again)
    replied = message.reply_to_message
    replying_to = str(replied.message_id) if replied is not None and is_reply_to(message, context.bot) else None
    async with typing(context.bot, message.chat_id, thread_of(message)):
        reply = await shared.think(shared.conversation.reply, asking, replying_to)
        await deliver(context, message, reply)


def _sound(text: str) -> str:
    """NFC without what no database takes: halves of characters and NUL."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", " ")
    return unicodedata.normalize("NFC", whole)


async def deliver(context: Context, message: Message, reply: Reply) -> None:
    """Send a reply, or put it in the place of the one that an edited question got before."""
    if reply.settled:
        return
    shared = services(context)
    html, buttons = words_of(reply), buttons_of(reply)
    if reply.sent_as and await edit(context.bot, message.chat_id, int(reply.sent_as), html, buttons=buttons):
        return
    answer_id = reply.answer_id
    if answer_id is None:
        await send(context.bot, message.chat_id, html, reply_to=message, buttons=buttons)
        return

    async def note(message_id: int) -> None:
        await shared.call(shared.history.sent, answer_id, str(message_id))

    try:
        await send(context.bot, message.chat_id, html, reply_to=message, buttons=buttons, on_sent=note)
    except UncertainError:
        await _offer_again(context, message, answer_id)


async def _offer_again(context: Context, message: Message, answer_id: int) -> None:
    """The answer may have arrived or not: let the person decide whether to have it again."""
    try:
        await send(context.bot, message.chat_id, texts.UNCERTAIN, buttons=keyboards.send_again(answer_id))
    except TelegramError:
        return  # the line is still bad; the person will ask again


def words_of(reply: Reply) -> str:
    """A reply as Telegram HTML."""
    if reply.small_talk is not None:
        return SMALL_TALK[reply.small_talk]
    return render_answer(reply.answer) if reply.answer is not None else texts.INVALID


def buttons_of(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons under a reply, None where there is nothing to press."""
    if reply.answer is None or reply.answer_id is None:
        return None
    return keyboards.under_answer(reply.answer_id, reply.answer.status, len(reply.answer.citations))
