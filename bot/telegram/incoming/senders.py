"""Who is behind an update: a person, or a group or channel in whose name somebody writes."""

from dataclasses import dataclass

from telegram import Message, Update
from telegram.constants import ChatType

from bot.records.access import TELEGRAM


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody who writes to the bot.

    Attributes:
        id: the person's number; the group's or channel's where somebody writes in its name, which is below 0.
        name: as they call themselves now; never kept unless an admin lets them in under it.
        is_anonymous: whether a group or channel stands in front of the person: anonymous admins share it.
    """

    id: int
    name: str
    is_anonymous: bool = False

    @property
    def person(self) -> str:
        """How the core names them: by channel and number."""
        return f"{TELEGRAM}:{self.id}"


def sender_of(update: Update) -> Sender | None:
    """Who is behind an update; None for other bots, posts of a linked channel, and nobody at all."""
    message = update.message or update.edited_message
    if message is not None and message.sender_chat is not None:
        if message.is_automatic_forward:
            return None
        return Sender(message.sender_chat.id, message.sender_chat.effective_name or "", is_anonymous=True)
    user = update.effective_user
    return None if user is None or user.is_bot else Sender(user.id, user.full_name)


def reader_of(message: Message) -> str | None:
    """The person who alone reads a chat; None for a group, where only what everybody may see is shown."""
    return f"{TELEGRAM}:{message.chat_id}" if message.chat.type == ChatType.PRIVATE else None


def place_of(message: Message, sender: Sender) -> str:
    """The conversation a message belongs to: one for each sender in each chat."""
    return f"{TELEGRAM}:{message.chat_id}/{sender.id}"
