"""The running bot: built from the settings, started, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import BotCommand, Update
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.access import Access
from bot.conversation import Conversation
from bot.models import Status
from bot.telegram import texts
from bot.telegram.addressing import username
from bot.telegram.handlers import basics, errors, gate, questions
from bot.telegram.logs import keep_out
from bot.telegram.ordering import PerChat
from bot.telegram.services import App, Services
from corpus.errors import SettingsError
from embeddings.models import Question

if TYPE_CHECKING:
    from bot.answering import Answerer
    from bot.settings import Settings

log = logging.getLogger(__name__)

ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
CONNECTIONS = 128
CONCURRENT_UPDATES = 1024
RETRY_SECONDS = (1.0, 30.0)


@dataclass(frozen=True, slots=True)
class Parts:
    """How the bot gets its answerer; `bot.wiring` in earnest, something smaller in tests."""

    ensure_index: Callable[[Settings], object]
    open_answerer: Callable[[Settings, str | None], Answerer]


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SettingsError: if there is no token, or Telegram refuses it.
    """
    from bot import wiring  # noqa: PLC0415 - loads the model's libraries, needed only to serve

    asyncio.run(_until_signalled(settings, Parts(wiring.ensure_index, wiring.open_answerer)))


async def _until_signalled(settings: Settings, parts: Parts) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await serve(settings, parts, stop)


async def serve(settings: Settings, parts: Parts, stop: asyncio.Event) -> None:
    """Run the bot until `stop` is set; what is in flight is finished first."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    if not token:
        raise SettingsError("DANVAN_TELEGRAM_TOKEN is not set: ask @BotFather for a token and put it into .env")
    keep_out([token])
    application = build(settings, token)
    try:
        if not await _connect(application, stop):
            return
        shared = await asyncio.to_thread(_prepare, settings, parts, username(application.bot) or None)
        shared.install(application)
        await application.start()
        await _start_updates(application, stop)
        await _publish_commands(application)
        log.info("serving as @%s; stop with Ctrl-C", username(application.bot))
        await stop.wait()
    finally:
        await _stop(application)


def build(settings: Settings, token: str) -> App:
    """The application with all its handlers, not yet started."""
    processor = PerChat(CONCURRENT_UPDATES)
    application: App = (
        ApplicationBuilder()
        .token(token)
        .base_url(settings.telegram_base_url)
        .base_file_url(settings.telegram_base_file_url)
        .request(HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=20, pool_timeout=20))
        .get_updates_request(HTTPXRequest(connection_pool_size=1, read_timeout=20))
        .concurrent_updates(processor)
        .build()
    )
    processor.at_once = gate.acknowledge(application)
    for handlers in (gate, basics, questions, errors):
        handlers.register(application)
    return application


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


def _prepare(settings: Settings, parts: Parts, bot_name: str | None) -> Services:
    parts.ensure_index(settings)
    answerer = parts.open_answerer(settings, bot_name)

    def current() -> Answerer:
        return answerer

    access = Access(
        admins=[f"telegram:{number}" for number in settings.admin_users],
        members=[f"telegram:{number}" for number in settings.allowed_users],
        is_open=settings.access == "open",
    )
    return Services(settings, access, Conversation(current), current, _examples(answerer))


def _examples(answerer: Answerer) -> tuple[str, ...]:
    """Three questions for a newcomer: prepared ones the documents do answer, else the titles of documents."""
    answered = [text for text in texts.EXAMPLES if answerer.answer(Question(text)).status is Status.ANSWERED]
    titles = [texts.EXAMPLE_FROM_TITLE.format(title=found.title) for found in answerer.retriever.documents.values()]
    return tuple([*answered, *titles, *texts.EXAMPLES][:3])


async def _start_updates(application: App, stop: asyncio.Event) -> None:
    assert application.updater is not None  # noqa: S101
    starting = asyncio.create_task(
        application.updater.start_polling(
            timeout=10, bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES, error_callback=_polling_failed
        )
    )
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((starting, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if starting.done():
        starting.result()
    else:
        starting.cancel()


def _polling_failed(error: TelegramError) -> None:
    log.warning("fetching updates failed, trying again: %s", error)


async def _publish_commands(application: App) -> None:
    with contextlib.suppress(TelegramError):
        await application.bot.set_my_commands([BotCommand(name, does) for name, does in texts.COMMANDS])


async def _stop(application: App) -> None:
    if application.updater is not None and application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
