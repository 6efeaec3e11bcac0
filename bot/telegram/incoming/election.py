"""Which of several bots on one database asks Telegram for updates: one at a time, another when that one dies."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.records.claims import Claims
from corpus.errors import DanvanError

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0


class PollingTurn:
    """Has updates asked for as long as it is this bot's turn.

    The turn is a claim in the database (see `Claims`), which ends with the program or its connection. While the
    database is away nobody can tell whose turn it is: who has been asking goes on, so that people are told to try
    again later, and who has not waits.

    Args:
        claims: of the turn.
        bot_id: Telegram's number of the bot; other bots on the same database have turns of their own.
        start, stop: begin and end asking.
    """

    def __init__(
        self,
        claims: Claims,
        bot_id: int,
        start: Callable[[], Awaitable[None]],
        stop: Callable[[], Awaitable[None]],
    ) -> None:
        self._claims, self._number = claims, bot_id
        self._start, self._stop = start, stop
        self._ours: bool | None = None

    async def run(self) -> None:
        """Look whose turn it is, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except (TelegramError, DanvanError) as error:
                log.warning("who asks for updates is not settled, trying again: %s", type(error).__name__)

    async def look(self) -> None:
        """Begin to ask if it is our turn now, end if it no longer is."""
        ours = await asyncio.to_thread(self._claims.standing, self._number)
        if ours is None or ours == self._ours:
            return
        if ours:
            log.info("this bot asks for updates now")
            await self._start()
        elif self._ours:
            log.warning("another bot asks for updates now; this one stands by")
            await self._stop()
        else:
            log.info("another bot asks for updates; this one stands by and takes its place when it dies")
        self._ours = ours
