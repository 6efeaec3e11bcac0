"""The first thing every update passes: is it for us, and may this person ask?"""

import time

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.access import Role
from bot.telegram import texts
from bot.telegram.addressing import is_addressed
from bot.telegram.ordering import Hook
from bot.telegram.sending import send
from bot.telegram.services import App, Context, person_of, services, services_of

GROUP = -1
REFUSAL_PAUSE_SECONDS = 3600.0


def register(application: App) -> None:
    """Put the gate in front of all other handlers."""
    application.add_handler(TypeHandler(Update, _gate), group=GROUP)


def acknowledge(application: App) -> Hook:
    """Stop the spinner on a pressed button before any work; tell a stranger why nothing follows."""

    async def answer_at_once(update: Update) -> None:
        query = update.callback_query
        if query is None:
            return
        shared = services_of(application)
        known = await shared.call(shared.access.role, person_of(query.from_user)) is not Role.STRANGER
        await query.answer(None if known else texts.STRANGER_TOAST.format(id=query.from_user.id), show_alert=not known)

    return answer_at_once


async def _gate(update: Update, context: Context) -> None:
    user = update.effective_user
    if user is None or not is_addressed(update, context.bot):
        raise ApplicationHandlerStop
    shared = services(context)
    if await shared.call(shared.access.role, person_of(user)) is Role.STRANGER:
        await _refuse(update, context)
        raise ApplicationHandlerStop


async def _refuse(update: Update, context: Context) -> None:
    """Tell a stranger once, and again whenever they press Start, the number to give to an admin."""
    user, message = update.effective_user, update.message
    if user is None or message is None or update.effective_chat is None:
        return
    now, refused = time.monotonic(), services(context).refused
    asked_again = (message.text or "").startswith("/start")
    if not asked_again and now - refused.get(user.id, -REFUSAL_PAUSE_SECONDS) < REFUSAL_PAUSE_SECONDS:
        return
    refused[user.id] = now
    await send(context.bot, message.chat_id, texts.STRANGER.format(id=user.id), reply_to=message)
