"""What an error of Telegram's means: whether anything took effect, and whether there is any use in trying again."""

import re

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

FINAL = (BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken)
"""Refusals that stay refusals however often the request is repeated."""

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NO_PLACE_TO_WRITE = re.compile(
    "|".join((
        r"topic[_ ](?:closed|deleted)", "chat_write_forbidden", r"chat_send_\w+_forbidden", "chat_restricted",
        "need administrator rights", "not enough rights", "have no rights", "no write access", "chat not found",
        "message thread not found", "user is deactivated", "peer_id_invalid", r"group chat was (?:deactivated|deleted)",
        "user_is_blocked", "chat_admin_required", "channel_private",
    )),
    re.IGNORECASE,
)  # fmt: skip


class UncertainError(NetworkError):
    """The request was sent and no reply came: it may have taken effect."""


class UndeliveredError(NetworkError):
    """The request certainly had no effect, and it is left to a later attempt."""


class SentElsewhereError(TelegramError):
    """Another program on the same database has the right to send this message; nothing was sent."""

    def __init__(self) -> None:
        super().__init__("another program sends this answer")


def had_no_effect(error: NetworkError) -> bool:
    """Whether the request that failed like this certainly changed nothing."""
    cause = error.__cause__
    if cause is None or not isinstance(cause, httpx.HTTPError):
        # A gateway that gave up waiting says nothing of what the server behind it has done.
        return not isinstance(error, TimedOut) and "gateway time" not in str(error).lower()
    return isinstance(cause, _BEFORE_SENDING)


def is_unreachable(error: NetworkError) -> bool:
    """Whether there was no connection at all: no route, no name, nobody listening."""
    return isinstance(error.__cause__, _BEFORE_SENDING)


def is_no_place_to_write(error: BaseException | None) -> bool:
    """Whether the bot may not write in that chat or topic, or the chat is gone: nothing it could send would arrive."""
    return isinstance(error, Forbidden) or (
        isinstance(error, BadRequest) and _NO_PLACE_TO_WRITE.search(str(error)) is not None
    )


def name_of(error: NetworkError) -> str:
    """The most telling class name of an error, for one line of log."""
    return type(error.__cause__ or error).__name__
