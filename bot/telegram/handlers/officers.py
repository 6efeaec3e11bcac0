"""Questions that the documents do not answer: handed to the officer in charge, or answered once they can be."""

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.answers import Answer, Status
from bot.records.access import Role
from bot.records.awaited import Waiting
from bot.records.exchanges import Exchange
from bot.records.handed import Handed
from bot.records.history import Asking
from bot.telegram import admin_texts, texts
from bot.telegram.handlers.admins_only import admins_here, for_admins_taps, replace
from bot.telegram.handlers.kept_answers import more_items
from bot.telegram.handlers.taps import Tap, on_press, with_exchange
from bot.telegram.incoming.addressing import is_reply_to, words_in
from bot.telegram.incoming.senders import Sender
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.message_html import next_items, render_answer
from bot.telegram.outgoing.refusals import UndeliveredError
from bot.telegram.outgoing.sending import Where, answering, send
from bot.telegram.outgoing.text_html import clip, escape
from bot.telegram.services import CHANNEL, App, Context, Services, chat_of, services, services_of, user_id_of
from embeddings.question.question import Question

QUESTION_SHOWN = 1500
ANSWER_SHOWN = 2000


def register(application: App) -> None:
    """Handle the buttons under answers that are none, and under questions that were handed on."""
    application.add_handler(on_press(with_exchange(_wait), Press.TELL))
    application.add_handler(on_press(with_exchange(_hand), Press.OFFICER))
    application.add_handler(on_press(for_admins_taps(_decline), Press.DECLINE_HANDED))


async def _wait(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    if exchange.person != tap.sender.person:
        return
    shared = services(context)
    new = await shared.threads.write(shared.awaited.wait, exchange.answer_id)
    await send(context.bot, answering(tap.message), texts.WILL_TELL if new else texts.WAITS_ALREADY)


async def _hand(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Show a question to every officer; whoever replies first answers it."""
    if exchange.person != tap.sender.person:
        return
    shared = services(context)
    officers = await admins_here(shared)
    handed = await shared.threads.write(shared.handed.hand, exchange.answer_id) if officers else None
    if handed is None:
        await send(context.bot, answering(tap.message), texts.WAITS_ALREADY if officers else texts.NOBODY_TO_ASK)
        return
    html = admin_texts.HANDED.format(question=escape(clip(exchange.question, QUESTION_SHOWN)))
    reached = False
    for number in officers:
        try:
            sent = await send(context.bot, Where(number), html, buttons=keyboards.decline_handed(handed.id))
        except TelegramError:
            continue  # an officer who never opened the chat keeps nobody from being asked
        reached = True
        await shared.threads.write(shared.handed.shown, handed.id, _chat(number), str(sent.message_id))
    await send(context.bot, answering(tap.message), texts.HANDED if reached else texts.NOBODY_TO_ASK)


async def take_answer(context: Context, message: Message, sender: Sender) -> bool:
    """Take an officer's reply to a question that was handed on as its answer; False if it is no such reply."""
    replied, shared = message.reply_to_message, services(context)
    if replied is None or message.chat.type != ChatType.PRIVATE or not is_reply_to(message, context.bot):
        return False
    identity = await shared.threads.read(shared.handed.shown_in, _chat(message.chat_id), str(replied.message_id))
    if identity is None or await shared.threads.read(shared.access.role, sender.person) is not Role.ADMIN:
        return False
    words = words_in(message).strip()
    handed = await shared.threads.write(shared.handed.close, identity, sender.person, words) if words else None
    if handed is None:
        await send(context.bot, answering(message), admin_texts.HANDED_CLOSED)
        return True
    await _tell_asker(context.application, handed)
    await send(context.bot, answering(message), admin_texts.HANDED_ANSWERED)
    return True


async def _decline(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    shared = services(context)
    handed = await shared.threads.write(shared.handed.close, tap.pressed.subject, tap.sender.person, None)
    if handed is None:
        await replace(tap.message, context, admin_texts.HANDED_CLOSED)
        return
    await _tell_asker(context.application, handed)
    await replace(tap.message, context, admin_texts.HANDED_DECLINED)


async def _tell_asker(application: App, handed: Handed) -> None:
    """Tell who asked what the officer answered, unless that is being done or was done while this one waited."""
    shared = services_of(application)
    if handed.id in shared.telling:
        return
    shared.telling.add(handed.id)
    try:
        if await shared.threads.read(shared.handed.is_unsent, handed.id):
            await _send_to_asker(application, handed)
    finally:
        shared.telling.discard(handed.id)


async def _send_to_asker(application: App, handed: Handed) -> None:
    """Send an officer's answer; a chat that cannot be written to is given up, a fault tried again."""
    shared, exchange = services_of(application), handed.exchange
    question = escape(clip(exchange.question, QUESTION_SHOWN))
    if handed.answer is None:
        html = texts.DECLINED_BY_A_PERSON.format(question=question)
    else:
        html = texts.BY_A_PERSON.format(question=question, answer=escape(handed.answer[:ANSWER_SHOWN]))
    try:
        await send(application.bot, _asked_at(exchange), html)
    except UndeliveredError:
        return
    except TelegramError:
        pass
    await shared.threads.write(shared.handed.sent, handed.id)


async def keep_promises(application: App) -> None:
    """Tell people what they wait for: officers' answers that have not arrived, questions that can be answered now."""
    shared = services_of(application)
    for handed in await shared.threads.read(shared.handed.unsent):
        await _tell_asker(application, handed)
    if not shared.readiness:
        return
    generation = (await shared.whole()).retriever.generation_id
    for waiting in await shared.threads.read(shared.awaited.untried, generation):
        answer = await shared.threads.think(_tried, shared, waiting.exchange)
        if answer.status is Status.ANSWERED:
            await _tell_answer(application, waiting, answer)
        else:
            await shared.threads.write(shared.awaited.tried, waiting.question_id, generation)


def _tried(shared: Services, exchange: Exchange) -> Answer:
    """What the documents say now, for who reads along where it was asked."""
    reader = exchange.person if chat_of(exchange.place) == user_id_of(exchange.person) else None
    return shared.answers_for(reader).answer(Question(exchange.question, exchange.previous))


async def _tell_answer(application: App, waiting: Waiting, answer: Answer) -> None:
    shared, exchange = services_of(application), waiting.exchange
    is_public = chat_of(exchange.place) != user_id_of(exchange.person)
    asking = Asking(
        exchange.person, exchange.place, exchange.origin, exchange.question, again=True, is_public=is_public
    )
    answer_id = await shared.threads.write(shared.history.record, asking, exchange.previous, answer)
    html = texts.ANSWER_FOUND.format(question=escape(clip(exchange.question, QUESTION_SHOWN))) + render_answer(answer)
    buttons = keyboards.under_answer(answer_id, answer.status, len(answer.citations), follows=bool(answer.follows))
    buttons = keyboards.with_more(buttons, answer_id, more_items(answer, next_items(answer)))
    try:
        sent = await send(application.bot, _asked_at(exchange), html, buttons=buttons)
    except UndeliveredError:
        return
    except TelegramError:
        pass
    else:
        await shared.threads.write(shared.history.sent, answer_id, str(sent.message_id))
    await shared.threads.write(shared.awaited.told, waiting.question_id)


def _asked_at(exchange: Exchange) -> Where:
    """Where a question was asked, as a reply to it."""
    number = int(exchange.origin) if exchange.origin.isascii() and exchange.origin.isdigit() else None
    return Where(chat_of(exchange.place), None, number)


def _chat(number: int) -> str:
    return f"{CHANNEL}:{number}"
