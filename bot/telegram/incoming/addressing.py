"""Which updates are meant for the bot, and what in them is the question."""

import re
from collections.abc import Sequence

from telegram import Bot, Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.telegram.incoming.senders import sender_of

GROUP_COMMAND = "hoi"


def is_addressed(update: Update, bot: Bot) -> bool:
    """Whether the bot should look at this update at all.

    In private everything a person sends; in groups only `/hoi`, commands that name the bot, replies to it and
    mentions, and that the group got another number. Never another bot, never a post of a linked channel.
    """
    if has_moved(update):
        return True
    if sender_of(update) is None:
        return False
    if update.callback_query is not None or update.inline_query is not None:
        return True
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.CHANNEL:
        return False
    return message.chat.type == ChatType.PRIVATE or _is_addressed_in_group(message, bot)


def has_moved(update: Update) -> bool:
    """Whether the update says that a group has become a supergroup, with another number."""
    message = update.message
    return message is not None and bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


def _is_addressed_in_group(message: Message, bot: Bot) -> bool:
    if command_in(message) is not None:
        return is_command_for(message, bot) and (command_in(message) == GROUP_COMMAND or "@" in _first_word(message))
    return is_reply_to(message, bot) or bool(mentions(message, bot))


def words_in(message: Message) -> str:
    """What the message says: its text, or the words under a picture or file."""
    return message.text or message.caption or ""


def entities_in(message: Message) -> Sequence[MessageEntity]:
    """What stands out in `words_in`: commands, mentions, addresses."""
    return message.entities if message.text else message.caption_entities


def command_in(message: Message) -> str | None:
    """The command the message begins with, in lower case without `/` and bot; None if it begins with none."""
    entities = entities_in(message)
    if not entities or entities[0].type != MessageEntity.BOT_COMMAND or entities[0].offset != 0:
        return None
    return _first_word(message)[1:].partition("@")[0].lower()


def is_command_for(message: Message, bot: Bot) -> bool:
    """Whether the message begins with a command that names this bot or no bot."""
    if command_in(message) is None:
        return False
    _, at, name = _first_word(message).partition("@")
    return not at or name.lower() == username(bot).lower()


def is_reply_to(message: Message, bot: Bot) -> bool:
    """Whether the message replies to one of this bot's own."""
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == bot.id


def mentions(message: Message, bot: Bot) -> list[str]:
    """The words by which the message mentions this bot."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    return [
        words
        for entity, words in found.items()
        if (entity.user.id == bot.id if entity.user else words.lower() == f"@{username(bot)}".lower())
    ]


def question_in(message: Message, bot: Bot) -> str:
    """What the message says without the command and without the mention of the bot."""
    text = words_in(message)
    if is_command_for(message, bot):
        text = text[entities_in(message)[0].length :]
    for words in mentions(message, bot):
        text = re.sub(rf"{re.escape(words)}\b", "", text)
    return text.strip()


def is_pointing(message: Message, bot: Bot) -> bool:
    """Whether the message calls the bot only to point at the one it replies to: `/hoi` or a mention."""
    return message.reply_to_message is not None and (command_in(message) is not None or bool(mentions(message, bot)))


def username(bot: Bot) -> str:
    """The bot's user name, empty where the server tells none."""
    return bot.bot.username or ""


def _first_word(message: Message) -> str:
    first = entities_in(message)[0]
    return message.parse_entity(first) if message.text else message.parse_caption_entity(first)
