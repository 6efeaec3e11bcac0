"""The queue between Telegram and the handlers: what enters it has been written down first."""

import asyncio
import json
import logging

from telegram import Bot, Update

from bot.records.journal import MOST_ATTEMPTS, Journal
from bot.telegram.incoming.addressing import is_addressed
from bot.telegram.services import Services

log = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """Writes each update into the journal before Telegram is told that it was received.

    The next getUpdates (or the webhook's reply) confirms an update only after `put` has returned. What is not meant
    for the bot is neither written down nor worked on.
    """

    def __init__(self) -> None:
        super().__init__()
        self._journal: Journal | None = None
        self._services: Services | None = None
        self._entries: dict[int, int] = {}
        self._kept_open: set[int] = set()
        self._taken_up: set[int] = set()

    def use(self, journal: Journal, services: Services) -> None:
        """Write into this journal from now on."""
        self._journal, self._services = journal, services

    async def put(self, item: object) -> None:
        """Take one update in, unless it is not for us or was received before."""
        if isinstance(item, Update) and not (is_addressed(item, item.get_bot()) and await self._receive(item)):
            return
        await super().put(item)

    async def take_up(self, bot: Bot) -> None:
        """Put in what an earlier run has left open; give up what has failed too often."""
        if self._journal is None or self._services is None:
            return
        for left in await self._services.call(self._journal.take_up):
            update = _restored(left.payload, bot)
            if update is None or left.attempts >= MOST_ATTEMPTS:
                log.error("update of journal entry %d given up after %d attempts", left.entry, left.attempts)
                await self._services.call(self._journal.finish, left.entry)
                continue
            self._entries[update.update_id] = left.entry
            self._taken_up.add(update.update_id)
            await super().put(update)

    def keep_open(self, update: Update) -> None:
        """Leave an update for the next run: its answer could not be sent."""
        self._kept_open.add(update.update_id)

    def was_taken_up(self, update: Update) -> bool:
        """Whether an earlier run began to work on this update."""
        return update.update_id in self._taken_up

    async def finish(self, update: Update) -> None:
        """Cross an update out."""
        entry = self._entries.pop(update.update_id, None)
        kept = update.update_id in self._kept_open
        self._kept_open.discard(update.update_id)
        self._taken_up.discard(update.update_id)
        if entry is not None and not kept and self._journal is not None and self._services is not None:
            await self._services.call(self._journal.finish, entry)

    async def _receive(self, update: Update) -> bool:
        if self._journal is None or self._services is None:
            return True
        try:
            entry = await self._services.call(self._journal.receive, update.update_id, update.to_json())
        except Exception:  # a full disk must not stop the bot from answering
            log.exception("an update could not be written down; it is worked on all the same")
            return True
        if entry is not None:
            self._entries[update.update_id] = entry
        return entry is not None


def _restored(payload: str, bot: Bot) -> Update | None:
    try:
        return Update.de_json(json.loads(payload), bot)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
