"""The running bot: built from the settings, started, stopped."""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.data_folder.running import running
from bot.records.claims import Claims
from bot.records.journal import Journal
from bot.settings import Settings
from bot.telegram.handlers import (
    access_requests,
    admin,
    admission,
    basics,
    buttons,
    document_list,
    documents,
    failures,
    index_upkeep,
    inline,
    moves,
    not_questions,
    officers,
    people,
    questions,
    reading_on,
    sign_in,
)
from bot.telegram.handlers.menus import follow_admins, publish_menus
from bot.telegram.handlers.officers import keep_promises
from bot.telegram.handlers.weekly_summary import summarise_week
from bot.telegram.health import Pulse
from bot.telegram.incoming.addressing import username
from bot.telegram.incoming.election import PollingTurn
from bot.telegram.incoming.inbox import Inbox
from bot.telegram.incoming.ordering import PerChat
from bot.telegram.incoming.polling import PollingRequest, start_polling, stop_polling
from bot.telegram.incoming.webhook import Webhook
from bot.telegram.logs import keep_out
from bot.telegram.outgoing.flood_limits import PatientLimiter
from bot.telegram.preparing import load, prepare
from bot.telegram.services import CHANNEL, App, Parts, Services
from bot.telegram.upkeep import Upkeep
from bot.threads import Threads
from bot.wiring import open_database
from corpus.errors import DanvanError, SettingsError

T = TypeVar("T")

log = logging.getLogger(__name__)

CONNECTIONS = 256
READ_SECONDS = 20.0
CONCURRENT_UPDATES = 100_000
"""Chats that wait, for Telegram or for each other's model, must not keep others out; the threads set the pace."""

RETRY_SECONDS = (1.0, 30.0)
TAKE_OVER_SECONDS = 10.0
KEEP_SECONDS = 2.0

HANDLERS = (
    admission, access_requests, moves, basics, sign_in, document_list, admin, index_upkeep, people,
    inline, documents, questions, buttons, reading_on, officers, not_questions, failures,
)  # fmt: skip
"""In the order in which they are asked; the first that feels meant handles an update."""


@dataclass(slots=True)
class Machinery:
    """The parts of one running bot that only its start and its stop know."""

    application: App
    inbox: Inbox
    polling: PollingRequest
    limiter: PatientLimiter
    threads: Threads
    pulse: Pulse
    stop: asyncio.Event
    webhook: Webhook | None = None
    background: list["asyncio.Task[None]"] = field(default_factory=list)
    failure: Exception | None = None

    @property
    def name(self) -> str | None:
        """The bot's user name, None where the server tells none."""
        return username(self.application.bot) or None


async def serve(settings: Settings, parts: Parts, stop: asyncio.Event) -> None:
    """Run the bot until `stop` is set; what is in flight is finished first.

    It serves before the model is loaded: who asks meanwhile is told so, and answered as soon as that is done.

    Raises:
        SettingsError: if there is no token, or Telegram refuses it.
        DanvanError: if the index or the database cannot be used.
    """
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    if not token:
        raise SettingsError("DANVAN_TELEGRAM_TOKEN is not set: get a token from @BotFather and put it into .env")
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    keep_out([token, secret])
    machinery = build(settings, token, stop)
    application = machinery.application
    try:
        with running(settings.data_dir, "serve"):
            if await _connect(application, stop):
                await _with_database(machinery, settings, parts)
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # its connections, where it was refused before the application was ready
    if machinery.failure is not None:
        raise machinery.failure


async def _with_database(machinery: Machinery, settings: Settings, parts: Parts) -> None:
    """From the opening of the database to its closing."""
    application = machinery.application
    database = await asyncio.to_thread(open_database, settings)
    try:
        shared = await asyncio.to_thread(
            prepare, settings, parts, database, machinery.name, machinery.inbox, machinery.threads, machinery.pulse
        )
        shared.install(application)
        journal = Journal(database, f"{CHANNEL}:{application.bot.id}")
        await _serve_updates(machinery, shared, journal, Claims(database, "polling"))
    finally:
        await _stop(machinery)
        database.close()


