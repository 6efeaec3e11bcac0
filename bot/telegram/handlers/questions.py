"""Questions, new and corrected: understood, answered, sent with their source."""

import asyncio
import gc
import logging
import unicodedata
from dataclasses import dataclass
from functools import partial

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import MessageHandler, filters

from bot.conversation import Reply
from bot.records.database import DatabaseError
from bot.records.exchanges import Exchange
from bot.records.history import Asking
from bot.small_talk import SmallTalk
from bot.telegram import texts
from bot.telegram.command_recognition import Command, NoCommand, on_command
from bot.telegram.handlers.delays import is_tried_again, tell
from bot.telegram.handlers.kept_answers import more_items
from bot.telegram.handlers.officers import take_answer
from bot.telegram.handlers.remarks import answer_remark
from bot.telegram.incoming.addressing import (
    GROUP_COMMAND,
    command_in,
    is_pointing,
    is_reply_to,
    question_in,
    words_in,
)
from bot.telegram.incoming.senders import Sender, place_of, reader_of, sender_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.flood_limits import MaySend, Sending
from bot.telegram.outgoing.message_html import next_items, render_answer
from bot.telegram.outgoing.refusals import SentElsewhereError, UncertainError
from bot.telegram.outgoing.sending import answering, beside, edit, send, topic_of
from bot.telegram.outgoing.text_html import escape
from bot.telegram.outgoing.typing_indicator import typing
from bot.telegram.services import App, Context, Services, services
from corpus.errors import DanvanError
from corpus.surrogates import without_surrogates

log = logging.getLogger(__name__)

NOTICE_SECONDS = 1.0
MEMORY_PAUSES = (1.0, 4.0, 15.0, 30.0, 60.0, 120.0)
"""Seconds between attempts to answer on a machine that is short of memory; after that the person is told."""

SMALL_TALK = {
    SmallTalk.GREETING: texts.GREETING,
    SmallTalk.THANKS: texts.THANKS,
    SmallTalk.FAREWELL: texts.FAREWELL,
    SmallTalk.IDENTITY: texts.IDENTITY,
    SmallTalk.ACKNOWLEDGEMENT: texts.ACKNOWLEDGED,
    SmallTalk.HELP: texts.ABILITIES,
    SmallTalk.ANGER: texts.SORRY,
    SmallTalk.NOTHING_YET: texts.NOTHING_YET,
}


def register(application: App) -> None:
    """Answer `/hoi` and every plain text, and answer them anew when they are edited."""
    application.add_handler(on_command(GROUP_COMMAND, ask))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & NoCommand(), ask))
    edited = filters.UpdateType.EDITED_MESSAGE & (NoCommand() | Command(GROUP_COMMAND))
    application.add_handler(MessageHandler(edited, ask))


async def ask(update: Update, context: Context) -> None:
    """Answer what a message asks."""
    try:
        await _ask(update, context)
    except DatabaseError:
        if not await is_tried_again(update, context):
            raise


async def _ask(update: Update, context: Context) -> None:
    message, sender = update.message or update.edited_message, sender_of(update)
    if message is None or sender is None:
        return
    shared = services(context)
    if update.message is not None and await take_answer(context, message, sender):
        return
    question = question_in(message, context.bot) or _asked_by_pointing(message, context)
    if not question and (command_in(message) is not None or message.chat.type != ChatType.PRIVATE):
        example = escape(shared.readiness.examples[0])
        await send(context.bot, answering(message), texts.ASK_WHAT.format(example=example))
        return
    if message.media_group_id is not None:
        shared.albums[message.media_group_id] = None  # its pictures get no hint
    again = update.edited_message is not None or shared.inbox.was_taken_up(update)
    await answer(context, message, sender, question, Origin(str(message.message_id), again, update))


