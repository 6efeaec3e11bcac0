"""A stranger asks to be let in, by a button; an admin decides, by a button."""

from telegram import Update
from telegram.error import TelegramError

from bot.records.requests import Asked
from bot.telegram import admin_texts, texts
from bot.telegram.handlers.admins_only import for_admins_taps, replace, tell_admins
from bot.telegram.handlers.taps import Tap, on_press
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.sending import Where, send
from bot.telegram.outgoing.text_html import clip, escape
from bot.telegram.services import CHANNEL, App, Context, services

NAME_SHOWN = 60


def register(application: App) -> None:
    """Take requests and decisions."""
    application.add_handler(on_press(_ask, Press.REQUEST))
    application.add_handler(on_press(for_admins_taps(_decide), Press.LET_IN, Press.DECLINE))


async def _ask(tap: Tap, update: Update, context: Context) -> None:
    shared, sender = services(context), tap.sender
    if await shared.threads.read(shared.access.may_ask, sender.person):
        if update.callback_query is not None:
            await update.callback_query.answer(texts.LET_IN)
        return
    asked = await shared.threads.write(shared.requests.ask, sender.person, sender.name)
    said = {
        Asked.NEW: texts.REQUESTED,
        Asked.ALREADY: texts.REQUESTED_ALREADY,
        Asked.NOT_NOW: texts.REQUEST_NOT_NOW.format(id=sender.id),
    }
    if update.callback_query is not None:
        await update.callback_query.answer(said[asked], show_alert=True)
    if asked is Asked.NEW:
        html = admin_texts.ACCESS_REQUEST.format(name=escape(clip(sender.name, NAME_SHOWN)), id=sender.id)
        await tell_admins(context, html, keyboards.decide(sender.id))


async def _decide(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    shared, number = services(context), tap.pressed.subject
    let_in = tap.pressed.press is Press.LET_IN
    decided = await shared.threads.write(
        shared.requests.decide, f"{CHANNEL}:{number}", tap.sender.person, let_in=let_in
    )
    if decided is None:
        await replace(tap.message, context, admin_texts.DECIDED_ALREADY)
        return
    words = admin_texts.LET_IN_DONE if let_in else admin_texts.DECLINED
    await replace(tap.message, context, words.format(name=escape(clip(decided.name, NAME_SHOWN)), id=number))
    if let_in:
        try:
            await send(context.bot, Where(number), texts.LET_IN)
        except TelegramError:
            return  # they have blocked the bot meanwhile; they will see when they come back
