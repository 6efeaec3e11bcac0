"""Buttons that are pressed: which of ours it is, who pressed it, under which message."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.telegram.incoming.senders import Sender, sender_of
from bot.telegram.outgoing.keyboards import Press, Pressed, pressed_by
from bot.telegram.services import Context


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


def tap_in(update: Update) -> Tap | None:
    """The button of ours that an update says was pressed; None for anything else."""
    query, sender = update.callback_query, sender_of(update)
    pressed = pressed_by(query.data) if query is not None else None
    if query is None or pressed is None or sender is None or not isinstance(query.message, Message):
        return None
    return Tap(query.id, query.message, sender, pressed)