def build(settings: Settings, token: str, stop: asyncio.Event) -> Machinery:
    """The application with all its handlers, not yet started."""
    pulse, threads, limiter = Pulse(), Threads(), PatientLimiter(stop)
    inbox, processor = Inbox(pulse, threads), PerChat(CONCURRENT_UPDATES)
    polling = PollingRequest(inbox.set_aside)
    application: App = (
        ApplicationBuilder()
        .token(token)
        .base_url(settings.telegram_base_url)
        .base_file_url(settings.telegram_base_file_url)
        .request(HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=READ_SECONDS, pool_timeout=60))
        .get_updates_request(polling)
        .rate_limiter(limiter)
        .concurrent_updates(processor)
        .update_queue(inbox)
        .build()
    )
    processor.at_once = admission.acknowledge(application)
    processor.finished = inbox.finish
    for handlers in HANDLERS:
        handlers.register(application)
    return Machinery(application, inbox, polling, limiter, threads, pulse, stop)


async def _serve_updates(machinery: Machinery, shared: Services, journal: Journal, turns: Claims) -> None:
    """From the start of the handlers until the stop."""
    application, inbox, stop = machinery.application, machinery.inbox, machinery.stop
    settings = shared.settings
    inbox.use(journal)
    await application.start()
    machinery.background.append(asyncio.create_task(_load(machinery, shared)))
    if journal.is_shared:
        machinery.background.append(asyncio.create_task(_keep(inbox)))
    await inbox.take_up(application.bot)
    by_polling = settings.telegram_mode == "polling"
    if not await _unless_stopped(_start_receiving(machinery, settings, turns), stop):
        return
    upkeep = Upkeep(
        shared,
        journal,
        inbox,
        machinery.limiter,
        application.bot,
        machinery.polling if by_polling else None,
        lambda: _restart_polling(machinery),
        chores=[
            lambda: follow_admins(application, shared.admins),
            lambda: keep_promises(application),
            lambda: summarise_week(application),
        ],
    )
    machinery.background.append(asyncio.create_task(upkeep.run()))
    log.info("serving as @%s; stop with Ctrl-C", machinery.name or application.bot.id)
    await stop.wait()


async def _start_receiving(machinery: Machinery, settings: Settings, turns: Claims) -> bool:
    application = machinery.application
    if settings.telegram_mode == "polling":
        machinery.polling.stands_by = True

        async def start() -> None:
            await start_polling(application, machinery.polling)
            machinery.background.append(asyncio.create_task(_take_over(machinery)))

        turn = PollingTurn(turns, application.bot.id, start, lambda: stop_polling(application, machinery.polling))
        await turn.look()
        machinery.background.append(asyncio.create_task(turn.run()))
        return True
    machinery.webhook = Webhook(application.bot, application.update_queue, machinery.inbox.set_aside, settings)
    await machinery.webhook.start()
    return True


async def _load(machinery: Machinery, shared: Services) -> None:
    """Load what answers, beside the serving; a bot that cannot answer stops and says why."""
    log.info("loading the model and the index; whoever asks meanwhile is told so")
    try:
        live, examples = await machinery.threads.think(load, shared.settings, shared.parts, machinery.name)
    except Exception as error:
        machinery.failure = error
        machinery.stop.set()
        return
    shared.readiness.set(live.current, examples)
    log.info("ready to answer")
    try:
        await publish_menus(machinery.application)
    except (TelegramError, DanvanError) as error:
        log.warning("the command menus could not be set: %s", type(error).__name__)


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


async def _take_over(machinery: Machinery) -> None:
    """Take up what a bot that died has left; what one that lives is finishing, it may finish first."""
    await asyncio.sleep(TAKE_OVER_SECONDS)
    with contextlib.suppress(DanvanError):  # then the upkeep does so
        await machinery.inbox.take_up(machinery.application.bot)


async def _keep(inbox: Inbox) -> None:
    """Hold on to what is worked on through the loss of a database."""
    while True:
        await asyncio.sleep(KEEP_SECONDS)
        await inbox.keep()


async def _restart_polling(machinery: Machinery) -> None:
    await stop_polling(machinery.application, machinery.polling)
    await start_polling(machinery.application, machinery.polling)


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


async def _stop(machinery: Machinery) -> None:
    """Take nothing new in, finish what is in flight, leave the rest to the next start."""
    machinery.stop.set()
    application = machinery.application
    for task in machinery.background:
        task.cancel()
    await asyncio.gather(*machinery.background, return_exceptions=True)
    if application.updater is not None and application.updater.running:
        await application.updater.stop()
    if machinery.webhook is not None:
        await machinery.webhook.stop()
    if application.running:
        await application.stop()
