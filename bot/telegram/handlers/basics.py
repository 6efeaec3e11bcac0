"""The commands everybody needs first: /start with its links, /help, /moi, /quen."""

import contextlib

from telegram import Message, Update
from telegram.error import TelegramError

from bot.records.access import MAY_ASK, Role
from bot.telegram import admin_texts, texts
from bot.telegram.command_recognition import argument, on_command
from bot.telegram.handlers.admission import invite_code, refuse
from bot.telegram.handlers.menus import publish_admin_menu
from bot.telegram.incoming.senders import Sender, place_of, reader_of, sender_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.context_view import render_in_place
from bot.telegram.outgoing.sending import Where, answering, beside, send
from bot.telegram.outgoing.text_html import clip, escape
from bot.telegram.services import CHANNEL, App, Context, services, user_id_of

PASSAGE_PREFIX = "p_"
NAME_SHOWN = 60


def register(application: App) -> None:
    """Answer the basic commands."""
    application.add_handler(on_command("start", _start))
    application.add_handler(on_command("help", _help))
    application.add_handler(on_command("moi", _start_afresh))
    application.add_handler(on_command("quen", _forget))


async def _start(update: Update, context: Context) -> None:
    message, sender = update.message, sender_of(update)
    if message is None or sender is None:
        return
    code = invite_code(message, sender)
    if code is not None and not await _let_in(message, sender, code, context):
        return
    payload = argument(message)
    if payload.startswith(PASSAGE_PREFIX):
        await _show_passage(message, payload.removeprefix(PASSAGE_PREFIX), context)
        return
    await _welcome(message, context)


async def _let_in(message: Message, sender: Sender, code: str, context: Context) -> bool:
    """Redeem an invitation; whether the person may ask now."""
    shared = services(context)
    redeemed = await shared.threads.write(shared.access.redeem, code, sender.person, sender.name)
    if redeemed is None:
        if await shared.threads.read(shared.access.role, sender.person) in MAY_ASK:
            return True
        await refuse(message, sender, context, texts.BAD_INVITE)
        return False
    if redeemed.role is Role.ADMIN:
        await publish_admin_menu(context.bot, sender.person)
        await send(context.bot, beside(message), admin_texts.WELCOME_ADMIN)
    if redeemed.by is not None and redeemed.by.startswith(f"{CHANNEL}:"):
        await _tell_who_invited(sender, redeemed.role, user_id_of(redeemed.by), context)
    return True


async def _tell_who_invited(sender: Sender, role: Role, inviter: int, context: Context) -> None:
    name, words = escape(clip(sender.name, NAME_SHOWN)), admin_texts.INVITATION_ROLES[role]
    with contextlib.suppress(TelegramError):  # the admin may have blocked the bot; the audit tells, too
        await send(context.bot, Where(inviter), admin_texts.INVITE_USED.format(name=name, id=sender.id, role=words))


async def _welcome(message: Message, context: Context) -> None:
    """Say what this is for and offer three questions to tap."""
    shared = services(context)
    answerer = await shared.answerer(reader_of(message))
    text = texts.START.format(count=len(answerer.retriever.documents))
    await send(context.bot, beside(message), text, buttons=keyboards.examples(shared.readiness.examples))


async def _show_passage(message: Message, passage_id: str, context: Context) -> None:
    shared = services(context)
    answerer = await shared.answerer(reader_of(message))
    passage = answerer.retriever.passage(passage_id)
    html = texts.GONE if passage is None else render_in_place(answerer.retriever, passage, shared.links)
    await send(context.bot, answering(message), html)


async def _help(update: Update, context: Context) -> None:
    message, sender = update.message, sender_of(update)
    if message is None or sender is None:
        return
    shared = services(context)
    html = texts.HELP.format(example=escape(shared.readiness.examples[0]))
    if await shared.threads.read(shared.access.role, sender.person) is Role.ADMIN:
        html += admin_texts.HELP_ADMIN
    await send(context.bot, beside(message), html)


async def _start_afresh(update: Update, context: Context) -> None:
    message, sender = update.message, sender_of(update)
    if message is not None and sender is not None:
        shared = services(context)
        await shared.threads.write(shared.history.restart, place_of(message, sender))
        await send(context.bot, answering(message), texts.STARTED_AFRESH)


async def _forget(update: Update, context: Context) -> None:
    message, sender = update.message, sender_of(update)
    if message is not None and sender is not None:
        shared = services(context)
        count = await shared.threads.write(shared.history.forget, sender.person)
        await send(context.bot, answering(message), texts.FORGOT.format(count=count))
