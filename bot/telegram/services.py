"""What every handler works with, built once at start and handed on."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from telegram import Message, Update, User
from telegram.ext import Application, ContextTypes

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.conversation import Conversation
from bot.records.access import TELEGRAM, Access
from bot.records.history import History
from bot.records.statistics import Miss, Statistics
from bot.reindexing import ReindexReport
from bot.settings import Settings

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]

P = ParamSpec("P")
T = TypeVar("T")

CHANNEL = TELEGRAM
THINKERS = max(2, min(4, os.cpu_count() or 2))
"""Questions the model works on at once; more would only keep the event loop waiting."""

_KEY = "services"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot needs from the rest of the program; `bot.wiring` in earnest, something smaller in tests."""

    ensure_index: Callable[[Settings], object]
    open_answerer: Callable[[Settings, str | None], Answerer]
    reopen: Callable[[Settings, str | None, Answerer], Answerer]
    published_id: Callable[[Path], str | None]
    reindex: Callable[[Settings], ReindexReport]


@dataclass(slots=True)
class Services:
    """The parts the handlers share.

    Attributes:
        statistics, misses: sums over the last days; blocking.
        current: the answerer of the published generation; blocking while a new one is opened.
        keep_open: leaves an update to the next run, because its answer could not be sent.
        was_taken_up: whether an earlier run began to work on an update.
        examples: questions offered to a newcomer.
        refused: when each stranger was last told that they may not ask, by numeric id (monotonic seconds).
        albums: albums that have been replied to.
        reindexing: held while an admin's reindex runs.
        records: threads for the database, never kept waiting by the model.
        thinking: threads for the model; a question takes one for as long as its answer takes.
    """

    settings: Settings
    parts: Parts
    access: Access
    history: History
    statistics: Callable[[int], Statistics]
    misses: Callable[[int], Sequence[Miss]]
    conversation: Conversation
    links: Links
    current: Callable[[], Answerer]
    keep_open: Callable[[Update], None]
    was_taken_up: Callable[[Update], bool]
    examples: tuple[str, ...]
    refused: dict[int, float] = field(default_factory=dict)
    albums: dict[str, None] = field(default_factory=dict)
    reindexing: asyncio.Lock = field(default_factory=asyncio.Lock)
    records: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(3, "danvan-records"))
    thinking: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THINKERS, "danvan-thinking"))

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something short that blocks, such as a look into the database, away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.records, lambda: function(*args, **kwargs))

    async def think(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something that takes the model or takes long, away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.thinking, lambda: function(*args, **kwargs))

    async def answerer(self) -> Answerer:
        """The answerer of the published generation, which is opened now if it is new: seconds, so not in `records`."""
        return await self.think(self.current)

    def install(self, application: App) -> None:
        """Make these services known to the handlers of `application`."""
        application.bot_data[_KEY] = self


def services(context: Context) -> Services:
    """The services of the application that is handling this update."""
    return services_of(context.application)


def services_of(application: App) -> Services:
    """The services of a running application."""
    found = application.bot_data[_KEY]
    assert isinstance(found, Services)  # noqa: S101
    return found


def person_of(user: User) -> str:
    """How the core names this person: by channel and number."""
    return f"{CHANNEL}:{user.id}"


def user_id_of(person: str) -> int:
    """The number of a person of this channel."""
    return int(person.removeprefix(f"{CHANNEL}:"))


def place_of(message: Message, user: User) -> str:
    """The conversation a message belongs to: one for each person in each chat."""
    return f"{CHANNEL}:{message.chat_id}/{user.id}"


def is_in_chat(place: str, chat_id: int) -> bool:
    """Whether a conversation is held in this chat."""
    return place.startswith(f"{CHANNEL}:{chat_id}/")
