"""What goes on beside the questions: a sign of life, a watch on polling and the clock, what was left for later."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram import Bot

from bot.records.history import History
from bot.records.journal import Journal
from bot.telegram.health import beat
from bot.telegram.incoming.inbox import Inbox
from bot.telegram.incoming.polling import PollingRequest
from bot.telegram.outgoing.flood_limits import PatientLimiter
from bot.telegram.services import Services

log = logging.getLogger(__name__)

STALL_SECONDS = 90.0
"""Without a successful getUpdates for so long, polling has stalled; one waits 10 s for updates."""

LOOK_SECONDS = 15.0
TAKE_UP_SECONDS = 60.0
PURGE_SECONDS = 24 * 3600.0
CLOCK_JUMP_SECONDS = 3600.0
"""A clock that moved by so much more or less than time passed is not believed for a day."""


@dataclass(slots=True)
class Upkeep:
    """The background work of a serving bot.

    Attributes:
        polling: the connection of getUpdates; None in webhook mode.
        restart_polling: what to do when polling has stalled.
        chores: further work that is done at every look, such as telling people of answers they wait for.
    """

    shared: Services
    journal: Journal
    inbox: Inbox
    limiter: PatientLimiter
    bot: Bot
    polling: PollingRequest | None
    restart_polling: Callable[[], Awaitable[None]]
    chores: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    _clocks: tuple[float, float] = field(default_factory=lambda: (time.time(), time.monotonic()))
    _purge_at: float = field(default_factory=time.monotonic)
    _take_up_at: float = field(default_factory=time.monotonic)

    async def run(self) -> None:
        """Look after the bot until cancelled."""
        while True:
            self._watch_the_clock()
            await self._survive(self._watch_polling())
            await self._survive(self._beat())
            now = time.monotonic()
            if now >= self._purge_at:
                self._purge_at = now + PURGE_SECONDS
                await self._survive(self._purge())
            if now >= self._take_up_at:
                self._take_up_at = now + TAKE_UP_SECONDS
                await self._survive(self.inbox.take_up(self.bot))
            for chore in self.chores:
                await self._survive(chore())
            await asyncio.sleep(LOOK_SECONDS)

    def _watch_the_clock(self) -> None:
        """Nothing is deleted for its age on the word of a clock that has just jumped."""
        wall, steady = time.time(), time.monotonic()
        jumped = (wall - self._clocks[0]) - (steady - self._clocks[1])
        self._clocks = wall, steady
        if abs(jumped) > CLOCK_JUMP_SECONDS:
            log.warning("the clock jumped by %.0f s; nothing is deleted for its age before tomorrow", jumped)
            self._purge_at = steady + PURGE_SECONDS

    async def _watch_polling(self) -> None:
        if self.polling is None:
            return
        silent = self.polling.silent
        if silent < STALL_SECONDS:
            return
        log.warning("no successful getUpdates for %.0f s; polling is restarted", silent)
        self.polling.last_success = time.monotonic()
        await self.restart_polling()

    async def _beat(self) -> None:
        problem = self.shared.pulse.problem(self.limiter.waiting)
        if problem is None and not self.shared.readiness:
            problem = "the model is being loaded"
        if problem is None and self.polling is not None:
            silent = self.polling.silent
            problem = None if silent < STALL_SECONDS else f"no successful getUpdates for {silent:.0f} s"
        await self.shared.threads.write(beat, self.shared.settings.data_dir, self.shared.pulse, problem)

    async def _purge(self) -> None:
        gone = await self.shared.threads.write(
            purge, self.shared.history, self.journal, self.shared.settings.history_days
        )
        if gone:
            log.info("%d questions older than %d days were deleted", gone, self.shared.settings.history_days)

    async def _survive(self, step: Awaitable[None]) -> None:
        try:
            await step
        except Exception as error:  # the bot serves on without its upkeep
            log.warning("upkeep failed: %s", type(error).__name__)


def purge(history: History, journal: Journal, days: int) -> int:
    """Delete what is kept no longer; how many questions that were."""
    journal.purge()
    return history.purge(days)
