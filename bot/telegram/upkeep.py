"""What goes on beside the questions: a sign of life, a watch on polling, forgetting what is too old."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.records.history import History
from bot.records.journal import Journal
from bot.telegram.health import HEARTBEAT
from bot.telegram.outgoing.flood_limits import PollingRequest
from bot.telegram.services import Services

log = logging.getLogger(__name__)

STALL_SECONDS = 90.0
"""Without a successful getUpdates for so long, polling has stalled; one waits 10 s for updates."""

LOOK_SECONDS = 15.0
PURGE_SECONDS = 24 * 3600.0


@dataclass(slots=True)
class Upkeep:
    """The background work of a serving bot.

    Attributes:
        polling: the connection of getUpdates; None in webhook mode.
        restart_polling: what to do when polling has stalled.
    """

    shared: Services
    journal: Journal
    polling: PollingRequest | None
    restart_polling: Callable[[], Awaitable[None]]

    async def run(self) -> None:
        """Look after the bot until cancelled."""
        purged = 0.0
        while True:
            if time.monotonic() - purged > PURGE_SECONDS or not purged:
                purged = time.monotonic()
                await self._survive(self._purge())
            await self._survive(self._watch())
            await asyncio.sleep(LOOK_SECONDS)

    async def _watch(self) -> None:
        silent = 0.0 if self.polling is None else time.monotonic() - self.polling.last_success
        if silent < STALL_SECONDS:
            await self.shared.call(beat, self.shared.settings.data_dir)
            return
        log.warning("no successful getUpdates for %.0f s; polling is restarted", silent)
        if self.polling is not None:
            self.polling.last_success = time.monotonic()
        await self.restart_polling()

    async def _purge(self) -> None:
        gone = await self.shared.call(purge, self.shared.history, self.journal, self.shared.settings.history_days)
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


def beat(data_dir: Path) -> None:
    """Leave a sign of life for the container's health check."""
    (data_dir / HEARTBEAT).touch()
