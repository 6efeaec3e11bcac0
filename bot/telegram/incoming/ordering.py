"""Many chats at once, one update after the other within a chat."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

Hook = Callable[[Update], Awaitable[None]]


class PerChat(BaseUpdateProcessor):
    """Keeps the order of each chat, whatever the others do.

    Attributes:
        at_once: called as soon as an update is taken up, even while its chat is still busy.
        finished: called when everything about an update has been done.
    """

    __slots__ = ("_locks", "_waiting", "at_once", "finished")

    def __init__(self, max_concurrent_updates: int) -> None:
        super().__init__(max_concurrent_updates)
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: Counter[int] = Counter()
        self.at_once: Hook = _nothing
        self.finished: Hook = _nothing

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Process one update when the earlier ones of its chat are done."""
        if not isinstance(update, Update):
            await coroutine
            return
        chat = update.effective_chat.id if update.effective_chat else -(update.update_id + 1)
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._waiting[chat] += 1
        ahead = asyncio.create_task(_quietly(self.at_once(update)))
        try:
            async with lock:
                await ahead
                await coroutine
            await self.finished(update)
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._locks[chat]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""


async def _nothing(update: Update) -> None:
    """What happens before anything else is arranged."""


async def _quietly(step: Awaitable[None]) -> None:
    """A preliminary step that fails must not keep the update from being worked on."""
    await asyncio.gather(step, return_exceptions=True)
