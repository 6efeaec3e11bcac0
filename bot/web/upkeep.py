"""What goes on beside the pages where no bot does it: a sign of life, and forgetting what is too old."""

import asyncio
import logging
import time

from bot.heartbeat import leave_sign
from bot.web.services import WebServices
from corpus.errors import DanvanError

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
PURGE_SECONDS = 24 * 3600.0


async def look_after(web: WebServices) -> None:
    """Look after a program that serves pages alone, until cancelled."""
    purge_at = time.monotonic()
    while True:
        try:
            await web.write(leave_sign, web.settings.data_dir, None)
            if time.monotonic() >= purge_at:
                purge_at = time.monotonic() + PURGE_SECONDS
                gone = await web.write(web.history.purge, web.settings.history_days)
                if gone:
                    log.info("%d questions older than %d days were deleted", gone, web.settings.history_days)
        except (DanvanError, OSError) as error:
            log.warning("upkeep: %s", error)
        await asyncio.sleep(LOOK_SECONDS)
