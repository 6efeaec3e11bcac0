"""Sending and correcting messages the way every message of this bot is sent."""

from typing import Any

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.telegram.outgoing.flood_limits import OnSent

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"


async def send(  # noqa: PLR0913 - each is a plain property of a message
    bot: ExtBot[Any],
    chat_id: int,
    html: str,
    *,
    reply_to: Message | None = None,
    buttons: InlineKeyboardMarkup | None = None,
    on_sent: OnSent | None = None,
) -> Message:
    """Send HTML without a link preview; a reply whose question is gone is sent all the same.

    Args:
        bot: to send with.
        chat_id: where to.
        html: what.
        reply_to: the message it answers.
        buttons: under the message.
        on_sent: told the new message's number before anything else is sent, see `bot.telegram.outgoing.flood_limits`.
    """
    reply = ReplyParameters(reply_to.message_id, allow_sending_without_reply=True) if reply_to else None
    return await bot.send_message(
        chat_id,
        html,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_parameters=reply,
        reply_markup=buttons,
        message_thread_id=thread_of(reply_to) if reply_to else None,
        rate_limit_args=on_sent,
    )


async def edit(
    bot: Bot, chat_id: int, message_id: int, html: str, *, buttons: InlineKeyboardMarkup | None = None
) -> bool:
    """Put HTML in the place of an earlier message's; False if that message is no longer there."""
    try:
        await bot.edit_message_text(
            html,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=buttons,
        )
    except BadRequest as error:
        return _UNCHANGED in str(error).lower()
    return True


async def edit_buttons(bot: Bot, message: Message, buttons: InlineKeyboardMarkup) -> None:
    """Put other buttons under a message; nothing happens if they are the same or the message is gone."""
    try:
        await bot.edit_message_reply_markup(message.chat_id, message.message_id, reply_markup=buttons)
    except BadRequest as error:
        gone = ("message to edit not found", "message can't be edited")
        if not any(reason in str(error).lower() for reason in (_UNCHANGED, *gone)):
            raise


def thread_of(message: Message) -> int | None:
    """The forum topic a message stands in, None outside of topics."""
    return message.message_thread_id if message.is_topic_message else None
