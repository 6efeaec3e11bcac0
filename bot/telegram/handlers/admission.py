"""The first thing every update passes: is it for us, and may this person ask?"""

import time

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.records.access import MAY_ASK
from bot.records.database import DatabaseError
from bot.records.invitations import INVITE_PREFIX
from bot.telegram import texts
from bot.telegram.command_recognition import argument
from bot.telegram.handlers.delays import is_tried_again
from bot.telegram.handlers.taps import tap_in
from bot.telegram.incoming.addressing import command_in, has_moved, is_addressed
from bot.telegram.incoming.ordering import Hook
from bot.telegram.incoming.senders import Sender, sender_of
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.inline_reply import reply_inline
from bot.telegram.outgoing.keyboards import Press, pressed_by
from bot.telegram.outgoing.sending import answering, send
from bot.telegram.services import CHANNEL, App, Context, services, services_of

GROUP = -1
REFUSAL_PAUSE_SECONDS = 3600.0
MOST_REMEMBERED = 10_000


def register(application: App) -> None:
    """Put the gate in front of all other handlers."""
    application.add_handler(TypeHandler(Update, _gate), group=GROUP)


def acknowledge(application: App) -> Hook:
    """Stop the spinner on a pressed button before any work; tell a stranger why nothing follows."""

    async def answer_at_once(update: Update) -> None:
        query = update.callback_query
        if query is None:
            return
        pressed = pressed_by(query.data)
        if pressed is not None and pressed.press is Press.REQUEST:
            return  # answered with what became of it
        shared = services_of(application)
        known = await shared.threads.read(shared.access.may_ask, f"{CHANNEL}:{query.from_user.id}")
        await query.answer(None if known else texts.STRANGER_TOAST.format(id=query.from_user.id), show_alert=not known)

    return answer_at_once


async def _gate(update: Update, context: Context) -> None:
    if has_moved(update):
        return
    sender = sender_of(update)
    if sender is None or not is_addressed(update, context.bot):
        raise ApplicationHandlerStop
    shared = services(context)
    try:
        role = await shared.threads.read(shared.access.role, sender.person)
    except DatabaseError:
        if await is_tried_again(update, context):
            raise ApplicationHandlerStop from None
        raise
    if role in MAY_ASK:
        shared.refused.pop(sender.id, None)  # who is shut out later is told so
        return
    if _lets_in(update, sender):
        return
    if update.message is not None:
        await refuse(update.message, sender, context)
    elif update.inline_query is not None:
        await reply_inline(update.inline_query, [], texts.INLINE_STRANGER, cache_seconds=0)
    raise ApplicationHandlerStop


def _lets_in(update: Update, sender: Sender) -> bool:
    """Whether it is what a stranger may do: bring an invitation, ask to be let in."""
    tap = tap_in(update)
    if tap is not None:
        return tap.pressed.press is Press.REQUEST
    return update.message is not None and invite_code(update.message, sender) is not None


def invite_code(message: Message, sender: Sender) -> str | None:
    """The code of the invitation that the message brings; None if it brings none, or nobody in particular sent it."""
    payload = argument(message)
    is_invite = command_in(message) == "start" and payload.startswith(INVITE_PREFIX)
    return payload.removeprefix(INVITE_PREFIX) if is_invite and not sender.is_anonymous else None


async def refuse(message: Message, sender: Sender, context: Context, why: str = "") -> None:
    """Tell a stranger once, and again whenever they press Start, the number to give to an admin."""
    now, refused = time.monotonic(), services(context).refused
    recently = now - refused.get(sender.id, -REFUSAL_PAUSE_SECONDS) < REFUSAL_PAUSE_SECONDS
    if recently and command_in(message) != "start":
        return
    if len(refused) >= MOST_REMEMBERED:
        refused.clear()
    refused[sender.id] = now
    if sender.is_anonymous:
        await send(context.bot, answering(message), texts.ANONYMOUS)
        return
    buttons = keyboards.request_access(sender.id)
    await send(context.bot, answering(message), why + texts.STRANGER.format(id=sender.id), buttons=buttons)
