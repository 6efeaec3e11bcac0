"""Sending a message the way every message of this bot is sent."""

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def send(
    bot: Bot,
    chat_id: int,
    html: str,
    *,
    reply_to: Message | None = None,
    buttons: InlineKeyboardMarkup | None = None,
) -> Message:
    """Send HTML without a link preview; a reply whose question is gone is sent all the same."""
    reply = ReplyParameters(reply_to.message_id, allow_sending_without_reply=True) if reply_to else None
    return await bot.send_message(
        chat_id,
        html,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_parameters=reply,
        reply_markup=buttons,
        message_thread_id=thread_of(reply_to) if reply_to else None,
    )


def thread_of(message: Message) -> int | None:
    """The forum topic a message stands in, None outside of topics."""
    return message.message_thread_id if message.is_topic_message else None
