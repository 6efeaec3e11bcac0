"""Requests to Telegram: limits kept, refusals waited out, nothing sent twice by guessing."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import httpx
from telegram.constants import FloodLimit
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TimedOut
from telegram.ext import AIORateLimiter
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

EXEMPT = frozenset({"sendChatAction", "answerCallbackQuery"})
"""Calls that Telegram's limits on messages do not count; they must not wait behind answers."""

MESSAGES_PER_SECOND: float = FloodLimit.MESSAGES_PER_SECOND
FLOOD_RETRIES = 10
SERVER_ERROR_RETRIES = 5
LONGEST_PAUSE = 30.0

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_FINAL = (BadRequest, Conflict, Forbidden, InvalidToken)

Call = Callable[..., Coroutine[Any, Any, Any]]
OnSent = Callable[[int], Awaitable[None]]
"""Told the number of the message that was just sent."""

IN_FLIGHT_SECONDS = 2.0


class UncertainError(NetworkError):
    """The request was sent and no reply came: it may have taken effect."""


class UndeliveredError(NetworkError):
    """The request certainly had no effect, and the bot is stopping: there is no time to try again."""


class PatientLimiter(AIORateLimiter):
    """Keeps Telegram's limits, waits out 429, and repeats only what certainly had no effect.

    A connection that could not be made and a refusal by the server (5xx) are tried again; a request that timed out
    or broke off after it was sent is not, unless repeating it changes nothing (an edit).
    """

    def __init__(self, stopping: asyncio.Event) -> None:
        super().__init__(overall_max_rate=MESSAGES_PER_SECOND, max_retries=FLOOD_RETRIES)
        self._stopping = stopping
        self._in_flight = asyncio.Lock()

    async def process_request(  # noqa: PLR0913, PLR0917 - the signature is the library's
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Any,
    ) -> Any:
        """Make one request; `rate_limit_args` may be an `OnSent`."""
        if endpoint in EXEMPT:
            return await callback(*args, **kwargs)
        if rate_limit_args is not None:
            callback = self._one_at_a_time(callback, rate_limit_args)
        refused, pause = 0, 0.5
        while True:
            try:
                return await super().process_request(callback, args, kwargs, endpoint, data, None)
            except _FINAL:
                raise
            except NetworkError as error:
                if not _had_no_effect(error) and not endpoint.startswith("edit"):
                    raise UncertainError(str(error)) from error
                unreachable = isinstance(error.__cause__, _BEFORE_SENDING)
                refused += 0 if unreachable else 1
                if refused > SERVER_ERROR_RETRIES:
                    raise
                log.warning("%s failed (%s); trying again in %.1f s", endpoint, _name(error), pause)
            await self._wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _one_at_a_time(self, callback: Call, on_sent: OnSent) -> Call:
        """Send an answer and note that it was sent before the next one is sent.

        So a process that is killed leaves at most one answer that was sent and not noted, to be sent again after the
        restart. A request that takes long holds the others up for 2 seconds at most.
        """

        async def send_and_note(*args: Any, **kwargs: Any) -> Any:
            alone = True
            try:
                await asyncio.wait_for(self._in_flight.acquire(), IN_FLIGHT_SECONDS)
            except TimeoutError:
                alone = False
            try:
                result = await callback(*args, **kwargs)
                await _told(on_sent, result)
            finally:
                if alone:
                    self._in_flight.release()
            return result

        return send_and_note

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
        raise UndeliveredError("stopping")


class PollingRequest(HTTPXRequest):
    """The connection of getUpdates, which remembers when it last got an answer."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=1, read_timeout=20)
        self.last_success = time.monotonic()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one request."""
        status, content = await super().do_request(*args, **kwargs)
        if status == httpx.codes.OK:
            self.last_success = time.monotonic()
        return status, content


async def _told(on_sent: OnSent, result: Any) -> None:
    try:
        await on_sent(int(result["message_id"]))
    except Exception as error:  # the message is out; failing now would send it twice
        log.warning("an answer was sent but not noted: %s", type(error).__name__)


def _had_no_effect(error: NetworkError) -> bool:
    cause = error.__cause__
    if cause is None or not isinstance(cause, httpx.HTTPError):
        # A gateway that gave up waiting says nothing of what the server behind it has done.
        return not isinstance(error, TimedOut) and "gateway time" not in str(error).lower()
    return isinstance(cause, _BEFORE_SENDING)


def _name(error: NetworkError) -> str:
    return type(error.__cause__ or error).__name__
