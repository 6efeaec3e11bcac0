"""How updates come in: by asking for them, or by being called."""

import logging
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import TelegramError

from bot.settings import Settings
from bot.telegram.services import App

log = logging.getLogger(__name__)

ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
POLL_SECONDS = 10


async def start_polling(application: App) -> bool:
    """Start asking for updates, waiting for the server as long as it takes."""
    assert application.updater is not None  # noqa: S101 - built with one
    await application.updater.start_polling(
        timeout=POLL_SECONDS, bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES, error_callback=_polling_failed
    )
    return True


async def start_webhook(application: App, settings: Settings) -> bool:
    """Listen for updates and tell the server where; only calls that bring the secret are let in."""
    assert application.updater is not None  # noqa: S101 - built with one
    assert settings.webhook_url is not None  # noqa: S101 - the settings see to it
    assert settings.webhook_secret is not None  # noqa: S101 - the settings see to it
    await application.updater.start_webhook(
        listen=settings.webhook_host,
        port=settings.webhook_port,
        url_path=urlsplit(settings.webhook_url).path.lstrip("/"),
        webhook_url=settings.webhook_url,
        secret_token=settings.webhook_secret.get_secret_value(),
        bootstrap_retries=-1,
        allowed_updates=ALLOWED_UPDATES,
    )
    return True


def _polling_failed(error: TelegramError) -> None:
    log.warning("fetching updates failed, trying again: %s", error)
