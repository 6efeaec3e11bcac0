"""Asking Telegram for updates, again and again."""

import logging
import time
from typing import Any

import httpx
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.incoming.reading import ALLOWED_UPDATES, SetAside, readable_only
from bot.telegram.services import App

log = logging.getLogger(__name__)

POLL_SECONDS = 10


class PollingRequest(HTTPXRequest):
    """The connection of getUpdates: it takes out what cannot be read, and remembers when it last got an answer."""

    def __init__(self, set_aside: SetAside) -> None:
        """Tell `set_aside` of each update that is taken out."""
        super().__init__(connection_pool_size=1, read_timeout=20)
        self._set_aside = set_aside
        self.last_success = time.monotonic()
        self.stands_by = False

    @property
    def silent(self) -> float:
        """Seconds since an answer came; 0 while another bot asks."""
        return 0.0 if self.stands_by else time.monotonic() - self.last_success

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one request."""
        status, content = await super().do_request(*args, **kwargs)
        if status == httpx.codes.OK:
            content, unreadable = readable_only(content)
            for one in unreadable:
                await self._set_aside(one)
            self.last_success = time.monotonic()
        return status, content


async def start_polling(application: App, polling: PollingRequest) -> bool:
    """Start asking for updates, waiting for the server as long as it takes."""
    assert application.updater is not None  # noqa: S101 - built with one
    polling.stands_by, polling.last_success = False, time.monotonic()
    await application.updater.start_polling(
        timeout=POLL_SECONDS, bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES, error_callback=_polling_failed
    )
    return True


async def stop_polling(application: App, polling: PollingRequest) -> None:
    """Ask no more."""
    polling.stands_by = True
    if application.updater is not None and application.updater.running:
        await application.updater.stop()


def _polling_failed(error: TelegramError) -> None:
    log.warning("fetching updates failed, trying again: %s", error)
