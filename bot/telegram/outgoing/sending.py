"""Sending and correcting messages the way every message of this bot is sent."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ExtBot

from bot.telegram.outgoing.flood_limits import Sending

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"


@dataclass(frozen=True, slots=True)
class Where:
    """Where a message goes.

    Attributes:
        topic: of a forum; None outside of topics.
        reply_to: number of the message it answers; it is sent all the same when that is gone.
    """

    chat: int
    topic: int | None = None
    reply_to: int | None = None


def answering(message: Message) -> Where:
    """As a reply to a message, in its topic."""
    return Where(message.chat_id, topic_of(message), message.message_id)


def beside(message: Message) -> Where:
    """Into the chat and the topic of a message, as a message of its own."""
    return Where(message.chat_id, topic_of(message))


def topic_of(message: Message) -> int | None:
    """The forum topic a message stands in, None outside of topics."""
    return message.message_thread_id if message.is_topic_message else None


async def send(
    bot: ExtBot[Any],
    where: Where,
    html: str,
    *,
    buttons: InlineKeyboardMarkup | None = None,
    sending: Sending | None = None,
) -> Message:
    """Send HTML without a link preview; into the supergroup that a group has become.

    Args:
        bot: to send with.
        where: to which chat and topic.
        html: what.
        buttons: under the message.
        sending: who is told that it was sent, and whether it may come twice.
    """
    reply = ReplyParameters(where.reply_to, allow_sending_without_reply=True) if where.reply_to else None
    try:
        return await bot.send_message(
            where.chat,
            html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_parameters=reply,
            reply_markup=buttons,
            message_thread_id=where.topic,
            rate_limit_args=sending,
        )
    except ChatMigrated as moved:
        log.info("a group has become a supergroup: its messages go there")
        return await send(bot, Where(moved.new_chat_id), html, buttons=buttons, sending=sending)


async def send_file(bot: ExtBot[Any], where: Where, path: Path) -> Message:
    """Send a file as a document.

    Args:
        bot: to send with.
        where: to which chat and topic.
        path: of the file.

    Raises:
        OSError: if the file cannot be read.
    """
    reply = ReplyParameters(where.reply_to, allow_sending_without_reply=True) if where.reply_to else None
    with path.open("rb") as file:
        return await bot.send_document(
            where.chat, file, filename=path.name, reply_parameters=reply, message_thread_id=where.topic
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
    except ChatMigrated:
        return False
    except BadRequest as error:
        return _UNCHANGED in str(error).lower()
    return True


async def edit_buttons(bot: Bot, message: Message, buttons: InlineKeyboardMarkup) -> None:
    """Put other buttons under a message; nothing happens if they are the same or the message is gone."""
    try:
        await bot.edit_message_reply_markup(message.chat_id, message.message_id, reply_markup=buttons)
    except ChatMigrated:
        return
    except BadRequest as error:
        gone = ("message to edit not found", "message can't be edited")
        if not any(reason in str(error).lower() for reason in (_UNCHANGED, *gone)):
            raise


def without_reply(where: Where) -> Where:
    """The same place, as a message of its own."""
    return replace(where, reply_to=None)
