"""Recognising commands, also where the server does not tell the bot its name."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.telegram.incoming.addressing import command_in, is_command_for, words_in
from bot.telegram.services import Context

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Command(filters.MessageFilter):
    """Lets through messages that begin with one of these commands, meant for this bot."""

    __slots__ = ("_names",)

    def __init__(self, *names: str) -> None:
        super().__init__(name=f"Command({', '.join(names)})")
        self._names = frozenset(names)

    def filter(self, message: Message) -> bool:
        """Whether the message is such a command."""
        return command_in(message) in self._names and is_command_for(message, message.get_bot())


class NoCommand(filters.MessageFilter):
    """Lets through messages with words that do not begin with a command."""

    __slots__ = ()

    def filter(self, message: Message) -> bool:
        """Whether the message says something that is no command."""
        return bool(words_in(message)) and command_in(message) is None


def on_command(name: str, handler: Handler) -> MessageHandler[Any, Any]:
    """A handler for one command in a new message."""
    return MessageHandler(filters.UpdateType.MESSAGE & Command(name), handler)


def argument(message: Message) -> str:
    """What follows the command."""
    return words_in(message).partition(" ")[2].strip()
