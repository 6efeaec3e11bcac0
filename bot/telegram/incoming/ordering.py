"""Many chats at once, one update after the other within a chat."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

Hook = Callable[[Update], Awaitable[None]]


class PerChat(BaseUpdateProcessor):
    """Keeps the order of each chat, whatever the others do.

    That a group has got another number concerns both numbers: it is worked on after what was said under either, and
    before what is said under either from then on.

    Attributes:
        at_once: called as soon as an update is taken up, even while its chat is still busy.
        finished: called when everything about an update has been done.
    """

    __slots__ = ("_last", "at_once", "finished")

    def __init__(self, max_concurrent_updates: int) -> None:
        super().__init__(max_concurrent_updates)
        self._last: dict[int, asyncio.Event] = {}  # by chat: set when the update that came last is done
        self.at_once: Hook = _nothing
        self.finished: Hook = _nothing

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Process one update when the earlier ones of its chats are done."""
        if not isinstance(update, Update):
            await coroutine
            return
        chats, done = _chats_of(update), asyncio.Event()
        earlier = [self._last[chat] for chat in chats if chat in self._last]
        self._last.update(dict.fromkeys(chats, done))  # in all lines at once: no two updates wait for each other
        ahead = asyncio.create_task(_quietly(self.at_once(update)))
        try:
            for one in earlier:
                await one.wait()
            await ahead
            await coroutine
        finally:
            done.set()
            for chat in chats:
                if self._last.get(chat) is done:
                    del self._last[chat]
        await self.finished(update)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""


def _chats_of(update: Update) -> list[int]:
    """The chats whose order an update has its place in: none for what is said outside of chats."""
    if update.effective_chat is None:
        return []
    message = update.message
    moved = (message.migrate_from_chat_id, message.migrate_to_chat_id) if message is not None else ()
    return list({update.effective_chat.id, *(chat for chat in moved if chat is not None)})


async def _nothing(update: Update) -> None:
    """What happens before anything else is arranged."""


async def _quietly(step: Awaitable[None]) -> None:
    """A preliminary step that fails must not keep the update from being worked on."""
    await asyncio.gather(step, return_exceptions=True)
