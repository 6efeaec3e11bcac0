"""What `danvan serve` runs: the Telegram bot and the pages, together or either alone, over one answerer.

The command line on the same machine is answered too; see `bot.local_socket`.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from typing import Any

from bot.local_socket import server as local_socket
from bot.settings import PREFIX, Settings
from bot.shared_answerer import SharedAnswerer
from corpus.errors import SettingsError

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SettingsError: if Telegram refuses the token, or nothing can listen on the port.
        DanvanError: if the index or the database cannot be used.
    """
    asyncio.run(_until_signalled(settings))


async def _until_signalled(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    with contextlib.closing(SharedAnswerer(settings)) as shared:
        await serve(settings, shared, stop)


async def serve(settings: Settings, shared: SharedAnswerer, stop: asyncio.Event) -> None:
    """Serve what the settings ask for until `stop` is set; when one part fails, all end, and its error is raised."""
    parts: list[Coroutine[Any, Any, None]] = []
    if settings.telegram_token:
        from bot.telegram import application as telegram  # noqa: PLC0415 - not needed without a token
        from bot.telegram.preparing import shared_parts  # noqa: PLC0415

        parts.append(telegram.serve(settings, shared_parts(shared), stop))
    else:
        log.warning("%sTELEGRAM_TOKEN is not set: the pages are served alone", PREFIX)
    if settings.web == "on":
        parts.append(_pages(settings, shared, stop))
    parts.append(local_socket.serve(settings, shared, stop))
    await _all(parts, stop)


async def _pages(settings: Settings, shared: SharedAnswerer, stop: asyncio.Event) -> None:
    """Serve the pages; a bot goes on without them where nothing can listen on their port."""
    from bot.web import server as web  # noqa: PLC0415 - not needed with DANVAN_WEB=off

    try:
        await web.serve(settings, shared, stop)
    except SettingsError as error:
        if settings.telegram_token is None:
            raise
        log.warning("the pages are not served: %s", error)
        await stop.wait()


async def _all(parts: list[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    tasks = [asyncio.create_task(part) for part in parts]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, BaseException):
            raise result
