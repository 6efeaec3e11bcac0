"""Where Telegram delivers updates in webhook mode: each is read by itself and written down before it is confirmed."""

import asyncio
import hmac
import json
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.settings import Settings
from bot.telegram.incoming.reading import ALLOWED_UPDATES, SetAside, Unreadable, readable
from corpus.errors import SettingsError

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_UPDATE = 2**20
RETRY_SECONDS = (1.0, 30.0)


class Webhook:
    """A small HTTP server for one bot's updates."""

    def __init__(self, bot: Bot, queue: "asyncio.Queue[object]", set_aside: SetAside, settings: Settings) -> None:
        """Put what arrives with the right secret into `queue`, and tell `set_aside` of what cannot be read."""
        assert settings.webhook_url is not None  # noqa: S101 - the settings see to it
        assert settings.webhook_secret is not None  # noqa: S101 - the settings see to it
        self._bot = bot
        self._secret = settings.webhook_secret.get_secret_value()
        self._given: dict[str, Any] = {"bot": bot, "queue": queue, "set_aside": set_aside, "secret": self._secret}
        self._settings, self._address = settings, settings.webhook_url
        self._server: HTTPServer | None = None

    async def start(self) -> None:
        """Listen, and tell Telegram where, waiting for it as long as it takes.

        Raises:
            SettingsError: if the port cannot be listened on.
        """
        self._listen(self._settings.webhook_host, self._settings.webhook_port, urlsplit(self._address).path)
        await self._announce()

    def _listen(self, host: str, port: int, path: str) -> None:
        application = Application([(rf"{re.escape(path.rstrip('/'))}/?", _Receiver, self._given)], log_function=_quiet)
        self._server = HTTPServer(application, max_buffer_size=LARGEST_UPDATE, max_body_size=LARGEST_UPDATE)
        try:
            self._server.listen(port, address=host)
        except OSError as error:
            reason = error.strerror or error
            message = f"DANVAN_WEBHOOK_PORT={port} on {host} cannot be listened on ({reason}): name another"
            raise SettingsError(message) from error

    async def _announce(self) -> None:
        pause, longest = RETRY_SECONDS
        while True:
            try:
                await self._bot.set_webhook(self._address, allowed_updates=ALLOWED_UPDATES, secret_token=self._secret)
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("the webhook could not be set, trying again in %.0f s: %s", pause, error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, longest)
            else:
                return

    async def stop(self) -> None:
        """Take nothing in any more; Telegram keeps what it could not deliver."""
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()


class _Receiver(RequestHandler):
    """Takes one update; only a reply with 200 makes Telegram forget it."""

    def initialize(self, bot: Bot, queue: "asyncio.Queue[object]", set_aside: SetAside, secret: str) -> None:
        self._bot, self._queue, self._set_aside, self._secret = bot, queue, set_aside, secret

    async def post(self) -> None:
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise HTTPError(403)
        try:
            fields = json.loads(self.request.body)
        except (ValueError, RecursionError) as error:
            raise HTTPError(400) from error
        found = readable(fields)
        if found is None:
            raise HTTPError(400)
        if isinstance(found, Unreadable):
            await self._set_aside(found)
        else:
            await self._queue.put(Update.de_json(found, self._bot))

    def log_exception(self, kind: type[BaseException] | None, *_: Any) -> None:
        """What strangers send is not worth a line."""
        if kind is not None and not issubclass(kind, HTTPError):
            log.error("an update could not be taken in: %s; Telegram will deliver it again", kind.__name__)


def _quiet(_handler: RequestHandler) -> None:
    """No line for each request."""