def _asked_by_pointing(message: Message, context: Context) -> str:
    """The words of the message that an empty `/hoi` or mention replies to: somebody asks for another person."""
    replied = message.reply_to_message
    return words_in(replied) if replied is not None and is_pointing(message, context.bot) else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What asked a question.

    Attributes:
        name: the message's number, or what else names it within its chat.
        again: whether it may have been answered before, see `bot.records.history.Asking`.
        update: that brought it.
    """

    name: str
    again: bool
    update: Update


async def answer(  # noqa: PLR0913 - who asks what where
    context: Context, message: Message, sender: Sender, question: str, origin: Origin, *, alone: bool = False
) -> None:
    """Answer what `sender` asked, as a reply to `message`, showing "typing…" meanwhile.

    Args:
        context: of the update.
        message: to reply to.
        sender: who asked.
        question: as typed.
        origin: what asked it.
        alone: whether it is to be understood without the questions before it.
    """
    shared = services(context)
    text = sound(question)
    asking = Asking(
        sender.person, place_of(message, sender), origin.name, text, origin.again, is_public=reader_of(message) is None
    )
    if shared.inbox.is_in_doubt(origin.update):
        await _settle(context, message, asking)
        return
    replied = message.reply_to_message
    replying_to = str(replied.message_id) if replied is not None and is_reply_to(message, context.bot) else None
    async with typing(context.bot, message.chat_id, topic_of(message)):
        if not shared.readiness:
            await _until_ready(context, message, is_new=not origin.again)
        reply = await _thought(context, asking, replying_to, alone=alone)
        if reply.remark is not None and reply.about is not None:
            await answer_remark(context, message, sender, reply.remark, reply.about)
        else:
            await deliver(context, message, reply, origin.update)


async def ask_alone(context: Context, message: Message, exchange: Exchange) -> None:
    """Answer a question anew, without those before it, in the place of the answer it got; see `bot.conversation`."""
    is_public = reader_of(message) is None
    asking = Asking(
        exchange.person, exchange.place, exchange.origin, exchange.question, again=True, is_public=is_public
    )
    async with typing(context.bot, message.chat_id, topic_of(message)):
        await services(context).readiness.wait()
        reply = await _thought(context, asking, None, alone=True)
        if reply.answer is not None:
            await edit(
                context.bot, message.chat_id, message.message_id, words_of(reply, context), buttons=buttons_of(reply)
            )
        if reply.answer_id is not None:
            shared = services(context)
            await shared.threads.write(shared.history.sent, reply.answer_id, str(message.message_id))


async def _until_ready(context: Context, message: Message, *, is_new: bool) -> None:
    """Wait until the model is loaded; who has only just asked is told so if it takes a while."""
    readiness = services(context).readiness
    try:
        await asyncio.wait_for(readiness.wait(), NOTICE_SECONDS if is_new else None)
    except TimeoutError:
        await send(context.bot, answering(message), texts.STARTING)
        await readiness.wait()


async def _thought(context: Context, asking: Asking, replying_to: str | None, *, alone: bool) -> Reply:
    """What the conversation says; a machine short of memory is given a moment to recover."""
    shared = services(context)
    reply = partial(shared.conversation.reply, asking, replying_to, alone=alone, remarks=True)
    for pause in MEMORY_PAUSES:
        try:
            return await shared.threads.think(reply)
        except MemoryError:
            log.warning("not enough memory to answer; trying again in %.0f s", pause)
            gc.collect()
            await asyncio.sleep(pause)
    return await shared.threads.think(reply)


def sound(text: str) -> str:
    """Return NFC without what no database takes: halves of characters and NUL."""
    return unicodedata.normalize("NFC", without_surrogates(text).replace("\0", " "))


async def _settle(context: Context, message: Message, asking: Asking) -> None:
    """A program that died may have sent the answer: it is not sent again unasked."""
    shared = services(context)
    before = await shared.threads.read(shared.history.asked_before, asking)
    if before is None or before.question != asking.text:
        await send(context.bot, beside(message), texts.UNCERTAIN_ALONE, sending=Sending(repeatable=True))
    elif before.sent_as is None:
        await _offer_again(context, message, before.answer_id)


async def deliver(context: Context, message: Message, reply: Reply, update: Update) -> None:
    """Send a reply, or put it in the place of the one that an edited question got before."""
    if reply.settled:
        return
    shared = services(context)
    answer_id = reply.answer_id
    if reply.uncertain and answer_id is not None:
        await _offer_again(context, message, answer_id)
        return
    html, buttons = words_of(reply, context), buttons_of(reply)
    if reply.sent_as and await edit(context.bot, message.chat_id, int(reply.sent_as), html, buttons=buttons):
        return

    async def note(message_id: int) -> None:
        if answer_id is not None:
            await shared.threads.write(shared.history.sent, answer_id, str(message_id))

    sending = Sending(note, _may_send(context, update))
    try:
        await send(context.bot, answering(message), html, buttons=buttons, sending=sending)
    except SentElsewhereError:
        log.info("another program on the same database answers this")
    except UncertainError:
        if answer_id is None:
            raise
        await _doubt(shared, answer_id)
        await _offer_again(context, message, answer_id)


def _may_send(context: Context, update: Update) -> MaySend:
    """Whether it is for this program to answer; who waits for the database that says so is told, once."""

    async def may_send() -> bool:
        try:
            return await services(context).inbox.may_send(update)
        except DanvanError:
            await tell(update, context)
            raise

    return may_send


async def _doubt(shared: Services, answer_id: int) -> None:
    """Note that nobody knows whether an answer arrived: after a restart it must not be sent again unasked."""
    try:
        await shared.threads.write(shared.history.sent_uncertainly, answer_id)
    except DanvanError as error:
        log.warning("an answer may have arrived or not, which could not be noted: %s", error)


async def _offer_again(context: Context, message: Message, answer_id: int) -> None:
    """The answer may have arrived or not: let the person decide whether to have it again.

    The offer itself is sent until it has certainly arrived: nobody is left with nothing.
    """
    await send(
        context.bot,
        beside(message),
        texts.UNCERTAIN,
        buttons=keyboards.send_again(answer_id),
        sending=Sending(repeatable=True),
    )


def words_of(reply: Reply, context: Context) -> str:
    """A reply as Telegram HTML."""
    if reply.small_talk is not None:
        return SMALL_TALK[reply.small_talk].format(example=escape(services(context).readiness.examples[0]))
    return render_answer(reply.answer) if reply.answer is not None else texts.INVALID


def buttons_of(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons under a reply, None where there is nothing to press."""
    if reply.answer is None or reply.answer_id is None:
        return None
    answer, follows = reply.answer, bool(reply.answer.follows)
    buttons = keyboards.under_answer(reply.answer_id, answer.status, len(answer.citations), follows=follows)
    return keyboards.with_more(buttons, reply.answer_id, more_items(answer, next_items(answer)))
