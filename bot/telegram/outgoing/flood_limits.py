"""Requests to Telegram: limits kept, refusals waited out chat by chat, nothing sent twice by guessing."""

import asyncio
import contextlib
import logging
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.outgoing.refusals import (
    FINAL,
    SentElsewhereError,
    UncertainError,
    UndeliveredError,
    had_no_effect,
    is_unreachable,
    name_of,
)
from corpus.errors import DanvanError

log = logging.getLogger(__name__)

EXEMPT = frozenset({"sendChatAction", "answerCallbackQuery", "answerInlineQuery"})
"""Calls that Telegram's limits on messages do not count; they must not wait behind answers."""

MESSAGES_PER_SECOND: float = FloodLimit.MESSAGES_PER_SECOND
MESSAGES_PER_MINUTE_PER_GROUP: float = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP
SERVER_ERROR_SECONDS = 300.0
"""How long a request that the server refuses (5xx) is repeated before it is left to a later attempt."""

LONGEST_PAUSE = 30.0
UNDECIDED_SECONDS = 1.0
IN_FLIGHT_SECONDS = 2.0
MOST_GROUPS = 512

Call = Callable[..., Coroutine[Any, Any, Any]]
OnSent = Callable[[int], Awaitable[None]]
"""Told the number of the message that was just sent."""
MaySend = Callable[[], Awaitable[bool]]
"""Whether a message is still to be sent; a `DanvanError` where that cannot be said yet."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How one message is to be sent.

    Attributes:
        on_sent: told its number before any other answer is sent, see `PatientLimiter`.
        may_send: asked in the moment before it is sent, again and again until there is a word.
        repeatable: whether it does no harm should it come twice: then it is sent again until it certainly arrived.
    """

    on_sent: OnSent | None = None
    may_send: MaySend | None = None
    repeatable: bool = False


class PatientLimiter(BaseRateLimiter[Sending]):
    """Keeps Telegram's limits, waits out 429, and repeats only what certainly had no effect.

    A refusal with 429 holds up the chat it was about and no other; the limits on all messages and on a group's are
    kept all the same. A connection that could not be made is waited for as long as it takes, a refusal by the server
    (5xx) for some minutes; a request that timed out or broke off after it was sent is not repeated, unless repeating
    it changes nothing (an edit) or does no harm.

    Attributes:
        waiting: requests that are held up by Telegram at this moment: by 429, 5xx or no connection.
    """

    def __init__(self, stopping: asyncio.Event) -> None:
        self._stopping = stopping
        self._overall = AsyncLimiter(MESSAGES_PER_SECOND, 1)
        self._groups: dict[int, AsyncLimiter] = {}
        self._paused_until: dict[object, float] = {}
        self._in_flight = asyncio.Lock()
        self.waiting = 0

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0913, PLR0917 - the signature is the library's
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Sending | None,
    ) -> Any:
        """Make one request, when its chat's turn has come."""
        if endpoint in EXEMPT:
            return await callback(*args, **kwargs)
        sending = rate_limit_args or Sending()
        if sending.on_sent is not None or sending.may_send is not None:
            callback = self._one_at_a_time(callback, sending)
        chat = data.get("chat_id", endpoint)
        pause, refused_since = 0.5, None
        while True:
            await self._wait_for(chat)
            try:
                async with self._turn(chat):
                    return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._pause(chat, error)
                continue
            except FINAL:
                raise
            except NetworkError as error:
                if not (had_no_effect(error) or endpoint.startswith("edit") or sending.repeatable):
                    raise UncertainError(str(error)) from error
                if is_unreachable(error):
                    refused_since = None
                else:
                    refused_since = refused_since or time.monotonic()
                    if time.monotonic() - refused_since > SERVER_ERROR_SECONDS:
                        raise UndeliveredError(str(error)) from error
                log.warning("%s failed (%s); trying again in %.1f s", endpoint, name_of(error), pause)
            await self._sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    @contextlib.asynccontextmanager
    async def _turn(self, chat: object) -> AsyncIterator[None]:
        """The limits on all messages to chats, and on those to one group."""
        if not isinstance(chat, int):
            yield
            return
        if chat < 0:
            await self._group(chat).acquire()
        await self._overall.acquire()
        yield

    def _group(self, chat: int) -> AsyncLimiter:
        if chat not in self._groups:
            if len(self._groups) >= MOST_GROUPS:
                idle = [key for key, limiter in self._groups.items() if limiter.has_capacity(limiter.max_rate)]
                for key in idle:
                    del self._groups[key]
            self._groups[chat] = AsyncLimiter(MESSAGES_PER_MINUTE_PER_GROUP, 60)
        return self._groups[chat]

    def _pause(self, chat: object, error: RetryAfter) -> None:
        seconds = _seconds(error) + 0.1
        self._paused_until[chat] = max(self._paused_until.get(chat, 0.0), time.monotonic() + seconds)
        log.info("Telegram asks to leave a chat alone for %.0f s; the others go on", seconds)

    async def _wait_for(self, chat: object) -> None:
        """Wait until the chat may be written to again."""
        while (seconds := self._paused_until.get(chat, 0.0) - time.monotonic()) > 0:
            await self._sleep(seconds)
        self._paused_until.pop(chat, None)

    async def _sleep(self, seconds: float) -> None:
        self.waiting += 1
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
        finally:
            self.waiting -= 1
        raise UndeliveredError("stopping")

    def _one_at_a_time(self, callback: Call, sending: Sending) -> Call:
        """Send an answer and note that it was sent before the next one is sent.

        So a process that is killed leaves at most one answer of which nobody knows whether it was sent. A request that
        takes long holds the others up for 2 seconds at most.
        """

        async def send_and_note(*args: Any, **kwargs: Any) -> Any:
            while True:
                try:
                    async with self._alone():
                        await _allowed(sending.may_send)
                        result = await callback(*args, **kwargs)
                        await _told(sending.on_sent, result)
                        return result
                except _UndecidedError as error:
                    log.warning("it cannot be said yet whether an answer is to be sent: %s", error)
                await self._sleep(UNDECIDED_SECONDS)

        return send_and_note

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """While no other answer is being sent, or one has been for long."""
        alone = True
        try:
            await asyncio.wait_for(self._in_flight.acquire(), IN_FLIGHT_SECONDS)
        except TimeoutError:
            alone = False
        try:
            yield
        finally:
            if alone:
                self._in_flight.release()


class _UndecidedError(Exception):
    """Whether a message is to be sent cannot be said yet."""


async def _allowed(may_send: MaySend | None) -> None:
    try:
        allowed = may_send is None or await may_send()
    except DanvanError as error:
        raise _UndecidedError(str(error)) from error
    if not allowed:
        raise SentElsewhereError


async def _told(on_sent: OnSent | None, result: Any) -> None:
    try:
        if on_sent is not None:
            await on_sent(int(result["message_id"]))
    except Exception as error:  # the message is out; failing now would send it twice
        log.warning("an answer was sent but not noted: %s", type(error).__name__)


def _seconds(error: RetryAfter) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library is moving from numbers to timedelta; both are read
        after: object = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(str(after))
