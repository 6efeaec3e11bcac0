"""Showing that an answer is on its way."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

REPEAT_SECONDS = 4.0
REPEATED_PER_SECOND = 10.0
"""Over all chats: where hundreds wait, keeping "typing…" alive in each takes the time that their answers need."""

_shown: set[asyncio.Task[None]] = set()


def repeat_seconds(waiting: int) -> float:
    """Seconds after which "typing…" is shown again in a chat while so many chats wait."""
    return max(REPEAT_SECONDS, waiting / REPEATED_PER_SECOND)


@contextlib.asynccontextmanager
async def typing(bot: Bot, chat_id: int, thread_id: int | None = None) -> AsyncIterator[None]:
    """Show "typing…" at once and again every 4 seconds until the block ends, more seldom where very many wait.

    Its failures do not matter.
    """

    async def repeat() -> None:
        while True:
            with contextlib.suppress(TelegramError):
                await bot.send_chat_action(chat_id, ChatAction.TYPING, message_thread_id=thread_id)
            await asyncio.sleep(repeat_seconds(len(_shown)))

    task = asyncio.create_task(repeat())
    _shown.add(task)
    task.add_done_callback(_shown.discard)
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
