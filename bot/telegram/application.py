"""The running bot: built from the settings, started, stopped."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.records.journal import Journal
from bot.settings import Settings
from bot.telegram.handlers import admin, admission, basics, buttons, document_list, failures, not_questions, questions
from bot.telegram.handlers.menus import publish_menus
from bot.telegram.incoming.addressing import username
from bot.telegram.incoming.inbox import Inbox
from bot.telegram.incoming.ordering import PerChat
from bot.telegram.incoming.receiving import start_polling, start_webhook
from bot.telegram.logs import keep_out
from bot.telegram.outgoing.flood_limits import PatientLimiter, PollingRequest
from bot.telegram.preparing import prepare, real_parts
from bot.telegram.services import CHANNEL, App, Parts, services_of
from bot.telegram.upkeep import Upkeep
from bot.wiring import open_database
from corpus.errors import SettingsError

T = TypeVar("T")

log = logging.getLogger(__name__)

CONNECTIONS = 256
READ_SECONDS = 20.0
CONCURRENT_UPDATES = 1024
RETRY_SECONDS = (1.0, 30.0)


@dataclass(slots=True)
class Machinery:
    """The parts of one running bot that only its start and its stop know."""

    application: App
    inbox: Inbox
    polling: PollingRequest
    stop: asyncio.Event
    background: list["asyncio.Task[None]"] = field(default_factory=list)


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SettingsError: if there is no token, or Telegram refuses it.
        DanvanError: if the index or the database cannot be used.
    """
    asyncio.run(_until_signalled(settings))


async def _until_signalled(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await serve(settings, real_parts(), stop)


async def serve(settings: Settings, parts: Parts, stop: asyncio.Event) -> None:
    """Run the bot until `stop` is set; what is in flight is finished first."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    if not token:
        raise SettingsError("DANVAN_TELEGRAM_TOKEN is not set: get a token from @BotFather and put it into .env")
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    keep_out([token, secret])
    machinery = build(settings, token, stop)
    application = machinery.application
    try:
        if not await _connect(application, stop):
            return
        database = await asyncio.to_thread(open_database, settings)
        try:
            preparing = asyncio.to_thread(prepare, settings, parts, database, username(application.bot))
            shared = await _unless_stopped(preparing, stop)
            if shared is None:
                return
            shared.keep_open, shared.was_taken_up = machinery.inbox.keep_open, machinery.inbox.was_taken_up
            shared.install(application)
            await _serve_updates(machinery, Journal(database, f"{CHANNEL}:{application.bot.id}"))
        finally:
            await _stop(machinery)
            database.close()
    finally:
        await application.shutdown()


def build(settings: Settings, token: str, stop: asyncio.Event) -> Machinery:
    """The application with all its handlers, not yet started."""
    processor, inbox, polling = PerChat(CONCURRENT_UPDATES), Inbox(), PollingRequest()
    application: App = (
        ApplicationBuilder()
        .token(token)
        .base_url(settings.telegram_base_url)
        .base_file_url(settings.telegram_base_file_url)
        .request(HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=READ_SECONDS, pool_timeout=60))
        .get_updates_request(polling)
        .rate_limiter(PatientLimiter(stop))
        .concurrent_updates(processor)
        .update_queue(inbox)
        .build()
    )
    processor.at_once = admission.acknowledge(application)
    processor.finished = inbox.finish
    for handlers in (admission, basics, document_list, admin, questions, buttons, not_questions, failures):
        handlers.register(application)
    return Machinery(application, inbox, polling, stop)


async def _serve_updates(machinery: Machinery, journal: Journal) -> None:
    """From the start of the handlers until the stop."""
    application, stop = machinery.application, machinery.stop
    shared = services_of(application)
    settings = shared.settings
    machinery.inbox.use(journal, shared)
    await application.start()
    await machinery.inbox.take_up(application.bot)
    by_polling = settings.telegram_mode == "polling"
    starting = start_polling(application) if by_polling else start_webhook(application, settings)
    machinery.background.append(asyncio.create_task(_logged(publish_menus(application))))
    if await _unless_stopped(starting, stop) is None:
        return
    upkeep = Upkeep(
        shared,
        journal,
        machinery.polling if by_polling else None,
        lambda: _restart_polling(application),
    )
    machinery.background.append(asyncio.create_task(upkeep.run()))
    log.info("serving as @%s; stop with Ctrl-C", username(application.bot) or application.bot.id)
    await stop.wait()


async def _connect(application: App, stop: asyncio.Event) -> bool:
    """Introduce ourselves to the server, waiting for it as long as it takes; False if stopped meanwhile."""
    pause, longest = RETRY_SECONDS
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken as error:
            message = "Telegram refuses DANVAN_TELEGRAM_TOKEN: copy the token from @BotFather again"
            raise SettingsError(message) from error
        except (NetworkError, RetryAfter) as error:
            log.warning("Telegram cannot be reached (%s); trying again in %.0f s", type(error).__name__, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(2 * pause, longest)
        else:
            return True
    return False


async def _restart_polling(application: App) -> None:
    if application.updater is not None and application.updater.running:
        await application.updater.stop()
    await start_polling(application)


async def _unless_stopped(step: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """The result of a step that may take long, None if the stop came first."""
    working, stopping = asyncio.ensure_future(step), asyncio.ensure_future(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        return working.result()
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    return None


async def _logged(step: Coroutine[Any, Any, None]) -> None:
    try:
        await step
    except Exception as error:
        log.warning("the command menus could not be set: %s", type(error).__name__)


async def _stop(machinery: Machinery) -> None:
    """Take nothing new in, finish what is in flight, leave the rest to the next start."""
    machinery.stop.set()
    application = machinery.application
    for task in machinery.background:
        task.cancel()
    await asyncio.gather(*machinery.background, return_exceptions=True)
    if application.updater is not None and application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
