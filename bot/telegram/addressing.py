"""Which updates are meant for the bot, and what in them is the question."""

import re

from telegram import Bot, Message, MessageEntity, Update
from telegram.constants import ChatType


def is_addressed(update: Update, bot: Bot) -> bool:
    """Whether the bot should look at this update at all.

    In private everything a person sends; in groups only commands for it, replies to it and mentions. Never another
    bot, never a post without a person behind it.
    """
    user = update.effective_user
    if user is None or user.is_bot:
        return False
    if update.callback_query is not None:
        return True
    message = update.message or update.edited_message
    if message is None:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return False
    return is_command_for(message, bot) or is_reply_to(message, bot) or bool(mentions(message, bot))


def is_command_for(message: Message, bot: Bot) -> bool:
    """Whether the message begins with a command that names this bot or no bot."""
    entities = message.entities
    if not message.text or not entities or entities[0].type != MessageEntity.BOT_COMMAND or entities[0].offset != 0:
        return False
    _, at, name = message.parse_entity(entities[0]).partition("@")
    return not at or name.lower() == username(bot).lower()


def is_reply_to(message: Message, bot: Bot) -> bool:
    """Whether the message replies to one of this bot's own."""
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == bot.id


def mentions(message: Message, bot: Bot) -> list[str]:
    """The words by which the message mentions this bot."""
    found = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    return [
        words
        for entity, words in found.items()
        if (entity.user.id == bot.id if entity.user else words.lower() == f"@{username(bot)}".lower())
    ]


def question_in(message: Message, bot: Bot) -> str:
    """The text of the message without the command and without the mention of the bot."""
    text = message.text or ""
    if is_command_for(message, bot):
        text = text[message.entities[0].length :]
    for words in mentions(message, bot):
        text = re.sub(rf"{re.escape(words)}\b", "", text)
    return text.strip()


def username(bot: Bot) -> str:
    """The bot's user name, empty where the server tells none."""
    return bot.bot.username or ""
