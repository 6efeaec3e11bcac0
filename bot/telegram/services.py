"""What every handler works with, built once at start and handed on."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from telegram import Update
from telegram.ext import Application, ContextTypes

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.conversation import Conversation
from bot.examples import EXAMPLES, EXAMPLES_SHOWN
from bot.records.access import TELEGRAM, Access
from bot.records.audit import Audit
from bot.records.awaited import Awaited
from bot.records.handed import HandedQuestions
from bot.records.history import History
from bot.records.requests import Requests
from bot.records.sessions import Sessions
from bot.records.statistics import Miss, Statistics
from bot.reindexing import ReindexReport
from bot.settings import Settings
from bot.telegram.health import Pulse
from bot.threads import Threads
from corpus.library.library import Library
from corpus.models import Document

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]

CHANNEL = TELEGRAM

_KEY = "services"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot needs from the rest of the program; `bot.wiring` in earnest, something smaller in tests."""

    ensure_index: Callable[[Settings], object]
    open_answerer: Callable[[Settings, str | None], Answerer]
    reopen: Callable[[Settings, str | None, Answerer], Answerer]
    published_id: Callable[[Path], str | None]
    reindex: Callable[[Settings], ReindexReport]
    original: Callable[[Settings, Document], Path | None]
    library: Callable[[Settings, str], Library]
    roll_back: Callable[[Settings], tuple[str | None, str]]
    kept: Callable[[Settings], Sequence[str]]


class Postponing(Protocol):
    """Where updates come from, such as `bot.telegram.incoming.inbox.Inbox`."""

    def leave_open(self, update: Update) -> None:
        """Leave an update for later: its answer could not be sent."""
        ...

    def was_taken_up(self, update: Update) -> bool:
        """Whether somebody began to work on this update before."""
        ...

    def is_in_doubt(self, update: Update) -> bool:
        """Whether a program that died may have sent the answer to this update."""
        ...

    def failures(self, update: Update) -> int:
        """How often the database was asked for the sake of this update in vain."""
        ...

    def try_again(self, update: Update) -> bool:
        """Work on an update again in a moment, since the database was away; False if that is no use."""
        ...

    async def may_send(self, update: Update) -> bool:
        """Whether it is for this program to send the answer to an update.

        Raises:
            DatabaseError: while that cannot be said.
        """
        ...


class Readiness:
    """The answerer, once it is loaded; the bot serves before that.

    Attributes:
        examples: questions offered to a newcomer.
    """

    def __init__(self) -> None:
        self.examples: tuple[str, ...] = EXAMPLES[:EXAMPLES_SHOWN]
        self._current: Callable[[], Answerer] | None = None
        self._event = asyncio.Event()

    def set(self, current: Callable[[], Answerer], examples: tuple[str, ...]) -> None:
        """From now on questions are answered by what `current` returns."""
        self._current, self.examples = current, examples
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()

    async def wait(self) -> None:
        """Wait until questions can be answered."""
        await self._event.wait()

    def current(self) -> Answerer:
        """The answerer of the published generation; blocking while a new one is opened."""
        if self._current is None:
            raise RuntimeError("asked for the answerer before it is loaded")
        return self._current()


@dataclass(slots=True)
class Services:
    """The parts the handlers share.

    Attributes:
        statistics, misses: sums over the last days; blocking.
        readiness: the answerer, once it is loaded.
        answers_for: what then answers somebody, see `answerer`; blocking.
        refused: when each stranger was last told that they may not ask, by numeric id (monotonic seconds).
        albums: albums that have been replied to.
        inline: the number of each person's newest inline query that is not yet answered, by numeric id.
        reindexing: held while an admin's reindex runs.
        admins: whose command menu is an admin's at this moment.
        telling: handed questions whose asker is being told the answer, by their number: nobody else tells meanwhile.
    """

    settings: Settings
    parts: Parts
    access: Access
    requests: Requests
    audit: Audit
    history: History
    awaited: Awaited
    handed: HandedQuestions
    sessions: Sessions
    statistics: Callable[[int], Statistics]
    misses: Callable[[int], Sequence[Miss]]
    conversation: Conversation
    links: Links
    readiness: Readiness
    answers_for: Callable[[str | None], Answerer]
    inbox: Postponing
    threads: Threads
    pulse: Pulse
    refused: dict[int, float] = field(default_factory=dict)
    albums: dict[str, None] = field(default_factory=dict)
    inline: dict[int, int] = field(default_factory=dict)
    reindexing: asyncio.Lock = field(default_factory=asyncio.Lock)
    admins: set[str] = field(default_factory=set)
    telling: set[int] = field(default_factory=set)

    async def answerer(self, reader: str | None) -> Answerer:
        """What answers from the documents that somebody may see, as soon as there is an answerer.

        Args:
            reader: the person; None where others read along (see `reader_of`).
        """
        await self.readiness.wait()
        return await self.threads.look(self.answers_for, reader)

    async def whole(self) -> Answerer:
        """The answerer over all documents, for what is only counted for admins."""
        await self.readiness.wait()
        return await self.threads.look(self.readiness.current)

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


def user_id_of(person: str) -> int:
    """The number of a person of this channel."""
    return int(person.removeprefix(f"{CHANNEL}:"))


def chat_of(place: str) -> int:
    """The number of the chat in which a conversation is held."""
    return int(place.removeprefix(f"{CHANNEL}:").partition("/")[0])


def is_in_chat(place: str, chat_id: int) -> bool:
    """Whether a conversation is held in this chat."""
    return place.startswith(f"{CHANNEL}:{chat_id}/")
