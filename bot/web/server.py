"""The web server in a running program: it listens before the model is loaded, and ends with the program."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.conversation import Conversation
from bot.enquiries import Enquiries
from bot.examples import examples
from bot.index_changes import reindex
from bot.published_documents import PublishedDocuments
from bot.records.audit import Audit
from bot.records.cited_passages import CitedPassages
from bot.records.clients import Clients
from bot.records.database import Database
from bot.records.evaluations import Evaluations
from bot.records.history import History
from bot.records.invitations import invite_page
from bot.records.ledger import Ledger
from bot.records.sessions import Sessions
from bot.records.shared_limits import SharedLimits
from bot.records.statistics import Figures
from bot.settings import Settings
from bot.shared_answerer import SharedAnswerer
from bot.threads import Threads
from bot.web.application import build
from bot.web.limits import Limits
from bot.web.meter import Meter
from bot.web.pictures import Pictures
from bot.web.reindexing import Reindexing
from bot.web.services import Readiness, WebServices
from bot.web.upkeep import look_after
from bot.wiring import open_access, open_database, open_index, open_library
from corpus.errors import SettingsError
from corpus.library.originals import Originals

log = logging.getLogger(__name__)

GRACE_SECONDS = 20
"""For answers under way when the program is stopped."""


class Server(uvicorn.Server):
    """A server that leaves signals to the program it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


async def serve(settings: Settings, shared: SharedAnswerer, stop: asyncio.Event, *, pages: bool = True) -> None:
    """Serve the pages and the doors for programs until `stop` is set.

    Args:
        settings: say where to listen, and who may ask.
        shared: answers.
        stop: ends it.
        pages: False for the doors alone.

    Raises:
        SettingsError: if the port is taken, or the address is not this machine's.
        DanvanError: if the index or the database cannot be used.
    """
    with _listening(settings) as listener:
        database = await asyncio.to_thread(open_database, settings)
        try:
            web = _services(settings, shared, database)
            log.info("pages at %s", web.start_address)
            if settings.telegram_token is None and pages:
                await _invite_first_admin(web)
            preparing = asyncio.create_task(_prepare(web, shared))
            preparing.add_done_callback(lambda done: stop.set() if done.exception() else None)
            alone = asyncio.create_task(look_after(web)) if settings.telegram_token is None and pages else None
            built = build(web, pages=pages)
            async with built.tools.session_manager.run():
                await _serve(built.application, listener, web.root_path, stop)
            if alone is not None:
                alone.cancel()
            if preparing.done():
                preparing.result()
        finally:
            database.close()


def _services(settings: Settings, shared: SharedAnswerer, database: Database) -> WebServices:
    history, links = History(database), Links(settings.public_url)
    answerer = shared.linking(links)
    documents = PublishedDocuments(settings.data_dir, open_index(settings), shared.texts, CitedPassages(database).find)
    access, clients = open_access(settings, database), Clients(database)

    def answers_for(person: str | None) -> Answerer:
        return answerer().visible_to(access.groups(person) if person is not None else frozenset())

    return WebServices(
        settings=settings,
        documents=documents,
        threads=Threads(),
        access=access,
        sessions=Sessions(database),
        history=history,
        conversation=Conversation(answers_for, history),
        limits=Limits(),
        shared_limits=SharedLimits(database) if database.is_shared else None,
        clients=clients,
        enquiries=Enquiries(answerer, documents, clients.groups, history, links),
        meter=Meter(),
        figures=Figures(database),
        audit=Audit(database),
        evaluations=Evaluations(database),
        ledger=Ledger(database),
        reindexing=Reindexing(lambda heard: reindex(settings, heard)),
        library=lambda work: open_library(settings, work),
        pictures=Pictures(Originals(settings.corpus_dir, settings.data_dir)),
        readiness=Readiness(),
    )


async def _invite_first_admin(web: WebServices) -> None:
    """Say how the first admin gets in, where no bot does."""
    code = await web.write(web.access.invite_first_admin)
    if code is not None:
        link = invite_page(web.start_address, code)
        log.warning("there is no admin yet; the first one opens, within 7 days: %s", link)


async def _prepare(web: WebServices, shared: SharedAnswerer) -> None:
    """Have questions answered: an index is built where there is none, the models are loaded."""

    def load() -> tuple[str, ...]:
        shared.ensure_index()
        return examples(shared.load().visible_to(frozenset()))

    web.readiness.set(await asyncio.to_thread(load))


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    host, port = settings.web_host, settings.web_port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        hint = "set DANVAN_WEB_HOST and DANVAN_WEB_PORT to an address that is free, or DANVAN_WEB=off"
        raise SettingsError(f"nothing can listen on {host}:{port} ({reason}): {hint}") from error
    with listener:
        yield listener


async def _serve(application: ASGIApp, listener: socket.socket, root_path: str, stop: asyncio.Event) -> None:
    server = Server(
        uvicorn.Config(
            application,
            root_path=root_path,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving
