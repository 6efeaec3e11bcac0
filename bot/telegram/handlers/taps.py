"""Buttons that are pressed: which of ours it is, who pressed it, under which message."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.records.exchanges import Exchange
from bot.telegram import texts
from bot.telegram.incoming.senders import Sender, sender_of
from bot.telegram.outgoing.keyboards import Press, Pressed, pressed_by
from bot.telegram.outgoing.sending import answering, send
from bot.telegram.services import Context, is_in_chat, services


@dataclass(frozen=True, slots=True)
class Tap:
    """A button of ours that somebody pressed.

    Attributes:
        query: id of the callback query.
        message: the one the button stands under.
    """

    query: str
    message: Message
    sender: Sender
    pressed: Pressed


OnTap = Callable[[Tap, Update, Context], Awaitable[None]]
OnAnswer = Callable[[Tap, Update, Context, Exchange], Awaitable[None]]


def on_press(handler: OnTap, *presses: Press) -> CallbackQueryHandler[Any, Any]:
    """A handler for these buttons; under a message that has become inaccessible nothing happens."""

    async def handle(update: Update, context: Context) -> None:
        tap = tap_in(update)
        if tap is not None:
            await handler(tap, update, context)

    def is_ours(data: object) -> bool:
        pressed = pressed_by(data) if isinstance(data, str) else None
        return pressed is not None and pressed.press in presses

    return CallbackQueryHandler(handle, pattern=is_ours)


def with_exchange(handler: OnAnswer) -> OnTap:
    """A handler of buttons under an answer: it gets the exchange, if that is still kept and was held in this chat."""

    async def handle(tap: Tap, update: Update, context: Context) -> None:
        shared = services(context)
        exchange = await shared.threads.read(shared.history.exchange, tap.pressed.subject)
        if exchange is None or not is_in_chat(exchange.place, tap.message.chat_id):
            await send(context.bot, answering(tap.message), texts.FORGOTTEN)
            return
        await handler(tap, update, context, exchange)

    return handle


def tap_in(update: Update) -> Tap | None:
    """The button of ours that an update says was pressed; None for anything else."""
    query, sender = update.callback_query, sender_of(update)
    pressed = pressed_by(query.data) if query is not None else None
    if query is None or pressed is None or sender is None or not isinstance(query.message, Message):
        return None
    return Tap(query.id, query.message, sender, pressed)
