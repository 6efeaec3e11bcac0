"""What every page works with, built once at start and handed on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request

from bot.conversation import Conversation
from bot.enquiries import Enquiries
from bot.published_documents import PublishedDocuments, VisibleDocuments
from bot.records.access import Access
from bot.records.audit import Audit
from bot.records.clients import Clients
from bot.records.database import DatabaseError
from bot.records.evaluations import Evaluations
from bot.records.history import History
from bot.records.ledger import Ledger
from bot.records.sessions import Sessions
from bot.records.shared_limits import SharedLimits
from bot.records.statistics import Figures
from bot.settings import Settings
from bot.threads import Threads
from bot.web.limits import Limits
from bot.web.meter import Meter
from bot.web.pictures import Pictures
from bot.web.reindexing import Reindexing
from corpus.library.library import Library

P = ParamSpec("P")
T = TypeVar("T")


class Readiness:
    """Whether questions can be answered yet.

    Attributes:
        examples: questions offered to a newcomer.
    """

    def __init__(self) -> None:
        self.examples: tuple[str, ...] = ()
        self._event = asyncio.Event()

    def set(self, examples: tuple[str, ...]) -> None:
        """From now on they can."""
        self.examples = examples
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()

    async def wait(self) -> None:
        """Wait until they can."""
        await self._event.wait()


@dataclass(frozen=True, slots=True)
class WebServices:
    """The parts the pages share.

    Attributes:
        shared_limits: counted by all front ends together; None where there is one.
        library: the library of documents, opened for what is named.
    """

    settings: Settings
    documents: PublishedDocuments
    threads: Threads
    access: Access
    sessions: Sessions
    history: History
    conversation: Conversation
    limits: Limits
    shared_limits: SharedLimits | None
    clients: Clients
    enquiries: Enquiries
    meter: Meter
    figures: Figures
    audit: Audit
    evaluations: Evaluations
    ledger: Ledger
    reindexing: Reindexing
    library: Callable[[str], Library]
    pictures: Pictures
    readiness: Readiness

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Look into the database, away from the event loop."""
        return await self.threads.read(function, *args, **kwargs)

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Change the database, away from the event loop."""
        return await self.threads.write(function, *args, **kwargs)

    async def think(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something that takes the model, away from the event loop, as soon as the model is loaded."""
        await self.readiness.wait()
        return await self.threads.think(function, *args, **kwargs)

    async def wait(self, *wanted: tuple[str, float]) -> float:
        """Seconds after which somebody may do something, 0 if now; see `Limits.wait`.

        Counted by all front ends together where they share a database; by this one alone while that is away.
        """
        if self.shared_limits is not None:
            try:
                return await self.write(self.shared_limits.wait, *wanted)
            except DatabaseError:
                pass
        return self.limits.wait(*wanted)

    async def look(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Look into the documents, away from the event loop."""
        return await self.threads.look(function, *args, **kwargs)

    async def readable(self, person: str | None) -> VisibleDocuments:
        """The documents that somebody may read at this moment; for None those that everybody may."""
        groups = await self.read(self.access.groups, person) if person is not None else frozenset()
        return self.documents.visible_to(groups)

    def address(self, request: Request) -> str:
        """Where these pages are reached, without a slash at its end."""
        if self.settings.public_url:
            return self.settings.public_url
        return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"

    @property
    def start_address(self) -> str:
        """Where these pages are reached, as far as the settings know, without a slash at its end."""
        host = f"[{self.settings.web_host}]" if ":" in self.settings.web_host else self.settings.web_host
        return self.settings.public_url or f"http://{host}:{self.settings.web_port}"

    @property
    def root_path(self) -> str:
        """The path under which a reverse proxy serves these pages, "" at the root of its host."""
        return urlsplit(self.settings.public_url or "").path.rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether people reach the pages by TLS, so that cookies may ask for it."""
        return (self.settings.public_url or "").startswith("https://")


def services(request: Request) -> WebServices:
    """The services of the application that handles this request."""
    found = request.app.state.services
    assert isinstance(found, WebServices)  # noqa: S101
    return found
